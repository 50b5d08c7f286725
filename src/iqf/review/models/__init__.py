"""What waits for a decision: matches that sources propose, and changes that people propose."""

from iqf.review.models.matches import ProposedMatch
from iqf.review.models.proposals import Message, Proposal, ProposedChange
from iqf.review.models.uploads import Upload, UploadLink

__all__ = ["Message", "Proposal", "ProposedChange", "ProposedMatch", "Upload", "UploadLink"]
