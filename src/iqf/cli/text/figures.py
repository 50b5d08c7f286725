"""Statistical tables as a person reads them at a terminal: what they count, where, then the figures as published."""

from collections.abc import Sequence

from iqf.exchange.formats.figures import printed
from iqf.indicators.asking import Figure
from iqf.indicators.queries import HeldTable
from iqf.indicators.standard import PARTS_OF_YEARS, period_words
from iqf.indicators.words import COUNTING, LOCATIONS
from iqf.reports.figures import FiguresAnswer

WIDEST = 44


def datasets(tables: tuple[HeldTable, ...]) -> str:
    """What is held: each table with what it counts and where."""
    if not tables:
        return "No statistical table is held yet. Read one in with: iqf ingest statistics PATH\n"
    lines = [f"{len(tables)} data set{'' if len(tables) == 1 else 's'}.", ""]
    for t in tables:
        lines += [
            f"{t.dataset}  {t.version}",
            f"  {t.title}",
            f"  counts {COUNTING[t.counting]}; {LOCATIONS[t.location_basis]}; {t.rows} rows",
        ]
    return "\n".join(lines) + "\n"


def figures(answer: FiguresAnswer) -> str:
    """Figures in columns, the markers explained under them, with what they count and how to cite them."""
    table, said = answer.table, answer.definitions
    current = "" if table.current else f"; {table.versions[0]} is the latest"
    lines = [
        f"{table.title} ({table.dataset}, version {table.version}{current})",
        f"Counts {said.counting_words}. Areas: {said.location_words}.",
    ]
    if said.words:
        lines.append(said.words)
    lines += ["", *_columns(answer.rows), ""]
    first = answer.offset + 1
    if len(answer.rows) < answer.total:
        lines.append(
            f"Figures {first} to {answer.offset + len(answer.rows)} of {answer.total}; see --limit, --where."
        )
    used = {r.symbol if r.value is None else None for r in answer.rows} - {None}
    lines += [f"  {symbol or 'blank':<6} {said.symbols[symbol or '']}" for symbol in sorted(str(u) for u in used)]
    return "\n".join([*lines, answer.citation, f"Address: {answer.address}"]) + "\n"


def _columns(rows: Sequence[Figure]) -> list[str]:
    """The figures under their headings; a column of cells that are all the same is left out."""
    if not rows:
        return ["No row fits all of that at once."]
    own = [name for name in rows[0].cells if len({r.cells[name] for r in rows}) > 1]
    header = [*own, "area", "period", "indicator", "value"]
    lines = [header] + [
        [*(r.cells[n] for n in own), r.area, _period(r), r.indicator, printed(r.value) or r.symbol] for r in rows
    ]
    widths = [min(WIDEST, max(len(line[i]) for line in lines)) for i in range(len(header))]
    return ["  ".join(_fit(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def _period(figure: Figure) -> str:
    """A period as the table codes it; with the part of a year that it is, where it is one."""
    words = period_words(figure.period, figure.identifier)
    return words if figure.identifier in PARTS_OF_YEARS else figure.period


def _fit(cell: str, width: int) -> str:
    return (cell if len(cell) <= width else f"{cell[: width - 1]}…").ljust(width)
