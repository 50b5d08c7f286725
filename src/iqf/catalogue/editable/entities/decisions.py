"""What people propose to be decided: rows of decisions, made by the action that decides, and in no spreadsheet."""

from iqf.catalogue import models as m
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities.entity import Entity
from iqf.catalogue.editable.holds import ListedRow, NamedThing, OneOf, Text
from iqf.catalogue.models import inclusion

KINDS_OF_THING = ("role", "qualification", "unit", "organisation", "framework")


DECISIONS = (
    Entity(
        "inclusion choice",
        "choices about official rows",
        m.InclusionChoice,
        (
            Column("subject", ListedRow(), "The row of an official list.", needed=True),
            Column("outcome", OneOf(inclusion.OUTCOMES), "Does it belong to the framework, or not?", needed=True),
        ),
        key=("subject",),
    ),
    Entity(
        "conflict decision",
        "decisions where sources disagree",
        m.FieldConflict,
        (
            Column("subject", NamedThing(KINDS_OF_THING), "The thing about which they disagree.", needed=True),
            Column("field", Text(40), "Its field, such as level.", needed=True),
            Column("value_decided", Text(1000), "What is to be shown.", needed=True),
        ),
        key=("subject", "field"),
    ),
)
