"""Every write to review: what a source proposes, and what somebody decides. Each is audited in its transaction."""

from iqf.review.actions.deciding import accept, decline, decline_all, join_things, keep_apart, part, undo
from iqf.review.actions.proposing import FoundMatch, HeldMatches, hold_matches, propose

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
