"""What somebody holds, as it was typed: one thing on a line, and what is wrong with each line."""

from iqf.catalogue.queries import NotFoundError
from iqf.reports.holdings import CREDITED, WHEN, credited_called, held_called
from iqf.web.public.comparing import Wrong, read

MOST_LINES = 200
ONE_EACH = "If these are several things, write each on a line of its own."


def typed_lines(text: str) -> list[str]:
    """The lines that are not empty; no more than anybody holds."""
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]


def wrong_lines(field: str, lines: list[str]) -> list[Wrong]:
    """What is wrong with each line that names no unit or qualification, with its number."""
    return [wrong for n, line in enumerate(lines, start=1) if (wrong := _line(field, n, line))]


def _line(field: str, n: int, line: str) -> Wrong | None:
    dated = WHEN.match(line)
    if CREDITED.match(line):
        return _wrong_credit(field, n, line)
    found = read(field, dated[1] if dated else line, ("unit", "qualification")).wrong
    if dated and not found:
        found = _wrong_date(field, line)
    if not found:
        return None
    several = f" {ONE_EACH}" if "," in line or ";" in line else ""
    return Wrong(field, f"Line {n}: {found.text[:1].lower()}{found.text[1:]}{several}", found.meant)


def _wrong_credit(field: str, n: int, line: str) -> Wrong | None:
    try:
        credited_called(line)
    except LookupError as error:
        return Wrong(field, f"Line {n}: {str(error)[:1].lower()}{str(error)[1:]}")
    return None


def _wrong_date(field: str, line: str) -> Wrong | None:
    try:
        held_called(line)
    except NotFoundError as error:
        return Wrong(field, str(error))
    return None
