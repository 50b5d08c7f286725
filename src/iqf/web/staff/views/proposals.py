"""Proposals: the list of them, and one of them with what its author and its reviewers may do."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from iqf.accounts.permissions import REVIEW, may, why_not
from iqf.catalogue.actions.editing import CannotApply
from iqf.catalogue.editable.entities import ENTITIES
from iqf.exchange.sources import admitting
from iqf.exchange.sources.pattern import Refused
from iqf.reports.private.editions import drafts_framework
from iqf.reports.private.effects import Effects, effects
from iqf.reports.private.proposed import ChangeShown, changes_shown
from iqf.review.actions import proposing, reviewing
from iqf.review.actions.proposing import CannotPropose
from iqf.review.actions.reviewing import Edit
from iqf.review.models import Proposal
from iqf.review.proposal_states import ASKED, BY_AUTHOR, DRAFT, OPEN, STATES, WAITING, WORDS
from iqf.review.queries import Asked, counts_by_state, proposal_numbered, proposals, visible_to, with_sizes
from iqf.web.staff.forms import VerdictForm
from iqf.web.staff.paging import kept, page_of

PER_PAGE = 50
CHANGES_PER_PAGE = 50
MOST_TRIED = 200
"""So many changes are tried each time that their page is shown."""
Edits = Mapping[int, Mapping[str, str]]
DONE = {
    "submit": "Sent. A reviewer who is not you decides; you find the answer here.",
    "answer": "Answered. It waits for a reviewer again.",
    "withdraw": "Withdrawn. Nothing was changed.",
    "ask": "Asked. It comes back when its author has answered.",
    "decline": "Declined. Its author reads why.",
    "accept": "Accepted. The public pages show it now.",
}


def index(request: HttpRequest) -> HttpResponse:
    """The proposals of one state, or one's own, narrowed by words and by what they change."""
    name = request.user.get_username()
    asked = _asked(request, name)
    page = page_of(request, with_sizes(visible_to(proposals(asked), name)), PER_PAGE)
    counts = counts_by_state(name)
    context = {
        "page": page,
        "keep": kept(request),
        "asked": asked,
        "mine": bool(asked.author),
        "states": [(state, WORDS[state], counts.get(state, 0)) for state in STATES if counts.get(state)],
        "waiting": counts.get(WAITING, 0),
        "fields": _fields(asked),
        "hidden": [{"name": n, "value": request.GET[n]} for n in ("state", "mine") if request.GET.get(n)],
        "count": f"{page.paginator.count:,} proposal{'' if page.paginator.count == 1 else 's'}",
        "clear": f"{request.path}?state={asked.state}" if asked.words or asked.entity else "",
    }
    return render(request, "staff/proposals.html", context)


def _asked(request: HttpRequest, name: str) -> Asked:
    mine = request.GET.get("mine") == "yes"
    state = request.GET.get("state", "" if mine else WAITING)
    return Asked(
        state=state if state in STATES else "",
        author=name if mine else "",
        entity=request.GET.get("entity", "")[:60],
        words=request.GET.get("words", "").replace("\0", "").strip()[:100],
    )


