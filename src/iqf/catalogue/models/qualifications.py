"""Qualifications of every kind, what leads where, and what official lists say of them."""

from django.db import models

from iqf.catalogue.models.organisations import Organisation
from iqf.catalogue.models.roles import BODY_PARTS, Cluster
from iqf.catalogue.models.things import Alias, Cited, Thing, one_of, partial_date, retired_with_reason
from iqf.codes import LEVELS, NO_LEVEL
from iqf.places.models import Area

KINDS = (
    "regulated qualification",
    "higher-education award",
    "professional standards",
    "professional status",
    "endorsed training",
    "unaccredited training",
    "historic",
    "international",
)
STATED_STATUSES = ("available", "closed", "historic", "")
ASSESSES = ("knowledge", "competence", "both", "")
LEVEL_VALUES = ("", NO_LEVEL, *LEVELS)
PROGRAMME_PARTS = (*BODY_PARTS, "endorses", "places")
EXTENTS = ("whole", "part", "level")
POSITION_BASES = ("statute", "regulator", "professional body", "employer practice", "opinion", "")


class Qualification(Thing):
    """Anything a person can hold that the framework lists (CTDL `ceterms:Credential`).

    `operational_start`, `operational_end`, `certification_end` and `last_new_start` are the register's own dates
    and are never folded into one. Unknown is blank or null, never zero.
    """

    kind = models.CharField(max_length=24)
    award_type = models.CharField(max_length=40, blank=True, help_text="Diploma, Certificate, Degree, …")
    number = models.CharField(max_length=8, blank=True, db_index=True, help_text="QAN as stored: 60358294.")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="qualifications")
    level = models.CharField(max_length=4, blank=True, help_text="Blank: not known. `none`: non-levelled.")
    old_level = models.CharField(max_length=20, blank=True, help_text="Level before it was re-levelled.")
    old_framework = models.CharField(max_length=80, blank=True)
    credit = models.PositiveIntegerField(null=True)
    glh = models.PositiveIntegerField(null=True, help_text="Guided learning hours.")
    tqt = models.PositiveIntegerField(null=True, help_text="Total qualification time, hours.")
    credit_years = models.PositiveIntegerField(
        null=True, help_text="Credit counts towards it for so many years after it was achieved. Null: no limit known."
    )
    age_focus = models.CharField(max_length=20, blank=True, help_text="Ages of the children it is about.")
    assesses = models.CharField(max_length=12, blank=True)
    stands_for = models.CharField(max_length=300, blank=True, help_text="What one entry stands for many of.")
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Where alone it is offered.",
    )
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, null=True, related_name="qualifications")
    operational_start = models.CharField(max_length=10, blank=True)
    operational_end = models.CharField(max_length=10, blank=True)
    certification_end = models.CharField(max_length=10, blank=True)
    last_new_start = models.CharField(max_length=10, blank=True)
    stated_status = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=80, blank=True, help_text="Where it is awarded, if not in this country.")
    assessor = models.CharField(max_length=200, blank=True, help_text="Who assesses it: a part in it, not a person.")
    level_basis = models.TextField(blank=True, help_text="What its level rests on, where no regulator has set it.")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            one_of("kind", KINDS, "qualification_kind_known"),
            one_of("level", LEVEL_VALUES, "qualification_level_known"),
            one_of("assesses", ASSESSES, "qualification_assesses_known"),
            one_of("stated_status", STATED_STATUSES, "qualification_status_known"),
            models.CheckConstraint(
                condition=models.Q(number="") | models.Q(number__regex=r"^\d{7}[\dX]$"),
                name="qualification_number_shape",
            ),
            partial_date("operational_start", "qualification_start_shape"),
            partial_date("operational_end", "qualification_end_shape"),
            partial_date("certification_end", "qualification_cert_end_shape"),
            partial_date("last_new_start", "qualification_last_start_shape"),
            retired_with_reason("qualification_retired_why"),
        ]


class QualificationAlias(Alias):
    """A code by which a qualification is found. One number can rightly carry two entries over time."""

    thing = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="aliases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "scheme", "key"], name="qualification_alias_once")]


class Progression(Cited):
    """A stated link: the first qualification leads to the second (CTDL `ceterms:isPreparationFor`)."""

    before = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="leads_to")
    after = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="comes_from")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="progression_once"),
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="progression_leads_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.before} leads to {self.after}"


class Comparison(Cited):
    """What a qualification from abroad or from an earlier time compares with here (CTDL `ceterms:isSimilarTo`).

    `extent`: as the whole of it, so that whoever holds the one counts as holding the other; as part of it; or only as
    something of its level. It is a decision that somebody took, with a source; nothing is compared by guess.
    """

    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="compares_with")
    counterpart = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="compared_to")
    extent = models.CharField(max_length=5)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "counterpart"], name="comparison_once"),
            one_of("extent", EXTENTS, "comparison_extent_known"),
            models.CheckConstraint(
                condition=~models.Q(qualification=models.F("counterpart")), name="comparison_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.qualification} compares with {self.counterpart}"


class Permission(Cited):
    """What a qualification or status lets its holder do in law or policy, or where that stops."""

    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="permissions")
    kind = models.CharField(max_length=8)
    text = models.CharField(max_length=500)
    basis = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "kind", "text"], name="permission_once"),
            one_of("kind", ("allows", "stops"), "permission_kind_known"),
            one_of("basis", POSITION_BASES, "permission_basis_known"),
        ]

    def __str__(self) -> str:
        return self.text


class QualificationBody(Cited):
    """A body's part in a programme: approves, accredits, registers, and how that varies; or that it endorses training
    or places a qualification at its level: when, and why (CTDL `ceterms:recognizedBy`).
    """

    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="bodies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    part = models.CharField(max_length=16)
    on = models.CharField(max_length=10, blank=True, help_text="Since when, as far as it is known.")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "organisation", "part"], name="qualification_body_once"),
            one_of("part", PROGRAMME_PARTS, "qualification_body_part_known"),
            partial_date("on", "qualification_body_on_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.part} {self.qualification}"


class Recognition(Cited):
    """An official list counts the qualification at a level when it was started in this window. Blank is open."""

    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="recognitions")
    recogniser = models.CharField(max_length=200)
    reference = models.CharField(max_length=60)
    level = models.CharField(max_length=4, blank=True)
    started_from = models.CharField(max_length=10, blank=True)
    started_to = models.CharField(max_length=10, blank=True)
    condition = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "recogniser", "reference"], name="recognition_once"),
            one_of("level", LEVEL_VALUES, "recognition_level_known"),
            partial_date("started_from", "recognition_from_shape"),
            partial_date("started_to", "recognition_to_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.recogniser}: {self.qualification}"
