"""What a role asks for, on whose authority, where it applies, and who disputes it."""

from django.db import models

from iqf.catalogue.models.organisations import Organisation
from iqf.catalogue.models.qualifications import POSITION_BASES, Qualification
from iqf.catalogue.models.roles import Role
from iqf.catalogue.models.things import Cited, one_of, partial_date
from iqf.places.models import Area

REQUIREMENT_STRENGTHS = ("mandatory", "significant", "relevant")
ENTRIES = (
    "registration",
    "mandatory qualification",
    "mandatory training",
    "professional status",
    "statutory standards",
    "employer expectation",
    "none",
)
CRITERIA = ("qualification", "registration", "training", "experience", "skills", "other", "nothing")
"""What an employer may ask of people at entry. `nothing`: it says that it asks for nothing formal."""
CRITERION_STRENGTHS = ("essential", "desirable")


class Requirement(Cited):
    """Role to qualification (CTDL `ceterms:isRequiredFor`, `isRecommendedFor`).

    Mandatory rows of one role that share a `choice_group` are alternatives: one of them is enough.
    """

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="requirements")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="required_by")
    strength = models.CharField(max_length=12)
    basis = models.CharField(max_length=20, blank=True, help_text="Blank: the source does not say.")
    choice_group = models.CharField(max_length=60, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    wording = models.CharField(max_length=200, blank=True, help_text="The role title the source uses.")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "qualification"], name="requirement_once"),
            one_of("strength", REQUIREMENT_STRENGTHS, "requirement_strength_known"),
            one_of("basis", POSITION_BASES, "requirement_basis_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.qualification} ({self.strength})"


class EntryPosition(Cited):
    """What a role asks for at entry, and where nothing is set (`none`)."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="entry_positions")
    entry = models.CharField(max_length=24)
    basis = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "entry"], name="entry_position_once"),
            one_of("entry", ENTRIES, "entry_position_known"),
            one_of("basis", POSITION_BASES, "entry_position_basis_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.entry}"


class EntryCriterion(Cited):
    """What one employer asks of people who start in its posts of a role, at one level of post or at any.

    It stands beside what holds for every employer (`EntryPosition`, mandatory `Requirement`) and never changes that.
    """

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="entry_criteria")
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="entry_criteria")
    post_level = models.CharField(max_length=4, blank=True, help_text="Blank: posts at any level.")
    asks = models.CharField(max_length=300, help_text="In the employer's words.")
    kind = models.CharField(max_length=14)
    strength = models.CharField(max_length=10)
    qualification = models.ForeignKey(
        Qualification, on_delete=models.PROTECT, null=True, related_name="entry_criteria"
    )
    least_level = models.CharField(
        max_length=4, blank=True, help_text="Any qualification from this level up will do."
    )
    instead = models.CharField(max_length=400, blank=True, help_text="What the employer takes instead.")
    since = models.CharField(max_length=10, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = "entry criterion"
        verbose_name_plural = "entry criteria"
        constraints = [
            models.UniqueConstraint(fields=["role", "employer", "post_level", "asks"], name="entry_criterion_once"),
            one_of("kind", CRITERIA, "entry_criterion_kind_known"),
            one_of("strength", CRITERION_STRENGTHS, "entry_criterion_strength_known"),
            partial_date("since", "entry_criterion_since_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.employer}: {self.asks}"
