"""Before an appraisal: a role explained, what is held against it, and three next steps, on one side of paper."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from iqf.catalogue.queries import find
from iqf.reports.advice import AdviceAnswer
from iqf.reports.advice import advice as report
from iqf.web.public.holding import typed_lines, wrong_lines
from iqf.web.public.showing import Shown, Table, show
from iqf.web.public.wording.advice import worded
from iqf.web.public.wording.topup import sum_words


def advice(request: HttpRequest, text: str) -> HttpResponse:
    """The advice for what is held; where a line of that is wrong, what is wrong, and the advice without any of it."""
    find(text, ("role",))
    typed = request.GET.get("held", "")
    lines = typed_lines(typed)
    wrong = wrong_lines("held", lines)
    answer = report(text, timezone.localdate(), held=() if wrong else lines)
    shown = Shown("public/roles/advice.html", "advice", answer, (_table(answer),))
    response = show(request, shown, worded(answer) | {"typed": typed, "wrong": wrong})
    response.status_code = 400 if wrong else response.status_code
    return response


def _table(answer: AdviceAnswer) -> Table:
    columns = ("step", "code", "title", "takes", "credit and hours", "stated steps", "funding")
    rows = (
        (
            s.kind,
            s.thing.code,
            s.thing.title,
            "; ".join(t.title for t in s.takes),
            sum_words(s.cost),
            s.stated,
            "; ".join(f.stream for f in s.funds),
        )
        for s in answer.steps
    )
    return Table("advice", columns, rows)
