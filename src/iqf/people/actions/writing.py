"""What every write of this room shares: one's own portfolio, the wordless line in the trail, and checks of what is
typed.
"""

from django.db import transaction
from django.utils import timezone

from iqf.accounts.actions import audit
from iqf.analysis.partial_dates import PartialDate, PartialDateError
from iqf.people.models import Portfolio, Team
from iqf.people.scope import Scope
from iqf.people.trouble import CannotHold

MOST_WORDS = 10_000
MOST_ROWS = 500
"""So many things of one kind a portfolio holds; nobody has more, and a mistake should not fill the disk."""


@transaction.atomic
def own(scope: Scope) -> Portfolio:
    """One's own portfolio, opened with the first thing that is put in it, and held until the transaction ends."""
    found, new = Portfolio.objects.select_for_update().get_or_create(user_id=scope.person)
    if new:
        tell(scope, "open portfolio", found)
    return found


def tell(scope: Scope, action: str, about: Portfolio | Team) -> None:
    """Write into the trail that something was done to a portfolio or team, by whom, when; not what stands in it."""
    subject = f"{about._meta.model_name}:{about.pk}"
    audit(by=scope.who, action=action, subject=subject, before={}, after={})


def words(text: str, field: str, what: str, most: int = MOST_WORDS) -> str:
    """A text as it is kept: stripped, no null characters. Raises CannotHold where it is too long."""
    kept = text.replace("\x00", "").strip()
    if len(kept) > most:
        raise CannotHold(f"{what} is too long: {len(kept):,} characters, and {most:,} is the most.", field)
    return kept


def needed(text: str, field: str, what: str, say: str, most: int = 300) -> str:
    """The same of a text that there must be: `say` is the sentence where there is none."""
    kept = words(text, field, what, most)
    if not kept:
        raise CannotHold(say, field)
    return kept


def past_date(text: str, field: str) -> str:
    """A date known to the day, month or year, and not yet to come; blank stays blank. Raises CannotHold."""
    text = text.replace("\x00", "").strip()
    if not text:
        return ""
    try:
        when = PartialDate.parse(text)
    except PartialDateError as error:
        raise CannotHold(str(error), field) from None
    if when.earliest > timezone.localdate():
        raise CannotHold(f"“{text}” has not come yet; give the date on which it was done.", field)
    return text
