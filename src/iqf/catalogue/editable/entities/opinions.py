"""What organisations say of requirements, places, alignments and levels."""

from django.db.models import Model

from iqf.catalogue import models as m
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities.entity import LONG, Entity, Join, a
from iqf.catalogue.editable.holds import ClusterOf, Day, OneOf, StatementOf, Text
from iqf.catalogue.models import frameworks, opinions


def _opinion(about: str, *named: Column, model: type[Model] | None = None, of: str = "") -> Entity:
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


ABOUT = (
    _opinion(
        "requirement",
        Column("role", a("role"), needed=True, path="requirement.role"),
        Column("qualification", a("qualification"), needed=True, path="requirement.qualification"),
        model=m.Requirement,
    ),
    _opinion(
        "place",
        Column("role", a("role"), needed=True, path="place.role"),
        Column("cluster", ClusterOf(), needed=True, path="place.cluster"),
        model=m.RoleCluster,
    ),
    *(
        _opinion(
            "alignment",
            Column(kind, a(kind), needed=True, path=f"alignment.{kind}"),
            Column("statement", StatementOf(), needed=True, path="alignment.statement"),
            Column("verb", OneOf(frameworks.VERBS), needed=True, path="alignment.verb"),
            model=m.Alignment,
            of=kind,
        )
        for kind in ("unit", "qualification", "role")
    ),
    _opinion("qualification", Column("qualification", a("qualification"), "Whose level it is about.", needed=True)),
    _opinion("unit", Column("unit", a("unit"), "Whose level it is about.", needed=True)),
)
