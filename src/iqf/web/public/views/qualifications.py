"""Qualifications: the list, and one of them."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from iqf.analysis.partial_dates import PartialDateError
from iqf.reports import lists
from iqf.reports.difference import DifferenceAnswer, difference
from iqf.reports.listing import Listing
from iqf.reports.qualification import QualificationAnswer, RuleNode
from iqf.reports.qualification import qualification as report
from iqf.reports.taken import taken
from iqf.web.public.filtering import chosen, filtered
from iqf.web.public.links import number
from iqf.web.public.showing import Shown, Table, at_its_address, show
from iqf.web.public.wording import qualification as wording
from iqf.web.public.wording.role import permissions
from iqf.web.public.wording.rules import tree
from iqf.web.public.wording.taken import taken as taken_words

FILTERS = {
    "level": "Level",
    "kind": "Kind",
    "cluster": "Cluster",
    "subject_area": "Sector subject area",
    "owner": "Owner",
    "age_focus": "Ages of children",
    "status": "Status",
    "units": "Units",
    "verified": "Checked",
}


def index(request: HttpRequest) -> HttpResponse:
    """Qualifications, filtered."""
    listing = lists.qualifications(**chosen(request, FILTERS))
    context = filtered(request, listing, FILTERS, ("qualification", "qualifications"))
    return show(
        request, Shown("public/qualifications/list.html", "qualifications", listing, (_table(listing),)), context
    )


def _table(listing: Listing) -> Table:
    columns = ("kind", "cluster", "subject_area", "age_focus", "status", "credit", "units", "verified")
    rows = (
        (
            r.thing.code,
            number(r.thing),
            r.thing.title,
            r.thing.level,
            r.thing.owner,
            *(_cell(r.facts[c]) for c in columns),
        )
        for r in listing.rows
    )
    return Table("qualifications", ("code", "number", "title", "level", "owner", *columns), rows)


def _cell(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, tuple) else value


@at_its_address("qualification")
def qualification(request: HttpRequest, text: str) -> HttpResponse:
    """One qualification; `begun` asks whether it counted for somebody who began it then."""
    begun = request.GET.get("begun", "").strip()
    try:
        answer, wrong = report(text, timezone.localdate(), begun), ""
    except PartialDateError as error:
        answer, wrong = report(text, timezone.localdate()), str(error)
    shown = Shown("public/qualifications/qualification.html", "show", answer, tuple(_tables(answer)))
    page = show(
        request,
        shown,
        {
            **_words(answer),
            "taken": taken_words(taken(answer.qualification.code)),
            "begun": begun,
            "wrong": wrong,
            "errors": [{"text": wrong, "href": "#begun"}],
        },
    )
    page.status_code = 400 if wrong else page.status_code
    return page


def differ(request: HttpRequest, text: str) -> HttpResponse:
    """How far two holders of one qualification can differ, with a pair that shows it."""
    answer = difference(text)
    shown = Shown(
        "public/qualifications/differ.html", "differ", answer, (Table("units", DIFFER, _pair_rows(answer)),)
    )
    return show(request, shown)


DIFFER = ("who", "unit", "reference", "title", "level")


def _pair_rows(answer: DifferenceAnswer) -> Iterator[tuple[Any, ...]]:
    whose = (
        ("every holder", answer.always),
        ("both of the pair", answer.both),
        ("only the first", answer.only_first),
        ("only the second", answer.only_second),
    )
    for who, units in whose:
        for unit in units:
            yield who, unit.code, number(unit), unit.title, unit.level


def _words(answer: QualificationAnswer) -> dict[str, Any]:
    return {
        "answers": wording.answers(answer),
        "facts": wording.fact_rows(answer.facts),
        "tree": tree(answer.rule) if answer.rule else None,
        "met": wording.met(answer.reached),
        "allows": permissions(answer.allowed, "allows"),
        "stops": permissions(answer.allowed, "stops"),
        "recognition": wording.recognition(answer.recognition),
        "level": answer.fact("level"),
        "status": answer.fact("stated_status"),
        "status_tone": "good" if answer.fact("stated_status").value == "available" else "warn",
    }


ASKED_FOR = (
    *("role", "title", "strength", "one of", "basis", "note", "source", "how sure"),
    *("agreed by", "disputed by"),
)


def _tables(answer: QualificationAnswer) -> Iterator[Table]:
    if answer.rule:
        columns = ("group", "rule", "unit", "reference", "title", "level", "credit low", "credit high", "how sure")
        yield Table("units", columns, _unit_rows(answer.rule))
    asked = (
        (
            *(a.role.code, a.role.title, a.strength, a.choice_group, a.basis, a.note, a.said.title, a.said.words),
            *(a.views.agreed, a.views.disputed),
        )
        for a in answer.asked_for
    )
    yield Table("roles", ASKED_FOR, asked)


def _unit_rows(node: RuleNode) -> Iterator[tuple[Any, ...]]:
    for row in node.units:
        unit = row.unit
        named = (unit.code, number(unit), unit.title, unit.level)
        yield (node.title, node.words, *named, row.credit_low, row.credit_high, row.said.words)
    for part in node.parts:
        yield from _unit_rows(part)
