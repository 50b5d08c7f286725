"""One thing as search knows it, and the reading of every thing from the rooms below."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.codes import level_words
from iqf.register.models import OfficialRow
from iqf.snapshot.parts import Owner, Parts

FOUND_KINDS = ("qualification", "organisation", "role", "standard", "framework", "title")
"""Official rows that are things a person looks for; approvals, aims and code lists are reached through them."""
LEVELLED = ("qualification", "unit", "official row")
ALIAS_ORDER = ("qan", "unit-reference", "recognition-number", "unit-code")


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    `names` are its other names, `context` what it belongs to as (what, text), `clusters` are (`scheme:key`, title).
    `level` is as stored: blank is not known, `none` is non-levelled.
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

    @property
    def is_levelled(self) -> bool:
        """True for the types of thing that have a level, known or not."""
        return self.type in LEVELLED


def gather() -> Iterator[Entry]:
    """Everything that can be found: the framework's own standing things, then official rows that are not in it."""
    parts = Parts.read()
    yield from _roles(parts)
    yield from _qualifications(parts)
    yield from _units(parts)
    yield from _organisations(parts)
    yield from _frameworks()
    yield from _statements()
    yield from _clusters(parts)
    yield from _official_rows()


def _roles(parts: Parts) -> Iterator[Entry]:
    for row in _standing(m.Role, "id", "code", "title", "description", "explanation", "status"):
        clusters = parts.role_clusters[row["id"]]
        yield Entry(
            type="role",
            code=row["code"],
            title=row["title"],
            aliases=ordered(parts.role_aliases[row["id"]]),
            names=tuple(parts.role_titles[row["id"]]),
            status=row["status"],
            clusters=tuple(clusters),
            context=_cluster_context(clusters),
            body=_text([row["description"], row["explanation"], *parts.role_functions[row["id"]]]),
        )


def _qualifications(parts: Parts) -> Iterator[Entry]:
    fields = ("id", "code", "title", "kind", "level", "stated_status", "owner_id", "cluster_id", "stands_for", "note")
    for row in _standing(m.Qualification, *fields, "award_type"):
        owner = parts.owner(row["owner_id"])
        clusters = [parts.clusters[row["cluster_id"]]] if row["cluster_id"] in parts.clusters else []
        roles = [("role", title) for title in parts.roles_requiring[row["id"]]]
        yield Entry(
            type="qualification",
            code=row["code"],
            title=row["title"],
            aliases=ordered(parts.qualification_aliases[row["id"]]),
            level=row["level"],
            kind=row["kind"],
            **_owned(owner),
            status=row["stated_status"],
            clusters=tuple(clusters),
            context=(*_cluster_context(clusters), ("kind", row["kind"]), *roles, *_level(row["level"])),
            body=_text([row["award_type"], row["stands_for"], row["note"]]),
        )


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
        )


def _organisations(parts: Parts) -> Iterator[Entry]:
    for row in _standing(m.Organisation, "id", "code", "title", "kind"):
        known = parts.owners[row["id"]]
        yield Entry(
            type="organisation",
            code=row["code"],
            title=row["title"],
            aliases=ordered(parts.organisation_aliases[row["id"]]),
            names=known.names,
            kind=row["kind"],
            context=(("kind", row["kind"]),),
            body=_text(known.followed_by),
        )


def _frameworks() -> Iterator[Entry]:
    for row in _standing(m.Framework, "code", "title", "key", "edition", "adopted"):
        yield Entry(
            type="framework",
            code=row["code"],
            title=row["title"],
            aliases=(("key", row["key"]),),
            status="" if row["adopted"] else "proposed",
            context=(("edition", row["edition"]),) if row["edition"] else (),
        )


def _statements() -> Iterator[Entry]:
    fields = ("code", "title", "kind", "note", "framework__key", "framework__title")
    for row in _rows(m.Statement.objects.filter(LIVE, framework__retired_on__isnull=True), fields):
        yield Entry(
            type="statement",
            code=f"{row['framework__key']}:{row['code']}",
            title=row["title"],
            aliases=(("statement", row["code"]),),
            kind=row["kind"],
            context=(("framework", row["framework__title"]),),
            body=row["note"],
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


def _official_rows() -> Iterator[Entry]:
    linked = m.OfficialLink.objects.filter(LIVE).values("official_row")
    unlinked = OfficialRow.objects.filter(retired=False, kind__in=FOUND_KINDS).exclude(pk__in=linked)
    for row in _rows(unlinked, ("register", "reference", "number", "title", "owner", "level")):
        number = row["number"]
        shown = f"{number[:3]}/{number[3:7]}/{number[7:]}" if number else ""
        yield Entry(
            type="official row",
            code=f"{row['register']}:{row['reference']}",
            title=row["title"],
            aliases=tuple(a for a in (("qan", shown), (row["register"], row["reference"])) if a[1]),
            level=row["level"],
            owner=row["owner"],
            in_framework=False,
            context=_level(row["level"]),
        )


def _owned(owner: Owner) -> dict[str, Any]:
    return {"owner": owner.title, "owner_names": owner.names, "owner_codes": owner.codes}


def _standing(model: type[Any], *fields: str) -> Iterable[dict[str, Any]]:
    return _rows(model.objects.filter(LIVE), fields)


def _rows(query: Any, fields: Iterable[str]) -> Iterable[dict[str, Any]]:
    rows: Iterable[dict[str, Any]] = query.order_by("id").values(*fields).iterator(chunk_size=5000)
    return rows


def ordered(aliases: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Aliases with official codes first, each value once."""
    rank = {scheme: place for place, scheme in enumerate(ALIAS_ORDER)}
    by_value = {value: scheme for scheme, value in sorted(aliases, key=lambda a: -rank.get(a[0], len(rank)))}
    return tuple(sorted(((s, v) for v, s in by_value.items()), key=lambda a: (rank.get(a[0], len(rank)), a[1])))


def _cluster_context(clusters: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(("cluster", title) for title in dict.fromkeys(title for _, title in clusters))


def _level(level: str) -> tuple[tuple[str, str], ...]:
    return (("level", level_words(level)),) if level else ()


def _text(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
