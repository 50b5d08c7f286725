"""Which qualifications for leaders suit managers at each level, and which cross professional lines."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from iqf.reports.leadership import leadership as report
from iqf.web.public.filtering import page_of
from iqf.web.public.showing import Shown, Table, show


def leadership(request: HttpRequest) -> HttpResponse:
    """Qualifications for leaders, level by level."""
    answer = report(timezone.localdate())
    rows = (
        (
            x.qualification.code,
            x.qualification.title,
            x.qualification.level,
            "yes" if x.crosses else "no",
            "; ".join(x.sectors),
            "; ".join(r.title for r in x.roles),
            x.closed,
        )
        for x in answer.found
    )
    table = Table("leadership", ("code", "title", "level", "crosses sectors", "sectors", "roles", "closed"), rows)
    page = page_of(request, answer.found)
    levels = [{"level": level, "rows": list(rows)} for level, rows in groupby(page, lambda x: x.qualification.level)]
    context = {"levels": levels, "page": page, "crossing": sum(x.crosses for x in answer.found)}
    return show(request, Shown("public/leadership.html", "leadership", answer, (table,)), context)
