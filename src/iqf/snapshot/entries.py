"""One thing as search knows it, and the reading of every thing from the rooms below."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from iqf.analysis.partial_dates import partial
from iqf.analysis.size import size
from iqf.analysis.start_days import start_days
from iqf.analysis.status import Availability
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import level_words
from iqf.evidence.models import VERIFIED
from iqf.snapshot.official import OfficialThing, Register
from iqf.snapshot.parts import Owner, Parts

LEVELLED = ("qualification", "unit", "official row")
UNKNOWN = "unknown"
PUBLISHED = "official list"
"""The kind of source of what an importer takes over as published: a framework from there is a classification loaded
beside this framework, and no part of it."""
ALIAS_ORDER = ("qan", "unit-reference", "recognition-number", "unit-code")


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    `names` are its other names, `context` what it belongs to as (what, text), `clusters` are (`scheme:key`, title),
    `roles` the codes of roles that it serves. `level` is as stored: blank is not known, `none` is non-levelled.
    `age`, `subject`, `size`, `has_units` and `verified` are blank where they do not apply, `unknown` where nothing
    tells; `starts` are the days of `analysis.start_days`, empty where nothing is started.
    """

    type: str
    code: str
    title: str
    aliases: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    level: str = ""
    kind: str = ""
    owner: str = ""
    owner_names: tuple[str, ...] = ()
    owner_codes: tuple[str, ...] = ()
    status: str = ""
    in_framework: bool = True
    clusters: tuple[tuple[str, str], ...] = ()
    context: tuple[tuple[str, str], ...] = ()
    body: str = ""
    roles: tuple[str, ...] = ()
    age: str = ""
    subject: str = ""
    size: str = ""
    has_units: str = ""
    verified: str = ""
    starts: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other entry."""
        return f"{self.type} {self.code}"

    @property
    def is_only_loaded(self) -> bool:
        """True for parts of a published classification that stands beside the framework, such as a list of skills."""
        return not self.in_framework and self.type in ("framework", "statement")

    @property
    def is_levelled(self) -> bool:
        """True for the types of thing that have a level, known or not."""
        return self.type in LEVELLED


def gather() -> Iterator[Entry]:
    """Everything that can be found: the framework's own standing things, then official rows that are not in it."""
    parts = Parts.read()
    register = Register.read(parts)
    yield from _roles(parts, register)
    yield from _qualifications(parts, register)
    yield from _units(parts)
    yield from _organisations(parts, register)
    yield from _frameworks()
    yield from _statements()
    yield from _clusters(parts)
    yield from (official_entry(thing) for thing in register.unclaimed())


def _roles(parts: Parts, register: Register) -> Iterator[Entry]:
    for row in _standing(m.Role, "id", "code", "title", "description", "explanation", "status"):
        clusters = parts.role_clusters[row["id"]]
        official = register.of("role", row["id"])
        yield Entry(
            type="role",
            code=row["code"],
            title=row["title"],
            aliases=ordered([*parts.role_aliases[row["id"]], *(official.references if official else ())]),
            names=_names(parts.role_titles[row["id"]], official, row["title"]),
            status=row["status"],
            clusters=tuple(clusters),
            context=_cluster_context(clusters),
            body=_text(
                [
                    *(row["description"], row["explanation"], *parts.role_functions[row["id"]]),
                    official.body if official else "",
                ]
            ),
            verified=_verified(row),
        )


_QUALIFICATION = (
    *("id", "code", "title", "kind", "level", "stated_status", "owner_id", "stands_for", "note", "award_type"),
    *("credit", "tqt", "age_focus", "operational_start", "operational_end", "last_new_start"),
)


def _qualifications(parts: Parts, register: Register) -> Iterator[Entry]:
    for row in _standing(m.Qualification, *_QUALIFICATION):
        official = register.of("qualification", row["id"])
        own = parts.own_cluster[row["id"]]
        roles = parts.roles_requiring[row["id"]]
        regulated = row["kind"] == "regulated qualification"
        yield Entry(
            type="qualification",
            code=row["code"],
            title=row["title"],
            aliases=ordered([*parts.qualification_aliases[row["id"]], *(official.references if official else ())]),
            names=_names((), official, row["title"]),
            level=row["level"],
            kind=row["kind"],
            **_owned(parts.owner(row["owner_id"])),
            status=row["stated_status"],
            clusters=parts.qualification_clusters(row["id"]),
            context=(
                *_cluster_context(own),
                ("kind", row["kind"]),
                *(("role", title) for _, title in roles),
                *_level(row["level"]),
            ),
            body=_text([row["award_type"], row["stands_for"], row["note"]]),
            roles=tuple(code for code, _ in roles),
            age=row["age_focus"] or UNKNOWN,
            subject=(official.subject if official else "") or (UNKNOWN if regulated else ""),
            size=_size(row, official) if regulated else "",
            has_units="yes" if row["id"] in parts.with_units else "no",
            verified=_verified(row),
            starts=_starts(row),
        )


def _size(row: dict[str, Any], official: OfficialThing | None) -> str:
    """By its own credit and hours; else by those that its official row prints."""
    return size(row["credit"], row["tqt"]) or (official.size if official else "") or UNKNOWN


def _starts(row: dict[str, Any]) -> tuple[int, ...]:
    known = Availability(
        operational_start=partial(row["operational_start"]),
        operational_end=partial(row["operational_end"]),
        last_new_start=partial(row["last_new_start"]),
        stated_status=row["stated_status"],
    )
    return astuple(start_days(known))


