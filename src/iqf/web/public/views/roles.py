"""Roles: the list, one role, and what stands at the entry of each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.workforce_words import rates_line
from iqf.reports import entry as entry_report
from iqf.reports import lists
from iqf.reports.entry import EntryAnswer
from iqf.reports.listing import Listing
from iqf.reports.role import RoleAnswer
from iqf.reports.role import role as role_report
from iqf.reports.role_coverage import RoleCoverage, of_role
from iqf.reports.taken import taken
from iqf.reports.workforce import rates_of
from iqf.web.public.filtering import chosen, filtered
from iqf.web.public.links import number, query
from iqf.web.public.showing import Shown, Table, at_its_address, show
from iqf.web.public.views.schemes import scheme_switch
from iqf.web.public.wording import role as wording
from iqf.web.public.wording import role_coverage as coverage_words
from iqf.web.public.wording.taken import taken as taken_words

FILTERS = {
    "cluster": "Cluster",
    "entry": "Required at entry",
    "tier": "Tier of service",
    "constituency": "Part of the workforce",
    "status": "Status",
}


def index(request: HttpRequest) -> HttpResponse:
    """Roles under a scheme, filtered."""
    scheme = request.GET.get("scheme") or lists.DEFAULT_SCHEME
    on = chosen(request, FILTERS)
    listing = lists.roles(scheme, **on)
    without_cluster = {name: value for name, value in on.items() if name != "cluster"}
    context = filtered(request, listing, FILTERS, ("role", "roles"))
    context |= {"schemes": scheme_switch(scheme, without_cluster), "hidden": [{"name": "scheme", "value": scheme}]}
    context["clear"] = on and f"{request.path}{query(scheme=scheme)}"
    return show(request, Shown("public/roles/list.html", "roles", listing, (_table(listing),)), context)


def _table(listing: Listing) -> Table:
    columns = ("code", "other names", "title", "clusters", "constituency", "tier", "status", "entry", "description")
    rows = (
        (
            r.thing.code,
            "; ".join(r.thing.aliases),
            r.thing.title,
            "; ".join(r.facts["cluster"]),
            *(r.facts[name] for name in columns[4:]),
        )
        for r in listing.rows
    )
    return Table("roles", columns, rows)


@at_its_address("role")
def role(request: HttpRequest, text: str) -> HttpResponse:
    """One role."""
    answer = role_report(text, timezone.localdate())
    shown = Shown("public/roles/role.html", "show", answer, (_asked(answer), _onward(answer), _employers(answer)))
    rates = [(title, rates_line(each), each[0].said) for title, each in rates_of(answer.role.aliases)]
    return show(request, shown, {**_words(answer), "taken": taken_words(taken(answer.role.code)), "rates": rates})


def coverage(request: HttpRequest, text: str) -> HttpResponse:
    """What one role requires of each framework, and which of its qualifications teach that."""
    answers = of_role(text)
    if not answers:
        raise NotFoundError(
            "What this role requires of a framework is not on record, or no unit has been judged against that yet."
        )
    page = {"role": answers[0].role, "frameworks": answers}
    shown = Shown("public/roles/coverage.html", "roles-coverage", page, (_taught(answers),))
    return show(request, shown, {"covered": [coverage_words.covered(each) for each in answers]})


def _taught(answers: tuple[RoleCoverage, ...]) -> Table:
    columns = ("framework", "statement", "title", "required", "what becomes of it", "qualification", "title of it")
    rows = (
        (
            a.framework.title,
            n.code,
            n.title,
            n.wanted,
            n.verdict,
            m.qualification,
            a.ref_of(m.qualification).title,
            m.how,
            m.strength,
            m.enough,
            "; ".join(m.units),
        )
        for a in answers
        for n in a.needs
        for m in n.by
    )
    return Table("coverage", (*columns, "for whom", "how far", "enough", "units"), rows)


def _words(answer: RoleAnswer) -> dict[str, Any]:
    return {
        "required": wording.required(answer),
        "levels": wording.by_level(answer.asks),
        "onward": wording.onward(answer.next_steps),
        "allows": wording.permissions(answer.allowed, "allows"),
        "stops": wording.permissions(answer.allowed, "stops"),
        "constituency": answer.fact("constituency"),
        "tier": answer.fact("tier"),
    }


def _asked(answer: RoleAnswer) -> Table:
    columns = ("qualification", "number", "title", "level", "owner", "strength", "one of", "basis", "area", "note")
    heard = ("agreed by", "disputed by")
    rows = (
        (
            a.qualification.code,
            number(a.qualification),
            a.qualification.title,
            a.qualification.level,
            a.qualification.owner,
            a.strength,
            a.choice_group,
            a.basis,
            a.area,
            a.note,
            a.said.title,
            a.said.url,
            a.said.words,
            a.views.agreed,
            a.views.disputed,
        )
        for a in answer.asks
    )
    return Table("qualifications", (*columns, "source", "address", "how sure", *heard), rows)


def _onward(answer: RoleAnswer) -> Table:
    columns = ("from", "from title", "to", "to title", "roles", "note", "source", "how sure")
    rows = (
        (
            s.through.code,
            s.through.title,
            s.to.code,
            s.to.title,
            "; ".join(r.title for r in s.roles),
            s.note,
            s.said.title,
            s.said.words,
        )
        for s in answer.next_steps
    )
    return Table("next-steps", columns, rows)


def _employers(answer: RoleAnswer) -> Table:
    columns = ("employer", "employer title", "posts at level", "asks", "kind", "strength", "qualification")
    more = ("at level or above", "taken instead", "since", "note", "beside every employer", "because")
    rows = (
        (
            a.employer.code,
            a.employer.title,
            a.post_level,
            a.asks,
            a.kind,
            a.strength,
            a.qualification.code if a.qualification else "",
            a.least_level,
            a.instead,
            a.since,
            a.note,
            a.verdict,
            a.because,
            a.said.title,
            a.said.url,
            a.said.words,
        )
        for a in answer.employers.asks
    )
    return Table("employers", (*columns, *more, "source", "address", "how sure"), rows)


def entry(request: HttpRequest) -> HttpResponse:
    """What stands at the entry of every role."""
    answer = entry_report.entry()
    return show(request, Shown("public/roles/entry.html", "entry", answer, (_entries(answer),)))


def _entries(answer: EntryAnswer) -> Table:
    heads = (
        ("something is set", answer.set),
        ("nothing is set", answer.nothing_set),
        ("not known", answer.not_known),
    )
    rows = (
        (
            row.role.code,
            row.role.title,
            head,
            "; ".join(p.entry for p in row.positions),
            "; ".join(p.basis for p in row.positions),
            "; ".join(p.note for p in row.positions),
            row.mandatory,
            row.employers,
        )
        for head, found in heads
        for row in found
    )
    counted = ("mandatory qualifications", "employers with criteria")
    return Table("entry", ("code", "title", "entry", "what", "basis", "note", *counted), rows)
