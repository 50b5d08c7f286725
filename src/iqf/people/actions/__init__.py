"""Every write to people. Each takes the scope first; the trail says in the same transaction that it was, not what."""

from iqf.people.actions.claims import ask, assess, credit, decline, reopen, withdraw
from iqf.people.actions.erasing import erase
from iqf.people.actions.learning import Learning, record, remove_evidence, revise
from iqf.people.actions.portfolios import Item, change_item, hold, let_go, name_portfolio
from iqf.people.actions.rating import Rated, Sitting, rate, remove_rating
from iqf.people.actions.roles import stop_working_in, work_in
from iqf.people.actions.sharing import share, unshare
from iqf.people.actions.teams import add_to_team, leave_team, make_team

__all__ = [
    "Item",
    "Learning",
    "Rated",
    "Sitting",
    "add_to_team",
    "ask",
    "assess",
    "change_item",
    "credit",
    "decline",
    "erase",
    "hold",
    "leave_team",
    "let_go",
    "make_team",
    "name_portfolio",
    "rate",
    "record",
    "remove_evidence",
    "remove_rating",
    "reopen",
    "revise",
    "share",
    "stop_working_in",
    "unshare",
    "withdraw",
    "work_in",
]