def _verified(row: dict[str, Any]) -> str:
    return "yes" if row["citation__certainty"] in VERIFIED else "no"


def _units(parts: Parts) -> Iterator[Entry]:
    for row in _standing(m.Unit, "id", "code", "title", "level", "owner_id", "summary"):
        yield Entry(
            type="unit",
            code=row["code"],
            title=row["title"],
            aliases=ordered(parts.unit_aliases[row["id"]]),
            level=row["level"],
            **_owned(parts.owner(row["owner_id"])),
            context=_level(row["level"]),
            body=_text([row["summary"], *parts.outcomes[row["id"]]]),
            clusters=parts.unit_clusters(row["id"]),
            roles=parts.unit_roles(row["id"]),
            verified=_verified(row),
        )


def _organisations(parts: Parts, register: Register) -> Iterator[Entry]:
    for row in _standing(m.Organisation, "id", "code", "title", "kind"):
        known = parts.owners[row["id"]]
        official = register.of("organisation", row["id"])
        yield Entry(
            type="organisation",
            code=row["code"],
            title=row["title"],
            aliases=ordered([*parts.organisation_aliases[row["id"]], *(official.references if official else ())]),
            names=_names(known.names, official, row["title"]),
            kind=row["kind"],
            context=(("kind", row["kind"]),),
            body=_text(known.followed_by),
            verified=_verified(row),
        )


def _frameworks() -> Iterator[Entry]:
    for row in _standing(m.Framework, "code", "title", "key", "edition", "adopted", "citation__source__kind"):
        yield Entry(
            verified=_verified(row),
            in_framework=row["citation__source__kind"] != PUBLISHED,
            type="framework",
            code=row["code"],
            title=row["title"],
            aliases=(("key", row["key"]),),
            status="" if row["adopted"] else "proposed",
            context=(("edition", row["edition"]),) if row["edition"] else (),
        )


def _statements() -> Iterator[Entry]:
    fields = (
        *("code", "title", "kind", "note", "framework__key", "framework__title"),
        *("framework__citation__source__kind", "citation__certainty"),
    )
    for row in _rows(m.Statement.objects.filter(LIVE, framework__retired_on__isnull=True), fields):
        yield Entry(
            type="statement",
            code=f"{row['framework__key']}:{row['code']}",
            title=row["title"],
            aliases=(("statement", row["code"]),),
            kind=row["kind"],
            in_framework=row["framework__citation__source__kind"] != PUBLISHED,
            context=(("framework", row["framework__title"]),),
            body=row["note"],
            verified=_verified(row),
        )


def _clusters(parts: Parts) -> Iterator[Entry]:
    for row in _rows(m.Cluster.objects.filter(LIVE), ("id", "title", "note", "scheme__title")):
        if row["id"] in parts.clusters:
            yield Entry(
                type="cluster",
                code=parts.clusters[row["id"]][0],
                title=row["title"],
                clusters=(parts.clusters[row["id"]],),
                context=(("scheme", row["scheme__title"]),),
                body=row["note"],
            )


def official_entry(thing: OfficialThing) -> Entry:
    """A thing that stands on official lists only, put together from every list that has it."""
    title_only = thing.kind == "title only"
    qualification = thing.kind == "qualification"
    return Entry(
        type="official row",
        code=thing.code,
        title=thing.title,
        aliases=ordered(list(thing.references)),
        names=thing.other_names(thing.title),
        level=thing.level,
        kind=thing.kind,
        owner=thing.owner,
        in_framework=False,
        context=(*thing.context, *_level(thing.level)),
        body=thing.body,
        subject=(thing.subject or UNKNOWN) if qualification else "",
        size=(thing.size or UNKNOWN) if qualification else "",
        verified="" if title_only else "yes",
        starts=thing.starts if qualification else (),
    )


def _owned(owner: Owner) -> dict[str, Any]:
    return {"owner": owner.title, "owner_names": owner.names, "owner_codes": owner.codes}


def _standing(model: type[Any], *fields: str) -> Iterable[dict[str, Any]]:
    return _rows(model.objects.filter(LIVE), (*fields, "citation__certainty"))


def _rows(query: Any, fields: Iterable[str]) -> Iterable[dict[str, Any]]:
    rows: Iterable[dict[str, Any]] = query.order_by("id").values(*fields).iterator(chunk_size=5000)
    return rows


def ordered(aliases: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Aliases with official codes first, each value once."""
    rank = {scheme: place for place, scheme in enumerate(ALIAS_ORDER)}
    by_value = {value: scheme for scheme, value in sorted(aliases, key=lambda a: -rank.get(a[0], len(rank)))}
    return tuple(sorted(((s, v) for v, s in by_value.items()), key=lambda a: (rank.get(a[0], len(rank)), a[1])))


def _names(own: Iterable[str], official: OfficialThing | None, title: str) -> tuple[str, ...]:
    """The other names of a thing: its own, then those that official lists have for it."""
    return tuple(dict.fromkeys((*own, *(official.other_names(title) if official else ()))))


def _cluster_context(clusters: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(("cluster", title) for title in dict.fromkeys(title for _, title in clusters))


def _level(level: str) -> tuple[tuple[str, str], ...]:
    return (("level", level_words(level)),) if level else ()


def _text(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
