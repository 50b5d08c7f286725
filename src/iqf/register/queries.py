"""Shared reads of the register: what an official list says now, and what it said before."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet

from iqf.codes import parse_qan
from iqf.register.models import ListColumns, ListReading, OfficialRow, RowVersion


def standing(register: str) -> QuerySet[OfficialRow]:
    """The rows of one official list that stand, in the order of their references."""
    return OfficialRow.objects.filter(register=register, retired=False).order_by("reference")


def row_of(register: str, reference: str) -> OfficialRow | None:
    """The row under a list's own reference, standing or retired; None where the list never held it."""
    return OfficialRow.objects.filter(register=register, reference=reference.strip().upper()).first()


def under_number(number: str) -> QuerySet[OfficialRow]:
    """Standing rows of every list under a qualification number, in any notation. One number may carry several."""
    parsed = parse_qan(number)
    if parsed is None:
        return OfficialRow.objects.none()
    found = OfficialRow.objects.filter(number=parsed.stored, retired=False).exclude(kind="subject")
    return found.order_by("register", "reference")


def of_number(number: str) -> QuerySet[OfficialRow]:
    """Rows of every list under a stored qualification number, standing or not; none for blank.

    Without bare titles, and without what tables count, which says nothing of it.
    """
    if not number:
        return OfficialRow.objects.none()
    return OfficialRow.objects.filter(number=number).exclude(kind__in=("title", "subject"))


def said_before(row: OfficialRow) -> list[RowVersion]:
    """What a row said before, latest first, each with the file that had said it."""
    return list(row.versions.all())


def numbered(register: str) -> QuerySet[OfficialRow]:
    """The standing rows of a list that carry a qualification number."""
    return standing(register).exclude(number="")


def of_references(register: str, references: Iterable[str]) -> dict[str, OfficialRow]:
    """The rows of a list under these references."""
    wanted = set(references)
    return {r.reference: r for r in OfficialRow.objects.filter(register=register) if r.reference in wanted}


def fact_rows(register: str) -> QuerySet[OfficialRow]:
    """The standing rows of a list that may be shown as facts: all but bare titles."""
    return standing(register).exclude(kind="title")


def levels_of(numbers: Collection[str]) -> dict[str, str]:
    """The level of each qualification number, where the standing rows of all lists that give one agree on it."""
    found: dict[str, set[str]] = {}
    rows = OfficialRow.objects.filter(number__in=numbers, retired=False).exclude(level="")
    for number, level in rows.values_list("number", "level"):
        found.setdefault(number, set()).add(level)
    return {number: levels.pop() for number, levels in found.items() if len(levels) == 1}


def columns_of(register: str) -> list[str]:
    """The columns of the file that was last read into a list; none where no file told them."""
    known = ListColumns.objects.filter(register=register).first()
    return list(known.columns) if known else []


def cells_read(register: str, reader: str) -> Mapping[str, str]:
    """By reference, the hash of the cells from which a standing row was read without a doubt by this very reader."""
    known = ListReading.objects.filter(register=register, reader=reader).first()
    return dict(known.cells) if known else {}
