"""Which qualifications serve as examples of a level."""

from collections.abc import Iterable

from iqf.accounts.actions import audit
from iqf.catalogue.joined import Joined
from iqf.catalogue.models import LevelDescriptor, Qualification


def set_examples(*, by: str, level: LevelDescriptor, examples: Iterable[Qualification]) -> int:
    """Make these the examples of a level. Returns how many rows were written: none where they are already."""
    joined = Joined()
    wanted = {q.pk: q for q in map(joined.now, examples)}
    if set(level.example_qualifications.values_list("pk", flat=True)) == set(wanted):
        return 0
    level.example_qualifications.set(wanted.values())
    after = {"examples": sorted(q.code for q in wanted.values())}
    audit(by=by, action="set examples", subject=f"level:{level.level}", before={}, after=after)
    return len(wanted)
