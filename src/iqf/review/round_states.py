"""The states of a consultation round, and everything that can be done in each. This table is the only place of it."""

from typing import Final

from iqf.analysis.states import StateTable

DRAFT, OPEN, CLOSED = "draft", "open", "closed"
PUBLISHED, WITHDRAWN = "published", "withdrawn"
STATES: Final = (DRAFT, OPEN, CLOSED, PUBLISHED, WITHDRAWN)
ENDED: Final = (PUBLISHED, WITHDRAWN)

CHANGES: Final = {
    (DRAFT, "revise"): DRAFT,
    (DRAFT, "invite"): DRAFT,
    (DRAFT, "open"): OPEN,
    (DRAFT, "withdraw"): WITHDRAWN,
    (OPEN, "invite"): OPEN,
    (OPEN, "extend"): OPEN,
    (OPEN, "comment"): OPEN,
    (OPEN, "close"): CLOSED,
    (OPEN, "withdraw"): WITHDRAWN,
    (CLOSED, "reply"): CLOSED,
    (CLOSED, "reopen"): OPEN,
    (CLOSED, "publish"): PUBLISHED,
    (CLOSED, "withdraw"): WITHDRAWN,
}
"""State and act, to the state that follows. What was asked is not rewritten once somebody has been asked it, and what
was published stays so."""

WORDS: Final = {
    DRAFT: "Being prepared",
    OPEN: "Open for comments",
    CLOSED: "Closed; comments are being answered",
    PUBLISHED: "Published",
    WITHDRAWN: "Withdrawn",
}
DONE: Final = {
    "revise": "rewritten",
    "invite": "sent to anybody else",
    "open": "opened",
    "withdraw": "withdrawn",
    "extend": "extended",
    "comment": "commented on",
    "close": "closed",
    "reply": "answered to",
    "reopen": "opened again",
    "publish": "published",
}


def _refused(state: str, act: str) -> str:
    is_now = "still being prepared" if state == DRAFT else state
    return f"This consultation is {is_now}, so it cannot be {DONE[act]} now."


TABLE: Final = StateTable(CHANGES, _refused)
ACTS: Final = TABLE.acts
after, acts_in = TABLE.after, TABLE.acts_in
BY_ORGANISER: Final = tuple(act for act in ACTS if act != "comment")
