"""Job functions: which roles share the same work, and which work nobody has as their own."""

from django.http import HttpRequest, HttpResponse

from iqf.reports.clusters import functions as report
from iqf.web.public.showing import Shown, Table, show


def functions(request: HttpRequest) -> HttpResponse:
    """Every job function with the roles that carry it."""
    answer = report()
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
        for f in answer
    )
    shown = Shown(
        "public/clusters/functions.html", "functions", {"functions": answer}, (Table("functions", columns, rows),)
    )
    gaps = [f for f in answer if not f.main]
    overlaps = [f for f in answer if len(f.main) > 1]
    return show(request, shown, {"functions": answer, "gaps": gaps, "overlaps": overlaps})
