"""Organisations and their other names."""

from iqf.catalogue import models as m
from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities.entity import SHORT_NOTE, TITLE, Entity, a
from iqf.catalogue.editable.holds import Day, OneOf, Text
from iqf.catalogue.models import organisations

ORGANISATION = Entity(
    "organisation",
    "organisations",
    m.Organisation,
    (
        TITLE,
        Column("kind", OneOf(organisations.ORGANISATION_KINDS), needed=True),
        Column("website", Text(300)),
    ),
)

ORGANISATION_NAME = Entity(
    "organisation name",
    "other names of organisations",
    m.OrganisationName,
    (
        Column("organisation", a("organisation"), needed=True),
        Column("other_name", Text(200), needed=True),
        Column("kind", OneOf(organisations.NAME_KINDS), needed=True),
        Column("since", Day()),
        SHORT_NOTE,
    ),
    key=("organisation", "other_name", "kind"),
)
