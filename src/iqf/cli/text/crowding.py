"""How crowded a cluster is, as a person reads it at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iqf.cli.text.lines import joined, named, section

if TYPE_CHECKING:
    from iqf.reports.crowding import CrowdingAnswer
    from iqf.reports.things import Ref

MOST = 20


def cluster(answer: CrowdingAnswer) -> str:
    """Awards by level, what is shared as it is meant to be, and what is said twice."""
    lines = [
        f"{answer.title}: {answer.entries} entries are {answer.awards} different awards.",
        "One award from several bodies is counted once. Each # is an award; a figure: so many bodies offer it.",
        "",
    ]
    for at in answer.levels:
        drawn = " ".join(str(len(a.owners)) if len(a.owners) > 1 else "#" for a in at.awards)
        lines.append(f"  {at.words:<20}{at.entries:>4} entries {len(at.awards):>4} awards  {drawn}")
    several = [a for at in answer.levels for a in at.awards if len(a.entries) > 1]
    lines += section("One award, several entries", [f"{_names(a.entries)}: {a.why}" for a in several])
    lines += section(
        f"Shared units, as they are meant to be ({len(answer.shared)})",
        [f"{named(s.unit)}: {len(s.entries)} entries, {s.awards} awards" for s in answer.shared[:MOST]],
    )
    lines += section(
        f"Different units that say the same ({len(answer.repeated)})",
        [f"{r.score:.2f}  {named(r.a)} ~ {named(r.b)}: {r.why}" for r in answer.repeated[:MOST]],
    )
    if max(len(answer.shared), len(answer.repeated)) > MOST:
        lines.append(f"  The first {MOST} of each are shown; --json lists them all.")
    if answer.without_units:
        lines += ["", f"{answer.without_units} entries have no unit on record, so that nothing of theirs is counted."]
    return joined(lines)


def _names(entries: tuple[Ref, ...]) -> str:
    return "; ".join(named(each) for each in entries)
