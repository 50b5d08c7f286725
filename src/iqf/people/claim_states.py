"""The states of a claim of learning, and every change of state that there is. This table is the only place of it."""

from typing import Final

from iqf.analysis.states import StateTable

CLAIMED, ASSESSED = "claimed", "assessed"
CREDITED, DECLINED, WITHDRAWN = "credited", "declined", "withdrawn"
STATES: Final = (CLAIMED, ASSESSED, CREDITED, DECLINED, WITHDRAWN)
OPEN: Final = (CLAIMED, ASSESSED)
DECIDED: Final = (CREDITED, DECLINED)

CHANGES: Final = {
    (CLAIMED, "assess"): ASSESSED,
    (CLAIMED, "withdraw"): WITHDRAWN,
    (ASSESSED, "assess"): ASSESSED,
    (ASSESSED, "credit"): CREDITED,
    (ASSESSED, "decline"): DECLINED,
    (ASSESSED, "withdraw"): WITHDRAWN,
    (CREDITED, "reopen"): ASSESSED,
    (DECLINED, "reopen"): ASSESSED,
}
"""State and act, to the state that follows. Nothing is credited that was not assessed first."""

WORDS: Final = {
    CLAIMED: "Waits for the assessor",
    ASSESSED: "Assessed, not yet decided",
    CREDITED: "Credited",
    DECLINED: "Declined",
    WITHDRAWN: "Taken back",
}
BY_OWNER: Final = ("withdraw",)
BY_ASSESSOR: Final = ("assess", "credit", "decline", "reopen")
_DONE: Final = {
    "assess": "assessed",
    "credit": "credited",
    "decline": "declined",
    "withdraw": "taken back",
    "reopen": "opened again",
}


def _refused(state: str, act: str) -> str:
    if state == CLAIMED and act in ("credit", "decline"):
        return f"This claim has not been assessed, so it cannot be {_DONE[act]} yet. Say how it was assessed first."
    return f"This claim is {WORDS[state].lower()}, so it cannot be {_DONE[act]} now. Look at it again."


TABLE: Final = StateTable(CHANGES, _refused)
after, acts_in = TABLE.after, TABLE.acts_in
