"""Every write to accounts: the audit trail, people and their parts, links, and attempts to guess."""

from iqf.accounts.actions.attempts import (
    FAILURES_ALLOWED,
    LOCK_OUT,
    LockedOutError,
    begin_attempt,
    begin_sign_in,
    end_attempt,
    end_sign_in,
)
from iqf.accounts.actions.links import (
    INVITED_FOR,
    RESET_WITHIN,
    accept_as,
    accept_as_new,
    ask_for_reset,
    invite,
    make_reset,
    renew,
    reset_password,
    withdraw,
)
from iqf.accounts.actions.people import (
    CannotDo,
    create_demo_users,
    create_user,
    deactivate,
    join,
    leave,
    reactivate,
    set_password,
)
from iqf.accounts.actions.trail import audit, audit_many

__all__ = [
    "FAILURES_ALLOWED",
    "INVITED_FOR",
    "LOCK_OUT",
    "RESET_WITHIN",
    "CannotDo",
    "LockedOutError",
    "accept_as",
    "accept_as_new",
    "ask_for_reset",
    "audit",
    "audit_many",
    "begin_attempt",
    "begin_sign_in",
    "create_demo_users",
    "create_user",
    "deactivate",
    "end_attempt",
    "end_sign_in",
    "invite",
    "join",
    "leave",
    "make_reset",
    "reactivate",
    "renew",
    "reset_password",
    "set_password",
    "withdraw",
]
