"""Ways as pages draw them: step by step, and everywhere one can get to in groups of like effort."""

from typing import Any

from iqf.analysis.topup.records import Cost
from iqf.reports.reach import Reachable, ReachAnswer
from iqf.reports.routes import RoutesAnswer, RouteStep, Way
from iqf.web.public.wording.topup import item_words, sum_words

DIRECTIONS = {"up": "A step up", "sideways": "Sideways", "down": "A step down"}
SORTS = {
    "strengthen": ("In the role: what strengthens somebody there", "Qualifications that the role asks for."),
    "next": ("What comes next", "Qualifications that are stated to follow."),
    "enhanced": ("Up: an enhanced role in the same field", "Roles of the same sector at a higher level."),
    "across": ("Across: other roles", "Roles of other sectors, and others of the same."),
}


def drawn(answer: RoutesAnswer) -> list[dict[str, Any]]:
    """Every way with its cost in words and its steps."""
    return [
        {
            "sum": _sum(way),
            "years": f"about {way.years:g} years part-time, at a day a week" if way.years else "",
            "steps": [_step(step) for step in way.steps],
        }
        for way in answer.routes
    ]


def pay_words(salary: tuple[int | None, int | None] | None) -> str:
    """What starters and experienced people earn, where the official job profile says both."""
    low, high = salary or (None, None)
    return f"£{low:,} to £{high:,} a year" if low and high else ""


def _sum(way: Way) -> str:
    """What a way takes, as far as it can be said."""
    taken = any(step.takes for step in way.steps)
    if not way.silent:
        return "nothing is required" if way.steps[-1].open and not taken else sum_words(way.cost)
    return f"{sum_words(way.cost)}, and what is not on record" if taken else "what it takes cannot be said"


def _without(step: RouteStep) -> str:
    """Why nothing is taken for a step."""
    if step.silent:
        return "What this step takes cannot be said: nothing is on record that the role asks for."
    if step.open:
        return "Nothing is required: the role is on record as having no entry requirement."
    return "Nothing more to take for this step."


def _step(step: RouteStep) -> dict[str, Any]:
    return {
        "thing": step.thing,
        "stated": step.stated,
        "direction": DIRECTIONS.get(step.direction, ""),
        "crosses": step.crosses,
        "without": _without(step),
        "uncounted": step.uncounted,
        "takes": [{"thing": t.thing, "credit": item_words(t.credit)} for t in step.takes],
        "pay": pay_words(step.salary),
        "entry": [entry for entry in step.entry if entry != "none"],
    }


def effort(answer: ReachAnswer) -> list[dict[str, Any]]:
    """What can be reached, sort by sort, each in groups: what has a known price first; then what has none."""
    found = []
    for sort, (title, hint) in SORTS.items():
        groups: dict[str, list[dict[str, Any]]] = {}
        for r in answer.of(sort):
            group = _group(r, answer.cost)
            groups.setdefault(group, []).append(_row(r))
        if groups:
            rows = [{"title": name, "rows": rows} for name, rows in groups.items()]
            found.append({"title": title, "hint": hint, "groups": rows, "key": sort})
    return found


def _row(r: Reachable) -> dict[str, Any]:
    if r.open:
        said = "Nothing is required"
    else:
        said = sum_words(r.cost) if r.cost is not None else r.why[:1].upper() + r.why[1:]
    return {
        "role": r.thing,
        "said": said,
        "steps": r.stated_steps,
        "direction": DIRECTIONS.get(r.direction, ""),
        "crosses": r.crosses,
    }


def _group(r: Reachable, cost: Cost) -> str:
    if r.status == "impossible":
        return "Cannot be reached now"
    if r.cost is None:
        return "Nothing is on record that these ask for"
    if r.open:
        return "On record as having no entry requirement"
    return "Reached, for an effort not wholly known" if r.cost[cost].high is None else "Reached, for a known effort"
