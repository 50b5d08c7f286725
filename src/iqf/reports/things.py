"""How an answer speaks of a thing, of a fact and of who says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from iqf.accounts.prepared import Prepared
from iqf.catalogue import models as m
from iqf.catalogue.decided import SAYS_NOTHING, Conflicts, Decision, same_value
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import THINGS, find, kind_of
from iqf.codes import level_words
from iqf.evidence.models import CERTAINTIES, VERIFIED, Citation, FieldMark

NOT_KNOWN = "not known"
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
    """Who says so: the source, the place in it, the row of the file that brought it, and how sure that makes it.

    `retrieved`: the day on which the file of an official list was read; blank for other sources.
    """

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
    retrieved: str = ""

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
    """Two sources, two values for one field; which is shown, why, and whether anybody has decided, and when.

    A third value may have been decided on: then `shown_by` is the decision, and `passed_over` what the thing itself
    had said. `before` is an earlier decision that a new value disputes: why and when.
    """

    code: str
    field: str
    shown: str
    shown_by: Said
    other: str
    other_by: Said
    reason: str
    decided: bool
    decided_on: date | None = None
    passed_over: str = ""
    before: str = ""
    before_on: date | None = None


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
    official = citation.certainty == "official" and retrieval is not None
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
        retrieved=localdate(retrieval.retrieved_at).isoformat() if official and retrieval else "",
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


def named(text: str, kind: str) -> Ref:
    """The thing of this kind that is called `text`, without its other names; a framework by its key, which is one.

    Raises NotFoundError or AmbiguousError.
    """
    thing = find(text, (kind,))
    return Ref(thing.code, (thing.key,) if isinstance(thing, m.Framework) else (), thing.title, kind)


def refs(codes: Iterable[str], kinds: Iterable[str] = tuple(THINGS)) -> dict[str, Ref]:
    """The things of these codes as every answer refers to them, standing or not: one query or two for each kind."""
    wanted = set(codes)
    found: dict[str, Ref] = {}
    for model in [THINGS[kind] for kind in kinds] if wanted else ():
        names = {f.name for f in model._meta.fields}
        rows: Any = model._default_manager.filter(code__in=wanted)
        rows = rows.select_related("owner") if "owner" in names else rows
        rows = rows.prefetch_related("aliases") if hasattr(model, "aliases") else rows
        found |= {thing.code: ref(thing) for thing in rows}
    return found


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
    decided: Mapping[str, Said] = field(default_factory=dict)

    def fact(self, name: str, label: str, value: Any, *, certainty: str = "") -> Fact:
        """One fact. A mark on the field, or `certainty` (a basis of its own), is weaker than the thing's citation.

        A field that somebody has decided stands on the word of whoever said the value that was taken, and on no mark.
        """
        who = self.decided.get(name) or said(self.thing.citation)
        mark = None if name in self.decided else self.marks.get(name)
        sure = certainty or (mark.certainty if mark else who.certainty)
        return Fact(name, label, value, who, sure, mark.note if mark else "", self.disagreements.get(name))


_marks = Prepared(lambda code: FieldMark.objects.filter(subject=code))


def facts_of(thing: Thing) -> Facts:
    """What is needed to state the facts of one thing."""
    marks = {mark.field: mark for mark in _marks(thing.code)}
    known = Conflicts([thing.code])
    decisions = (known.decision(thing.code, name) for name in known.fields(thing.code))
    decided = {d.field: said(d.citation) for d in decisions if d}
    return Facts(thing, marks, {d.field: d for d in disagreements(known)}, decided)


def disagreements(known: Conflicts) -> tuple[Disagreement, ...]:
    """Where sources disagree or did: what is decided first, then what waits.

    Where one of two entries that were joined said nothing there was nothing to disagree about.
    """
    rows = [row for row in known.by_key.values() if not row.is_retired and not _was_filled(row)]
    rows.sort(key=lambda row: (not row.is_decided, row.decision or 0, row.pk))
    return tuple(disagreement(row, known.decision(row.subject, row.field)) for row in rows)


def _was_filled(row: m.FieldConflict) -> bool:
    return row.is_decided and row.value_shown in SAYS_NOTHING and row.value_decided == row.value_other


def disagreement(row: m.FieldConflict, decision: Decision | None) -> Disagreement:
    """A stored conflict as an answer shows it, with the decision that stands about its field."""
    if decision is None or not row.is_decided:
        return Disagreement(
            code=row.subject,
            field=row.field,
            shown=row.value_shown or NOT_KNOWN,
            shown_by=said(row.citation_shown),
            other=row.value_other,
            other_by=said(row.citation_other),
            reason=row.reason,
            decided=False,
            before=decision.because if decision else "",
            before_on=decision.on if decision else None,
        )
    return _decided(row, decision)


def _decided(row: m.FieldConflict, decision: Decision) -> Disagreement:
    """The value decided on beside the one passed over: the thing's own where the other was taken."""
    took_other = same_value(row.field, decision.value, row.value_other)
    third = not took_other and not same_value(row.field, decision.value, row.value_shown)
    other, by = (row.value_shown, row.citation_shown) if took_other else (row.value_other, row.citation_other)
    return Disagreement(
        code=row.subject,
        field=row.field,
        shown=decision.value,
        shown_by=said(decision.citation),
        other=other,
        other_by=said(by),
        reason=decision.because,
        decided=True,
        decided_on=decision.on,
        passed_over=row.value_shown if third else "",
    )


def sources_of(who: Iterable[Said]) -> tuple[Said, ...]:
    """The different sources among several citations, verified ones first, each once per place."""
    by_place = {(s.source, s.locator): s for s in who}
    return tuple(sorted(by_place.values(), key=lambda s: (not s.verified, s.title)))
