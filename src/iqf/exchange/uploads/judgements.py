"""Judgements that somebody made elsewhere, read from a table: a column for each statement, a row for each, or SSSOM.

*Wide*: a row for each unit, a column for each statement under its code. *Long*: a row for each unit and statement.
*SSSOM*: a mapping set in TSV, one row for each unit and statement (mapping-commons, SSSOM 1.0). A blank verdict was
not judged; *none* says that the unit does not reach the statement.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from iqf.exchange.formats.sssom import NOT, PREDICATES
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads import text_files, workbooks
from iqf.exchange.uploads.grids import ERROR, FORMULA, Cell, Grid
from iqf.exchange.uploads.reading import is_workbook

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 1_000_000
MOST_FAULTS = 50
MOST_COLUMNS = 400
"""A table with a column for each statement has at most so many; more statements take a row for each."""

UNIT = ("unit", "unit_id", "unit code", "code", "reference", "subject_id")
STATEMENT = ("statement", "statement_id", "object_id")
VERDICTS = {
    "0": 0,
    "none": 0,
    "no": 0,
    "1": 1,
    "partly": 1,
    "partial": 1,
    "2": 2,
    "fully": 2,
    "full": 2,
    "yes": 2,
}
YES = ("1", "yes", "y", "true", "x")
NO = ("", "0", "no", "n", "false")
AUTHOR = "author_label"
BESIDE = ("title", "subject_label", "object_label", "statement_title")
"""Columns that help people read the table and say nothing of their own."""


@dataclass(frozen=True)
class Read:
    """One verdict as the table has it: 0, 1 or 2, and what stands beside it."""

    statement: str
    verb: str
    verdict: int
    doubt: bool = False
    rationale: str = ""
    quotation: str = ""
    quoted_from: str = ""
    quoted_at: int | None = None
    confidence: float | None = None


@dataclass
class UnitRead:
    """A unit as the table names it, the first row that does, its verdicts, and what is said of the unit as such.

    `doubt`, `rationale`: None where the table has no column for them.
    """

    unit: str
    row: int
    verdicts: list[Read] = field(default_factory=list)
    doubt: bool | None = None
    rationale: str | None = None


@dataclass(frozen=True)
class _Line:
    """A row of the table: its number, and its cells by heading."""

    number: int
    cells: Mapping[str, str]


def read_judgements(
    data: bytes, file: str, framework: str, statements: Sequence[str], rater: str
) -> tuple[UnitRead, ...]:
    """What a table says about units in the name of a rater, by statement of one framework: its key, their codes.

    Of a table with several authors, the rows of this one. Raises Refused with every fault.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused([Fault("the file is empty.", file)])
    if len(data) > MOST_BYTES:
        raise Refused([Fault(f"the file is larger than {MOST_BYTES // 2**20} MB; send it in parts.", file)])
    of_text = not is_workbook(data)
    grid = text_files.grid(data, file) if of_text else workbooks.grids(data, file)[0]
    headings, rows = _lines(grid, file, whole=of_text)
    lines = _by(rater, rows, file) if AUTHOR in headings else rows
    known = _names(framework, statements)
    read = _long if _named(headings, STATEMENT) else _wide
    faults: list[Fault] = []
    found = read(headings, lines, known, file, faults)
    if faults:
        raise Refused(faults[:MOST_FAULTS])
    if not found:
        raise Refused([Fault("there is no judgement in the file.", file)])
    return tuple(found)


def _lines(grid: Grid, file: str, *, whole: bool) -> tuple[list[str], Iterator[_Line]]:
    """The headings, and the rows below them that say anything. Lines above that begin with # are passed over.

    `whole`: every row must have a cell for each heading; a spreadsheet leaves blank ones at the end out.
    """
    numbered = enumerate(grid.lines(MOST_COLUMNS), start=1)
    number = 0
    for number, line in numbered:  # noqa: B007
        texts = [" ".join(cell.text.split()) for cell in line]
        if any(texts) and not texts[0].startswith("#"):
            headings = [text.casefold() for text in texts]
            break
    else:
        raise Refused([Fault("there is no line of headings.", file)])
    twice = sorted({h for h in headings if h and headings.count(h) > 1})
    if twice:
        raise Refused([Fault(f'two columns are called "{twice[0]}"; take one of them out.', file, number)])
    if _named(headings, UNIT) is None:
        raise Refused([Fault('there must be a column "unit" with the code of each unit.', file, number)])

    def rows() -> Iterator[_Line]:
        for at, line in numbered:
            if any(cell.text.strip() for cell in line):
                if whole and len(line) < len(headings):
                    message = "this row has fewer cells than there are headings; the file may have been cut off."
                    raise Refused([Fault(message, file, at)])
                yield _Line(at, _cells(headings, line, file, at))

    return headings, rows()


