"""The roles that a person works in now: one or several, put in and taken out."""

from django.db import transaction

from iqf.catalogue.joined import standing
from iqf.catalogue.models import Role
from iqf.catalogue.queries import NotFoundError, find
from iqf.people import queries
from iqf.people.actions.writing import needed, own, tell
from iqf.people.models import OwnRole
from iqf.people.scope import Scope
from iqf.people.trouble import CannotHold

MOST_ROLES = 20


@transaction.atomic
def work_in(scope: Scope, name: str) -> OwnRole:
    """Say that one works in a role now, besides any other. Raises CannotHold, AmbiguousError."""
    portfolio = own(scope)
    if portfolio.roles.count() >= MOST_ROLES:
        raise CannotHold(f"A portfolio holds {MOST_ROLES} roles at most; take one out first.", "role")
    role = _role(needed(name, "role", "The role", "Say which role: its title or a code."))
    made, new = OwnRole.objects.get_or_create(portfolio=portfolio, role=role)
    if not new:
        raise CannotHold(f"{role.title} is in your portfolio already.", "role")
    tell(scope, "add role", portfolio)
    return made


@transaction.atomic
def stop_working_in(scope: Scope, number: int) -> None:
    """Take a role out of one's own portfolio. Raises NotFoundError."""
    portfolio = own(scope)
    queries.own_role(scope, number).delete()
    tell(scope, "remove role", portfolio)


def _role(name: str) -> Role:
    try:
        found = find(name, ("role",))
    except NotFoundError:
        raise CannotHold(
            f"There is no role called “{name}” here. Look for yours among the roles; it may go by another title.",
            "role",
        ) from None
    return standing(Role.objects.get(pk=found.pk))
