"""What tests of judgements begin with: a framework, units, raters, and verdicts given at the desk."""

from iqf.catalogue.models import Framework, Statement, Unit
from iqf.catalogue.queries import units_called
from iqf.mapping import actions
from iqf.mapping.drafts import Given
from iqf.mapping.models import Assignment
from iqf.mapping.read_elsewhere import FromFile, Verdict

AREAS = ("CC1", "CC2", "CC3", "CC4", "CC5", "CC6")


def framework():
    return Framework.objects.get(key="common-core-2005")


def unjudged(number):
    """Units of the starter that nobody has judged yet: no alignment stands in the way of theirs."""
    return list(Unit.objects.filter(retired_on=None, judged=None).order_by("code")[:number])


def person(name):
    return actions.register(by="tests", name=name, kind="person", user=name.lower())


def area(code):
    return Statement.objects.get(framework=framework(), code=code)


def from_file(unit, row=2, **verdicts):
    """What a file says of a unit, given by a name of it: CC1=2, …"""
    pk = unit.pk if isinstance(unit, Unit) else units_called([unit])[unit]
    return FromFile(pk, row, {(area(code).pk, "teaches"): Verdict(n) for code, n in verdicts.items()})


def record(rater, *rows, **more):
    return actions.record(
        by="tests", framework=framework(), rater=rater, rows=rows, file="verdicts.csv", sha256="0" * 64, **more
    )


def open_batch(units, raters, policy="double", depth="areas", **more):
    batch = actions.draft(by="tests", title="A batch", framework=framework(), policy=policy, depth=depth, **more)
    actions.add_units(by="tests", batch=batch, units=[unit.pk for unit in units])
    actions.assign(by="tests", batch=batch, raters=raters)
    return actions.open_batch(by="tests", batch=batch)


def given(batch, rater, unit):
    return Assignment.objects.get(unit__batch=batch, unit__unit=unit, rater=rater)


def judge(batch, rater, unit, **verdicts):
    """A rater enters verdicts (CC1=2, …) and hands the unit in."""
    mine = given(batch, rater, unit)
    entered = {(code, "teaches"): Given(n) for code, n in verdicts.items()}
    actions.keep(
        assignment=mine.pk, user=rater.user, entered=entered, doubt=False, rationale="", seen=mine.draft_version
    )
    actions.hand_in(assignment=mine.pk, user=rater.user)


def alignments(unit):
    """What the catalogue says of a unit: statement and strength."""
    rows = unit.alignments.filter(retired_on=None, statement__framework=framework())
    return dict(rows.values_list("statement__code", "strength"))
