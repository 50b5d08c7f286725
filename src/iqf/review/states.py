"""The states of a proposed match, and every change of state that there is. This table is the only place of it."""

from typing import Final

from iqf.analysis.states import StateTable

WAITING, ACCEPTED, DECLINED, WITHDRAWN = "waiting", "accepted", "declined", "withdrawn"
STATES: Final = (WAITING, ACCEPTED, DECLINED, WITHDRAWN)
DECIDED: Final = (ACCEPTED, DECLINED)

CHANGES: Final = {
    (WAITING, "accept"): ACCEPTED,
    (WAITING, "decline"): DECLINED,
    (WAITING, "withdraw"): WITHDRAWN,
    (WITHDRAWN, "propose"): WAITING,
    (DECLINED, "propose"): WAITING,
    (ACCEPTED, "undo"): WAITING,
    (DECLINED, "undo"): WAITING,
}
"""State and act, to the state that follows. A source withdraws what it finds no longer, and proposes again what it
finds again: a declined match only where what either side says has changed materially. An accepted match stands until
somebody undoes it, whatever its source says later.
"""


def _refused(state: str, act: str) -> str:
    return f"This match is {state}; it cannot be changed in this way now. Look at it again."


after = StateTable(CHANGES, _refused).after
