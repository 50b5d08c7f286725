"""Every write to mapping. Each is audited in the transaction that makes it."""

from iqf.mapping.actions.accepting import accept
from iqf.mapping.actions.batches import add_units, assign, close, draft, open_batch, reopen, withdraw
from iqf.mapping.actions.judging import adjudicate, hand_in, keep, take_back
from iqf.mapping.actions.raters import register
from iqf.mapping.actions.recording import Recorded, record
from iqf.mapping.actions.suggesting import hold_suggestions, want_suggestions

__all__ = [
    "Recorded",
    "accept",
    "add_units",
    "adjudicate",
    "assign",
    "close",
    "draft",
    "hand_in",
    "hold_suggestions",
    "keep",
    "open_batch",
    "record",
    "register",
    "reopen",
    "take_back",
    "want_suggestions",
    "withdraw",
]
