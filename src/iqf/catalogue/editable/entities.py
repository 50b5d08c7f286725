"""Every entity that people may read and write: its columns, and which of them name a row.

The order of `ENTITIES` is the order in which changes are made: what others point to comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from iqf.catalogue import models as m
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.holds import (
    AreaOf,
    ClusterOf,
    Code,
    Day,
    FunctionOf,
    GroupOf,
    Level,
    ListedRow,
    NamedThing,
    Number,
    OneOf,
    StatementOf,
    Text,
    ThingOf,
    WrongValue,
    YesNo,
)
from iqf.catalogue.models import (
    frameworks,
    inclusion,
    opinions,
    organisations,
    qualifications,
    requirements,
    roles,
    units,
)
from iqf.catalogue.models.things import LIVE

LONG = 6000
CODE = "code"
KINDS_OF_THING = ("role", "qualification", "unit", "organisation", "framework")
TITLE = Column("title", Text(400), needed=True)
NOTE = Column("note", Text(LONG, long=True))
SHORT_NOTE = Column("note", Text(400))
POSITION = Column("position", Number(blank=0), "Order in its list.")


@dataclass(frozen=True)
class Join:
    """A row that several columns name together: a requirement, by its role and qualification."""

    field: str
    model: type[Model]
    by: tuple[str, ...]

    def row(self, cells: Mapping[str, Any]) -> Model:
        """The row that stands. Raises WrongValue."""
        named = {name: cells[name] for name in self.by}
        saved = all(not isinstance(value, Model) or value.pk is not None for value in named.values())
        row = self.model._default_manager.filter(LIVE, **named).first() if saved else None
        if row is None:
            words = " and ".join(str(value) for value in named.values())
            raise WrongValue(f"There is no {self.model._meta.verbose_name} of {words} that this could be about.")
        return row


@dataclass(frozen=True)
class Entity:
    """One kind of row. `key`: the columns that name a row; a thing is named by its permanent code instead.

    `where`: the field that is set in rows of this kind, where one model holds several kinds (of a row that it points
    to: `alignment__unit`). `joins`: rows that several columns name together.
    """

    kind: str
    plural: str
    model: type[Model]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    where: str = ""
    joins: tuple[Join, ...] = ()

    @property
    def is_thing(self) -> bool:
        """True for what has a permanent code of its own."""
        return not self.key

    @property
    def named_by(self) -> tuple[str, ...]:
        """The names of the columns that name a row."""
        return self.key or (CODE,)

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns that may be changed in a row that stands: all but those that name it."""
        return tuple(column for column in self.columns if column.name not in self.key)

    def column(self, name: str) -> Column:
        """A column by its name. Raises KeyError."""
        return next(c for c in self.columns if c.name == name) if name in self.names else _missing(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(column.name for column in self.columns)

    def fields(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """The model's own fields among the cells of a row. Raises WrongValue where what they join is not there."""
        own = {name: value for name, value in cells.items() if name in self.names and not self.column(name).path}
        return own | {join.field: join.row(cells) for join in self.joins if set(join.by) <= set(cells)}


def _missing(name: str) -> Column:
    raise KeyError(name)


def a(*kinds: str) -> ThingOf:
    """A thing of one of these kinds."""
    return ThingOf(kinds)


def opinion(about: str, *named: Column, model: type[Model] | None = None, of: str = "") -> Entity:
    """What organisations say of a requirement, a place, an alignment; or of the level of a qualification or unit.

    `of`: the kind of thing, where rows of one model are of several kinds.
    """
    by = tuple(column.name for column in named)
    whole = f"{of} {about}".strip()
    what = f"a {whole}" if model else f"the level of a {whole}"
    return Entity(
        f"opinion on {what}".replace("a a", "an a"),
        f"opinions on {whole}s" if model else f"opinions on levels of {whole}s",
        m.Opinion,
        (
            *named,
            Column("organisation", a("organisation"), "Whose view it is.", needed=True),
            Column("stance", OneOf(opinions.STANCES), needed=True),
            Column("reason", Text(LONG, long=True), needed=True),
            Column("on", Day(), "When it was said."),
        ),
        key=(*by, "organisation"),
        where=f"{about}__{of}" if of else about,
        joins=(Join(about, model, by),) if model else (),
    )


ALL = (
    Entity(
        "organisation",
        "organisations",
        m.Organisation,
        (
            TITLE,
            Column("kind", OneOf(organisations.ORGANISATION_KINDS), needed=True),
            Column("website", Text(300)),
        ),
    ),
    Entity(
        "role",
        "roles",
        m.Role,
        (
            TITLE,
            Column("description", Text(LONG, long=True)),
            Column("explanation", Text(LONG, long=True), "For somebody from another profession."),
            Column(
                "constituency", OneOf(roles.CONSTITUENCIES, blank="unknown"), "Is work with children its purpose?"
            ),
            Column("constituency_basis", OneOf(roles.BASES)),
            Column("tier", OneOf(roles.TIERS), "Which services it works in."),
            Column("tier_basis", OneOf(roles.BASES)),
            Column("contact", OneOf(roles.CONTACTS), "How much of the work is with children."),
            Column("status", OneOf(roles.ROLE_STATUSES, blank="established")),
            Column("successor", a("role"), "The role that followed it."),
            Column("status_from", Day(), "Since when the status holds."),
            Column("status_note", Text(400)),
        ),
    ),
    Entity(
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
    ),
    Entity(
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
    ),
    Entity(
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
    ),
    Entity(
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
        ),
        key=("framework", "code"),
    ),
    Entity(
        "organisation name",
        "other names of organisations",
        m.OrganisationName,
        (
            Column("organisation", a("organisation"), needed=True),
            Column("other_name", Text(200), needed=True),
            Column("kind", OneOf(organisations.NAME_KINDS), needed=True),
            Column("since", Day()),
            SHORT_NOTE,
        ),
        key=("organisation", "other_name", "kind"),
    ),
    Entity(
        "role title",
        "other titles of roles",
        m.RoleTitle,
        (
            Column("role", a("role"), needed=True),
            Column("title", Text(200), needed=True),
            Column("kind", OneOf(roles.TITLE_KINDS), needed=True),
        ),
        key=("role", "title"),
    ),
    Entity(
        "role place",
        "places of roles in clusters",
        m.RoleCluster,
        (
            Column("role", a("role"), needed=True),
            Column("cluster", ClusterOf(), needed=True),
            Column("primary", YesNo(blank=True), "Its main place in the scheme."),
        ),
        key=("role", "cluster"),
    ),
    Entity(
        "role function",
        "job functions of roles",
        m.RoleFunction,
        (
            Column("role", a("role"), needed=True),
            Column("function", FunctionOf(), needed=True),
            Column("part", OneOf(("main", "part")), needed=True),
        ),
        key=("role", "function"),
    ),
    Entity(
        "role body",
        "bodies of roles",
        m.RoleBody,
        (
            Column("role", a("role"), needed=True),
            Column("organisation", a("organisation"), needed=True),
            Column("part", OneOf(roles.BODY_PARTS), needed=True),
            SHORT_NOTE,
        ),
        key=("role", "organisation", "part"),
    ),
    Entity(
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
    ),
    Entity(
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
    ),
    Entity(
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
    ),
    Entity(
        "progression",
        "progressions",
        m.Progression,
        (
            Column("before", a("qualification"), "It leads to …", needed=True),
            Column("after", a("qualification"), "… this one.", needed=True),
            SHORT_NOTE,
        ),
        key=("before", "after"),
    ),
    Entity(
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
    ),
    Entity(
        "unit outcome",
        "learning outcomes",
        m.UnitOutcome,
        (
            Column("unit", a("unit"), needed=True),
            Column("position", Number(blank=0), needed=True),
            Column("text", Text(500), needed=True),
        ),
        key=("unit", "position"),
    ),
    Entity(
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
    ),
    Entity(
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
    ),
    Entity(
        "barred pair",
        "barred pairs",
        m.BarredPair,
        (
            Column("first", a("unit"), needed=True),
            Column("second", a("unit"), needed=True),
            Column("qualification", a("qualification"), "Blank: they bar each other everywhere."),
        ),
        key=("first", "second", "qualification"),
    ),
    Entity(
        "equivalence",
        "equivalent units",
        m.Equivalence,
        (Column("first", a("unit"), needed=True), Column("second", a("unit"), needed=True)),
        key=("first", "second"),
    ),
    Entity(
        "crosswalk",
        "crosswalks",
        m.Crosswalk,
        (
            Column("first", StatementOf(), needed=True),
            Column("second", StatementOf(), needed=True),
            Column("relation", OneOf(frameworks.RELATIONS), needed=True),
            NOTE,
        ),
        key=("first", "second"),
    ),
    *(
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
    ),
    opinion(
        "requirement",
        Column("role", a("role"), needed=True, path="requirement.role"),
        Column("qualification", a("qualification"), needed=True, path="requirement.qualification"),
        model=m.Requirement,
    ),
    opinion(
        "place",
        Column("role", a("role"), needed=True, path="place.role"),
        Column("cluster", ClusterOf(), needed=True, path="place.cluster"),
        model=m.RoleCluster,
    ),
    *(
        opinion(
            "alignment",
            Column(kind, a(kind), needed=True, path=f"alignment.{kind}"),
            Column("statement", StatementOf(), needed=True, path="alignment.statement"),
            Column("verb", OneOf(frameworks.VERBS), needed=True, path="alignment.verb"),
            model=m.Alignment,
            of=kind,
        )
        for kind in ("unit", "qualification", "role")
    ),
    opinion("qualification", Column("qualification", a("qualification"), "Whose level it is about.", needed=True)),
    opinion("unit", Column("unit", a("unit"), "Whose level it is about.", needed=True)),
)

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
"""What people propose to be decided: rows of decisions, made by the action that decides, and in no spreadsheet."""

ENTITIES: dict[str, Entity] = {entity.kind: entity for entity in (*ALL, *DECISIONS)}
OPINIONS: dict[str, Entity] = {entity.kind: entity for entity in ALL if entity.model is m.Opinion}
