"""Everything that is held of a person, as plain JSON: what stands in their portfolio, and how they rated themselves.

Nothing is left out but the secrets of links, of which only a hash is kept.
"""

from typing import Any

from iqf.exchange.formats.plain import plain
from iqf.people import queries
from iqf.people.models import SelfRating
from iqf.people.scope import Scope
from iqf.reports.private.portfolio import PortfolioAnswer


def everything(scope: Scope, answer: PortfolioAnswer) -> dict[str, Any]:
    """All that is one's own."""
    teams = queries.teams(scope)
    return {
        "name": answer.name,
        "roles": [plain(each.role) for each in answer.roles],
        "items": [plain(item) for item in answer.items],
        "evidence": [plain(each) for each in answer.evidence],
        "credited": [plain(each) for each in answer.credited],
        "holding": list(answer.holding),
        "links": [
            {"for": link.name, "made": link.made_at, "ends": link.expires_at, "taken_back": link.withdrawn_at}
            for link in queries.links(scope)
        ],
        "self_assessments": [_rating(row) for row in queries.ratings(scope)],
        "teams": [
            {
                "name": team.name,
                "body": team.body,
                "self_assessments": [_rating(row) for row in queries.ratings(scope, of_team=team.pk)],
            }
            for team in teams
        ],
    }


def _rating(row: SelfRating) -> dict[str, Any]:
    return {
        "framework": row.framework.key,
        "on": row.on,
        "note": row.note,
        "grades": [
            {"statement": g.statement.code, "row": g.row.code if g.row else "", "grade": g.grade, "note": g.note}
            for g in row.grades.all()
        ],
    }
