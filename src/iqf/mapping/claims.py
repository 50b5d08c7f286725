"""What units are accepted to reach of a framework, and how sure raters are of each."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from iqf.analysis.coverage import Claim, Strength
from iqf.analysis.verdicts import settle
from iqf.catalogue import models as m
from iqf.catalogue.models.frameworks import COLUMNS
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import areas
from iqf.mapping.queries import judged as judgements


@dataclass(frozen=True)
class Area:
    """A statement that coverage is counted for."""

    code: str
    title: str


def framework_statements(framework: m.Framework) -> tuple[Area, ...]:
    """The statements that coverage counts: those at the top of the framework; of a matrix, its columns."""
    return tuple(Area(s.code, s.title) for s in areas(framework))


def claims_for(framework: m.Framework, units: Collection[str] | None = None) -> tuple[Claim, ...]:
    """Accepted alignments of units (these codes, or all) with the framework, carried up to the top statement they
    stand under.

    What some gave and nobody accepted is a claim without strength.
    """
    claims = claims_at(framework, units)
    parents = above(framework) if claims else {}
    return tuple(replace(claim, statement=top(claim.statement, parents)) for claim in claims)


def claims_at(framework: m.Framework, units: Collection[str] | None = None) -> tuple[Claim, ...]:
    """Accepted alignments of units (these codes, or all) with the framework, each at the very statement that it is
    about.

    Where raters' own judgements are held, they say whether every rater gave it or only some; what some gave of judged
    units and nobody accepted is a claim without strength.
    """
    rows = m.Alignment.objects.filter(
        LIVE, statement__framework=framework, unit__isnull=False, unit__retired_on__isnull=True, verb="teaches"
    ).values_list("unit__code", "statement__code", "strength", "raters_agree")
    given = readings(framework, units)
    found = []
    for unit, code, strength, agree in rows if units is None else rows.filter(unit__code__in=units):
        reading = given.pop((unit, code), None)
        known: Strength = "fully" if strength == "fully" else "partly"
        found.append(Claim(unit, code, known, reading > 0 if reading is not None else agree))
    return (*found, *_not_accepted(framework, given))


def readings(framework: m.Framework, units: Collection[str] | None = None) -> dict[tuple[str, str], int]:
    """The strict reading of what two or more raters gave of these units, or of all, by unit and statement (codes),
    where any reaches it.
    """
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in judgements(framework, units=units):
        if row.verb == "teaches":
            given[row.unit, row.statement].append(row.verdict)
    settled = {place: settle(verdicts) for place, verdicts in given.items() if len(verdicts) > 1}
    return {place: verdict.strict for place, verdict in settled.items() if verdict.lenient}


def _not_accepted(framework: m.Framework, given: dict[tuple[str, str], int]) -> tuple[Claim, ...]:
    """What some rater gave of judged units, and the catalogue does not say."""
    if not given:
        return ()
    seen = judged_units(framework)
    return tuple(Claim(unit, code, None, False) for unit, code in given if unit in seen)


def above(framework: m.Framework) -> dict[str, str]:
    """What each statement of the framework stands under, by code; those at the top are left out.

    In a matrix the columns are at the top: the axis that they are parts of says nothing that could be taught.
    """
    rows = m.Statement.objects.filter(framework=framework, parent__isnull=False).exclude(parent__axis=COLUMNS)
    return dict(rows.values_list("code", "parent__code"))


def top(code: str, parents: Mapping[str, str]) -> str:
    """The code of the top statement that a statement stands under, however deep; its own where it is one."""
    while code in parents:
        code = parents[code]
    return code


def judged_units(framework: m.Framework) -> frozenset[str]:
    """The units that were put to raters for the framework."""
    return frozenset(
        m.JudgedUnit.objects.filter(LIVE, framework=framework, unit__retired_on__isnull=True).values_list(
            "unit__code", flat=True
        )
    )
