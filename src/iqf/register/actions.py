"""Every write to the register: bring it in step with what an official file prints, and keep what it said before.

Rows stream through in chunks and are compared by fingerprint, so only rows that differ are loaded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import JSONField

from iqf.accounts.actions import audit
from iqf.register.models import ListColumns, ListReading, OfficialRow, RowVersion
from iqf.register.printed import Mirrored, PrintedRow, RowChange, SameCells, differing

__all__ = ["Mirrored", "PrintedRow", "RowChange", "SameCells", "TooFewRows", "mirror"]

CHUNK = 1000
WRITTEN = ("kind", "number", "title", "owner", "level", "facts", "printed", "row", "retrieval", "fingerprint")
INSERT = "INSERT INTO {table} ({columns}) VALUES ({places})"
MAY_GO = 10
"""So many rows may go from a whole list unasked, whatever its size; above it, a fifth of the list."""


class TooFewRows(Exception):
    """A whole list no longer mentions so many of the rows that stand that it may be a part of the list."""

    def __init__(self, gone: int, standing: int) -> None:
        self.gone, self.standing = gone, standing
        super().__init__(f"{gone} of the {standing} rows that stand are not in the file.")


class _Held(NamedTuple):
    """A standing or retired row, as far as is needed to see whether it changed."""

    pk: int
    fingerprint: str
    retired: bool


@transaction.atomic
def mirror(
    *,
    by: str,
    register: str,
    rows: Iterable[PrintedRow | SameCells],
    retrieval: str,
    whole_list: bool = False,
    revert: bool = False,
    columns: Sequence[str] = (),
    allow_retire: bool = True,
    reader: str = "",
) -> Mirrored:
    """Make the register say what a file prints, row for row, keeping every earlier version.

    `retrieval` is the file's SHA-256, `columns` its columns where ended and new ones are to be told. `whole_list`:
    rows that the file does not mention are retired; else they are not spoken of. Unless `allow_retire`, raises
    TooFewRows where more than a fifth of them would be. A row that says again what it said before a later file
    changed it is left as the later file made it, unless `revert`. Rows that say nothing new are not written. Each
    reference may come once. One entry in the audit trail, the row detail in the versions. `reader`: hash of the code
    that reads the rows, where it keeps which cells it has read (`queries.cells_read`).
    """
    work = _Work(register, retrieval, revert, reader)
    work.take_columns(columns)
    for chunk in _chunks(rows):
        work.take(chunk)
    if whole_list:
        work.retire_the_rest(allow_retire)
    work.keep_cells()
    work.verify()
    outcome = work.outcome
    if outcome.writes:
        after = outcome.counts() | {"file": retrieval}
        audit(by=by, action="mirror", subject=f"register:{register}", before={}, after=after)
    return outcome


def _chunks(rows: Iterable[PrintedRow | SameCells]) -> Iterator[list[PrintedRow | SameCells]]:
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


class _Work:
    """One run over one register: what it finds standing, and what it writes."""

    def __init__(self, register: str, retrieval: str, revert: bool, reader: str = "") -> None:
        self.register, self.retrieval, self.revert, self.reader = register, retrieval, revert, reader
        self.outcome = Mirrored()
        self.held = self._index()
        self.said: dict[str, str] = {}
        self.reading = ListReading.objects.filter(register=register).first()
        self.known = self.reading is not None and reader in ("", self.reading.reader)
        self.cells: dict[str, str] = {}

    def _index(self) -> dict[str, _Held]:
        rows = OfficialRow.objects.select_for_update().filter(register=self.register)
        plain = rows.values_list("reference", "pk", "fingerprint", "retired").iterator(chunk_size=5000)
        return {reference: _Held(pk, fingerprint, retired) for reference, pk, fingerprint, retired in plain}

    def take_columns(self, columns: Sequence[str]) -> None:
        """See which columns ended and which are new since the file read last."""
        if not columns:
            return
        known = ListColumns.objects.filter(register=self.register).first()
        before = known.columns if known else []
        if before == list(columns):
            return
        if known:
            self.outcome.columns_ended = tuple(c for c in before if c not in columns)
            self.outcome.columns_new = tuple(c for c in columns if c not in before)
        values = {"columns": list(columns), "retrieval": self.retrieval}
        ListColumns.objects.update_or_create(register=self.register, defaults=values)
        self.outcome.writes += 1

    def take(self, chunk: Sequence[PrintedRow | SameCells]) -> None:
        """Sort a chunk of rows, new, the same or differing, and write it."""
        fresh: list[dict[str, Any]] = []
        news: list[tuple[PrintedRow, str]] = []
        for said in chunk:
            if said.reference in self.said:
                raise ValueError(f"{said.reference} comes twice.")
            old = self.held.get(said.reference)
            if isinstance(said, SameCells):
                self._the_same(said, old)
                continue
            fingerprint = self.said[said.reference] = said.fingerprint()
            if old is None:
                fresh.append(self._new(said, fingerprint))
            elif old.fingerprint == fingerprint and not old.retired:
                self.outcome.unchanged.append(said.reference)
                if self.known:
                    continue
            else:
                news.append((said, fingerprint))
            self.cells[said.reference] = said.cells
        _insert(fresh)
        self.outcome.added += [row["reference"] for row in fresh]
        self.outcome.writes += len(fresh)
        if news:
            self._take_news(news)

    def _the_same(self, said: SameCells, old: _Held | None) -> None:
        if old is None or old.retired:
            raise ValueError(f"{said.reference} does not stand, so its cells cannot be those that were read.")
        self.said[said.reference] = old.fingerprint
        self.outcome.unchanged.append(said.reference)

    def _new(self, said: PrintedRow, fingerprint: str) -> dict[str, Any]:
        named = {"register": self.register, "reference": said.reference}
        return named | _fields(said, self.retrieval, fingerprint)

    def _take_news(self, news: Sequence[tuple[PrintedRow, str]]) -> None:
        """Rows that say something else than what stands, or come back: load them, and what they said before."""
        wanted = [self.held[said.reference].pk for said, _ in news]
        rows = {r.reference: r for r in OfficialRow.objects.filter(pk__in=wanted)}
        past = {} if self.revert else _past(wanted)
        dirty: list[OfficialRow] = []
        versions: list[RowVersion] = []
        for said, fingerprint in news:
            old = rows[said.reference]
            if not old.retired and _overtaken(old, said, past.get(old.pk, ())):
                self.outcome.overtaken.append(said.reference)
                del self.said[said.reference], self.cells[said.reference]
                continue
            self._note(old, said)
            versions.append(_version(old))
            for name, value in _fields(said, self.retrieval, fingerprint).items():
                setattr(old, name, value)
            dirty.append(old)
        RowVersion.objects.bulk_create(versions, batch_size=CHUNK)
        OfficialRow.objects.bulk_create(
            dirty,
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["register", "reference"],
            update_fields=[*WRITTEN, "retired", "retired_by"],
        )
        self.outcome.writes += len(dirty) + len(versions)

    def _note(self, old: OfficialRow, said: PrintedRow) -> None:
        """Count a row as changed; or as reshaped, where all that differs stands in columns of one file only."""
        shared = old.printed.keys() & said.printed.keys()
        both = [{c: v for c, v in printed.items() if c in shared} for printed in (old.printed, said.printed)]
        before, after = differing(*both)
        if not before and not old.retired and said.said(old.printed) != said.said(said.printed):
            self.outcome.reshaped.append(said.reference)
            return
        facts = differing(old.facts, said.facts)
        self.outcome.changed.append(RowChange(said.reference, before, after, *facts, returned=old.retired))

    def retire_the_rest(self, allow: bool) -> None:
        """Retire the standing rows that a whole list does not mention."""
        mentioned = self.said.keys() | set(self.outcome.overtaken)
        standing = {r: h for r, h in self.held.items() if not h.retired}
        gone = {reference: held.pk for reference, held in standing.items() if reference not in mentioned}
        if len(gone) > max(MAY_GO, len(standing) // 5) and not allow:
            raise TooFewRows(len(gone), len(standing))
        keys = list(gone.values())
        for start in range(0, len(keys), CHUNK):
            part = OfficialRow.objects.filter(pk__in=keys[start : start + CHUNK])
            part.update(retired=True, retired_by=self.retrieval)
        self.outcome.retired = list(gone)
        self.outcome.writes += len(gone)

    def keep_cells(self) -> None:
        """Keep which cells the rows were read from. Rows that say nothing new leave no trace, unless read anew."""
        if not self.reading and not self.reader:
            return
        before = self.reading.cells if self.reading and self.known else {}
        gone = set(self.outcome.retired)
        now = {r: cells for r, cells in {**before, **self.cells}.items() if cells and r not in gone}
        if self.known and now == before:
            return
        reader = self.reader or (self.reading.reader if self.reading else "")
        values = {"reader": reader, "cells": now}
        ListReading.objects.update_or_create(register=self.register, defaults=values)
        self.outcome.writes += 1

    def verify(self) -> None:
        """What must hold at the end: each row of the file stands, and says what the file says."""
        if not self.outcome.writes:
            return
        now = self._index()
        wrong = [r for r, f in self.said.items() if r not in now or now[r].retired or now[r].fingerprint != f]
        if wrong:
            raise RuntimeError(f"{self.register} does not say what the file says: {wrong[:5]}.")


def _insert(rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert new rows as they are: a register of 60,000 takes the ORM's own bulk insert three times as long."""
    fields = [field for field in OfficialRow._meta.concrete_fields if not field.primary_key]
    as_json = {field.name for field in fields if isinstance(field, JSONField)}
    quote, json_value = connection.ops.quote_name, connection.ops.adapt_json_value
    statement = INSERT.format(
        table=quote(OfficialRow._meta.db_table),
        columns=", ".join(quote(str(field.column)) for field in fields),
        places=", ".join(["%s"] * len(fields)),
    )
    names = [field.name for field in fields]
    values = ([json_value(row[n], None) if n in as_json else row[n] for n in names] for row in rows)
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))


def _fields(said: PrintedRow, retrieval: str, fingerprint: str) -> dict[str, Any]:
    plain = {n: getattr(said, n) for n in ("kind", "number", "title", "owner", "level", "row")}
    return plain | {
        "facts": dict(said.facts),
        "printed": dict(said.printed),
        "retrieval": retrieval,
        "fingerprint": fingerprint,
        "retired": False,
        "retired_by": "",
    }


def _version(old: OfficialRow) -> RowVersion:
    return RowVersion(official_row=old, facts=old.facts, printed=old.printed, row=old.row, retrieval=old.retrieval)


def _past(rows: Sequence[int]) -> Mapping[int, list[RowVersion]]:
    past: dict[int, list[RowVersion]] = {}
    for version in RowVersion.objects.filter(official_row__in=rows):
        past.setdefault(version.official_row_id, []).append(version)
    return past


def _overtaken(old: OfficialRow, said: PrintedRow, past: Iterable[RowVersion]) -> bool:
    """True where the row says what an earlier version said, to the letter or in its facts."""
    news = said.facts != old.facts
    return any(v.printed == said.printed or (news and v.facts == said.facts) for v in past)
