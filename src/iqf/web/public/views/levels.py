"""What the levels mean."""

from django.http import HttpRequest, HttpResponse

from iqf.reports.levels import levels as report
from iqf.web.public.showing import Shown, Table, show


def levels(request: HttpRequest) -> HttpResponse:
    """Every level in plain English, with examples."""
    answer = report()
    columns = ("level", "title", "plain", "can do", "examples", "compare with", "qualifications")
    rows = (
        (x.level, x.title, x.plain, x.can_do, x.examples, x.compare_with, x.qualifications) for x in answer.levels
    )
    return show(request, Shown("public/levels.html", "levels", answer, (Table("levels", columns, rows),)))
