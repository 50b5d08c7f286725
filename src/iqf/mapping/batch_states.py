"""The states of a batch, and every change of state that there is. This table is the only place of it."""

from typing import Final

from iqf.analysis.states import StateTable

DRAFT, OPEN, CLOSED = "draft", "open", "closed"
ACCEPTED, WITHDRAWN = "accepted", "withdrawn"
STATES: Final = (DRAFT, OPEN, CLOSED, ACCEPTED, WITHDRAWN)
READ: Final = (CLOSED, ACCEPTED)
"""The states in which reports read a batch, and raters see each other."""
ENDED: Final = (ACCEPTED, WITHDRAWN)

CHANGES: Final = {
    (DRAFT, "assign"): DRAFT,
    (DRAFT, "suggest"): DRAFT,
    (DRAFT, "open"): OPEN,
    (DRAFT, "withdraw"): WITHDRAWN,
    (OPEN, "assign"): OPEN,
    (OPEN, "suggest"): OPEN,
    (OPEN, "judge"): OPEN,
    (OPEN, "adjudicate"): OPEN,
    (OPEN, "close"): CLOSED,
    (OPEN, "withdraw"): WITHDRAWN,
    (CLOSED, "reopen"): OPEN,
    (CLOSED, "accept"): ACCEPTED,
    (CLOSED, "withdraw"): WITHDRAWN,
}
"""State and act, to the state that follows. What was accepted stands in the catalogue and is corrected there, by a
proposal, or judged again in another batch."""

WORDS: Final = {
    DRAFT: "Being prepared",
    OPEN: "Open: units are being judged",
    CLOSED: "Closed: reports read it",
    ACCEPTED: "Accepted: its settled verdicts are alignments",
    WITHDRAWN: "Withdrawn",
}
DONE: Final = {
    "assign": "given to raters",
    "suggest": "given suggestions",
    "open": "opened",
    "judge": "judged in",
    "adjudicate": "adjudicated in",
    "close": "closed",
    "reopen": "opened again",
    "accept": "accepted",
    "withdraw": "withdrawn",
}
BY_RATERS: Final = ("judge", "adjudicate")


def _refused(state: str, act: str) -> str:
    is_now = "still being prepared" if state == DRAFT else state
    return f"This batch is {is_now}, so it cannot be {DONE[act]} now."


TABLE: Final = StateTable(CHANGES, _refused)
ACTS: Final = TABLE.acts
after, acts_in = TABLE.after, TABLE.acts_in
