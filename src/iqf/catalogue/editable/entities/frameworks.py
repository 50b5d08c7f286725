"""Frameworks, their statements, criteria for them, crosswalks between them, and what is aligned to them."""

from iqf.catalogue import models as m
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities.entity import NOTE, POSITION, TITLE, Entity, a
from iqf.catalogue.editable.holds import Number, OneOf, StatementOf, Text, YesNo
from iqf.catalogue.models import frameworks

FRAMEWORK = Entity(
    "framework",
    "frameworks",
    m.Framework,
    (
        TITLE,
        Column("key", Text(60), "Its short name in addresses and files.", needed=True),
        Column("edition", Text(40)),
        Column("replaces", a("framework"), "The edition before."),
        Column("adopted", YesNo(blank=True), "No: proposed text that was never adopted."),
    ),
)

STATEMENT = Entity(
    "statement",
    "statements",
    m.Statement,
    (
        Column("framework", a("framework"), needed=True),
        Column("code", Text(40), "The framework's own code.", needed=True),
        Column("parent", StatementOf(within="framework"), "The statement that it is a part of."),
        Column("kind", OneOf(frameworks.STATEMENT_KINDS), needed=True),
        TITLE,
        NOTE,
        POSITION,
        Column("axis", OneOf(frameworks.AXES), "In a matrix: are its parts the rows, or the columns?"),
        Column("row", StatementOf(within="framework"), "In a matrix: the row that it is particular to."),
    ),
    key=("framework", "code"),
)

CRITERION = Entity(
    "criterion",
    "criteria, examples and evidence",
    m.Criterion,
    (
        Column("framework", a("framework"), needed=True),
        Column("statement", StatementOf(within="framework"), "Blank: of the framework as a whole."),
        Column(
            "kind",
            OneOf(frameworks.CRITERION_KINDS),
            "A criterion for a verdict, a worked example, or evidence that a person may show.",
            needed=True,
        ),
        Column("position", Number(), "Its number among those of its kind.", needed=True),
        Column("verdict", OneOf(frameworks.CRITERION_VERDICTS), "For which verdict; blank: for all."),
        Column("text", Text(1000, long=True), needed=True),
    ),
    key=("framework", "statement", "kind", "position"),
)

CROSSWALK = Entity(
    "crosswalk",
    "crosswalks",
    m.Crosswalk,
    (
        Column("first", StatementOf(), needed=True),
        Column("second", StatementOf(), needed=True),
        Column("relation", OneOf(frameworks.RELATIONS), "What the first is to the second.", needed=True),
        Column("strength", OneOf(frameworks.HOW_SURE), "strong: the texts were compared; weak: titles only."),
        Column("author", Text(150), "Who compared them."),
        NOTE,
    ),
    key=("first", "second"),
)

ALIGNMENTS = tuple(
    Entity(
        f"{kind} alignment",
        f"alignments of {kind}s",
        m.Alignment,
        (
            Column(kind, a(kind), needed=True),
            Column("statement", StatementOf(), needed=True),
            Column("verb", OneOf(frameworks.VERBS), needed=True),
            Column("strength", OneOf(frameworks.STRENGTHS), needed=True),
            Column("raters_agree", YesNo(blank=None)),
            NOTE,
        ),
        key=(kind, "statement", "verb"),
        where=kind,
    )
    for kind in ("unit", "qualification", "role")
)
