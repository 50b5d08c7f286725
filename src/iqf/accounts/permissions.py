"""What a person who has signed in may do. The only place where that is said; docs/permissions.md is made from it.

A person has parts: a role in each body (an organisation or authority) that they belong to. Platform staff keep the
whole framework and belong to no body by that. What a role may do is one table, below.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects

from iqf.accounts.models import User

Anybody = User | AbstractBaseUser | AnonymousUser

CONTRIBUTOR: Final = "contributor"
EDITOR: Final = "editor"
REVIEWER: Final = "reviewer"
ADMINISTRATOR: Final = "administrator"
PLATFORM: Final = "platform staff"
SIGNED_IN: Final = "no part yet"
"""Somebody who has signed in and belongs to no body (any more)."""

ROLES: Final = (CONTRIBUTOR, EDITOR, REVIEWER, ADMINISTRATOR)
HOLDERS: Final = (SIGNED_IN, *ROLES, PLATFORM)
ROLE_WORDS: Final[Mapping[str, str]] = {
    CONTRIBUTOR: "proposes changes and comments",
    EDITOR: "proposes changes, and speaks for the organisation",
    REVIEWER: "decides what others propose, across the framework; named by platform staff only",
    ADMINISTRATOR: "speaks for the organisation, and keeps its people",
}
_WHO: Final[Mapping[str, str]] = {
    CONTRIBUTOR: "a contributor",
    EDITOR: "an editor",
    REVIEWER: "a reviewer",
    ADMINISTRATOR: "an administrator",
    PLATFORM: "platform staff",
}


@dataclass(frozen=True)
class Capability:
    """One thing that can be done. `words` completes "You may …"; `holders` are the roles that may.

    `at_home`: only for a body in which one has such a role (platform staff: for any). `not_own`: never what one
    wrote oneself.
    """

    key: str
    words: str
    holders: frozenset[str]
    at_home: bool = False
    not_own: bool = False


_EVERYBODY: Final = frozenset((*ROLES, PLATFORM))
_SPEAKERS: Final = frozenset((EDITOR, REVIEWER, ADMINISTRATOR, PLATFORM))
_DECIDERS: Final = frozenset((REVIEWER, PLATFORM))
_KEEPERS: Final = frozenset((ADMINISTRATOR, PLATFORM))

ACCOUNT: Final = Capability("account", "see your account and change your password", frozenset(HOLDERS))
HOLD: Final = Capability("hold", "keep a portfolio and rate yourself, privately", frozenset(HOLDERS))
ASSESS: Final = Capability(
    "assess", "assess learning that somebody puts to you, and credit or decline it", _SPEAKERS, not_own=True
)
SEE: Final = Capability("see", "see the staff pages: data quality and what may be duplicates", _EVERYBODY)
SEE_IMPORTS: Final = Capability("see-imports", "see what was read in, with its reports", _SPEAKERS)
SEE_TRAIL: Final = Capability("see-trail", "see the audit trail", frozenset((REVIEWER, ADMINISTRATOR, PLATFORM)))
SEE_UNPROTECTED: Final = Capability(
    "see-unprotected",
    "see the true counts behind protected figures; each look is recorded",
    frozenset((PLATFORM,)),
)
PROPOSE: Final = Capability("propose", "propose changes, in forms or by spreadsheet, with their source", _EVERYBODY)
COMMENT: Final = Capability("comment", "comment in a consultation round, for your organisation", _EVERYBODY, True)
ONE_OFF_LINK: Final = Capability(
    "one-off-link", "give somebody without an account a link to propose by", _SPEAKERS, True
)
SPEAK: Final = Capability("speak", "support or dispute something on behalf of your organisation", _SPEAKERS, True)
PUT_FORWARD: Final = Capability(
    "put-forward", "put your organisation's training forward for recognition", _SPEAKERS, True
)
REVIEW: Final = Capability(
    "review", "accept, decline, ask about, or edit and accept what others propose", _DECIDERS, not_own=True
)
RECOGNISE: Final = Capability(
    "recognise", "recognise in-house training and place overseas qualifications", _DECIDERS, not_own=True
)
DECIDE: Final = Capability("decide", "see and decide conflicts between sources, and proposed matches", _DECIDERS)
INCLUDE: Final = Capability("include", "choose or refuse rows of official lists for the framework", _DECIDERS)
RUN_ROUNDS: Final = Capability("run-rounds", "run consultation rounds and publish their outcome", _DECIDERS)
JUDGE: Final = Capability("judge", "judge units of the batches that are given to you", _EVERYBODY)
KEEP_BATCHES: Final = Capability(
    "keep-batches", "make batches of units, give them to raters, close and accept them", _DECIDERS
)
EDIT_RULE: Final = Capability("edit-rule", "change the rule of inclusion", frozenset((PLATFORM,)))
KEEP_PEOPLE: Final = Capability(
    "keep-people", "invite people to your organisation, change their roles, and let them go", _KEEPERS, True
)
NAME_REVIEWERS: Final = Capability("name-reviewers", "make somebody a reviewer", frozenset((PLATFORM,)))
KEEP_BODIES: Final = Capability(
    "keep-bodies", "keep the people of any organisation or authority", frozenset((PLATFORM,))
)

TABLE: Final = (
    ACCOUNT,
    HOLD,
    SEE,
    PROPOSE,
    COMMENT,
    ONE_OFF_LINK,
    SPEAK,
    PUT_FORWARD,
    SEE_IMPORTS,
    SEE_TRAIL,
    SEE_UNPROTECTED,
    REVIEW,
    RECOGNISE,
    DECIDE,
    INCLUDE,
    RUN_ROUNDS,
    JUDGE,
    ASSESS,
    KEEP_BATCHES,
    EDIT_RULE,
    KEEP_PEOPLE,
    NAME_REVIEWERS,
    KEEP_BODIES,
)
CAPABILITIES: Final[Mapping[str, Capability]] = {capability.key: capability for capability in TABLE}


def parts(user: Anybody) -> dict[str, str]:
    """The role of a user in each body, by its code. Read from the database once for each user object."""
    if not isinstance(user, User):
        return {}
    prefetch_related_objects([user], "memberships")
    return {part.body: part.role for part in user.memberships.all()}


def holds(user: Anybody, body: str | None = None) -> frozenset[str]:
    """What a user is: roles in `body`, or in any body where None is named; platform staff; no part yet.

    Empty for strangers and for accounts that are not active.
    """
    if not isinstance(user, User) or user.pk is None or not user.is_active:
        return frozenset()
    roles = parts(user)
    of = set(roles.values()) if body is None else {roles[body]} if body in roles else set()
    return frozenset({SIGNED_IN, *of} | ({PLATFORM} if user.is_staff else set()))


def may(user: Anybody, capability: Capability, body: str | None = None, *, author: str = "") -> bool:
    """Whether a user may do something, for `body` where it is done for one, to what `author` (a user name) wrote."""
    where = body if capability.at_home else None
    own = capability.not_own and bool(author) and author == user.get_username()
    return not own and bool(capability.holders & holds(user, where))


def why_not(user: Anybody, capability: Capability, body: str | None = None, *, author: str = "") -> str:
    """Why a user may not, and who may, in two sentences; blank where they may."""
    if may(user, capability, body, author=author):
        return ""
    if not holds(user):
        return "Sign in first."
    if may(user, capability, body):
        return "This is your own. Somebody else must decide about it: a reviewer or platform staff."
    there = " of that organisation" if capability.at_home and body else ""
    those = who(capability).replace(" or platform staff", f"{there} or platform staff")
    return f"Your account may not {said_of_any(capability)}. {those.capitalize()} may."


def said_of_any(capability: Capability) -> str:
    """What can be done, of an account and not of "you"."""
    return capability.words.replace("your organisation", "an organisation").replace("your ", "their ")


def who(capability: Capability) -> str:
    """Who may do something: "a reviewer or platform staff"."""
    named = [_WHO[holder] for holder in HOLDERS if holder in capability.holders and holder in _WHO]
    return " or ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def roles_given_by(user: Anybody, body: str) -> tuple[str, ...]:
    """The roles in a body that a user may give to others. Reviewers act across the framework: not by its bodies."""
    if not may(user, KEEP_PEOPLE, body):
        return ()
    return ROLES if may(user, NAME_REVIEWERS) else tuple(role for role in ROLES if role != REVIEWER)


def bodies_where(user: Anybody, capability: Capability) -> tuple[str, ...]:
    """The bodies that a user belongs to and for which they may do something, by their codes."""
    return tuple(body for body in sorted(parts(user)) if may(user, capability, body))


def keeps_account_of(user: Anybody, other: User) -> bool:
    """Whether a user may close the account of another or make a link that opens it.

    An administrator may only where every part of the other is one that this administrator could give: whoever holds
    a link to an account could act with all of its parts.
    """
    if may(user, KEEP_BODIES):
        return True
    held = parts(other)
    return (
        not other.is_staff and bool(held) and all(role in roles_given_by(user, body) for body, role in held.items())
    )


def may_decide(user: Anybody) -> bool:
    """True for those who may decide what waits."""
    return may(user, DECIDE)
