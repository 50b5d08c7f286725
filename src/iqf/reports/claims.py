"""What units are accepted to reach of a framework, and how sure raters are of each."""

from collections import defaultdict
from dataclasses import dataclass

from iqf.analysis.coverage import Claim, Strength
from iqf.analysis.verdicts import settle
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.mapping.queries import judged as judgements


@dataclass(frozen=True)
class Area:
    """A statement that coverage is counted for."""

    code: str
    title: str


def framework_statements(framework: m.Framework) -> tuple[Area, ...]:
    """The statements that coverage counts: the areas at the top of the framework, else all its top statements."""
    rows = m.Statement.objects.filter(LIVE, framework=framework, parent=None)
    return tuple(Area(s.code, s.title) for s in rows)


def claims_for(framework: m.Framework) -> tuple[Claim, ...]:
    """Accepted alignments of units with the framework, carried up to the top statement they stand under.

    Where raters' own judgements are held, they say whether every rater gave it or only some; what some gave of judged
    units and nobody accepted is a claim without strength.
    """
    top = _tops(framework)
    rows = m.Alignment.objects.filter(
        LIVE, statement__framework=framework, unit__isnull=False, unit__retired_on__isnull=True, verb="teaches"
    ).values_list("unit__code", "statement_id", "statement__code", "strength", "raters_agree")
    readings = _readings(framework)
    found = []
    for unit, statement, code, strength, agree in rows:
        reading = readings.pop((unit, code), None)
        known: Strength = "fully" if strength == "fully" else "partly"
        found.append(Claim(unit, top[statement], known, reading > 0 if reading is not None else agree))
    return (*found, *_not_accepted(framework, readings, top))


def _readings(framework: m.Framework) -> dict[tuple[str, str], int]:
    """The strict reading of what two or more raters gave, by unit and statement; where any of them reaches it."""
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in judgements(framework):
        if row.verb == "teaches":
            given[row.unit, row.statement].append(row.verdict)
    settled = {place: settle(verdicts) for place, verdicts in given.items() if len(verdicts) > 1}
    return {place: verdict.strict for place, verdict in settled.items() if verdict.lenient}


def _not_accepted(
    framework: m.Framework, readings: dict[tuple[str, str], int], top: dict[int, str]
) -> tuple[Claim, ...]:
    """What some rater gave of judged units, and the catalogue does not say."""
    if not readings:
        return ()
    seen = judged_units(framework)
    tops = {code: top[pk] for pk, code in m.Statement.objects.filter(framework=framework).values_list("pk", "code")}
    return tuple(Claim(unit, tops[code], None, False) for unit, code in readings if unit in seen)


def _tops(framework: m.Framework) -> dict[int, str]:
    """The code of the top statement that each statement stands under, however deep; its own where it is one."""
    rows = m.Statement.objects.filter(framework=framework).values_list("pk", "parent_id", "code")
    above = {pk: parent for pk, parent, _ in rows}
    codes = {pk: code for pk, _, code in rows}

    def top(pk: int) -> int:
        parent = above[pk]
        return pk if parent is None else top(parent)

    return {pk: codes[top(pk)] for pk in above}


def judged_units(framework: m.Framework) -> frozenset[str]:
    """The units that were put to raters for the framework."""
    return frozenset(
        m.JudgedUnit.objects.filter(LIVE, framework=framework, unit__retired_on__isnull=True).values_list(
            "unit__code", flat=True
        )
    )
