"""What would a sheet that came back change: what is added, changed field by field, retired, left alone, and wrong?

A cell that is blank, or says what stands, or was not touched since it was downloaded, asks for nothing. A row that is
not in the sheet stays as it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from iqf.accounts.queries import data_version
from iqf.catalogue.editable.changes import CHANGE, CREATE, RESTORE, RETIRE, Change
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import CODE, Entity
from iqf.catalogue.editable.finding import Cells
from iqf.catalogue.editable.holds import WrongValue
from iqf.catalogue.editable.marks import Mark, read_mark, row_mark
from iqf.catalogue.editable.matching import Matched, matched
from iqf.catalogue.editable.rows import WrongCells, cells_of, check_columns, standing
from iqf.catalogue.editable.same_thing import TOLD_APART, Standing
from iqf.catalogue.editable.sheet import ERASE, Sheet, SheetRow, plain, title_of
from iqf.reports.private.uploaded import ROW, CellFault, FieldChange, Preview, RowChange


def preview(sheet: Sheet) -> Preview:
    """What a sheet would change, as things stand now. Nothing is written."""
    return _Reading(sheet).preview()


class _Wrong(Exception):
    """What is wrong in a row: a sentence for each column, and what stands there now where that has changed."""

    def __init__(self, faults: Mapping[str, str], now: Mapping[str, str] | None = None) -> None:
        self.faults, self.now = dict(faults), dict(now or {})
        super().__init__(str(self.faults))


class _Reading:
    """One sheet compared with the catalogue."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.entity, self.cells = sheet, sheet.entity, Cells()
        self.own = [c for c in self.entity.own if c.name in sheet.headings]
        self.done: list[RowChange] = []
        self.changes: list[Change] = []
        self.rows: list[int] = []
        self.faults: list[CellFault] = []
        self.fresh: dict[int, dict[str, str]] = {}
        self.together: dict[tuple[Any, ...], bool] = {}
        self.left_alone = 0

    def preview(self) -> Preview:
        """Each row in turn."""
        found = matched(self.entity, self.sheet.rows, self.cells)
        self.cells.look_up(self.entity, self._edited(found))
        self.twice = _twice(self.entity, found)
        self.present = {row_mark(self.entity, one.key) for one in found if one.row is not None}
        self.standing = Standing(self.entity, (one.said.texts.get("title", "") for one in found if one.row is None))
        for one in found:
            try:
                self._row(one)
            except _Wrong as wrong:
                self._wrong(one, wrong)
        return Preview(
            self.entity,
            self.sheet.file,
            len(self.sheet.rows),
            tuple(self.done),
            self.left_alone,
            tuple(self.faults),
            self.sheet.notes,
            tuple(self.changes),
            tuple(self.rows),
            data_version(),
            self.fresh,
        )

    def _edited(self, found: Iterable[Matched]) -> Iterator[dict[str, str]]:
        """The cells that must be read: those of new rows, and those that do not say what stands."""
        for one in found:
            yield {n: text for n, text in one.said.texts.items() if plain(text) != plain(one.now.get(n, ""))}

    def _wrong(self, one: Matched, wrong: _Wrong) -> None:
        for name, sentence in wrong.faults.items():
            heading = self.sheet.headings.get(name, "")
            text = one.said.texts.get(name, "")
            self.faults.append(CellFault(one.said.number, name, heading, text, sentence, wrong.now.get(name)))
        if wrong.now:
            self.fresh[one.said.number] = dict(one.now)

    def _row(self, one: Matched) -> None:
        said = one.said
        if one.faults or {ROW, *self.entity.named_by} & set(said.faults):
            raise _Wrong({**one.faults, **said.faults})
        if other := self.twice.get(said.number):
            what = "a new row like" if one.row is None else "about the same as"
            raise _Wrong({ROW: f"This row is {what} row {other}; keep one of them."})
        act = plain(said.act).casefold()
        if act not in ("", RETIRE, RESTORE):
            raise _Wrong({"act": f'"{said.act}" cannot be done; write retire or restore, or leave the cell blank.'})
        mark = read_mark(self.entity, said.mark)
        if one.row is None:
            self._new(one, act, mark)
        elif act == RETIRE:
            self._retire(one, one.row, mark)
        elif one.row.is_retired:
            self._again(one, one.row, act, mark)
        elif act == RESTORE:
            raise _Wrong({"act": "This row stands; there is nothing to restore. Leave the cell blank."})
        else:
            self._change(one, mark)

    def _change(self, one: Matched, mark: Mark | None) -> None:
        wanted = self._wanted(one, mark)
        if wanted:
            self._check(one.row, wanted)
            self._asks(one, CHANGE, wanted, {name: one.now[name] for name in wanted})
        else:
            self.left_alone += 1

    def _retire(self, one: Matched, row: Any, mark: Mark | None) -> None:
        if row.is_retired:
            raise _Wrong({"act": f"This was retired already: {row.retired_because}"})
        if wanted := self._wanted(one, mark):
            sentence = "This row is to be retired, so this cell cannot be changed; leave it blank, or do not retire."
            raise _Wrong(dict.fromkeys(wanted, sentence))
        self._asks(one, RETIRE, {}, {})

    def _again(self, one: Matched, row: Any, act: str, mark: Mark | None) -> None:
        """A row that was retired: it stands again where that is said, or where a row that joins is typed anew."""
        if self.entity.key and not act and mark is None:
            self._create(one)
            return
        wanted = self._wanted(one, mark)
        if act == RESTORE:
            self._asks(one, RESTORE, {}, {})
            if wanted:
                self._check(one.row, wanted)
                self._asks(one, CHANGE, wanted, {name: one.now[name] for name in wanted})
        elif wanted:
            sentence = f"This was retired: {row.retired_because} Write restore under act if it is to stand again."
            raise _Wrong({ROW: sentence})
        else:
            self.left_alone += 1

    def _wanted(self, one: Matched, mark: Mark | None) -> dict[str, str]:
        """What the cells that somebody changed are to say. Raises _Wrong."""
        if mark is not None and mark.row != row_mark(self.entity, one.key):
            mark = None
        near = {name: self.entity.column(name).of(one.row) for name in self.entity.key}
        wanted: dict[str, str] = {}
        faults = dict(one.said.faults)
        now: dict[str, str] = {}
        for column in self.own:
            text, stands = one.said.texts.get(column.name, ""), one.now[column.name]
            if (
                column.name in faults
                or not text.strip()
                or plain(text) == plain(stands)
                or (mark and mark.said(column.name, text))
            ):
                continue
            try:
                shown = self._shown(column, text, near)
            except WrongValue as error:
                faults[column.name] = str(error)
                continue
            if shown == stands or (mark and mark.said(column.name, shown)):
                continue
            if mark and not mark.said(column.name, stands):
                faults[column.name], now[column.name] = _meanwhile(shown, stands), stands
            wanted[column.name] = shown
        if faults:
            raise _Wrong(faults, now)
        return wanted

    def _shown(self, column: Column, text: str, near: Mapping[str, Any]) -> str:
        """What a typed cell will say; one that is to be erased, what says nothing. Raises WrongValue."""
        said = "" if plain(text).casefold() == ERASE else text
        return column.holds.show(self.cells.read(column, said, near))

    def _new(self, one: Matched, act: str, mark: Mark | None) -> None:
        if act:
            raise _Wrong({"act": f"There is no such row to {act}; leave the cell blank to add this as a new one."})
        if moved := self._moved(mark):
            raise _Wrong({ROW: moved})
        self._create(one)

    def _create(self, one: Matched) -> None:
        values, faults = self._values(one.said)
        if faults:
            raise _Wrong(faults)
        if like := self.standing.like(values):
            raise _Wrong({CODE: f"There is one already: {like.title} ({like.code}). Put its code here to change it."})
        self._check(self.entity.model(), values)
        shown = {name: self.entity.column(name).holds.show(value) for name, value in values.items()}
        wanted = {name: text for name, text in shown.items() if text and name not in self.entity.key}
        self._asks(one, CREATE, wanted, {}, values)

    def _moved(self, mark: Mark | None) -> str:
        """What to do where the cells that name a downloaded row were changed, so that it would stand twice."""
        if mark is None or mark.row in self.present or mark.row not in self._every_mark:
            return ""
        names = " and ".join(self.sheet.headings[n] for n in self.entity.named_by if n in self.sheet.headings)
        return (
            f"What names this row ({names}) was changed since it was downloaded. Put it back; to have another row "
            "instead, write retire under act here and add a row of its own."
        )

    @cached_property
    def _every_mark(self) -> set[str]:
        """The marks of all rows that stand. Asked for only where a new row has a mark."""
        return {row_mark(self.entity, cells_of(self.entity, row)) for row in standing(self.entity).iterator()}

    def _values(self, said: SheetRow) -> tuple[dict[str, Any], dict[str, str]]:
        """The values of a new row, and what is wrong with its cells."""
        values: dict[str, Any] = {}
        faults = dict(said.faults)
        for column in (c for c in self.entity.columns if c.name not in said.faults):
            text = said.texts.get(column.name, "")
            text = "" if plain(text).casefold() == ERASE else text
            if text.strip() or column.needed:
                try:
                    values[column.name] = self.cells.read(column, text, values)
                except WrongValue as error:
                    faults[column.name] = str(error)
        return values, faults

    def _check(self, row: Any, wanted: Mapping[str, Any]) -> None:
        """Whether the columns of a row go together. Raises _Wrong."""
        try:
            values = {name: self._value(row, name, said) for name, said in wanted.items()}
            for name, value in self.entity.fields(values).items():
                setattr(row, name, value)
            check_columns(row, wanted, self.together)
        except WrongCells as error:
            raise _Wrong(error.faults) from None
        except WrongValue as error:
            raise _Wrong({ROW: str(error)}) from None

    def _value(self, row: Any, name: str, said: Any) -> Any:
        if not isinstance(said, str) or row.pk is None:
            return said
        near = {key: self.entity.column(key).of(row) for key in self.entity.key}
        return self.cells.read(self.entity.column(name), said, near)

    def _asks(
        self,
        one: Matched,
        act: str,
        wanted: Mapping[str, str],
        base: Mapping[str, str],
        values: Mapping[str, Any] | None = None,
    ) -> None:
        """Note what a row asks for, as the proposal has it and as people read it."""
        self.changes.append(Change(self.entity.kind, act, one.key, wanted, base))
        self.rows.append(one.said.number)
        fields = (
            FieldChange(self.sheet.headings.get(name, name), base.get(name, ""), text)
            for name, text in wanted.items()
        )
        code = one.key[CODE] if self.entity.is_thing and one.row is not None else ""
        title = self._title(one, values or {})
        self.done.append(RowChange(one.said.number, act, code, title, tuple(fields)))

    def _title(self, one: Matched, values: Mapping[str, Any]) -> str:
        """What a row is called: the title of the thing, else what it joins."""
        if self.entity.is_thing:
            return one.now["title"] if one.row is not None else str(values.get("title", ""))
        joined = (
            self.entity.column(name).of(one.row) if one.row is not None else values.get(name)
            for name in self.entity.key
        )
        return " – ".join(title_of(value) or str(value) for value in joined if value not in (None, ""))


def _meanwhile(shown: str, stands: str) -> str:
    yours, now = (f'"{text}"' if text else "blank" for text in (shown, stands))
    return (
        f"Somebody changed this after you downloaded the sheet. It says {now} now; you ask for {yours}. "
        f"If yours is right, send the marked copy of this sheet as it is; if not, write {now} here."
    )


def _twice(entity: Entity, found: Iterable[Matched]) -> dict[int, int]:
    """Rows of the sheet that are about one row of the catalogue: each with the number of another one of them."""
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for one in found:
        if one.faults:
            continue
        if one.row is not None or entity.key:
            rows[tuple(plain(one.key[name]) for name in entity.named_by)].append(one.said.number)
        else:
            texts = one.said.texts
            told = (plain(texts.get(name, "")).casefold() for name in ("title", *TOLD_APART))
            rows["", *told].append(one.said.number)
    return {
        number: next(n for n in numbers if n != number)
        for numbers in rows.values()
        if len(numbers) > 1
        for number in numbers
    }
