"""What waits: matches that sources propose, changes that people propose, and what organisations are asked about."""

from iqf.review.models.matches import ProposedMatch
from iqf.review.models.proposals import Message, Proposal, ProposedChange
from iqf.review.models.rounds import Answer, Comment, InvitedBody, Round, RoundLine
from iqf.review.models.uploads import Upload, UploadLink

__all__ = [
    "Answer",
    "Comment",
    "InvitedBody",
    "Message",
    "Proposal",
    "ProposedChange",
    "ProposedMatch",
    "Round",
    "RoundLine",
    "Upload",
    "UploadLink",
]
