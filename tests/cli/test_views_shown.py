"""What organisations agree with and dispute, as `iqf show` prints it."""

from datetime import date

from iqf.catalogue import models as m
from iqf.catalogue.actions.speaking import state_view
from iqf.catalogue.editable.about import about_of
from iqf.catalogue.models.things import LIVE
from iqf.cli.text.things import show
from iqf.reports.show import show as report

TODAY = date(2026, 11, 21)
WHY = "Our members do not ask for it."


def say(row, stance, body):
    state_view(by="ed", body=body.code, about=about_of(row), stance=stance, reason=WHY, on="2026-03")


def test_every_thing_prints_who_agrees_and_who_disputes(starter):
    one, two = m.Organisation.objects.filter(LIVE).order_by("pk")[:2]
    asked = m.Requirement.objects.filter(LIVE, qualification__retired_on=None).order_by("pk")[0]
    place = m.RoleCluster.objects.filter(LIVE, role=asked.role)[0]
    taught = m.Alignment.objects.filter(LIVE, unit__isnull=False)[0]
    needed = m.Alignment.objects.filter(LIVE, role=asked.role).first()
    for row in filter(None, (asked, asked.qualification, place, taught, taught.unit, needed)):
        say(row, "disputes", one)
    say(asked, "agrees", two)
    said = f"disputed by 1: {one.title} (2026-03): {WHY}"
    role = show(report(asked.role.code, TODAY))
    assert f"{asked.strength}, contested: {asked.qualification.title}" in role
    assert f"agreed by 1: {two.title} (2026-03): {WHY}" in role
    assert f"{place.cluster.title}: {said}" in role
    assert role.count(said) == 2 + bool(needed)
    qualification = show(report(asked.qualification.code, TODAY))
    assert f"Views of its level\n  {said}" in qualification
    assert f"{asked.role.title}: {asked.strength}, contested" in qualification
    assert show(report(taught.unit.code, TODAY)).count(said) == 2
    body = show(report(one.code, TODAY))
    assert f"disputes: {asked.qualification.title} is {asked.strength} for the role {asked.role.title}" in body
