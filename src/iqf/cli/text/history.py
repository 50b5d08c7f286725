"""The history of a thing as a person reads it at a terminal: what was done, by whom, why; and an earlier state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from iqf.cli.text.lines import heading, joined

if TYPE_CHECKING:
    from iqf.reports.cells import Cell
    from iqf.reports.changes import ChangeLine, FieldChanged
    from iqf.reports.earlier import EarlierAnswer, FieldPair, JoinPair
    from iqf.reports.history import Group, HistoryAnswer

MOST = 12
"""So many changes of one group are listed; --json lists more."""
TAGS = {"gone": "no longer", "new": "since then", "changed": "changed"}


def history(answer: HistoryAnswer) -> str:
    """The changes of a thing, newest first."""
    count = f"{answer.total:,} change{'' if answer.total == 1 else 's'}"
    lines = [*heading(answer.thing), f"{count}, newest first; page {answer.page} of {answer.pages}."]
    for group in answer.groups:
        lines += ["", *_group(group)]
    if answer.page < answer.pages:
        lines += ["", f"For those before: --page {answer.page + 1}"]
    return joined(lines)


def _group(group: Group) -> Iterator[str]:
    yield f"{group.on} {group.who} (change {group.number})"
    if group.why:
        yield f"  Why: {group.why}"
    if group.source:
        source = (group.source.title, group.source.publisher, group.source.date, group.source.locator)
        yield f"  Source: {', '.join(filter(None, source))}"
    if group.rule:
        for pair in group.rule.pairs:
            if pair.state != "same":
                was, now = (line.words if line else "not there" for line in (pair.before, pair.after))
                yield f"  Rule, {pair.line.title}: {was} -> {now}"
    if group.total > MOST:
        yield "  " + "; ".join(f"{what} ({n:,})" for what, n in group.counts)
        return
    for line in group.changes:
        yield from _line(line)


def _line(line: ChangeLine) -> Iterator[str]:
    about = " > ".join(cell.words for cell in line.about)
    yield f"  {line.what}{': ' + about if about else ''}"
    yield from (f"    {field.label}: {_both(field)}" for field in line.fields)


def _both(field: FieldChanged) -> str:
    return f"{_said(field.before)} -> {_said(field.after)}" if field.before.text else _said(field.after)


def _said(cell: Cell) -> str:
    """A cell on one line, with the code of the thing that it names."""
    words = " ".join(cell.words.split()) or "blank"
    return f"{words} ({cell.thing.code})" if cell.thing else words


def earlier(answer: EarlierAnswer) -> str:
    """How a thing stood after a change: what differs from now."""
    stood = "" if answer.one.stands else " It did not stand then."
    lines = [
        *heading(answer.thing),
        f"After change {answer.one.number} ({answer.one.who}): {answer.differences} differences from now.{stood}",
        *answer.unknown,
        *(f"Decided then and undone since: {u.field}: {u.value}, because: {u.reason}" for u in answer.undone),
        "",
        *(f"  {f.label}: {_pair(f)}" for f in answer.fields if f.differs),
    ]
    for group in answer.joined:
        if group.differing:
            lines += ["", group.plural.capitalize()]
            lines += [text for row in group.rows[: group.differing] for text in _row(row)]
    return joined(lines)


def _pair(pair: FieldPair) -> str:
    return f"{_said(pair.one)} -> {_said(pair.two)}"


def _row(row: JoinPair) -> Iterator[str]:
    yield f"  {' > '.join(cell.words for _, cell in row.about)} [{TAGS[row.how]}]"
    if row.how == "changed":
        yield from (f"    {f.label}: {_pair(f)}" for f in row.fields if f.differs)
