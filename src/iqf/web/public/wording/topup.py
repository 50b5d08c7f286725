"""A top-up in plain words: can it be reached, with what, for how much, and how sure is that?"""

from collections.abc import Mapping
from typing import Any

from iqf.analysis.topup.records import Amount, Cost, Total, total
from iqf.reports.topup import TopUpAnswer, ToTake, Way
from iqf.web.public.links import href

COSTS = {"credit": "credits: 10 hours of learning each", "hours": "guided learning hours: with a teacher"}
"""What a reader can ask to be least. Prices are not held."""


def worded(answer: TopUpAnswer) -> dict[str, Any]:
    """What the page says first, and every way to the target as it is drawn."""
    return {
        "verdict": _verdict(answer),
        "line": _line(answer),
        "best": _way(answer.best) if answer.best and answer.best.items else None,
        "others": [_way(way) for way in answer.alternatives],
        "check": answer.target.kind in ("role", "qualification"),
        "aim": href(answer.target) if answer.target.kind in ("role", "qualification", "framework") else "",
    }


def amount_words(amount: Amount) -> str:
    """A number, a range, or that it is not known."""
    if amount.known:
        return f"{amount.low:,}"
    if amount.high is None:
        return f"{amount.low:,} or more" if amount.low else "not known"
    return f"{amount.low:,} to {amount.high:,}"


def _verdict(answer: TopUpAnswer) -> str:
    if answer.status == "impossible":
        return "no"
    if answer.best and not answer.best.items and answer.status != "optimal":
        return "cannot say"
    return "yes"


def _line(answer: TopUpAnswer) -> str:
    if not answer.best or not answer.best.items:
        return answer.words
    return f"With {_things(answer.best)}: {sum_words(answer.best.cost)}."


def _things(way: Way) -> str:
    units = sum(item.thing.kind == "unit" for item in way.items)
    whole = len(way.items) - units
    said = [_number(units, "unit")] if units else []
    return " and ".join(said + ([_number(whole, "qualification")] if whole else []))


def sum_words(cost: Mapping[Cost, Total]) -> str:
    """Credits and guided learning hours of a set, as far as they are known."""
    credit = total_words(cost["credit"], "credit", "credits")
    return f"{credit}, {total_words(cost['hours'], 'guided learning hour', 'guided learning hours')}"


def item_words(credit: Amount) -> str:
    """The credit of one thing to take."""
    return total_words(total([credit]), "credit", "credits")


def total_words(of: Total, one: str, many: str) -> str:
    """A sum with its unit, as far as it is known."""
    if not of.unknown_items:
        return _number(of.known, one, many)
    if of.high is not None:
        return f"{of.low:,} to {of.high:,} {many}"
    return f"at least {_number(of.low, one, many)}" if of.low else f"{many} not known"


def _number(amount: int, one: str, many: str = "") -> str:
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def _way(way: Way) -> dict[str, Any]:
    return {
        "items": [_item(item) for item in way.items],
        "things": _things(way),
        "sum": sum_words(way.cost),
        "proven": way.status == "optimal",
        "gap": way.gap,
    }


def _item(item: ToTake) -> dict[str, Any]:
    return {
        "thing": item.thing,
        "credit": item_words(item.credit),
        "hours": amount_words(item.hours),
        "because": item.because,
        "statements": [c for c in item.covers if c.kind == "statement"],
    }
