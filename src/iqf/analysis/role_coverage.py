"""What a role requires beside what the qualifications that serve it teach: surely, by choice, or not at all?

Promise: what every holder has is never mixed up with what some may choose; a qualification with units not yet judged,
or whose list of units is not whole, is never called empty. (METHODS, *Coverage*.)
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from iqf.analysis.coverage import Claim, Reach, Strength, UnitLink, holder_view

How = Literal["every holder", "some holders", "none", "cannot say"]
HOW: tuple[How, ...] = ("every holder", "some holders", "cannot say", "none")
Verdict = Literal["met", "in part", "by choice", "cannot say", "none", "nothing serves"]
VERDICTS: tuple[Verdict, ...] = ("none", "cannot say", "by choice", "in part", "met", "nothing serves")
"""From what needs attention first."""


@dataclass(frozen=True)
class Serving:
    """A qualification that serves a role: its units, and whether they are all listed."""

    code: str
    links: tuple[UnitLink, ...]
    whole: bool = True


@dataclass(frozen=True)
class Met:
    """How one qualification meets one statement: for whom, how strongly, by which units; None where it does not.

    `enough`: for every holder, at least as strongly as the role requires it.
    """

    qualification: str
    how: How
    strength: Strength | None
    enough: bool
    units: tuple[str, ...]


@dataclass(frozen=True)
class NeedMet:
    """One required statement: how strongly it is required, what becomes of it, and each qualification's part.

    *met*: some qualification teaches it to every holder as strongly as required; *in part*: to every holder, but
    less; *by choice*: only through units that a holder may leave out; *none*: all were judged and none does.
    """

    statement: str
    wanted: Strength
    verdict: Verdict
    by: tuple[Met, ...]


def role_coverage(
    needs: Mapping[str, Strength], serving: Sequence[Serving], claims: Iterable[Claim], judged: Collection[str]
) -> tuple[NeedMet, ...]:
    """Every statement that the role requires, in the order of `needs`; in each, the qualifications as given.

    `claims` speak of the required statements themselves.
    """
    claims = list(claims)
    statements = list(needs)
    views = {s.code: holder_view(s.links, claims, judged, statements) for s in serving}
    found = []
    for place, (statement, wanted) in enumerate(needs.items()):
        by = tuple(_met(s, views[s.code][place], wanted) for s in serving)
        found.append(NeedMet(statement, wanted, _verdict(by), by))
    return tuple(found)


def _met(serving: Serving, reach: Reach, wanted: Strength) -> Met:
    every, some = _strength(reach.every), _strength(reach.some)
    if every:
        enough = every == "fully" or wanted == "partly"
        return Met(serving.code, "every holder", every, enough, reach.mandatory_units)
    if some:
        return Met(serving.code, "some holders", some, False, reach.optional_units)
    unknown = reach.unjudged_mandatory or reach.unjudged_optional or not serving.links or not serving.whole
    return Met(serving.code, "cannot say" if unknown else "none", None, False, ())


def _strength(state: str) -> Strength | None:
    return {"fully": "fully", "touches": "partly"}.get(state)  # type: ignore[return-value]


def _verdict(by: Sequence[Met]) -> Verdict:
    if not by:
        return "nothing serves"
    if any(each.enough for each in by):
        return "met"
    ways: dict[How, Verdict] = {"every holder": "in part", "some holders": "by choice", "cannot say": "cannot say"}
    return next((verdict for how, verdict in ways.items() if any(each.how == how for each in by)), "none")
