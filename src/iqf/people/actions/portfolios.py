"""What a person holds: put in, changed, let go."""

from dataclasses import dataclass

from django.db import transaction

from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError, find
from iqf.people import queries
from iqf.people.actions.writing import MOST_ROWS, needed, own, past_date, tell, words
from iqf.people.models import HeldItem, Portfolio
from iqf.people.models.portfolios import ITEM_KINDS, LISTED
from iqf.people.scope import Scope
from iqf.people.trouble import CannotHold

KINDS = ("qualification", "unit")


@dataclass(frozen=True)
class Item:
    """Something held, as it was entered: `name` is a code or title of what is listed, else words of one's own."""

    kind: str
    name: str
    achieved: str = ""
    awarded_by: str = ""
    country: str = ""
    note: str = ""


@transaction.atomic
def hold(scope: Scope, item: Item) -> HeldItem:
    """Put something into one's own portfolio. Raises CannotHold, NotFoundError, AmbiguousError."""
    portfolio = own(scope)
    if portfolio.items.count() >= MOST_ROWS:
        raise CannotHold(f"A portfolio holds {MOST_ROWS} things at most; remove one first.")
    made = HeldItem(portfolio=portfolio)
    _say(made, item)
    made.save()
    tell(scope, "hold item", portfolio)
    return made


@transaction.atomic
def change_item(scope: Scope, number: int, item: Item) -> HeldItem:
    """Say otherwise what one of one's own items is. Raises CannotHold, NotFoundError, AmbiguousError."""
    portfolio = own(scope)
    held = queries.item(scope, number)
    _say(held, item)
    held.save()
    tell(scope, "change item", portfolio)
    return held


@transaction.atomic
def let_go(scope: Scope, number: int) -> None:
    """Take something out of one's own portfolio. Raises NotFoundError."""
    portfolio = own(scope)
    queries.item(scope, number).delete()
    tell(scope, "remove item", portfolio)


@transaction.atomic
def name_portfolio(scope: Scope, name: str) -> Portfolio:
    """Say under which name one's own portfolio is printed and shown; blank: the user name. Raises CannotHold."""
    portfolio = own(scope)
    portfolio.name = words(name, "name", "The name", 120)
    portfolio.save()
    tell(scope, "name portfolio", portfolio)
    return portfolio


def _say(held: HeldItem, item: Item) -> None:
    """Write what was entered into a row. Raises CannotHold, NotFoundError, AmbiguousError."""
    if item.kind not in ITEM_KINDS:
        raise CannotHold("Choose whether it is listed here, or from elsewhere or an earlier time.", "kind")
    held.kind = item.kind
    held.achieved = past_date(item.achieved, "achieved")
    held.awarded_by = words(item.awarded_by, "awarded_by", "Who awarded it", 200)
    held.country = words(item.country, "country", "The country", 100)
    held.note = words(item.note, "note", "The note", 2000)
    name = needed(item.name, "name", "What it is", "Say what you hold: a code, a number or a title.")
    held.qualification = held.unit = None
    held.title = "" if item.kind == LISTED else name
    if item.kind == LISTED:
        _tie(held, name)


def _tie(held: HeldItem, name: str) -> None:
    try:
        thing = find(name, KINDS)
    except NotFoundError:
        raise CannotHold(
            f"There is no qualification or unit called “{name}” here. If it is from another country or an earlier "
            "time, choose that instead and describe it in your own words.",
            "name",
        ) from None
    if isinstance(thing, m.Qualification):
        held.qualification = thing
    elif isinstance(thing, m.Unit):
        held.unit = thing
    mine = HeldItem.objects.filter(portfolio=held.portfolio, qualification=held.qualification, unit=held.unit)
    if mine.exclude(pk=held.pk).exists():
        raise CannotHold(f"{thing.title} is in your portfolio already.", "name")
