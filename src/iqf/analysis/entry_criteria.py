"""What single employers ask at entry: beside what holds for every employer, and beside each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from iqf.codes import LEVELS, level_rank

SET_AT_ENTRY = (
    "registration",
    "mandatory qualification",
    "mandatory training",
    "professional status",
    "statutory standards",
)
"""Positions at entry that bind every employer."""
NOT_ON_RECORD = "What every employer must ask for in this role is not on record."


@dataclass(frozen=True)
class National:
    """What holds for every employer. `choices`: what is mandatory, each a set of codes of which one is enough.

    `levels`: the levels of those codes; `positions`: what stands at the entry; `listed`: how strongly the role asks
    for any qualification, by code.
    """

    choices: tuple[frozenset[str], ...] = ()
    positions: frozenset[str] = frozenset()
    listed: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)

    @property
    def something_is_set(self) -> bool:
        """True where every employer must ask for something."""
        return bool(self.choices) or not self.positions.isdisjoint(SET_AT_ENTRY)

    @property
    def nothing_is_set(self) -> bool:
        """True where it is on record that nothing binds every employer."""
        return not self.something_is_set and bool(self.positions)

    @property
    def least_rank(self) -> int | None:
        """The least level by which all that is mandatory can be held; None where a level is not known."""
        ranks = [min(level_rank(self.levels.get(code, "")) for code in choice) for choice in self.choices]
        return max(ranks) if ranks and all(rank < len(LEVELS) for rank in ranks) else None


@dataclass(frozen=True)
class Criterion:
    """One thing that an employer asks for. `qualification` and `least_level` are blank where it names none."""

    employer: str
    post_level: str
    kind: str
    asks: str
    strength: str = "essential"
    qualification: str = ""
    least_level: str = ""


@dataclass(frozen=True)
class Beside:
    """A criterion beside what holds for every employer: `same`, `more`, `less` or `cannot say`, and why."""

    verdict: str
    because: str


def beside_national(criterion: Criterion, national: National) -> Beside:
    """Does an employer ask the same as every employer must, more or less? Nothing on record is not nothing set."""
    if criterion.kind == "nothing":
        return _nothing(national)
    if not national.something_is_set and not national.nothing_is_set:
        return Beside("cannot say", f"{NOT_ON_RECORD}{_counts(criterion, national)}")
    if criterion.kind == "qualification" or criterion.qualification:
        return _qualification(criterion, national)
    if criterion.kind == "registration" and "registration" in national.positions:
        return _same_or_wished(criterion, "Every employer must ask for registration.")
    if criterion.kind == "training" and "mandatory training" in national.positions:
        return Beside("cannot say", "Training is set for every employer; whether it is this one is not on record.")
    return _more(criterion, national)


def _nothing(national: National) -> Beside:
    if national.something_is_set:
        return Beside("less", "It names nothing, but something is set that binds every employer.")
    if national.nothing_is_set:
        return Beside("same", "Nothing is set that binds every employer.")
    return Beside("cannot say", NOT_ON_RECORD)


def _qualification(criterion: Criterion, national: National) -> Beside:
    code = criterion.qualification
    choice = next((c for c in national.choices if code in c), None)
    if choice is not None and len(choice) > 1:
        return Beside("more", f"Every employer may take any of {len(choice)}; this one names one of them.")
    if choice is not None:
        return _same_or_wished(criterion, "Every employer must ask for it.")
    if "registration" in national.positions and criterion.kind == "registration":
        return _same_or_wished(criterion, "Every employer must ask for registration.")
    if not code and criterion.least_level and national.choices:
        return _level(criterion, national)
    return _more(criterion, national)


def _level(criterion: Criterion, national: National) -> Beside:
    asked, least = level_rank(criterion.least_level), national.least_rank
    if least is None:
        return Beside("cannot say", "The level of what every employer must ask for is not on record.")
    if asked == least:
        return _same_or_wished(criterion, "What every employer must ask for is at this level.")
    if asked > least:
        return _more(criterion, national, f"What every employer must ask for is at level {LEVELS[least]}.")
    return Beside("less", f"What every employer must ask for is at level {LEVELS[least]}, and still holds.")


def _same_or_wished(criterion: Criterion, because: str) -> Beside:
    if criterion.strength == "essential":
        return Beside("same", because)
    return Beside("less", f"{because} This one only wishes for it; what is set still holds.")


def _more(criterion: Criterion, national: National, because: str = "") -> Beside:
    said = because or (
        "It is not part of what every employer must ask for."
        if national.something_is_set
        else "Nothing is set that binds every employer."
    )
    said += _counts(criterion, national)
    return Beside("more", said if criterion.strength == "essential" else f"{said} It is a wish, not a condition.")


def _counts(criterion: Criterion, national: National) -> str:
    listed = national.listed.get(criterion.qualification, "")
    return f" Nationally it counts as {listed}." if listed and listed != "mandatory" else ""


@dataclass(frozen=True)
class Answer:
    """One answer to what is asked of a kind: in words, and the employers that give it."""

    words: str
    employers: tuple[str, ...]


@dataclass(frozen=True)
class Differing:
    """Posts of one level for which employers ask for different things of one kind. `silent`: who names nothing."""

    post_level: str
    kind: str
    answers: tuple[Answer, ...]
    silent: tuple[str, ...]


def between_employers(criteria: Iterable[Criterion]) -> tuple[Differing, ...]:
    """Where employers differ from each other in what they insist on, level by level of their posts, kind by kind.

    What an employer asks of posts at any level counts at each. Criteria are the same where they name the same
    qualification, or the same level, or else use the same words.
    """
    rows = [c for c in criteria if c.strength == "essential"]
    found: list[Differing] = []
    for level in sorted({c.post_level for c in rows}, key=lambda v: (bool(v), level_rank(v))):
        at = [c for c in rows if c.post_level in (level, "")]
        employers = sorted({c.employer for c in at})
        for kind in sorted({c.kind for c in at}):
            found += _differing(level, kind, [c for c in at if c.kind == kind], employers)
    return tuple(found)


def _differing(level: str, kind: str, rows: list[Criterion], employers: list[str]) -> list[Differing]:
    asked: dict[str, set[str]] = defaultdict(set)
    words: dict[str, str] = {}
    for row in rows:
        key = row.qualification or (f"level {row.least_level}" if row.least_level else row.asks.casefold())
        asked[key].add(row.employer)
        words.setdefault(key, row.asks)
    everybody = set(employers)
    if all(who == everybody for who in asked.values()):
        return []
    silent = everybody - {row.employer for row in rows}
    answers = tuple(Answer(words[key], tuple(sorted(who))) for key, who in sorted(asked.items()))
    return [Differing(level, kind, answers, tuple(sorted(silent)))]
