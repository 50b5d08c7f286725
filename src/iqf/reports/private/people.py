"""Who acts for an organisation or authority, who is invited, and what may one person do?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from iqf.accounts import permissions as allowed
from iqf.accounts import queries
from iqf.accounts.models import Invitation, Membership, User
from iqf.accounts.permissions import Anybody, Capability
from iqf.catalogue.models import Organisation
from iqf.catalogue.queries import NotFoundError, find
from iqf.places.models import Area


@dataclass(frozen=True)
class Body:
    """An organisation or authority: its code and what it is called (its code, where nothing has it any more)."""

    code: str
    title: str


@dataclass(frozen=True)
class Member:
    """Somebody's part in a body. `active`: the account is open. `kept`: the reader may close it or open it up."""

    username: str
    email: str
    role: str
    active: bool
    demo: bool
    kept: bool


@dataclass(frozen=True)
class Invited:
    """An invitation that waits for an answer. `over`: it is too old to be accepted, and can be sent again."""

    number: int
    role: str
    email: str
    by: str
    made_at: datetime
    ends_at: datetime
    over: bool


@dataclass(frozen=True)
class BodyPeople:
    """Everybody in a body; who is invited; which roles the reader may give there."""

    body: Body
    members: tuple[Member, ...]
    invited: tuple[Invited, ...]
    may_give: tuple[str, ...]


@dataclass(frozen=True)
class KeptBody:
    """A body whose people the reader keeps, in numbers."""

    body: Body
    members: int
    administrators: int
    invited: int


@dataclass(frozen=True)
class Part:
    """A role in a body."""

    body: Body
    role: str


@dataclass(frozen=True)
class Account:
    """One person: their parts, what they may do, and what they may not."""

    username: str
    email: str
    platform: bool
    parts: tuple[Part, ...]
    may: tuple[Capability, ...]
    may_not: tuple[Capability, ...]


def body_called(text: str) -> Body:
    """The organisation or authority of that code or name. Raises NotFoundError, and AmbiguousError."""
    wanted = " ".join(text.replace("\0", "").split())
    area = Area.objects.filter(Q(code__iexact=wanted) | Q(name__iexact=wanted)).first()
    if area:
        return Body(area.code, area.name)
    thing = find(wanted, ("organisation",))
    return Body(thing.code, thing.title)


def bodies_of(codes: Iterable[str]) -> dict[str, Body]:
    """Bodies by their codes."""
    wanted = set(codes)
    named = dict(Organisation.objects.filter(code__in=wanted).values_list("code", "title"))
    named |= dict(Area.objects.filter(code__in=wanted).values_list("code", "name"))
    return {code: Body(code, named.get(code, code)) for code in wanted}


def kept_bodies(reader: Anybody) -> tuple[KeptBody, ...]:
    """The bodies whose people a reader keeps, by name; for platform staff every body that has or had people."""
    everywhere = allowed.may(reader, allowed.KEEP_BODIES)
    mine = {body for body in allowed.parts(reader) if allowed.may(reader, allowed.KEEP_PEOPLE, body)}
    only = Q() if everywhere else Q(body__in=mine)
    active = Q(user__is_active=True)
    heads = (
        Membership.objects.filter(only)
        .values("body")
        .annotate(all=Count("pk", filter=active), heads=Count("pk", filter=active & Q(role=allowed.ADMINISTRATOR)))
    )
    waiting = Invitation.objects.filter(only, used_at=None, withdrawn_at=None).values("body").annotate(n=Count("pk"))
    people = {row["body"]: (row["all"], row["heads"]) for row in heads}
    invited = {row["body"]: row["n"] for row in waiting}
    named = bodies_of({*people, *invited, *mine})
    rows = (KeptBody(body, *people.get(code, (0, 0)), invited.get(code, 0)) for code, body in named.items())
    return tuple(sorted(rows, key=lambda row: (row.body.title, row.body.code)))


def body_people(body: Body, reader: Anybody) -> BodyPeople:
    """Everybody in a body and everybody invited to it, as a reader who keeps its people may see them."""
    now = timezone.now()
    members = queries.members(body.code).prefetch_related("user__memberships")
    return BodyPeople(
        body=body,
        members=tuple(_member(part, reader) for part in members),
        invited=tuple(_invited(row, now) for row in queries.invitations(body.code)),
        may_give=allowed.roles_given_by(reader, body.code),
    )


def member_called(body: Body, username: str, reader: Anybody) -> Member:
    """One person's part in a body. Raises NotFoundError."""
    part = queries.members(body.code).filter(user__username=username).first()
    if part is None:
        raise NotFoundError(f'Nobody called "{username}" has a part in {body.title}.')
    return _member(part, reader)


def _member(part: Membership, reader: Anybody) -> Member:
    user = part.user
    kept = allowed.keeps_account_of(reader, user)
    return Member(user.username, user.email, part.role, user.is_active, user.demo, kept)


def _invited(row: Invitation, now: datetime) -> Invited:
    return Invited(row.pk, row.role, row.email, row.by, row.made_at, row.ends_at, row.ends_at <= now)


def account(user: User) -> Account:
    """What one person is and may do, and what they may not."""
    held = allowed.parts(user)
    named = bodies_of(held)
    parts = (Part(named[code], role) for code, role in held.items())
    may = tuple(capability for capability in allowed.TABLE if allowed.may(user, capability))
    return Account(
        username=user.username,
        email=user.email,
        platform=user.is_staff,
        parts=tuple(sorted(parts, key=lambda part: part.body.title)),
        may=may,
        may_not=tuple(capability for capability in allowed.TABLE if capability not in may),
    )
