"""What do official lists say of this thing, now and before, and where do they disagree with each other?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from iqf.accounts.prepared import Prepared
from iqf.analysis.rows_agree import apart
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE, Thing
from iqf.catalogue.queries import THINGS, kind_of
from iqf.codes import shown_qan
from iqf.evidence.models import Retrieval
from iqf.register.models import OfficialRow, RowVersion
from iqf.register.printed import differing
from iqf.reports.official_words import COMPARED, FACTS, list_name, list_place
from iqf.reports.things import Said, shown_level

OFFICIAL = "official"
SILENT = ("", "False")
"""Cells that say no more than a column that is not there."""


@dataclass(frozen=True)
class Stated:
    """One fact of an official row: its name in the register, its label, its value as read."""

    name: str
    label: str
    value: Any

    @property
    def words(self) -> str:
        """The value as text: lists divided by semicolons, yes or no for true or false."""
        if isinstance(self.value, list | tuple):
            return "; ".join(" ".join(v.values()) if isinstance(v, dict) else str(v) for v in self.value)
        return ("yes" if self.value else "no") if isinstance(self.value, bool) else str(self.value)


@dataclass(frozen=True)
class Changed:
    """A cell of an official row that was printed otherwise before. A column that a file lacks is None."""

    column: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Before:
    """What an official row said before: until when, in which file and row, and what became of it."""

    until: str
    file: str
    row: int
    changes: tuple[Changed, ...]


@dataclass(frozen=True)
class Funding:
    """An approval for public funding: its stream, and from when to when; blank where open or not said."""

    stream: str
    start: str
    end: str
    note: str


@dataclass(frozen=True)
class Official:
    """One row of an official list: what it says as read and as printed, what it said before, and who says so.

    `because`: why we think that it describes the thing; blank where nothing was asked about. `standing`: False where
    the list no longer has it.
    """

    register: str
    list_name: str
    reference: str
    kind: str
    title: str
    number: str
    owner: str
    level: str | None
    row: int
    because: str
    standing: bool
    facts: tuple[Stated, ...]
    funding: tuple[Funding, ...]
    printed: tuple[tuple[str, str], ...]
    before: tuple[Before, ...]
    said: Said

    def fact(self, name: str) -> Any:
        """A fact of the row by its name; None where the row does not say."""
        return next((f.value for f in self.facts if f.name == name), None)


@dataclass(frozen=True)
class ListsDisagree:
    """Lists that say different things of one field: each value with the list and reference that print it."""

    field: str
    label: str
    values: tuple[tuple[str, str, str, Said], ...]


def official_rows_of(thing: Thing) -> tuple[Official, ...]:
    """The official rows that describe a thing, standing ones first; none where no list is tied to it."""
    links = _LINKS[kind_of(thing)](thing.pk)
    because = {link.official_row_id: link.because for link in links}
    rows = sorted(
        (link.official_row for link in links), key=lambda r: (r.retired, list_place(r.register), r.reference)
    )
    return tuple(as_shown(rows, because))


def _links(kind: str) -> Prepared[m.OfficialLink]:
    return Prepared(
        lambda thing: (
            m.OfficialLink.objects.filter(LIVE, **{kind: thing})
            .select_related("official_row")
            .exclude(official_row__kind="subject")
        )
    )


_LINKS = {kind: _links(kind) for kind in THINGS}


_versions = Prepared(lambda rows: RowVersion.objects.filter(official_row__in=rows).order_by("-id"))
_readings = Prepared(
    lambda hashes: Retrieval.objects.filter(sha256__in=hashes).select_related("source").order_by("-id")
)


def as_shown(rows: Iterable[OfficialRow], because: Mapping[int, str] | None = None) -> list[Official]:
    """Official rows as answers show them, each with its history and citation. Two questions to the database."""
    held = list(rows)
    versions: dict[int, list[RowVersion]] = defaultdict(list)
    for version in _versions([row.pk for row in held]):
        versions[version.official_row_id].append(version)
    files = _files([r.retrieval for r in held] + [v.retrieval for found in versions.values() for v in found])
    return [_official(row, (because or {}).get(row.pk, ""), versions[row.pk], files) for row in held]


def _files(hashes: Iterable[str]) -> dict[str, Retrieval]:
    """The first reading of each of these files."""
    return {r.sha256: r for r in _readings(set(hashes))}


def _official(
    row: OfficialRow, because: str, versions: Sequence[RowVersion], files: Mapping[str, Retrieval]
) -> Official:
    return Official(
        register=row.register,
        list_name=list_name(row.register),
        reference=row.reference,
        kind=row.kind,
        title=row.title,
        number=shown_qan(row.number),
        owner=row.owner,
        level=shown_level(row.level),
        row=row.row,
        because=because,
        standing=not row.retired,
        facts=tuple(_stated(row.facts)),
        funding=tuple(_funding(row.facts)),
        printed=tuple((str(k), str(v)) for k, v in row.printed.items()),
        before=tuple(_before(row, versions, files)),
        said=_said(row, files.get(row.retrieval)),
    )


def _stated(facts: Mapping[str, Any]) -> Iterable[Stated]:
    for name, label in FACTS.items():
        value = facts.get(name)
        if value not in (None, "", []):
            yield Stated(name, label, shown_level(value) if name == "level" else value)


def _funding(facts: Mapping[str, Any]) -> Iterable[Funding]:
    for approval in facts.get("approvals", ()):
        yield Funding(approval["words"], approval["start"], approval["end"], approval["note"])


def _before(row: OfficialRow, versions: Sequence[RowVersion], files: Mapping[str, Retrieval]) -> Iterable[Before]:
    """Each earlier version beside the one that followed it, latest first."""
    later: Mapping[str, str] = row.printed
    for version in versions:
        before, after = differing(version.printed, later)
        names = [n for n in {**before, **after} if before.get(n, "") not in SILENT or after.get(n, "") not in SILENT]
        read = files.get(version.retrieval)
        yield Before(
            until=localdate(version.replaced_at).isoformat(),
            file=read.file_name if read else "",
            row=version.row,
            changes=tuple(Changed(n, before.get(n), after.get(n)) for n in names),
        )
        later = version.printed


def _said(row: OfficialRow, read: Retrieval | None) -> Said:
    return Said(
        source=read.source.key if read else row.register,
        title=read.source.title if read else list_name(row.register),
        publisher=read.source.publisher if read else "",
        date=read.published_on if read else "",
        url=read.source.url if read else "",
        held_elsewhere=False,
        locator=row.reference,
        file=read.file_name if read else "",
        row=row.row,
        certainty=OFFICIAL,
        retrieved=localdate(read.retrieved_at).isoformat() if read else "",
    )


def lists_disagree(rows: Iterable[Official]) -> tuple[ListsDisagree, ...]:
    """Where standing rows of different lists say different things of one qualification, field by field."""
    standing = [r for r in rows if r.standing and r.kind == "qualification"]
    found = []
    for field in COMPARED:
        said = [(row, value) for row in standing if (value := row.fact(field)) is not None]
        of_lists = {row.register for row, _ in said}
        if len(of_lists) > 1 and apart(field, [value for _, value in said]):
            values = tuple((str(v), row.list_name, row.reference, row.said) for row, v in said)
            found.append(ListsDisagree(field, FACTS[field], values))
    return tuple(found)
