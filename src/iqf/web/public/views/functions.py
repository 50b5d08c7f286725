"""Job functions: which roles share the same work, and which work nobody has as their own."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, HttpResponse

from iqf.reports.clusters import FunctionRow
from iqf.reports.clusters import functions as report
from iqf.reports.listing import Listing
from iqf.web.public.filtering import chosen, fields, page_of
from iqf.web.public.showing import Shown, Table, show

PER_PAGE: Final = 15
LABELS: Final = {"cluster": "Cluster", "work": "Main work of"}
NOBODY, ONE, SEVERAL = "nobody", "one role", "several roles"


def functions(request: HttpRequest) -> HttpResponse:
    """Job functions with the roles that carry each: all, those of a cluster, gaps, overlaps, or one."""
    every = report()
    on, one = chosen(request, LABELS), request.GET.get("function", "").strip()
    wanted = [f for f in every if _facts(f).items() >= on.items() and one in ("", f.key)]
    shown = Shown("public/clusters/functions.html", "functions", {"functions": wanted}, (_table(wanted),))
    context = {
        "every": every,
        "gaps": [f for f in every if not f.main],
        "overlaps": [f for f in every if len(f.main) > 1],
        "fields": fields(_listing(every), LABELS, on),
        "clear": request.path if on or one else "",
        "page": page_of(request, wanted, PER_PAGE),
    }
    return show(request, shown, context)


def _facts(function: FunctionRow) -> dict[str, str]:
    """What a function is filtered by."""
    return {"cluster": function.cluster, "work": (NOBODY, ONE, SEVERAL)[min(len(function.main), 2)]}


def _listing(every: tuple[FunctionRow, ...]) -> Listing:
    facts = [_facts(f) for f in every]
    return Listing((), len(every), {name: tuple(Counter(fact[name] for fact in facts).items()) for name in LABELS})


def _table(functions: Iterable[FunctionRow]) -> Table:
    columns = ("key", "title", "cluster", "description", "main work of", "part of the work of", "how sure")
    rows = (
        (
            f.key,
            f.title,
            f.cluster,
            f.description,
            "; ".join(r.title for r in f.main),
            "; ".join(r.title for r in f.part),
            f.said.words,
        )
        for f in functions
    )
    return Table("functions", columns, rows)
