"""Units, their outcomes, and the rules by which they combine."""

from iqf.catalogue import models as m
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities.entity import LONG, NOTE, POSITION, TITLE, Entity, a
from iqf.catalogue.editable.holds import Code, GroupOf, Level, Number, OneOf, Text, YesNo
from iqf.catalogue.models import units

UNIT = Entity(
    "unit",
    "units",
    m.Unit,
    (
        TITLE,
        Column("reference", Code("unit"), "The official unit reference."),
        Column("owner", a("organisation")),
        Column("level", Level()),
        Column("credit_low", Number(), "Credit, or the least that it may be."),
        Column("credit_high", Number(), "The same as the least where credit is known."),
        Column("glh", Number(), "Guided learning hours."),
        Column("summary", Text(LONG, long=True)),
    ),
)

UNIT_OUTCOME = Entity(
    "unit outcome",
    "learning outcomes",
    m.UnitOutcome,
    (
        Column("unit", a("unit"), needed=True),
        Column("position", Number(blank=0), needed=True),
        Column("text", Text(500), needed=True),
    ),
    key=("unit", "position"),
)

RULE_GROUP = Entity(
    "rule group",
    "groups of rules",
    m.RuleGroup,
    (
        Column("qualification", a("qualification"), needed=True),
        Column("key", Text(20), "The name of the group in its qualification.", needed=True),
        Column("parent", GroupOf(), "The group that it is a part of; blank at the top."),
        Column("title", Text(200), needed=True),
        Column("kind", OneOf(units.GROUP_KINDS), needed=True),
        POSITION,
        Column("min_units", Number()),
        Column("max_units", Number()),
        Column("min_credit", Number()),
        Column("max_credit", Number()),
        Column("min_parts", Number()),
        Column("max_parts", Number()),
        Column("floor_level", Level(), "Credit at this level or above …"),
        Column("floor_credit", Number(), "… must reach this much."),
        Column("list_complete", YesNo(blank=True), "Are all its units listed?"),
        Column("structure_known", YesNo(blank=True), "Was the split into mandatory and optional read?"),
        NOTE,
    ),
    key=("qualification", "key"),
)

RULE_UNIT = Entity(
    "rule unit",
    "units in rules",
    m.GroupUnit,
    (
        Column("qualification", a("qualification"), needed=True, path="group.qualification"),
        Column("group", GroupOf(), needed=True),
        Column("unit", a("unit"), needed=True),
        POSITION,
    ),
    key=("qualification", "group", "unit"),
)

BARRED_PAIR = Entity(
    "barred pair",
    "barred pairs",
    m.BarredPair,
    (
        Column("first", a("unit"), needed=True),
        Column("second", a("unit"), needed=True),
        Column("qualification", a("qualification"), "Blank: they bar each other everywhere."),
    ),
    key=("first", "second", "qualification"),
)

EQUIVALENCE = Entity(
    "equivalence",
    "equivalent units",
    m.Equivalence,
    (Column("first", a("unit"), needed=True), Column("second", a("unit"), needed=True)),
    key=("first", "second"),
)
