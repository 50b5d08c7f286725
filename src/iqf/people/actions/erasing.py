"""Everything of a person erased: really gone, and the trail keeps only that it was."""

from django.db import transaction

from iqf.catalogue.queries import NotFoundError
from iqf.people.actions.writing import tell
from iqf.people.models import Portfolio, Team, TeamMember
from iqf.people.scope import Scope


@transaction.atomic
def erase(scope: Scope) -> None:
    """Erase one's own portfolio with all that is in it, and leave every team; teams that nobody is in go too.

    Nothing brings it back. Raises NotFoundError where there is nothing of one's own.
    """
    portfolio = Portfolio.objects.select_for_update().filter(user_id=scope.person).first()
    parts = TeamMember.objects.filter(user_id=scope.person)
    if portfolio is None and not parts.exists():
        raise NotFoundError("There is nothing of yours to erase.")
    teams = list(parts.values_list("team_id", flat=True))
    parts.delete()
    for team in Team.objects.filter(pk__in=teams, members=None):
        tell(scope, "erase team", team)
        team.delete()
    if portfolio is not None:
        tell(scope, "erase portfolio", portfolio)
        portfolio.delete()
