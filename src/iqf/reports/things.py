"""How an answer speaks of a thing, of a fact and of who says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE, Thing
from iqf.catalogue.queries import kind_of
from iqf.codes import level_words
from iqf.evidence.models import CERTAINTIES, VERIFIED, Citation, FieldMark

ALIAS_ORDER = ("qan", "unit-reference", "recognition-number", "unit-code")


@dataclass(frozen=True)
class Ref:
    """A thing by its permanent code, with its aliases (official ones first) and title."""

    code: str
    aliases: tuple[str, ...]
    title: str
    kind: str = ""
    level: str | None = None
    owner: str = ""


@dataclass(frozen=True)
class Said:
    """Who says so: the source, the place in it, the row of the file that brought it, and how sure that makes it."""

    source: str
    title: str
    publisher: str
    date: str
    url: str
    held_elsewhere: bool
    locator: str
    file: str
    row: int | None
    certainty: str

    @property
    def verified(self) -> bool:
        """True where it was seen at its source."""
        return self.certainty in VERIFIED

    @property
    def words(self) -> str:
        """How sure it is, in words."""
        return CERTAINTIES[self.certainty]


@dataclass(frozen=True)
class Disagreement:
    """Two sources, two values for one field; which is shown, why, and whether anybody has decided."""

    field: str
    shown: str
    shown_by: Said
    other: str
    other_by: Said
    reason: str
    decided: bool


@dataclass(frozen=True)
class Fact:
    """One fact about a thing: its name in the data, its label, its value (None: not known), and who says so."""

    name: str
    label: str
    value: Any
    said: Said
    certainty: str
    note: str = ""
    disagreement: Disagreement | None = None

    @property
    def verified(self) -> bool:
        """True where this very field was seen at its source."""
        return self.certainty in VERIFIED

    @property
    def mark(self) -> str:
        """The visible mark that the fact must carry, or blank."""
        if self.disagreement and not self.disagreement.decided:
            return "conflict"
        return "" if self.verified else self.certainty


def said(citation: Citation) -> Said:
    """Who says so, from a citation loaded with its source and retrieval."""
    source = citation.source
    retrieval = citation.retrieval
    return Said(
        source=source.key,
        title=source.title,
        publisher=source.publisher,
        date=source.date,
        url=source.url,
        held_elsewhere=source.is_copy,
        locator=citation.locator,
        file=citation.subject.partition(":")[0] if retrieval else "",
        row=citation.row,
        certainty=citation.certainty,
    )


def aliases(thing: Thing) -> tuple[str, ...]:
    """Everything a thing is called by, official codes first."""
    if isinstance(thing, m.Framework):
        return (thing.key,)
    rows = list(thing.aliases.all())  # type: ignore[attr-defined]
    rows.sort(key=lambda a: (ALIAS_ORDER.index(a.scheme) if a.scheme in ALIAS_ORDER else 9, a.pk))
    return tuple(dict.fromkeys(a.value for a in rows))


def ref(thing: Thing) -> Ref:
    """A thing as every answer refers to it. Its aliases should have been prefetched."""
    owner = getattr(thing, "owner", None)
    return Ref(
        code=thing.code,
        aliases=aliases(thing),
        title=thing.title,
        kind=kind_of(thing),
        level=shown_level(thing.level) if hasattr(thing, "level") else None,
        owner=owner.title if owner else "",
    )


def shown_level(level: str) -> str | None:
    """A level as the answers carry it: `3`, `Entry 2`, `none` for non-levelled, None for not known."""
    if not level:
        return None
    return level_words(level) if level[0] == "E" else level


@dataclass(frozen=True)
class Facts:
    """Builds the facts of one thing: its citation, the marks on its fields, the disagreements about them."""

    thing: Thing
    marks: Mapping[str, FieldMark] = field(default_factory=dict)
    disagreements: Mapping[str, Disagreement] = field(default_factory=dict)

    def fact(self, name: str, label: str, value: Any, *, certainty: str = "") -> Fact:
        """One fact. A mark on the field, or `certainty` (a basis of its own), is weaker than the thing's citation."""
        who = said(self.thing.citation)
        mark = self.marks.get(name)
        sure = certainty or (mark.certainty if mark else who.certainty)
        return Fact(name, label, value, who, sure, mark.note if mark else "", self.disagreements.get(name))


def facts_of(thing: Thing) -> Facts:
    """What is needed to state the facts of one thing."""
    marks = {mark.field: mark for mark in FieldMark.objects.filter(subject=thing.code)}
    return Facts(thing, marks, {d.field: d for d in disagreements_about(thing.code)})


def disagreements_about(code: str) -> tuple[Disagreement, ...]:
    """Where sources disagree about a thing."""
    rows = m.FieldConflict.objects.filter(LIVE, subject=code).select_related(
        "citation_shown__source", "citation_shown__retrieval", "citation_other__source", "citation_other__retrieval"
    )
    return tuple(disagreement(row) for row in rows)


def disagreement(row: m.FieldConflict) -> Disagreement:
    """A stored conflict as an answer shows it."""
    return Disagreement(
        field=row.field,
        shown=row.value_shown,
        shown_by=said(row.citation_shown),
        other=row.value_other,
        other_by=said(row.citation_other),
        reason=row.reason,
        decided=bool(row.decided_by),
    )


def sources_of(who: Iterable[Said]) -> tuple[Said, ...]:
    """The different sources among several citations, verified ones first, each once per place."""
    by_place = {(s.source, s.locator): s for s in who}
    return tuple(sorted(by_place.values(), key=lambda s: (not s.verified, s.title)))
