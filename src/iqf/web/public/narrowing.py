"""A search as its address has it: what was typed and chosen, in one order; what else may be chosen; what to drop."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest

from iqf.reports.search import Facet, FacetValue, SearchAnswer
from iqf.reports.search_filters import SCHEME
from iqf.web.public.words import in_words, uk_date

LABELS: Final = {
    "type": "What it is",
    "in_framework": "Where it stands",
    "level": "Level",
    "kind": "Kind",
    "role": "Role that it serves",
    "cluster": "Cluster",
    "age": "Age of the children",
    "subject": "Subject area",
    "size": "Size",
    "owner": "Owner",
    "status": "Status",
    "has_units": "Units",
    "verified": "Checked",
    "available": "Available on a date",
}
"""The filters, in the order in which addresses and the page have them."""
MOST_SHOWN: Final = 25
LONGEST: Final = 200


@dataclass(frozen=True)
class Asked:
    """A search as it was asked for."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    available_on: str = ""
    scheme: str = SCHEME

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Read an address. Blank parameters ask nothing, and order means nothing."""
        given = request.GET
        filters = {name: tuple(v.strip() for v in given.getlist(name) if v.strip()) for name in LABELS}
        return cls(
            " ".join(given.get("q", "").split())[:LONGEST],
            {name: values for name, values in filters.items() if values},
            given.get("available_on", "").strip(),
            given.get("scheme", "").strip() or SCHEME,
        )

    @classmethod
    def again(cls, found: SearchAnswer) -> "Asked":
        """The search that was answered: values in one notation."""
        on = found.available_on.isoformat() if found.available_on else ""
        return cls(found.query, found.filters, on, found.scheme)

    @property
    def query(self) -> str:
        """The one query string of this search: the text, filters in order, their values in order."""
        pairs = [("q", self.text)] if self.text else []
        for name in LABELS:
            values = self.filters.get(name, ())
            alone = name == "available" and values == ("yes",)
            pairs += [] if alone else [(name, value) for value in sorted(values)]
        pairs += [("available_on", self.available_on)] if self.available_on else []
        pairs += [("scheme", self.scheme)] if self.scheme != SCHEME else []
        return urlencode(pairs)

    @property
    def address(self) -> str:
        """The one address of this search."""
        return f"/search?{self.query}" if self.query else "/search"

    def without(self, name: str, value: str = "") -> "Asked":
        """The same search without a filter, or without one of its values."""
        left = tuple(v for v in self.filters.get(name, ()) if value and v != value)
        filters = {n: v for n, v in self.filters.items() if n != name} | ({name: left} if left else {})
        on = "" if name == "available" and not left else self.available_on
        return Asked(self.text, filters, on, self.scheme)

    def only(self, name: str, value: str) -> "Asked":
        """The same search with one value of a filter in place of what was chosen there."""
        return Asked(self.text, {**self.filters, name: (value,)}, self.available_on, self.scheme)


@dataclass(frozen=True)
class Chip:
    """One value that was chosen, and the address without it."""

    label: str
    value: str
    address: str


def chips(asked: Asked, found: SearchAnswer) -> list[Chip]:
    """Everything that narrows the search, each with the way out of it."""
    labels = {(f.name, v.value): _label(f.name, v) for f in found.facets for v in f.values}
    return [
        Chip(_heading(name, found.available_on), labels.get((name, value), value), asked.without(name, value).address)
        for name, values in asked.filters.items()
        for value in values
    ]


def _heading(name: str, on: date | None) -> str:
    return f"On {uk_date(on)}" if name == "available" and on else LABELS[name]


@dataclass(frozen=True)
class Dropped:
    """A filter, how many would be found without it, and where."""

    label: str
    total: int
    address: str


def to_drop(asked: Asked, found: SearchAnswer) -> list[Dropped]:
    """Which single filter to drop where nothing is found, the one that gives most first."""
    useful = sorted((w for w in found.without if w.total), key=lambda w: -w.total)
    return [Dropped(LABELS[w.name], w.total, asked.without(w.name).address) for w in useful]


def groups(asked: Asked, found: SearchAnswer) -> Iterator[dict[str, Any]]:
    """Each filter with its values, how many there are of each, and which are chosen."""
    facets = {facet.name: facet for facet in found.facets}
    for name, label in LABELS.items():
        chosen = asked.filters.get(name, ())
        options, more = _options(name, facets.get(name, Facet(name, ())), chosen)
        if options or name == "available":
            yield {"name": name, "label": label, "options": options, "more": more, "chosen": len(chosen)}


def _options(name: str, facet: Facet, chosen: tuple[str, ...]) -> tuple[list[dict[str, Any]], int]:
    """The most frequent values, and every chosen one; how many are left out."""
    shown = [v for n, v in enumerate(facet.values) if n < MOST_SHOWN or v.value in chosen]
    options = [
        {"value": v.value, "text": _label(name, v), "count": v.count, "chosen": v.value in chosen} for v in shown
    ]
    known = {v.value for v in facet.values}
    options += [{"value": v, "text": v, "count": None, "chosen": True} for v in chosen if v not in known]
    return options, len(facet.values) - len(shown)


def _label(name: str, value: FacetValue) -> str:
    return in_words(value.value, "status") if name == "status" else value.label


def kinds(asked: Asked, found: SearchAnswer) -> list[dict[str, Any]]:
    """What there is of each type, as links."""
    values: Iterable[FacetValue] = next((f.values for f in found.facets if f.name == "type"), ())
    chosen = asked.filters.get("type", ())
    return [
        {
            "text": v.label,
            "count": v.count,
            "address": asked.only("type", v.value).address,
            "on": chosen == (v.value,),
        }
        for v in values
    ]
