"""What a view of an organisation is about: named as sheets and forms name it, and the row that this means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.editable.entities import OPINIONS, Entity
from iqf.catalogue.editable.holds import WrongValue
from iqf.catalogue.editable.rows import entity_of, read_cells

ORGANISATION = "organisation"
FIELDS: Mapping[type[Any], str] = {
    m.Requirement: "requirement",
    m.RoleCluster: "place",
    m.Alignment: "alignment",
    m.Qualification: "qualification",
    m.Unit: "unit",
}


@dataclass(frozen=True)
class About:
    """What a view is about: the kind of opinion, and the cells that name what it is on (`role`, `qualification`)."""

    entity: str
    key: Mapping[str, str]


def about_of(row: Any) -> About:
    """How a requirement, a place, an alignment, or a thing with a level is named as what a view is about."""
    entity = entity_of(draft := m.Opinion(**{FIELDS[type(row)]: row}))
    if entity is None:
        raise TypeError(f"nobody has views of a {type(row).__name__}")
    return About(entity.kind, {name: entity.column(name).show(draft) for name in named_by(entity)})


def row_of(about: About) -> Any:
    """The row that a view is about. Raises WrongValue or WrongCells where there is none that stands."""
    entity = OPINIONS.get(about.entity)
    if entity is None:
        raise WrongValue(f'Nobody can agree with or dispute a "{about.entity}" here.')
    texts = {name: about.key.get(name, "") for name in named_by(entity)}
    fields = entity.fields(read_cells(entity, texts))
    return fields[entity.where.partition("__")[0]]


def named_by(entity: Entity) -> tuple[str, ...]:
    """The columns that name what opinions of this kind are about."""
    return tuple(name for name in entity.key if name != ORGANISATION)
