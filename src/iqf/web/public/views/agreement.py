"""How far the raters of a framework agree."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from iqf.analysis.agreement import Scale
from iqf.reports import agreement as report
from iqf.web.public.links import query
from iqf.web.public.showing import Shown, Table, show
from iqf.web.public.wording import agreement as wording

SCALES: dict[str, Scale] = {"touches": "touches", "verdict": "verdict"}


def agreement(request: HttpRequest, text: str) -> HttpResponse:
    """Agreement on a scale that the address names, about what units teach or assess."""
    scale = SCALES.get(request.GET.get("scale") or "touches")
    verb = request.GET.get("verb") or "teaches"
    if scale is None or verb not in report.VERBS:
        ways, verbs = " or ".join(SCALES), " or ".join(report.VERBS)
        raise BadRequest(f"Agreement is on the scale {ways}, about what a unit {verbs}.")
    answer = report.agreed(text, scale=scale, verb=verb)
    context = {
        "scales": _switch(wording.SCALES, {"verb": verb}, "scale", scale),
        "verbs": _switch(report.VERBS, {"scale": scale}, "verb", verb),
        "mark": "machine" if answer.machine_made else "",
        "lines": wording.lines(answer),
        "verdicts": wording.VERDICTS[scale],
        "pairs": wording.pairs(answer),
    }
    table = Table("agreement", *report.table(answer))
    return show(request, Shown("public/frameworks/agreement.html", "agreement", answer, (table,)), context)


def _switch(labels: Mapping[str, str], kept: Mapping[str, str], name: str, now: str) -> list[dict[str, Any]]:
    return [
        {"title": label, "href": query(**kept, **{name: key}), "current": key == now} for key, label in labels.items()
    ]
