"""In which scope something private is asked: by whom, and what of it they may see. Made here and nowhere else.

A person sees their own portfolio, what was put to them as an assessor, and the teams that they are in. Whoever holds
a share link sees one portfolio, read only. Nobody sees more for being an administrator or platform staff.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.utils import timezone

from iqf.accounts.models import User
from iqf.accounts.permissions import ASSESS, may, parts
from iqf.catalogue.queries import NotFoundError
from iqf.people.models import ShareLink

NO_LINK = "This link shows nothing: it is not one of ours, or its owner has taken it back, or it has ended."
READ_ONLY = "A link only shows a portfolio; nothing can be changed by it."


@dataclass(frozen=True)
class Scope:
    """By whom something private is asked. `who`: as the audit trail names them.

    `user`: the person who has signed in; None for a link. `shown`: the one portfolio that a link shows. `assesses`:
    whether learning may be put to them. `bodies`: the organisations in which they have a part, by their codes.
    """

    who: str
    user: int | None
    shown: int | None = None
    assesses: bool = False
    bodies: frozenset[str] = frozenset()

    @property
    def person(self) -> int:
        """The person who acts. Raises NotFoundError for a link, by which nothing can be changed."""
        if self.user is None:
            raise NotFoundError(READ_ONLY)
        return self.user


def scope_of(user: object) -> Scope:
    """What somebody who has signed in may see. Raises NotFoundError for anybody else, closed accounts included."""
    if not isinstance(user, User) or user.pk is None or not user.is_active:
        raise NotFoundError("Sign in first.")
    return Scope(who=user.username, user=user.pk, assesses=may(user, ASSESS), bodies=frozenset(parts(user)))


def scope_of_link(token: str) -> Scope:
    """What the holder of a share link may see. Raises NotFoundError, with one sentence for every link that is none,
    so that nobody learns which there have been. Whose account is closed can take none back, so theirs show nothing.
    """
    link = ShareLink.objects.select_related("portfolio__user").filter(token_hash=hash_of(token)).first()
    if link is None or link.withdrawn_at or link.expires_at <= timezone.now() or not link.portfolio.user.is_active:
        raise NotFoundError(NO_LINK)
    return Scope(who=f"share link {link.pk}", user=None, shown=link.portfolio_id)


def hash_of(token: str) -> str:
    """What is kept of a link's token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
