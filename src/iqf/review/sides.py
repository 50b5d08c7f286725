"""What the two sides of a proposed match say of themselves, so that a change of either is noticed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import THINGS
from iqf.codes import alias_key
from iqf.register.models import OfficialRow

SAID = ("title", "level", "owner", "number")
Pair = tuple[str, str, str]
"""Register (blank: the reference is a thing's code), reference, code."""


def rows_of(pairs: Iterable[Pair]) -> dict[tuple[str, str], OfficialRow]:
    """The official rows of these pairs by register and reference: one query for each register."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for register, reference, _ in pairs:
        if register:
            wanted[register].add(reference)
    return {
        (register, row.reference): row
        for register, references in wanted.items()
        for row in OfficialRow.objects.filter(register=register, reference__in=references)
    }


def things_of(codes: Iterable[str]) -> dict[str, Thing]:
    """The things under these codes, standing or retired, with their owners."""
    wanted = set(codes)
    found: dict[str, Thing] = {}
    for model in THINGS.values():
        names = {f.name for f in model._meta.fields}
        rows: Any = model._default_manager.filter(code__in=wanted)
        found |= {t.code: t for t in (rows.select_related("owner") if "owner" in names else rows)}
    return found


def said_by(pairs: Iterable[Pair]) -> dict[Pair, str]:
    """A short hash of what both sides of each pair say: title, level, owner, number, but for spaces, quotes and case.

    A change in any of these is material: a declined match is proposed again. Nothing else is.
    """
    pairs = list(pairs)
    rows = rows_of(pairs)
    things = things_of({code for _, _, code in pairs} | {ref for register, ref, _ in pairs if not register})
    return {
        (register, reference, code): _hash(
            rows.get((register, reference)) if register else things.get(reference), things.get(code)
        )
        for register, reference, code in pairs
    }


def _hash(*sides: Any) -> str:
    said = (alias_key(str(getattr(side, name, "") or "")) for side in sides for name in SAID)
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:32]
