"""Every write to places."""

from collections.abc import Iterable
from dataclasses import dataclass

from iqf.accounts.actions import audit
from iqf.places.models import Area


@dataclass(frozen=True)
class AreaFacts:
    """An area as a file lists it; `parent` is the code of the area it is part of, or blank."""

    code: str
    name: str
    kind: str
    parent: str


def hold_areas(*, by: str, areas: Iterable[AreaFacts]) -> int:
    """Create or rename areas, parents listed before their parts. Returns how many rows were written."""
    held = {a.code: a for a in Area.objects.all()}
    writes = 0
    for facts in areas:
        old = held.get(facts.code)
        if old is None:
            held[facts.code] = Area.objects.create(
                code=facts.code, name=facts.name, kind=facts.kind, parent=held.get(facts.parent)
            )
        elif (old.name, old.kind) != (facts.name, facts.kind):
            old.name, old.kind = facts.name, facts.kind
            old.save(update_fields=["name", "kind"])
        else:
            continue
        writes += 1
        audit(by=by, action="hold area", subject=facts.code, before={}, after={"name": facts.name})
    return writes
