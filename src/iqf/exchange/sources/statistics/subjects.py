"""What a table counts, tied to the catalogue: aims by number, standards by title; what is only alike is proposed.

Each aim or standard that a table prints becomes a row of a list of the register, so that it is tied, proposed,
decided and remembered as every official row is. Nothing is tied by likeness.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from iqf.analysis.names import OtherName, without_brackets
from iqf.analysis.same_body import Bodies, Body
from iqf.catalogue import models as m
from iqf.catalogue.actions.official import OfficialTie
from iqf.catalogue.models.things import LIVE
from iqf.codes import parse_qan, shown_qan
from iqf.evidence.models import Retrieval, Source
from iqf.exchange.sources import catalogue_ties
from iqf.exchange.sources.proposals import hand_over
from iqf.exchange.sources.role_ties import by_title
from iqf.exchange.sources.statistics.reading import ROW
from iqf.exchange.sources.statistics.shaping import Shaped
from iqf.exchange.sources.tying import Found, Tied, tied_by
from iqf.indicators.subjects import LISTS, Kind, printed_values, reference_of
from iqf.indicators.words import AS_PUBLISHED
from iqf.register.actions import PrintedRow, mirror
from iqf.register.models import OfficialRow
from iqf.register.queries import standing
from iqf.reports.standards_taken import Standard, key, standards_into

KIND = "subject"


def tie_counted(table: Shaped, *, by: str, source: Source, read: Retrieval) -> tuple[list[dict[str, Any]], int]:
    """Hold what a table counts in the register and tie it: what was proposed, and how many rows were written."""
    matches: list[dict[str, Any]] = []
    writes = 0
    for kind in LISTS:
        # Learner records are counted as they are read, so no row of the file prints what is counted of them.
        printed_in = ROW if table.facts.profile == AS_PUBLISHED else ""
        values = printed_values(table.cells, table.columns, kind, printed_in)
        if values:
            writes += _hold(kind, values, by=by, sha256=read.sha256)
            proposed, written = _tie(kind, by=by, source=source, read=read)
            matches, writes = matches + proposed, writes + written
    return matches, writes


def tie_again(*, by: str) -> None:
    """Tie what tables count to what the catalogue holds now."""
    for kind, register in LISTS.items():
        files = standing(register).order_by("-pk").values_list("retrieval", flat=True)[:1]
        read = Retrieval.objects.filter(sha256__in=list(files)).select_related("source").order_by("-id").first()
        if read:
            _tie(kind, by=by, source=read.source, read=read)


def _hold(kind: Kind, values: Mapping[str, int], *, by: str, sha256: str) -> int:
    """The aims or standards that the register does not hold yet, put into it. Another spelling is the same one."""
    register = LISTS[kind]
    rows = {row.reference: row for row in _rows(kind, values)}
    held = set(standing(register).filter(reference__in=rows).values_list("reference", flat=True))
    new = [row for reference, row in rows.items() if reference not in held]
    return mirror(by=by, register=register, rows=new, retrieval=sha256).writes if new else 0


def _rows(kind: Kind, values: Mapping[str, int]) -> Iterator[PrintedRow]:
    for value, place in values.items():
        number = parse_qan(value) if kind == "aim" else None
        yield PrintedRow(
            reference=(number.stored if number else value.upper())[:60] if kind == "aim" else reference_of(value),
            row=place,
            printed={kind: value},
            facts={"aim" if kind == "aim" else "title": value},
            title=shown_qan(number.stored) if number else value,
            number=number.stored if number else "",
            kind=KIND,
        )


def _tie(kind: Kind, *, by: str, source: Source, read: Retrieval) -> tuple[list[dict[str, Any]], int]:
    register = LISTS[kind]
    tied: Tied = TIES[kind](by, source, read)
    waiting, written = hand_over(by, register, tied.matches)
    return waiting, tied.writes + written


def _by_number(register: str) -> Found:
    """Aims beside the qualifications of their number, and those that another row of the number describes."""
    found = catalogue_ties.numbered(register)
    tied = {(tie.row.pk, tie.thing.pk) for tie in found.ties}
    rows = {row.number: row for row in standing(register).exclude(number="")}
    links = m.OfficialLink.objects.filter(LIVE, qualification__retired_on=None, official_row__number__in=rows)
    more = []
    for link in links.exclude(official_row__kind=KIND).select_related("qualification", "official_row"):
        row, thing = rows[link.official_row.number], link.qualification
        if thing is not None and (row.pk, thing.pk) not in tied:
            tied.add((row.pk, thing.pk))
            more.append(OfficialTie(thing, row, f"{_SAME} {_named(link.official_row)}"[:400], "identifier"))
    return replace(found, ties=[*found.ties, *more])


def _by_name(register: str) -> Found:
    """Standards beside the roles of their title. Proposed: those alike to a role, or to a standard that leads into it
    and that no table prints under any of its names.
    """
    found = by_title(register, without_brackets)
    rows = {row.reference: row for row in standing(register)}
    printed = {key(row.title) for row in rows.values()}
    names = Bodies((Body(r.reference, (OtherName("name", r.title),)) for r in rows.values()), without_brackets)
    roles = {role.pk: role for role in m.Role.objects.filter(LIVE)}
    more = []
    for pk, standards in standards_into(roles).items():
        for one in (standard for standard in standards if not standard.keys & printed):
            for near in names.perhaps((OtherName("name", one.title),)):
                more.append(_match(rows[near.key], roles[pk], near.score, one))
    return replace(found, matches=[*more, *map(_said_plainly, found.matches)])


def _said_plainly(match: dict[str, Any]) -> dict[str, Any]:
    """A match whose titles are the same without their brackets says that, and not that they are wholly alike."""
    whole = match["score"] == 1.0 and match["why"].startswith("titles")
    return {**match, "score": 0.99, "why": "Same title but for what stands in brackets"} if whole else match


def _match(row: OfficialRow, role: m.Role, score: float, standard: Standard) -> dict[str, Any]:
    why = f"Alike to “{standard.title}”, which leads into the role ({standard.because})"
    return {
        "register": row.register,
        "reference": row.reference,
        "title": row.title,
        "code": role.code,
        "matched_title": role.title,
        "score": score,
        "why": why[:400],
    }


_SAME = "Its number is that of a row that describes it:"


def _named(row: OfficialRow) -> str:
    return f"{row.register} {row.reference}"


TIES = {
    "aim": tied_by({LISTS["aim"]: partial(_by_number, LISTS["aim"])}),
    "standard": tied_by({LISTS["standard"]: partial(_by_name, LISTS["standard"])}),
}
