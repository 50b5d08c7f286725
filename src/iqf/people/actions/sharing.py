"""Share links: made, told once, taken back."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from iqf.people import queries
from iqf.people.actions.writing import MOST_ROWS, needed, own, tell
from iqf.people.models import ShareLink
from iqf.people.scope import Scope, hash_of
from iqf.people.trouble import CannotHold

DAYS = (7, 30, 90, 365)
"""So many days a link may be good for."""


@transaction.atomic
def share(scope: Scope, *, name: str, days: int) -> tuple[ShareLink, str]:
    """A link by which whoever has it reads one's own portfolio: it, and its token, which is not kept.

    Raises CannotHold.
    """
    portfolio = own(scope)
    name = needed(name, "name", "Whom it is for", "Say whom the link is for, so that you know it again.", 120)
    if days not in DAYS:
        raise CannotHold("Choose how long the link is good.", "days")
    if portfolio.links.count() >= MOST_ROWS:
        raise CannotHold(f"A portfolio has {MOST_ROWS} links at most.", "name")
    token = secrets.token_urlsafe(32)
    ends = timezone.now() + timedelta(days=days)
    made = ShareLink.objects.create(portfolio=portfolio, token_hash=hash_of(token), name=name, expires_at=ends)
    tell(scope, "share portfolio", portfolio)
    return made, token


@transaction.atomic
def unshare(scope: Scope, number: int) -> None:
    """Take a link back: it shows nothing from now on. Raises NotFoundError."""
    portfolio = own(scope)
    held = queries.link(scope, number)
    if held.withdrawn_at is None:
        held.withdrawn_at = timezone.now()
        held.save()
        tell(scope, "withdraw share link", portfolio)
