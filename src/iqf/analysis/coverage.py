"""How much of a framework do units reach, and what is every holder of a qualification sure to have met?

Promise: only accepted claims count; distinct units and distinct statements are counted, never mapping rows; a unit
that was judged and found empty is told apart from one not yet judged. (METHODS, *Coverage*: the tables of the 2005
mapping were shares of modules and of qualifications by area.)
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Rule = Literal["any", "mandatory", "best-option", "credit"]
RULES: tuple[Rule, ...] = ("any", "mandatory", "best-option", "credit")
Strength = Literal["partly", "fully"]
State = Literal["fully", "touches", "none", "unjudged"]
CellState = Literal["fully", "touches", "none", "unjudged", "unsure"]


@dataclass(frozen=True)
class UnitLink:
    """A unit stands under a holder (a qualification, level, cluster or role).

    `mandatory`: every holder has it. `best`: it is in the choice of units that reaches most (`rule_best`).
    """

    holder: str
    unit: str
    mandatory: bool = False
    best: bool = True


@dataclass(frozen=True)
class Claim:
    """An accepted alignment. `agreed`: True every rater gave it, False only some did, None for a single rater.

    `strength` None: some rater gave it and it is not accepted: it counts in the highest reading alone.
    """

    unit: str
    statement: str
    strength: Strength | None
    agreed: bool | None = None


@dataclass(frozen=True)
class CoverageRow:
    """One holder under one counting rule. Counts are of distinct units; by statement they are of judged units.

    `touches` counts partly or fully, `fully` only fully. `touches_low` is the strict reading: what every rater gave;
    `touches_high` the lenient one: what any rater gave. `none`: judged units that reach no statement.

    `open`: statements for which nothing found does not mean nothing there.

    Under *credit* the counts by statement are credits of those units, `amount` the credits of all judged ones;
    `unknown` of them have no credit on record and are in no count.
    """

    key: str
    units_total: int
    units_judged: int
    touches: Mapping[str, int]
    fully: Mapping[str, int]
    touches_low: Mapping[str, int]
    touches_high: Mapping[str, int]
    none: int
    amount: int = 0
    unknown: int = 0
    open: tuple[str, ...] = ()

    @property
    def reached(self) -> int:
        """How many statements at least one judged unit touches."""
        return sum(n > 0 for n in self.touches.values())

    def state(self, statement: str) -> CellState:
        """How far the judged units reach one statement. `unsure`: none does, and a unit not yet judged might."""
        if self.fully[statement]:
            return "fully"
        if self.touches[statement]:
            return "touches"
        if not self.units_judged:
            return "unjudged"
        whole = self.units_judged == self.units_total and statement not in self.open
        return "none" if whole else "unsure"


@dataclass(frozen=True)
class Coverage:
    """Every holder, and how many of those with a judged unit reach k statements; the rest are `not_judged`."""

    rule: Rule
    statements: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    areas_reached: Mapping[int, int]
    not_judged: int


def coverage(
    links: Iterable[UnitLink],
    claims: Iterable[Claim],
    judged: Collection[str],
    statements: Sequence[str],
    rule: Rule = "any",
    credit: Mapping[str, int] | None = None,
    still_open: Collection[str] = (),
) -> Coverage:
    """Coverage of each holder, in the order in which holders first appear. A unit with a claim was judged.

    `credit`: of each unit whose credit is known, for the rule *credit*. `still_open`: statements that may be reached
    also where no claim says so.
    """
    weigh = (credit or {}) if rule == "credit" else None
    claims = [c for c in claims if c.statement in set(statements)]
    by_unit: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_unit[claim.unit].append(claim)
    put_to_raters = set(judged) | {claim.unit for claim in claims if claim.strength}
    units: dict[str, set[str]] = {}
    for link in links:
        own = units.setdefault(link.holder, set())
        if counts_under(link, rule):
            own.add(link.unit)
    unsure = tuple(s for s in statements if s in set(still_open))
    rows = tuple(
        replace(_row(key, own, put_to_raters, by_unit, statements, weigh), open=unsure) for key, own in units.items()
    )
    seen = [row for row in rows if row.units_judged]
    reached = Counter(row.reached for row in seen)
    return Coverage(
        rule, tuple(statements), rows, {k: reached[k] for k in range(len(statements) + 1)}, len(rows) - len(seen)
    )


def counts_under(link: UnitLink, rule: Rule) -> bool:
    """Whether a unit counts for its holder under a rule."""
    return link.mandatory if rule == "mandatory" else link.best or rule != "best-option"


def coverage_by_rule(
    links: Iterable[UnitLink],
    claims: Iterable[Claim],
    judged: Collection[str],
    statements: Sequence[str],
    credit: Mapping[str, int] | None = None,
) -> dict[Rule, Coverage]:
    """The same coverage under each counting rule, side by side, because the rule moves the answer (METHODS)."""
    links, claims = list(links), list(claims)
    return {rule: coverage(links, claims, judged, statements, rule, credit) for rule in RULES}


def _row(
    key: str,
    own: set[str],
    judged: set[str],
    by_unit: Mapping[str, Sequence[Claim]],
    statements: Sequence[str],
    weigh: Mapping[str, int] | None = None,
) -> CoverageRow:
    seen = own & judged
    given = [c for unit in seen for c in by_unit.get(unit, ())]
    claims = [c for c in given if c.strength]
    reaching = {c.unit for c in claims}

    def weight(unit: str) -> int:
        return 1 if weigh is None else weigh.get(unit, 0)

    def count(keep: Iterable[Claim]) -> dict[str, int]:
        found = dict.fromkeys(statements, 0)
        for statement, unit in {(c.statement, c.unit) for c in keep}:
            found[statement] += weight(unit)
        return found

    return CoverageRow(
        key=key,
        units_total=len(own),
        units_judged=len(seen),
        touches=count(claims),
        fully=count(c for c in claims if c.strength == "fully"),
        touches_low=count(c for c in claims if c.agreed is not False),
        touches_high=count(given),
        none=len(seen - reaching),
        amount=sum(weight(unit) for unit in seen),
        unknown=0 if weigh is None else sum(unit not in weigh for unit in seen),
    )


@dataclass(frozen=True)
class Reach:
    """One statement for the holders of one qualification.

    `every`: what the mandatory units give every holder; `some`: what a unit of any group gives some holders.
    With no mandatory unit nothing is sure: `every` is none. The units are those that reach the statement;
    `unjudged_…`: how many units of each part were not yet judged (with any, "none" may yet change).
    """

    statement: str
    every: State
    some: State
    mandatory_units: tuple[str, ...]
    optional_units: tuple[str, ...]
    unjudged_mandatory: int
    unjudged_optional: int


def holder_view(
    links: Iterable[UnitLink], claims: Iterable[Claim], judged: Collection[str], statements: Sequence[str]
) -> tuple[Reach, ...]:
    """For one qualification, statement by statement, what every holder is sure to have met and what some have."""
    links = list(links)
    mandatory = {x.unit for x in links if x.mandatory}
    optional = {x.unit for x in links} - mandatory
    held = [claim for claim in claims if claim.strength]
    seen = set(judged) | {c.unit for c in held}
    return tuple(_reach(s, mandatory, optional, [c for c in held if c.statement == s], seen) for s in statements)


def _reach(statement: str, mandatory: set[str], optional: set[str], claims: Sequence[Claim], seen: set[str]) -> Reach:
    by_unit: dict[str, Strength] = {}
    for claim in claims:
        if claim.strength:
            by_unit[claim.unit] = "fully" if by_unit.get(claim.unit) == "fully" else claim.strength

    def state(units: set[str]) -> State:
        strengths = {by_unit[u] for u in units if u in by_unit}
        if "fully" in strengths:
            return "fully"
        if strengths:
            return "touches"
        return "none" if units & seen or not units else "unjudged"

    return Reach(
        statement,
        state(mandatory),
        state(mandatory | optional),
        tuple(sorted(mandatory & by_unit.keys())),
        tuple(sorted(optional & by_unit.keys())),
        len(mandatory - seen),
        len(optional - seen),
    )
