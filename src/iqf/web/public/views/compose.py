"""Which existing units would make a qualification for a role? And what carries holders of one role into another?"""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.reports.compose import ComposeAnswer, Limits, levels_called, limits_called
from iqf.reports.compose import compose as composed
from iqf.reports.targets import target_called
from iqf.web.public.comparing import Wrong, read
from iqf.web.public.holding import typed_lines, wrong_lines
from iqf.web.public.showing import Shown, Table, show
from iqf.web.public.wording.compose import worded
from iqf.web.public.wording.topup import amount_words

SECONDS = 5.0
NO_TARGET = Wrong("for", "Say what it is for: a role, or statements of a framework.")


@dataclass(frozen=True)
class Asked:
    """What was typed and chosen, as the address has it."""

    target: str
    held: str
    owners: str
    levels: str
    most: str
    only_open: bool
    fully: bool


def compose(request: HttpRequest) -> HttpResponse:
    """The composition; before a target is given, and where something typed is wrong, the form with what was typed."""
    asked = asked_for(request)
    if "for" not in request.GET:
        return _form(request, asked, [])
    wrong = _wrong(asked)
    if wrong:
        return _form(request, asked, wrong)
    try:
        answer = answer_to(asked)
    except (NotFoundError, AmbiguousError) as error:
        return _form(request, asked, [Wrong("for", str(error))])
    shown = Shown("public/compose/answer.html", "compose", answer, (_units(answer),))
    return show(request, shown, worded(answer) | {"typed": asked, "asked": request.GET.urlencode()})


def asked_for(request: HttpRequest) -> Asked:
    """The question that the address asks."""
    given = request.GET
    return Asked(
        target=given.get("for", "").strip(),
        held=given.get("held", ""),
        owners=given.get("owners", ""),
        levels=given.get("level", "").strip(),
        most=given.get("most", "").strip(),
        only_open=given.get("open") == "yes",
        fully=given.get("fully") == "yes",
    )


def answer_to(asked: Asked) -> ComposeAnswer:
    """The composition that was asked for. Raises NotFoundError or AmbiguousError."""
    most = int(asked.most) if asked.most else None
    limits: Limits = limits_called(most, typed_lines(asked.owners), asked.levels, only_open=asked.only_open)
    return composed(
        asked.target,
        timezone.localdate(),
        held=typed_lines(asked.held),
        limits=replace(limits, fully=asked.fully),
        seconds=SECONDS,
    )


def _wrong(asked: Asked) -> list[Wrong]:
    owners = [read("owners", line, ("organisation",)).wrong for line in typed_lines(asked.owners)]
    return [
        *_wrong_target(asked.target),
        *wrong_lines("held", typed_lines(asked.held)),
        *(wrong for wrong in owners if wrong),
        *_wrong_limits(asked),
    ]


def _wrong_target(text: str) -> list[Wrong]:
    if not text:
        return [NO_TARGET]
    try:
        target_called(text, timezone.localdate())
    except (NotFoundError, AmbiguousError) as error:
        near = read("for", text, ("role", "framework")).wrong
        return [Wrong("for", str(error).partition("; look for it")[0].rstrip(".") + ".", near.meant if near else ())]
    return []


def _wrong_limits(asked: Asked) -> list[Wrong]:
    wrong = []
    if asked.most and not (asked.most.isascii() and asked.most.isdigit() and 0 < int(asked.most[:6]) < 10_000):
        wrong.append(Wrong("most", f"“{asked.most[:20]}” is no number of credits; write one such as 36."))
    try:
        levels_called(asked.levels)
    except NotFoundError as error:
        wrong.append(Wrong("level", str(error)))
    return wrong


def _form(request: HttpRequest, asked: Asked, wrong: list[Wrong]) -> HttpResponse:
    errors = [{"text": w.text, "href": f"#{w.field}"} for w in wrong]
    context = {"typed": asked, "wrong": wrong, "errors": errors}
    return render(request, "public/compose/form.html", context, status=400 if wrong else 200)


def _units(answer: ComposeAnswer) -> Table:
    columns = ("code", "title", "level", "owner", "credit", "guided learning hours", "reaches")
    rows = (
        (
            p.unit.code,
            p.unit.title,
            p.unit.level,
            p.unit.owner,
            amount_words(p.credit),
            amount_words(p.hours),
            "; ".join(f"{w.code} {far}" for w, far in p.covers),
        )
        for p in answer.parts
    )
    return Table("composition", columns, rows)
