"""Teams inside an organisation: made, joined by those whom a member adds, left. Only members see a team."""

from django.db import transaction

from iqf.accounts.models import User
from iqf.accounts.permissions import parts
from iqf.people import queries
from iqf.people.actions.writing import MOST_ROWS, needed, tell
from iqf.people.models import Team, TeamMember
from iqf.people.scope import Scope
from iqf.people.trouble import CannotHold


@transaction.atomic
def make_team(scope: Scope, *, body: str, name: str) -> Team:
    """Make a team inside an organisation in which one has a part; one is its first member. Raises CannotHold."""
    if body not in scope.bodies:
        raise CannotHold("Choose an organisation of yours; a team is a part of one.", "body")
    if queries.teams(scope).count() >= MOST_ROWS:
        raise CannotHold("You are in very many teams already; leave one first.", "name")
    name = needed(name, "name", "The name", "Say what the team is called.", 120)
    made = Team.objects.create(body=body, name=name)
    TeamMember.objects.create(team=made, user_id=scope.person)
    tell(scope, "make team", made)
    return made


@transaction.atomic
def add_to_team(scope: Scope, number: int, *, username: str) -> TeamMember:
    """Bring somebody of the same organisation into a team that one is in. Raises CannotHold, NotFoundError."""
    team = queries.team(scope, number)
    name = needed(username, "username", "The user name", "Give the user name of somebody in your organisation.", 150)
    found = User.objects.filter(username__iexact=name, is_active=True).first()
    if found is None or team.body not in parts(found):
        raise CannotHold(f"Nobody with the user name “{name}” is in this organisation.", "username")
    made, new = TeamMember.objects.get_or_create(team=team, user=found)
    if new:
        tell(scope, "add to team", team)
    return made


@transaction.atomic
def leave_team(scope: Scope, number: int) -> None:
    """Leave a team; one that nobody is in any more goes, with its self-assessments. Raises NotFoundError."""
    team = queries.team(scope, number)
    TeamMember.objects.filter(team=team, user_id=scope.person).delete()
    tell(scope, "leave team", team)
    if not TeamMember.objects.filter(team=team).exists():
        tell(scope, "erase team", team)
        team.delete()
