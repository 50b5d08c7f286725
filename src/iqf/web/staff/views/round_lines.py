"""What a consultation circulates: chosen from the framework or from a proposal, or typed; and written again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.reports.private import circulating
from iqf.review.actions import rounds
from iqf.review.actions.rounds import CannotConsult
from iqf.review.drafted import Drafted
from iqf.review.models import Round
from iqf.review.round_queries import round_numbered
from iqf.web.staff.rounds_forms import names_in, number_in, texts_in, who


def lines(request: HttpRequest, number: int) -> HttpResponse:
    """The lines of a draft, and the ways to add to them."""
    held = round_numbered(number)
    problem, done = "", ""
    if request.method == "POST":
        try:
            done = _write_lines(request, held)
        except (CannotConsult, NotFoundError, AmbiguousError) as error:
            problem = str(error)
        held = round_numbered(number)
    context = {
        "round": held,
        "lines": held.lines.all(),
        "clusters": circulating.clusters(),
        "frameworks": circulating.frameworks(),
        "problems": [{"text": problem, "href": f"#{request.POST.get('from') or 'lines'}"}] if problem else [],
        "typed": request.POST if problem else {},
        "done": done,
    }
    return render(request, "staff/rounds/lines.html", context, status=422 if problem else 200)


def _write_lines(request: HttpRequest, held: Round) -> str:
    chosen = SOURCES.get(request.POST.get("from", ""))
    if chosen is None:
        rounds.rewrite_lines(**who(request, held), texts=texts_in(request.POST))
        return "Kept."
    added = rounds.add_lines(**who(request, held), lines=chosen(request.POST.get("which", "")))
    return f"{added} line{'' if added == 1 else 's'} added." if added else "All of these lines are there already."


def _own_lines(text: str) -> list[Drafted]:
    return [Drafted(line) for line in names_in(text)]


def _changes(text: str) -> list[Drafted]:
    return circulating.changes_of(number_in(text))


SOURCES: dict[str, Callable[[str], list[Drafted]]] = {
    "roles": circulating.roles_in,
    "requirements": circulating.requirements_in,
    "role": circulating.requirements_of,
    "statements": circulating.statements_of,
    "proposal": _changes,
    "own": _own_lines,
}
