"""What would it take? The least that takes what somebody holds to a role, a qualification or statements."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iqf.analysis.topup.records import Cost
from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.reports.targets import TARGETS, target_called
from iqf.reports.topup import TopUpAnswer
from iqf.reports.topup import topup as found
from iqf.web.public.comparing import Wrong, read
from iqf.web.public.holding import typed_lines, wrong_lines
from iqf.web.public.showing import Shown, Table, show
from iqf.web.public.wording.topup import COSTS, amount_words, worded

NO_TARGET = Wrong("for", "Say what is aimed for: a role, a qualification, or statements of a framework.")
SECONDS = 5.0
"""How long each search of a page may take before its best answer so far is shown, with the gap."""


@dataclass(frozen=True)
class Asked:
    """What was typed and chosen, as the address has it."""

    held: str
    target: str
    cost: Cost
    fully: bool
    without: str


def topup(request: HttpRequest) -> HttpResponse:
    """The answer; before a target is given, and where something typed is wrong, the form with what was typed."""
    asked = _asked(request)
    if "held" not in request.GET:
        return _form(request, asked, [])
    try:
        answer = _answer(asked)
    except (NotFoundError, AmbiguousError):
        return _form(request, asked, _wrong(asked))
    shown = Shown("public/topup/answer.html", "topup", answer, (_table(answer),))
    return show(request, shown, worded(answer) | _fields(asked))


def _answer(asked: Asked) -> TopUpAnswer:
    """The answer. Raises NotFoundError or AmbiguousError where anything typed is wrong."""
    if not asked.target:
        raise NotFoundError(NO_TARGET.text)
    return found(
        typed_lines(asked.held),
        asked.target,
        timezone.localdate(),
        cost=asked.cost,
        fully=asked.fully,
        without=typed_lines(asked.without),
        seconds=SECONDS,
    )


def _wrong(asked: Asked) -> list[Wrong]:
    return [
        *wrong_lines("held", typed_lines(asked.held)),
        *_wrong_target(asked.target),
        *wrong_lines("without", typed_lines(asked.without)),
    ]


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    cost = given.get("cost", "")
    return Asked(
        held=given.get("held", ""),
        target=given.get("for", "").strip(),
        cost=cast(Cost, cost if cost in COSTS else "credit"),
        fully=given.get("fully") == "yes",
        without=given.get("without", ""),
    )


def _wrong_target(text: str) -> list[Wrong]:
    if not text:
        return [NO_TARGET]
    try:
        target_called(text, timezone.localdate())
    except AmbiguousError:
        known = read("for", text, TARGETS).wrong
        return [known] if known else []
    except NotFoundError as error:
        near = read("for", text, TARGETS).wrong
        return [Wrong("for", str(error).partition("; look for it")[0].rstrip(".") + ".", near.meant if near else ())]
    return []


def _fields(asked: Asked) -> dict[str, object]:
    chosen = [{"key": key, "words": words, "chosen": key == asked.cost} for key, words in COSTS.items()]
    return {"typed": asked, "costs": chosen}


def _form(request: HttpRequest, asked: Asked, wrong: list[Wrong]) -> HttpResponse:
    errors = [{"text": w.text, "href": f"#{w.field}"} for w in wrong]
    context = {**_fields(asked), "wrong": wrong, "errors": errors}
    return render(request, "public/topup/form.html", context, status=400 if wrong else 200)


def _table(answer: TopUpAnswer) -> Table:
    columns = ("way", "status", "code", "title", "type", "credit", "guided learning hours", "why")
    ways = [*([answer.best] if answer.best else []), *answer.alternatives]
    rows = (
        (
            n,
            way.status,
            item.thing.code,
            item.thing.title,
            item.thing.kind,
            amount_words(item.credit),
            amount_words(item.hours),
            item.because,
        )
        for n, way in enumerate(ways, start=1)
        for item in way.items
    )
    return Table("topup", columns, rows)
