"""Bring a published list of statements into the catalogue as a framework in one edition.

A source says which statements there are and what they stand under; codes, citations, retirement and the outcome are
made here, inside the transaction that the source opened.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, retire_missing, upsert
from iqf.catalogue.models.things import LIVE
from iqf.evidence.actions import Cite, cite, finish_retrieval, forget_retrieval, record_retrieval
from iqf.evidence.models import Retrieval, Source
from iqf.exchange.sources.notes import Notes
from iqf.exchange.sources.pattern import Fault, IngestReport, Refused, Row
from iqf.register.actions import MAY_GO

GROUP = "area"
Held = dict[tuple[int, str], m.Statement]


@dataclass(frozen=True)
class Node:
    """One statement as its publisher lists it: its code, what it stands under, and the row that says so.

    `said` explains in the citation what in it is our reading of the row.
    """

    code: str
    title: str
    kind: str
    row: Row
    parent: str = ""
    note: str = ""
    said: str = ""


@dataclass(frozen=True)
class FrameworkFile:
    """The files of one edition of a framework, read as one.

    `nodes` reads them, noting faults and doubts. `whole` are the kinds of statement that they list wholly: those that
    stand and are no longer listed are retired; statements of other kinds are not spoken of.
    """

    key: str
    title: str
    edition: str
    file: str
    sha256: str
    count: int
    nodes: Callable[[Notes], Iterable[Node]]
    whole: frozenset[str]

    @property
    def register(self) -> str:
        """What is being read, as progress is shown."""
        return self.key

    def take(self, source: Source, *, by: str, dry_run: bool, allow_retire: bool) -> IngestReport:
        """Make the catalogue say what the files say. Raises Refused where they are broken; the caller undoes it."""
        part = IngestReport(source.key, self.sha256, self.count, dry_run)
        notes = Notes()
        nodes = list(self.nodes(notes))
        ordered = parents_first(nodes, notes)
        if notes.faults:
            raise Refused(notes.faults)
        part.warnings = notes.doubts
        retrieval = record_retrieval(
            source=source, file_name=self.file[:260], sha256=self.sha256, rows=self.count, by=by
        )
        self._write(part, ordered, source, retrieval, by, allow_retire)
        if part.writes:
            finish_retrieval(retrieval, summary=part.summary() | {"register": self.key}, report=part.quality())
        else:
            forget_retrieval(retrieval)
        return part

    def _write(
        self,
        part: IngestReport,
        ordered: Sequence[Sequence[Node]],
        source: Source,
        retrieval: Retrieval,
        by: str,
        allow_retire: bool,
    ) -> None:
        cited = cite(self.key, self._cites(ordered, source), retrieval)
        batch = Batch(by=by, collection=self.key, citations=cited.rows, reason=f"ingest {source.key}")
        framework = self._framework(batch, ordered[0][0])
        held = _held(framework)
        self._may_retire(held, ordered, allow_retire)
        standing: dict[str, m.Statement] = {}
        for level in ordered:
            made = upsert(batch, m.Statement, [self._draft(n, framework, standing) for n in level], held=held)
            standing |= {n.code: made[self.subject(n)] for n in level}
        silent = [s for s in held.values() if s.kind not in self.whole]
        retire_missing(batch, m.Statement, [*standing.values(), *silent])
        batch.flush()
        _count(part, batch, cited.writes, ordered)
        self._verify(framework, standing)

    def _framework(self, batch: Batch, first: Node) -> m.Framework:
        draft = Draft(
            f"framework:{self.key}",
            {"key": self.key},
            {"title": self.title, "edition": self.edition},
            (first.row.file, first.row.number),
        )
        made: m.Framework = upsert(batch, m.Framework, [draft], kind="framework")[draft.subject]
        return made

    def _draft(self, node: Node, framework: m.Framework, standing: Mapping[str, m.Statement]) -> Draft:
        values: dict[str, Any] = {
            "parent": standing.get(node.parent),
            "kind": node.kind,
            "title": node.title,
            "note": node.note,
        }
        key = {"framework": framework, "code": node.code}
        return Draft(self.subject(node), key, values, (node.row.file, node.row.number))

    def subject(self, node: Node) -> str:
        """How a statement is named among its collection's citations and in the audit trail: esco-1.2:S1.5."""
        return f"{self.key}:{node.code}"

    def _cites(self, ordered: Sequence[Sequence[Node]], source: Source) -> Iterator[Cite]:
        yield Cite(f"framework:{self.key}", source, "official", None, self.file[:300])
        for level in ordered:
            for n in level:
                yield Cite(self.subject(n), source, "official", n.row.number, n.row.file[:300], n.said)

    def _may_retire(self, held: Held, ordered: Sequence[Sequence[Node]], allow: bool) -> None:
        """Refuse a file that lists so few of the statements that stand that it may be a part of the list."""
        listed = {n.code for level in ordered for n in level}
        standing = [s for s in held.values() if s.kind in self.whole and not s.is_retired]
        gone = sum(s.code not in listed for s in standing)
        if gone > max(MAY_GO, len(standing) // 5) and not allow:
            message = (
                f"{gone} of the {len(standing)} statements that stand are not in the file; is it whole? "
                "If they are really gone, say so with --retire."
            )
            raise Refused([Fault(message, self.file)])

    def _verify(self, framework: m.Framework, standing: Mapping[str, m.Statement]) -> None:
        """What must hold before the transaction may end: each statement of the files stands."""
        now = set(m.Statement.objects.filter(LIVE, framework=framework).values_list("code", flat=True))
        lost = sorted(standing.keys() - now)
        if lost:
            raise RuntimeError(f"{self.key} does not hold what its files list: {lost[:5]}.")


def parents_first(nodes: Sequence[Node], notes: Notes) -> list[list[Node]]:
    """Statements in steps, each under one of an earlier step. Notes a fault for each that stands in a circle."""
    depth: dict[str, int] = {"": -1}
    waiting = list(nodes)
    steps: list[list[Node]] = []
    while waiting:
        ready = [n for n in waiting if n.parent in depth]
        if not ready:
            _circle(waiting, {n.code for n in nodes}, notes)
            break
        steps.append(ready)
        depth |= {n.code: len(steps) for n in ready}
        waiting = [n for n in waiting if n.code not in depth]
    return steps


def _circle(waiting: Iterable[Node], known: set[str], notes: Notes) -> None:
    for n in waiting:
        if n.parent in known:
            message = f"“{n.title}” stands under itself: its groups go round in a circle; a group needs a top."
        else:
            message = f"“{n.title}” stands under {n.parent}, which is not in the files."
        notes.fault(n.row.fault(message))


def _held(framework: m.Framework) -> Held:
    rows = m.Statement.objects.filter(framework=framework).select_related("citation", "parent")
    return {(framework.pk, s.code): s for s in rows}


def _count(part: IngestReport, batch: Batch, evidence_writes: int, ordered: Sequence[Sequence[Node]]) -> None:
    places = {(n.row.file, n.row.number) for level in ordered for n in level}
    part.added = len(batch.added & places)
    part.changed = len((batch.changed - batch.added) & places)
    part.unchanged = part.rows - part.added - part.changed
    part.retired = batch.retired
    part.writes += batch.writes + evidence_writes
    part.changes = [vars(c) for c in batch.changes]
