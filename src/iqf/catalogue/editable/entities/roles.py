"""Roles, their other titles, their places in clusters, and the functions and bodies that go with them."""

from iqf.catalogue import models as m
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities.entity import LONG, SHORT_NOTE, TITLE, Entity, a
from iqf.catalogue.editable.holds import ClusterOf, Day, FunctionOf, OneOf, Text, YesNo
from iqf.catalogue.models import roles

ROLE = Entity(
    "role",
    "roles",
    m.Role,
    (
        TITLE,
        Column("description", Text(LONG, long=True)),
        Column("explanation", Text(LONG, long=True), "For somebody from another profession."),
        Column("constituency", OneOf(roles.CONSTITUENCIES, blank="unknown"), "Is work with children its purpose?"),
        Column("constituency_basis", OneOf(roles.BASES)),
        Column("tier", OneOf(roles.TIERS), "Which services it works in."),
        Column("tier_basis", OneOf(roles.BASES)),
        Column("contact", OneOf(roles.CONTACTS), "How much of the work is with children."),
        Column("status", OneOf(roles.ROLE_STATUSES, blank="established")),
        Column("successor", a("role"), "The role that followed it."),
        Column("status_from", Day(), "Since when the status holds."),
        Column("status_note", Text(400)),
    ),
)

ROLE_TITLE = Entity(
    "role title",
    "other titles of roles",
    m.RoleTitle,
    (
        Column("role", a("role"), needed=True),
        Column("title", Text(200), needed=True),
        Column("kind", OneOf(roles.TITLE_KINDS), needed=True),
    ),
    key=("role", "title"),
)

ROLE_PLACE = Entity(
    "role place",
    "places of roles in clusters",
    m.RoleCluster,
    (
        Column("role", a("role"), needed=True),
        Column("cluster", ClusterOf(), needed=True),
        Column("primary", YesNo(blank=True), "Its main place in the scheme."),
    ),
    key=("role", "cluster"),
)

ROLE_FUNCTION = Entity(
    "role function",
    "job functions of roles",
    m.RoleFunction,
    (
        Column("role", a("role"), needed=True),
        Column("function", FunctionOf(), needed=True),
        Column("part", OneOf(("main", "part")), needed=True),
    ),
    key=("role", "function"),
)

ROLE_BODY = Entity(
    "role body",
    "bodies of roles",
    m.RoleBody,
    (
        Column("role", a("role"), needed=True),
        Column("organisation", a("organisation"), needed=True),
        Column("part", OneOf(roles.BODY_PARTS), needed=True),
        SHORT_NOTE,
    ),
    key=("role", "organisation", "part"),
)
