"""The portfolio that the demo shows: made up, put in and credited by the same actions that everybody uses."""

from iqf.accounts.models import User
from iqf.people import actions as act
from iqf.people.scope import scope_of

OWNER, ASSESSOR = "contributor.demo", "editor.demo"
NAME = "Robin Example (made up)"


def fill_demo_portfolio() -> None:
    """Give one person of the demo a portfolio: two roles, a unit, a foreign qualification, credited learning."""
    own, assessor = (scope_of(User.objects.get(username=name)) for name in (OWNER, ASSESSOR))
    act.name_portfolio(own, NAME)
    for role in ("playworker", "learning-support-assistant"):
        act.work_in(own, role)
    act.hold(own, act.Item("listed", "U-SHC32", "2019-07"))
    act.hold(own, act.Item("overseas", "Diplom-Sozialpädagogik", "2009", "a university", "Germany"))
    shadowing = act.Learning(
        kind="shadowing",
        title="Three days with a health visitor",
        date="2025-05",
        provider="A health centre",
        hours="21",
        text="I saw how she talks with worried parents, what she passes on to other services, and what she does not.",
        shows=("U-CYP31", "common-core-2005:CC5", "common-core-2005:CC6"),
    )
    claim = act.ask(
        own, evidence=act.record(own, shadowing).pk, assessor=ASSESSOR, message="I would like this to count."
    )
    act.assess(assessor, claim.pk, how="A professional discussion, and a note from the health visitor.")
    things = list(claim.things.order_by("pk").values_list("pk", flat=True))
    act.credit(
        assessor, claim.pk, things=things[:2], reason="Shows both; of sharing information there was too little."
    )
    course = act.Learning("course", "First aid for babies and children", "2026-02", "A training centre", "12")
    act.record(own, course)
