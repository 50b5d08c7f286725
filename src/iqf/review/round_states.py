"""The states of a consultation round, and everything that can be done in each. This table is the only place of it."""

from typing import Final

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
ACTS: Final = tuple(dict.fromkeys(act for _, act in CHANGES))
BY_ORGANISER: Final = tuple(act for act in ACTS if act != "comment")
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


class NotNowError(Exception):
    """The act is not possible in this state, in one plain sentence."""


def after(state: str, act: str) -> str:
    """The state that follows. Raises NotNowError."""
    found = CHANGES.get((state, act))
    if found is None:
        raise NotNowError(f"This consultation is {_is(state)}, so it cannot be {DONE[act]} now.")
    return found


def acts_in(state: str) -> frozenset[str]:
    """Everything that can be done in a state."""
    return frozenset(act for held, act in CHANGES if held == state)


def _is(state: str) -> str:
    return "still being prepared" if state == DRAFT else state
