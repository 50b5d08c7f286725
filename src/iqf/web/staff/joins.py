"""What joins a thing to others, each with the address at which a change of it is proposed."""

from typing import Any

from django.utils.http import urlencode

from iqf.catalogue.editable.entities import Entity
from iqf.catalogue.editable.rows import joined, key_of
from iqf.catalogue.models.things import Thing

JOINS_SHOWN = 200


def joins_of(row: Any | None) -> list[dict[str, Any]]:
    """What joins a thing to others, each with the address at which a change of it is proposed."""
    """The joins of a thing, entity by entity; none for a row that joins things itself."""
    if not isinstance(row, Thing):
        return []
    kind = str(row._meta.model_name)
    return [
        {
            "entity": entity,
            "add": urlencode({"entity": entity.kind} | ({kind: row.code} if kind in entity.key else {})),
            "rows": [
                (
                    " · ".join(_other_ends(entity, one, row)),
                    urlencode({"entity": entity.kind, "row": "1", **key_of(entity, one)}),
                )
                for one in rows[:JOINS_SHOWN]
            ],
            "more": max(0, len(rows) - JOINS_SHOWN),
        }
        for entity, rows in joined(row).items()
    ]


def _other_ends(entity: Entity, one: Any, thing: Thing) -> list[str]:
    """What names a row, but for the thing itself, in words."""
    values = [entity.column(name).of(one) for name in entity.key]
    return [str(value) for value in values if value != thing and value is not None]
