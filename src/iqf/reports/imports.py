"""What was read into the framework, by whom and when, what did it change, and what was doubtful in it?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.db.models import Count

from iqf.accounts.models import AuditEvent
from iqf.catalogue.queries import NotFoundError
from iqf.evidence.models import Retrieval
from iqf.indicators.models import Release
from iqf.reports.things import Ref
from iqf.reports.trail import made_by, things_called

MATCHES = "proposed-match"


@dataclass(frozen=True)
class Import:
    """One file read in. Rows are rows of the file; `by` is blank where it left no entry in the audit trail.

    `doubts`: how many things in it were doubtful and loaded all the same; `matches`: how many matches it proposed.
    """

    number: int
    source: str
    source_title: str
    publisher: str
    file: str
    sha256: str
    at: datetime
    by: str
    rows: int
    added: int
    changed: int
    unchanged: int
    retired: int
    doubts: int
    matches: int


@dataclass(frozen=True)
class Doubtful:
    """One doubtful thing in a file: what is the matter, in which file, in which of its rows (None: no one row)."""

    message: str
    file: str
    row: int | None


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble that an import met, how often, and its first examples."""

    id: str
    count: int
    examples: tuple[Doubtful, ...]


@dataclass(frozen=True)
class Candidate:
    """A thing that a row may be: how alike from 0 to 1, and why. `thing` is text where it stands no longer."""

    thing: Ref | str
    likeness: float
    why: str


@dataclass(frozen=True)
class Proposal:
    """A row of an official list without a number, and the things of the framework that it may be, best first."""

    reference: str
    title: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class ImportAnswer:
    """One import: what it was, what it changed by kind of change, its data-quality report, the matches proposed.

    `held_as`: the address of the figures that came of it, where it is a statistical table.
    """

    of: Import
    licence: str
    url: str
    published_on: str
    changes: tuple[tuple[str, int], ...]
    troubles: tuple[Trouble, ...]
    proposals: tuple[Proposal, ...]
    held_as: str = ""


class Imports:
    """Every import, latest first: `len` counts them, a slice reads them."""

    def __len__(self) -> int:
        return Retrieval.objects.count()

    def __iter__(self) -> Iterator[Import]:
        return iter(self[0 : len(self)])

    def __getitem__(self, part: slice) -> tuple[Import, ...]:
        return tuple(_import(row) for row in _rows().order_by("-pk")[part])


def one_import(number: int) -> ImportAnswer:
    """One import by its number. Raises NotFoundError."""
    row = _rows().filter(pk=number).first()
    if row is None:
        raise NotFoundError(f"There is no import {number}; see the list of imports.")
    kinds = (
        AuditEvent.objects.filter(made_by(number)).values("action").annotate(n=Count("id")).order_by("-n", "action")
    )
    return ImportAnswer(
        of=_import(row),
        licence=row.licence,
        url=row.url,
        published_on=row.published_on,
        changes=tuple((kind["action"], kind["n"]) for kind in kinds),
        troubles=tuple(_trouble(entry) for entry in row.report if entry["id"] != MATCHES),
        proposals=_proposals(
            [match for entry in row.report if entry["id"] == MATCHES for match in entry["examples"]]
        ),
        held_as=_held_as(row.sha256),
    )


def _held_as(sha256: str) -> str:
    """The address of the figures that came of a file; blank where it is no statistical table, or a protected one."""
    found = Release.objects.filter(sha256=sha256, protection={}).select_related("dataset").first()
    return f"/figures/{quote(found.dataset.code)}/{found.version}" if found else ""


def _rows() -> Any:
    return Retrieval.objects.select_related("source")


def _import(row: Any) -> Import:
    counts = {entry["id"]: entry["count"] for entry in row.report}
    return Import(
        number=row.pk,
        source=row.source.key,
        source_title=row.source.title,
        publisher=row.source.publisher,
        file=row.file_name,
        sha256=row.sha256,
        at=row.retrieved_at,
        by=row.by,
        rows=row.rows,
        **{name: row.summary.get(name, 0) for name in ("added", "changed", "unchanged", "retired")},
        doubts=sum(n for key, n in counts.items() if key != MATCHES),
        matches=counts.get(MATCHES, 0),
    )


def _trouble(entry: Mapping[str, Any]) -> Trouble:
    examples = (Doubtful(e["message"], e.get("file", ""), e.get("row")) for e in entry["examples"])
    return Trouble(entry["id"], entry["count"], tuple(examples))


def _proposals(matches: list[dict[str, Any]]) -> tuple[Proposal, ...]:
    known = things_called({match["code"] for match in matches})
    return tuple(
        Proposal(reference, title, tuple(_candidate(match, known) for match in found))
        for (reference, title), found in groupby(matches, key=lambda match: (match["reference"], match["title"]))
    )


def _candidate(match: Mapping[str, Any], known: Mapping[str, Ref]) -> Candidate:
    thing = known.get(match["code"], f"{match['code']} {match['matched_title']}")
    return Candidate(thing, match["score"], match["why"])
