"""Cells of the catalogue as a person reads them: codes as the things themselves, keys by their titles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from iqf.analysis.text_difference import Piece, difference
from iqf.catalogue import models as m
from iqf.catalogue.decided import same_value
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import Entity
from iqf.catalogue.editable.holds import (
    AreaOf,
    ClusterOf,
    Code,
    FunctionOf,
    GroupOf,
    Level,
    StatementOf,
    Text,
    ThingOf,
)
from iqf.codes import level_words, parse_qan, parse_unit_reference
from iqf.places.models import Area
from iqf.reports.things import Ref
from iqf.reports.trail import things_called

LONG = 80
"""A text of more letters than this is compared word by word."""


@dataclass(frozen=True)
class Cell:
    """What one cell says: its text in the data (blank: nothing is known), in words, and the thing that it names."""

    text: str
    words: str
    thing: Ref | None = None


@dataclass(frozen=True)
class Asked:
    """One cell to be read: of which entity, in which column, what it says; and the rest of its row."""

    entity: Entity
    column: Column
    text: str
    row: Mapping[str, str] = field(default_factory=dict)


class Cells:
    """Reads cells in words. What they name is looked up once for all; `new`: titles of what does not stand yet."""

    def __init__(self, asked: Iterable[Asked], new: Mapping[str, str] | None = None) -> None:
        self._asked = [one for one in asked if one.text]
        self._new = new or {}

    def cell(self, asked: Asked) -> Cell:
        """One cell in words."""
        text, holds = asked.text, asked.column.holds
        if not text:
            return Cell("", "")
        if isinstance(holds, ThingOf):
            return self._thing(text)
        if isinstance(holds, ClusterOf | FunctionOf | AreaOf):
            return Cell(text, self._titles.get((type(holds).__name__, text), text))
        if isinstance(holds, StatementOf):
            title = self._statements.get(self._statement(asked), "")
            return Cell(text, f"{text.rpartition('/')[2]} {title}".strip())
        if isinstance(holds, GroupOf):
            return Cell(text, self._groups.get((asked.row.get("qualification", ""), text), text))
        return Cell(text, plain(holds, text))

    def _thing(self, text: str) -> Cell:
        if text in self._new:
            return Cell(text, self._new[text])
        found = self._things.get(text)
        return Cell(text, found.title if found else text, found)

    @cached_property
    def _things(self) -> dict[str, Ref]:
        codes = {one.text for one in self._asked if isinstance(one.column.holds, ThingOf)}
        frameworks = {code for one in self._asked if (code := one.row.get("framework"))}
        return things_called(codes | frameworks)

    @cached_property
    def _titles(self) -> dict[tuple[str, str], str]:
        """Titles of clusters, job functions and areas, by what they are and their text in cells."""
        kinds = {type(one.column.holds) for one in self._asked}
        found: dict[tuple[str, str], str] = {}
        if ClusterOf in kinds:
            for key, cluster, title, scheme in m.Cluster.objects.values_list(
                "scheme__key", "key", "title", "scheme__title"
            ):
                found["ClusterOf", f"{key}/{cluster}"] = f"{title} ({scheme})"
        if FunctionOf in kinds:
            found |= {("FunctionOf", k): title for k, title in m.JobFunction.objects.values_list("key", "title")}
        if AreaOf in kinds:
            texts = {one.text for one in self._asked if isinstance(one.column.holds, AreaOf)}
            areas = Area.objects.filter(code__in=texts).values_list("code", "name")
            found |= {("AreaOf", code): name for code, name in areas}
        return found

    def _statement(self, asked: Asked) -> tuple[str, str]:
        """A statement by the key of its framework and its own code."""
        if isinstance(asked.column.holds, StatementOf) and asked.column.holds.within:
            return asked.row.get("framework", ""), asked.text
        key, _, code = asked.text.partition("/")
        return key, code

    @cached_property
    def _statements(self) -> dict[tuple[str, str], str]:
        wanted = {self._statement(one) for one in self._asked if isinstance(one.column.holds, StatementOf)}
        held = m.Statement.objects.filter(code__in={code for _, code in wanted})
        found: dict[tuple[str, str], str] = {}
        for key, framework, code, title in held.values_list("framework__key", "framework__code", "code", "title"):
            found[key, code] = found[framework, code] = title
        return found

    @cached_property
    def _groups(self) -> dict[tuple[str, str], str]:
        wanted = {one.row.get("qualification", "") for one in self._asked if isinstance(one.column.holds, GroupOf)}
        held = m.RuleGroup.objects.filter(qualification__code__in=wanted)
        return {(q, key): title for q, key, title in held.values_list("qualification__code", "key", "title")}


def plain(holds: object, text: str) -> str:
    """A cell that names nothing, in words: `3` as Level 3, a number of the register as it is printed."""
    if isinstance(holds, Level):
        return level_words(text)
    if isinstance(holds, Code):
        number = parse_qan(text) if holds.kind == "qan" else parse_unit_reference(text)
        return number.shown if number else text
    return text


def is_cosmetic(before: str, after: str) -> bool:
    """True where two texts are not the same and differ only in spaces, quotes and case."""
    return before != after and same_value("", before, after)


def pieces(column: Column, before: str, after: str) -> tuple[Piece, ...]:
    """A long text word by word; empty for what is short, or was or is blank: it is read side by side."""
    if not isinstance(column.holds, Text) or not (before and after) or before == after:
        return ()
    return difference(before, after) if max(len(before), len(after)) > LONG else ()