def _fields(asked: Asked) -> list[dict[str, Any]]:
    options = [
        {"value": e.kind, "text": e.plural.capitalize(), "selected": e.kind == asked.entity}
        for e in ENTITIES.values()
    ]
    return [
        {"name": "words", "label": "About (words or a code)", "value": asked.words},
        {
            "name": "entity",
            "label": "What it changes",
            "options": [{"value": "", "text": "Anything", "selected": not asked.entity}, *options],
        },
    ]


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One proposal: what it would change, what stands behind it, what was said, and what may be done now."""
    held = proposal_numbered(number, request.user.get_username())
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and (answer := _act(request, held, form)) is not None:
        return answer
    return _shown(request, held, form)


def _shown(request: HttpRequest, held: Proposal, form: VerdictForm) -> HttpResponse:
    name = request.user.get_username()
    own = held.author == name
    typed = {place: edit.wanted for place, edit in _edits(request, held).items()}
    tried = held.state in OPEN and _is_tried(request, held)
    answer = effects(held, typed) if tried else None
    page = page_of(request, _Changes(held), CHANGES_PER_PAGE)
    context = {
        "proposal": held,
        "state_words": WORDS[held.state],
        "page": page,
        "changes": [_with_faults(change, answer, typed) for change in page],
        "effects": answer,
        "drafts_framework": held.state in OPEN and drafts_framework(held),
        "untried": held.state in OPEN and not tried,
        "form": form,
        "problems": form.problems if form.is_bound else [],
        "own": own,
        "may_rewrite": own and held.state in (DRAFT, ASKED),
        "may_judge": may(request.user, REVIEW, author=held.author) and held.state in (WAITING, ASKED),
        "why_not": why_not(request.user, REVIEW, author=held.author) if held.state == WAITING else "",
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "staff/proposal.html", context, status=422 if form.is_bound and form.errors else 200)


def _is_tried(request: HttpRequest, held: Proposal) -> bool:
    """Whether the page says what would follow: always of a few changes; of many, which take seconds, when asked."""
    asked = request.method == "POST" or request.GET.get("try") == "yes"
    return asked or held.changes.count() <= MOST_TRIED


class _Changes:
    """The changes of a proposal, read a page at a time."""

    def __init__(self, held: Proposal) -> None:
        self._held = held

    def __len__(self) -> int:
        return self._held.changes.count()

    def __getitem__(self, part: slice) -> tuple[ChangeShown, ...]:
        return changes_shown(self._held, first=part.start, most=part.stop - part.start)


def _with_faults(
    change: ChangeShown, found: Effects | None, typed: Mapping[int, Mapping[str, str]]
) -> dict[str, Any]:
    """One change with what is wrong in it, and what a reviewer typed into it."""
    faults = [fault for fault in found.faults if fault.change == change.position] if found else []
    said = typed.get(change.position, {})
    fields = [
        {
            "field": field,
            "fault": next((f for f in faults if f.column == field.name), None),
            "typed": said.get(field.name, field.to_be.text),
        }
        for field in change.fields
    ]
    shown = {field.name for field in change.fields}
    return {"change": change, "fields": fields, "faults": [f for f in faults if f.column not in shown]}


def _act(request: HttpRequest, held: Proposal, form: VerdictForm) -> HttpResponse | None:
    """Do what was asked; None where something is wrong, which then stands in the form."""
    by_author = request.POST.get("act", "")
    valid = form.is_valid()
    version = form.cleaned_data.get("version") or 0
    who: dict[str, Any] = {"by": request.user.get_username(), "number": held.pk, "version": version}
    try:
        if by_author in BY_AUTHOR:
            form.errors.clear()
            _by_author(by_author, who, request.POST.get("text", ""))
            return _told(held, by_author)
        if sentence := why_not(request.user, REVIEW, author=held.author):
            raise CannotPropose(sentence)
        if valid:
            act, text = form.cleaned_data["act"], form.cleaned_data["text"]
            _by_reviewer(act, who, text, _edits(request, held))
            return _told(held, act)
    except (CannotPropose, Refused) as error:
        form.add_error("text", str(error))
    except CannotApply:
        form.add_error("text", "This cannot be made as things stand now; what is wrong is said beside each change.")
    return None


def _by_author(act: str, who: dict[str, Any], text: str) -> None:
    if act == "answer":
        proposing.answer(**who, text=text)
    else:
        acts: dict[str, Callable[..., Proposal]] = {"submit": proposing.submit, "withdraw": proposing.withdraw}
        acts[act](**who)


def _by_reviewer(act: str, who: dict[str, Any], text: str, edits: dict[int, Edit]) -> None:
    if act == "ask":
        reviewing.ask(**who, text=text)
    elif act == "decline":
        reviewing.decline(**who, reason=text)
    else:
        admitting.accept(**who, reason=text, edits=edits)


def _told(held: Proposal, act: str) -> HttpResponse:
    return HttpResponseRedirect(f"/staff/proposals/{held.pk}?done={act}")


def _edits(request: HttpRequest, held: Proposal) -> dict[int, Edit]:
    """What the reviewer made of each change whose fields the page let them edit."""
    edits = {}
    for change in held.changes.all():
        prefix = f"c{change.position}-"
        wanted = {n[len(prefix) :]: str(v).strip() for n, v in request.POST.items() if n.startswith(prefix)}
        seen_prefix = f"s{change.position}-"
        seen = {n[len(seen_prefix) :]: str(v) for n, v in request.POST.items() if n.startswith(seen_prefix)}
        if wanted and (wanted != change.wanted or seen != change.base):
            edits[change.position] = Edit(wanted, {**change.base, **seen})
    return edits
