"""Advice in plain words: three next steps, each with its effort, and what is known of its funding."""

from typing import Any

from iqf.reports.advice import MOVE_ACROSS, MOVE_UP, STAY, AdviceAnswer, NextStep
from iqf.web.public.wording import role as role_words
from iqf.web.public.wording.topup import sum_words

KINDS = {STAY: "Strengthen here", MOVE_UP: "Move up", MOVE_ACROSS: "Move across"}
MOST_TAKES, MOST_USUAL, MOST_HELD = 4, 4, 4
SHORT = 420


def worded(answer: AdviceAnswer) -> dict[str, Any]:
    """Everything that the page says, short enough for one side of paper."""
    facts = {fact.name: fact.value for fact in answer.role.facts}
    usual = [a.qualification for a in answer.role.asks if a.strength == "significant"]
    areas = [n for n in answer.role.needs if len(n.code) < 6]
    return {
        "what": _short(facts.get("explanation") or facts.get("description") or ""),
        "required": role_words.required(answer.role),
        "reason": _ended(role_words.required(answer.role).reason),
        "choices": [[a.qualification for a in rows][:MOST_TAKES] for _, rows in answer.role.choices][:MOST_TAKES],
        "usual": usual[:MOST_USUAL],
        "usual_more": max(0, len(usual) - MOST_USUAL),
        "areas": areas[:8],
        "held": answer.held[:MOST_HELD],
        "held_more": max(0, len(answer.held) - MOST_HELD),
        "against": _against(answer),
        "steps": _steps(answer),
    }


def _short(text: str) -> str:
    """The first sentences, as many as there is room for."""
    if len(text) <= SHORT:
        return text
    return text[:SHORT].rsplit(". ", 1)[0].rstrip(".") + "."


def _ended(text: str) -> str:
    """A sentence with its full stop."""
    return text and text.rstrip(".") + "."


def _against(answer: AdviceAnswer) -> str:
    found = answer.against
    if not found.wanted and (found.best is None or not found.best.items):
        return found.words
    if found.met_already:
        return "What is held is enough for what is on record that the role asks for."
    if found.best is None:
        return "What the role asks for cannot be reached now with what can be taken."
    return f"Still to be taken for what the role itself asks for: {sum_words(found.best.cost)}."


def _steps(answer: AdviceAnswer) -> list[dict[str, Any]]:
    """The three steps; one that takes the very same as an earlier one says so, in place of the list again."""
    found: list[dict[str, Any]] = []
    lists: dict[tuple[str, ...], int] = {}
    for number, kind in enumerate(KINDS, start=1):
        step = answer.step(kind)
        said = _step(kind, step)
        codes = tuple(sorted(t.code for t in step.takes)) if step else ()
        if codes in lists:
            said |= {"same_as": lists[codes], "takes": (), "more": 0}
        elif codes:
            lists[codes] = number
        found.append(said)
    return found


def _step(kind: str, step: NextStep | None) -> dict[str, Any]:
    if step is None:
        return {"title": KINDS[kind], "thing": None}
    return {
        "title": KINDS[kind],
        "thing": step.thing,
        "effort": sum_words(step.cost) if step.takes else "nothing that must be taken is on record",
        "takes": step.takes[:MOST_TAKES] if [t.code for t in step.takes] != [step.thing.code] else (),
        "more": max(0, len(step.takes) - MOST_TAKES),
        "stated": step.stated,
        "own": kind == STAY and step.thing.kind == "role",
        "crosses": step.crosses,
        "usual": () if kind == STAY else step.usual[:2],
        "funds": step.funds[:2],
    }
