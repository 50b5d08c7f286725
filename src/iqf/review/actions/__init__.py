"""Every write to review. Each is audited in the transaction that makes it. Matches are decided by these names."""

from iqf.review.actions.deciding import accept, decline, decline_all, join_things, keep_apart, part, undo
from iqf.review.actions.matches import FoundMatch, HeldMatches, hold_matches, propose

__all__ = [
    "FoundMatch",
    "HeldMatches",
    "accept",
    "decline",
    "decline_all",
    "hold_matches",
    "join_things",
    "keep_apart",
    "part",
    "propose",
    "undo",
]
