"""What a person holds and has learned, whom they show it to, and how they and their teams rate themselves."""

from iqf.people.models.claims import Claim, ClaimedThing
from iqf.people.models.portfolios import EvidenceOfLearning, HeldItem, OwnRole, Portfolio, ShareLink, ShownThing
from iqf.people.models.ratings import Grade, SelfRating, Team, TeamMember

__all__ = [
    "Claim",
    "ClaimedThing",
    "EvidenceOfLearning",
    "Grade",
    "HeldItem",
    "OwnRole",
    "Portfolio",
    "SelfRating",
    "ShareLink",
    "ShownThing",
    "Team",
    "TeamMember",
]
