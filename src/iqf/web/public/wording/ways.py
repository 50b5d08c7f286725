"""Ways as pages draw them: step by step, and everywhere one can get to in groups of like effort."""

from typing import Any

from iqf.reports.routes import ReachAnswer, RoutesAnswer, RouteStep
from iqf.web.public.wording.topup import item_words, sum_words


def drawn(answer: RoutesAnswer) -> list[dict[str, Any]]:
    """Every way with its cost in words and its steps."""
    return [
        {
            "sum": sum_words(way.cost),
            "years": f"about {way.years:g} years part-time, at a day a week" if way.years else "",
            "steps": [_step(step) for step in way.steps],
        }
        for way in answer.routes
    ]


def _step(step: RouteStep) -> dict[str, Any]:
    low, high = step.salary or (None, None)
    return {
        "thing": step.thing,
        "stated": step.stated,
        "takes": [{"thing": t.thing, "credit": item_words(t.credit)} for t in step.takes],
        "pay": f"£{low:,} to £{high:,} a year" if low and high else "",
        "entry": [entry for entry in step.entry if entry != "none"],
    }


def effort(answer: ReachAnswer) -> list[dict[str, Any]]:
    """The roles in groups: what has a known price, what has none, what nobody can say, what cannot be reached."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for r in answer.roles:
        said = sum_words(r.cost) if r.cost is not None else r.why[:1].upper() + r.why[1:]
        row = {"role": r.role, "said": said, "steps": r.stated_steps}
        groups.setdefault(_group(r.status, r.cost is None or r.cost[answer.cost].high is None), []).append(row)
    return [{"title": title, "rows": rows} for title, rows in groups.items()]


def _group(status: str, open_ended: bool) -> str:
    if status == "impossible":
        return "Cannot be reached now"
    if status == "cannot say":
        return "Nothing is on record that these ask for"
    return "Reached, for an effort not wholly known" if open_ended else "Reached, for a known effort"