def _names(framework: str, statements: Sequence[str]) -> dict[str, str]:
    """Every way in which a table may name a statement, without regard to case: alone, or with its framework's key."""
    ways = ("{code}", "{key}/{code}", "{key}:{code}", "iqf.{key}:{code}")
    return {way.format(key=framework, code=code).casefold(): code for way in ways for code in statements}


def _by(rater: str, rows: Iterator[_Line], file: str) -> Iterator[_Line]:
    """The rows of one author. Raises Refused where all are by others."""
    held = list(rows)
    authors = dict.fromkeys(line.cells.get(AUTHOR, "") for line in held)
    if rater not in authors and any(authors):
        names = ", ".join(f'"{name}"' for name in list(authors)[:5] if name)
        raise Refused([Fault(f'nothing in the file is by "{rater}"; it is by {names}.', file, column=AUTHOR)])
    return iter([line for line in held if line.cells.get(AUTHOR, "") in (rater, "")])


def _cells(headings: Sequence[str], line: Sequence[Cell], file: str, number: int) -> dict[str, str]:
    for heading, cell in zip(headings, line, strict=False):
        if cell.kind in (FORMULA, ERROR):
            message = "this cell holds a formula or an error; put the value there."
            raise Refused([Fault(message, file, number, heading, cell.text)])
    if number and len(line) > len(headings) and any(cell.text.strip() for cell in line[len(headings) :]):
        raise Refused([Fault("this row has more cells than there are headings.", file, number)])
    return {heading: cell.text.strip() for heading, cell in zip(headings, line, strict=False) if heading}


def _named(headings: Sequence[str], names: Sequence[str]) -> str | None:
    return next((name for name in names if name in headings), None)


def _wide(
    headings: Sequence[str], lines: Iterator[_Line], known: Mapping[str, str], file: str, faults: list[Fault]
) -> list[UnitRead]:
    """A row for each unit, and a column for each statement."""
    unit = _named(headings, UNIT) or ""
    columns = {heading: known[heading] for heading in headings if heading in known}
    strange = [h for h in headings if h and h not in (unit, "doubt", "rationale", *BESIDE, *columns)]
    if strange:
        message = f'the column "{strange[0]}" is no statement of this framework, nor anything else that is read here.'
        raise Refused([Fault(message, file)])
    if not columns:
        some = ", ".join(list(dict.fromkeys(known.values()))[:6])
        raise Refused([Fault(f"there is no column for a statement; name one by its code, such as {some}.", file)])
    found: dict[str, UnitRead] = {}
    for line in lines:
        cells = line.cells
        if cells.get(unit, "") in found:
            first = found[cells[unit]].row
            faults.append(Fault(f"this unit stands in row {first} already.", file, line.number, unit, cells[unit]))
            continue
        one = UnitRead(cells.get(unit, ""), line.number, rationale=cells.get("rationale"))
        one.doubt = _yes(cells, "doubt", file, line.number, faults) if "doubt" in cells else None
        for heading, code in columns.items():
            verdict = _verdict(cells.get(heading, ""), file, line.number, heading, faults)
            if verdict is not None:
                one.verdicts.append(Read(code, "teaches", verdict))
        if not one.unit:
            faults.append(Fault("the unit is not named.", file, line.number, unit))
        elif one.verdicts:
            found[one.unit] = one
        _not_too_many(len(found) + len(faults), file)
    return list(found.values())


def _long(
    headings: Sequence[str], lines: Iterator[_Line], known: Mapping[str, str], file: str, faults: list[Fault]
) -> list[UnitRead]:
    """A row for each unit and statement; with a predicate, as SSSOM has it."""
    unit, statement = _named(headings, UNIT) or "", _named(headings, STATEMENT) or ""
    if "verdict" not in headings and "predicate_id" not in headings:
        raise Refused([Fault('there must be a column "verdict", or "predicate_id" as in SSSOM.', file)])
    found: dict[str, UnitRead] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for at, line in enumerate(lines, start=1):
        _not_too_many(at, file)
        one = _one(line, line.cells.get(statement, ""), statement, known, file, faults)
        name = line.cells.get(unit, "").removeprefix("iqf.unit:")
        if not name:
            faults.append(Fault("the unit is not named.", file, line.number, unit))
        if one is None or not name:
            continue
        place = (name, one.statement, one.verb)
        first = seen.setdefault(place, line.number)
        if first != line.number:
            message = f"this unit and statement stand in row {first} already."
            faults.append(Fault(message, file, line.number, statement, one.statement))
            continue
        whole = found.setdefault(name, UnitRead(name, line.number))
        whole.verdicts.append(one)
        _of_the_whole(whole, line, file, faults)
    return list(found.values())


