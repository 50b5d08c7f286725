"""The states of a proposal, and every change of state that there is. This table is the only place of it."""

from typing import Final

from iqf.analysis.states import StateTable

DRAFT, WAITING, ASKED = "draft", "waiting", "asked"
ACCEPTED, DECLINED, WITHDRAWN = "accepted", "declined", "withdrawn"
STATES: Final = (DRAFT, WAITING, ASKED, ACCEPTED, DECLINED, WITHDRAWN)
OPEN: Final = (DRAFT, WAITING, ASKED)
ENDED: Final = (ACCEPTED, DECLINED, WITHDRAWN)

CHANGES: Final = {
    (DRAFT, "submit"): WAITING,
    (DRAFT, "withdraw"): WITHDRAWN,
    (WAITING, "ask"): ASKED,
    (ASKED, "answer"): WAITING,
    (WAITING, "accept"): ACCEPTED,
    (WAITING, "decline"): DECLINED,
    (ASKED, "decline"): DECLINED,
    (WAITING, "withdraw"): WITHDRAWN,
    (ASKED, "withdraw"): WITHDRAWN,
}
"""State and act, to the state that follows. What has ended stays ended: whoever wants otherwise proposes anew."""

WORDS: Final = {
    DRAFT: "Not sent yet",
    WAITING: "Waits for a reviewer",
    ASKED: "Waits for its author's answer",
    ACCEPTED: "Accepted",
    DECLINED: "Declined",
    WITHDRAWN: "Withdrawn",
}
BY_AUTHOR: Final = ("submit", "answer", "withdraw")
BY_REVIEWER: Final = ("ask", "accept", "decline")


def _refused(state: str, act: str) -> str:
    return f"This proposal is {state}, so nobody can {act} it now. Look at it again."


after = StateTable(CHANGES, _refused).after
