"""Qualifications, the bodies of programmes, what leads where, what compares with what, and what holders may do."""

from iqf.catalogue import models as m
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities.entity import LONG, NOTE, SHORT_NOTE, TITLE, Entity, a
from iqf.catalogue.editable.holds import AreaOf, ClusterOf, Code, Day, Level, Number, OneOf, Text
from iqf.catalogue.models import qualifications

QUALIFICATION = Entity(
    "qualification",
    "qualifications",
    m.Qualification,
    (
        TITLE,
        Column("kind", OneOf(qualifications.KINDS), needed=True),
        Column("award_type", Text(40), "Diploma, Certificate, Degree, …"),
        Column("number", Code("qan"), "The regulated qualification number."),
        Column("owner", a("organisation"), "The awarding organisation."),
        Column("level", Level()),
        Column("old_level", Text(20), "Level before it was re-levelled."),
        Column("old_framework", Text(80)),
        Column("credit", Number()),
        Column("glh", Number(), "Guided learning hours."),
        Column("tqt", Number(), "Total qualification time, in hours."),
        Column("credit_years", Number(), "For how many years after it was achieved credit counts towards it."),
        Column("age_focus", Text(20), "Ages of the children it is about."),
        Column("assesses", OneOf(qualifications.ASSESSES)),
        Column("stands_for", Text(300), "What one entry stands for many of."),
        Column("area", AreaOf(), "Where alone it is offered."),
        Column("cluster", ClusterOf()),
        Column("operational_start", Day(), "From when it can be started."),
        Column("operational_end", Day(), "When it ends."),
        Column("certification_end", Day(), "Until when it can be certificated."),
        Column("last_new_start", Day(), "The last day on which it can be begun."),
        Column("stated_status", OneOf(qualifications.STATED_STATUSES)),
        Column("country", Text(80), "Where it is awarded, if not in this country."),
        Column("assessor", Text(200), "Who assesses it: a part in it, not a person."),
        Column("level_basis", Text(LONG, long=True), "What its level rests on, where no regulator has set it."),
        NOTE,
    ),
)

PROGRAMME_BODY = Entity(
    "programme body",
    "bodies of programmes",
    m.QualificationBody,
    (
        Column("qualification", a("qualification"), needed=True),
        Column("organisation", a("organisation"), needed=True),
        Column("part", OneOf(qualifications.PROGRAMME_PARTS), needed=True),
        Column("on", Day(), "Since when."),
        SHORT_NOTE,
    ),
    key=("qualification", "organisation", "part"),
)

PROGRESSION = Entity(
    "progression",
    "progressions",
    m.Progression,
    (
        Column("before", a("qualification"), "It leads to …", needed=True),
        Column("after", a("qualification"), "… this one.", needed=True),
        SHORT_NOTE,
    ),
    key=("before", "after"),
)

COMPARISON = Entity(
    "comparison",
    "comparisons",
    m.Comparison,
    (
        Column("qualification", a("qualification"), "From abroad, or from an earlier time.", needed=True),
        Column("counterpart", a("qualification"), "The one here that it compares with.", needed=True),
        Column(
            "extent",
            OneOf(qualifications.EXTENTS),
            "whole: whoever holds it counts as holding the other; part: as some of it; level: its level alone.",
            needed=True,
        ),
        SHORT_NOTE,
    ),
    key=("qualification", "counterpart"),
)

PERMISSION = Entity(
    "permission",
    "permissions",
    m.Permission,
    (
        Column("qualification", a("qualification"), needed=True),
        Column("kind", OneOf(("allows", "stops")), needed=True),
        Column("text", Text(500), needed=True),
        Column("basis", OneOf(qualifications.POSITION_BASES)),
    ),
    key=("qualification", "kind", "text"),
)
