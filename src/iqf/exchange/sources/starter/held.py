"""What the folder's rows have become, found by the folder's own ids."""

from typing import Any

from iqf import codes
from iqf.catalogue import models as m
from iqf.catalogue.joined import JOINABLE
from iqf.catalogue.models.things import Alias
from iqf.exchange.sources.pattern import Row
from iqf.places.models import Area

FIELDS_FROM_MEMORY = {
    "reference": "reference",
    "code": "code",
    "title": "title",
    "level": "level",
    "credit": "credit",
    "glh": "glh",
    "tqt": "tqt",
    "credit_years": "credit_years",
    "age focus": "age_focus",
    "available_from": "operational_start",
    "available_to": "operational_end",
    "status": "stated_status",
}
"""What the layout calls a field that was recalled, and our field."""


class Held:
    """What the folder's rows have become, found by the folder's own ids."""

    def __init__(self) -> None:
        self.areas: dict[str, Area] = {}
        self.organisations: dict[str, m.Organisation] = {}
        self.clusters: dict[tuple[str, str], m.Cluster] = {}
        self.roles: dict[str, m.Role] = {}
        self.qualifications: dict[str, m.Qualification] = {}
        self.units: dict[str, m.Unit] = {}
        self.statements: dict[tuple[str, str], m.Statement] = {}
        self.frameworks: dict[str, m.Framework] = {}

    def owner(self, name: str) -> m.Organisation | None:
        """The organisation of that name, or None for a blank."""
        return self.organisations.get(name)


def place(row: Row) -> tuple[str, int]:
    """Where a row stands: how the report counts rows."""
    return row.file, row.number


def found_by_alias(model: type[Alias], collection: str) -> dict[tuple[Any, ...], Any]:
    """The things that a collection named before, by its own ids: each as it was named, whatever it is now."""
    named: Any = model._default_manager
    rows = list(named.filter(scheme=collection).select_related("thing__citation"))
    given = {a.given_to for a in rows if a.given_to}
    joined: dict[str, Any] = {}
    for things in JOINABLE.values() if given else ():
        joined |= {t.code: t for t in things._default_manager.filter(code__in=given).select_related("citation")}
    return {(a.key,): joined[a.given_to] if a.given_to else a.thing for a in rows}


def key_of(row: Row, column: str) -> str:
    """A cell as names are compared."""
    return codes.alias_key(row[column])


def number_or_none(text: str) -> int | None:
    """A whole number, or None for blank: unknown is never zero."""
    return int(text) if text else None
