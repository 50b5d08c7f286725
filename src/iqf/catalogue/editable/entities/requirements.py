"""What roles ask for: qualifications, and what stands at the entry."""

from iqf.catalogue import models as m
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities.entity import NOTE, Entity, a
from iqf.catalogue.editable.holds import AreaOf, Day, Level, OneOf, Text
from iqf.catalogue.models import qualifications, requirements

REQUIREMENT = Entity(
    "requirement",
    "requirements",
    m.Requirement,
    (
        Column("role", a("role"), needed=True),
        Column("qualification", a("qualification"), needed=True),
        Column("strength", OneOf(requirements.REQUIREMENT_STRENGTHS), needed=True),
        Column("basis", OneOf(qualifications.POSITION_BASES), "On whose authority."),
        Column("choice_group", Text(60), "Mandatory rows that share it are alternatives."),
        Column("area", AreaOf(), "Where alone it applies."),
        Column("wording", Text(200), "The role title that the source uses."),
        NOTE,
    ),
    key=("role", "qualification"),
)

ENTRY_POSITION = Entity(
    "entry position",
    "positions at entry",
    m.EntryPosition,
    (
        Column("role", a("role"), needed=True),
        Column("entry", OneOf(requirements.ENTRIES), needed=True),
        Column("basis", OneOf(qualifications.POSITION_BASES)),
        NOTE,
    ),
    key=("role", "entry"),
)
ENTRY_CRITERION = Entity(
    "entry criterion",
    "entry criteria of employers",
    m.EntryCriterion,
    (
        Column("role", a("role"), needed=True),
        Column("employer", a("organisation"), "Whose posts they are.", needed=True),
        Column("post_level", Level(), "The level of the posts; blank: posts at any level."),
        Column("asks", Text(300), "What is asked for, in the employer's words.", needed=True),
        Column("kind", OneOf(requirements.CRITERIA), "What sort of thing it asks for.", needed=True),
        Column("strength", OneOf(requirements.CRITERION_STRENGTHS, blank="essential"), "Must, or a wish."),
        Column("qualification", a("qualification"), "The qualification that is asked for, where it is one of these."),
        Column("least_level", Level(), "Where any qualification from a level up will do: that level."),
        Column("instead", Text(400), "What the employer takes instead, such as experience or a test."),
        Column("since", Day(), "Since when."),
        NOTE,
    ),
    key=("role", "employer", "post_level", "asks"),
)