def _of_the_whole(unit: UnitRead, line: _Line, file: str, faults: list[Fault]) -> None:
    """What a row says of its unit as such."""
    if "iqf_unit_comment" in line.cells:
        unit.rationale = unit.rationale or line.cells["iqf_unit_comment"]
    if "iqf_unit_doubt" in line.cells:
        unit.doubt = bool(unit.doubt) or _yes(line.cells, "iqf_unit_doubt", file, line.number, faults)


def _one(
    line: _Line, named: str, column: str, known: Mapping[str, str], file: str, faults: list[Fault]
) -> Read | None:
    cells, number = line.cells, line.number
    code = known.get(named.casefold())
    if code is None:
        message = f'"{named}" is no statement of this framework, or of this edition of it.'
        faults.append(Fault(message, file, number, column, named))
        return None
    verb, verdict = cells.get("verb", "") or "teaches", None
    if "predicate_id" in cells:
        verb, verdict = _predicate(cells, file, number, faults)
    else:
        verdict = _verdict(cells.get("verdict", ""), file, number, "verdict", faults)
    if verb not in ("teaches", "assesses"):
        faults.append(Fault(f'"{verb}" is neither teaches nor assesses.', file, number, "verb", verb))
    if verdict is None:
        return None
    return Read(
        code,
        verb,
        verdict,
        doubt=_yes(cells, "doubt", file, number, faults) or _yes(cells, "iqf_doubt", file, number, faults),
        rationale=cells.get("rationale", "") or cells.get("comment", ""),
        quotation=cells.get("quotation", "") or cells.get("match_string", ""),
        quoted_from=cells.get("quoted_from", "") or cells.get("subject_match_field", ""),
        quoted_at=_whole(cells, file, number, faults),
        confidence=_share(cells, file, number, faults),
    )


def _predicate(cells: Mapping[str, str], file: str, number: int, faults: list[Fault]) -> tuple[str, int | None]:
    """The verb and the verdict that a predicate of SSSOM says."""
    predicate, modifier = cells["predicate_id"], cells.get("predicate_modifier", "")
    if modifier not in ("", NOT):
        message = f'the modifier "{modifier}" is unknown; it is {NOT} or blank.'
        faults.append(Fault(message, file, number, "predicate_modifier", modifier))
        return "teaches", None
    said = PREDICATES.get((predicate, modifier == NOT))
    if said is None:
        names = ", ".join(dict.fromkeys(name for name, _ in PREDICATES))
        message = f'the predicate "{predicate}" says no verdict here; those that do are {names} (with {NOT}: none).'
        faults.append(Fault(message, file, number, "predicate_id", predicate))
        return "teaches", None
    return said


def _verdict(text: str, file: str, number: int, column: str, faults: list[Fault]) -> int | None:
    if not text:
        return None
    found = VERDICTS.get(text.casefold())
    if found is None:
        message = f'"{text}" is no verdict; it is 0, 1 or 2, or none, partly or fully; blank for not judged.'
        faults.append(Fault(message, file, number, column, text, "0, 1 or 2"))
    return found


def _yes(cells: Mapping[str, str], column: str, file: str, number: int, faults: list[Fault]) -> bool:
    text = cells.get(column, "").casefold()
    if text not in (*YES, *NO):
        faults.append(Fault(f'"{text}" is neither yes nor no.', file, number, column, text))
    return text in YES


def _whole(cells: Mapping[str, str], file: str, number: int, faults: list[Fault]) -> int | None:
    text = cells.get("quoted_at", "") or cells.get("iqf_quoted_at", "")
    if text and not (text.isascii() and text.isdecimal() and len(text) < 8):
        faults.append(
            Fault(f'"{text}" is no place in a text: a whole number from 0.', file, number, "quoted_at", text)
        )
        return None
    return int(text) if text else None


def _share(cells: Mapping[str, str], file: str, number: int, faults: list[Fault]) -> float | None:
    text = cells.get("confidence", "")
    try:
        share = float(text) if text else None
    except ValueError:
        share = -1.0
    if share is not None and not 0 <= share <= 1:
        faults.append(Fault(f'the confidence "{text}" is no number from 0 to 1.', file, number, "confidence", text))
        return None
    return share


def _not_too_many(rows: int, file: str) -> None:
    if rows > MOST_ROWS:
        raise Refused([Fault(f"the file has more than {MOST_ROWS:,} rows; send it in parts.", file)])
