"""What waits: matches that sources propose, changes that people propose, and what organisations are asked about."""

from iqf.review.models.borderlines import BorderlineRow
from iqf.review.models.looks import Look
from iqf.review.models.lots import Lot, LotDecision
from iqf.review.models.matches import ProposedMatch
from iqf.review.models.proposals import Message, Proposal, ProposedChange
from iqf.review.models.rounds import Answer, Comment, InvitedBody, Round, RoundLine
from iqf.review.models.uploads import Upload, UploadLink

__all__ = [
    "Answer",
    "BorderlineRow",
    "Comment",
    "InvitedBody",
    "Look",
    "Lot",
    "LotDecision",
    "Message",
    "Proposal",
    "ProposedChange",
    "ProposedMatch",
    "Round",
    "RoundLine",
    "Upload",
    "UploadLink",
]
