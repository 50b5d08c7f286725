"""What does one person's holding show of a framework: surely, perhaps, or only by evidence?

Promise: what is sure is in what every holder has; what depends on a choice of units that nobody knows is *may show*,
never more; a unit that nobody has judged makes the answer *cannot say*, never *no*.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from iqf.analysis.coverage import Claim, Strength

Shown = Literal["shows", "may show", "cannot say", "only evidence"]


@dataclass(frozen=True)
class Term:
    """One statement in the light of what is held. `strength`: how far what is sure reaches it, where it does.

    `surely` and `perhaps`: the units that reach it, out of those surely held and those that may have been chosen.
    `credited`: an assessor credited it, or a part of it. `unjudged`: how many units held, surely or perhaps, nobody
    has judged yet.
    """

    statement: str
    verdict: Shown
    strength: Strength | None
    surely: tuple[str, ...]
    perhaps: tuple[str, ...]
    credited: Strength | None
    unjudged: int


def in_terms(
    statements: Sequence[str],
    sure: Collection[str],
    possible: Collection[str],
    claims: Iterable[Claim],
    judged: Collection[str],
    credited: Mapping[str, Strength] | None = None,
) -> tuple[Term, ...]:
    """Every statement in its order. `claims` are accepted ones; `credited` says what an assessor credited of each."""
    by_statement: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.strength:
            by_statement[claim.statement].append(claim)
    seen = set(judged) | {c.unit for some in by_statement.values() for c in some}
    unjudged = len((set(sure) | set(possible)) - seen)
    return tuple(
        _term(s, by_statement[s], set(sure), set(possible) - set(sure), (credited or {}).get(s), unjudged)
        for s in statements
    )


def _term(
    statement: str,
    claims: Sequence[Claim],
    sure: set[str],
    possible: set[str],
    credited: Strength | None,
    unjudged: int,
) -> Term:
    surely = sorted({c.unit for c in claims if c.unit in sure})
    perhaps = sorted({c.unit for c in claims if c.unit in possible})
    strengths = {c.strength for c in claims if c.unit in sure} | {credited}
    strength: Strength | None = "fully" if "fully" in strengths else "partly" if "partly" in strengths else None
    return Term(
        statement, _verdict(strength, perhaps, unjudged), strength, tuple(surely), tuple(perhaps), credited, unjudged
    )


def _verdict(strength: Strength | None, perhaps: Sequence[str], unjudged: int) -> Shown:
    if strength:
        return "shows"
    if perhaps:
        return "may show"
    return "cannot say" if unjudged else "only evidence"
