"""Organisations: awarding organisations, regulators, professional bodies, providers, government."""

from django.db import models

from iqf.catalogue.models.things import Alias, Cited, Thing, one_of, partial_date, retired_with_reason

ORGANISATION_KINDS = (
    "awarding organisation",
    "provider",
    "professional body",
    "sector skills council",
    "government",
    "regulator",
    "employer",
    "other",
)
NAME_KINDS = ("former", "acronym", "trading", "legal", "registered", "merged into", "successor")
"""`registered`: the name under which an official register holds it."""
OTHERS_NAMES = ("merged into", "successor")
"""Kinds whose name is another body's: the one it merged into, or the one that followed it."""


class Organisation(Thing):
    """An organisation (Ofqual *Owner Organisation*, recognition number `RNnnnn`)."""

    kind = models.CharField(max_length=30)
    website = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            one_of("kind", ORGANISATION_KINDS, "organisation_kind_known"),
            retired_with_reason("organisation_retired_why"),
        ]


class OrganisationAlias(Alias):
    """A code by which an organisation is found."""

    thing = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="aliases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "scheme", "key"], name="organisation_alias_once")]


class OrganisationName(Cited):
    """Another name: former, trading, acronym; or the organisation it merged into or was followed by."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    other_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    since = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "other_name", "kind"], name="organisation_name_once"),
            one_of("kind", NAME_KINDS, "organisation_name_kind_known"),
            partial_date("since", "organisation_name_since_shape"),
        ]

    def __str__(self) -> str:
        return self.other_name
