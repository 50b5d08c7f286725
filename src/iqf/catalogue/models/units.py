"""Units, shared between qualifications, and the rules that combine them."""

from django.db import models

from iqf.catalogue.models.organisations import Organisation
from iqf.catalogue.models.qualifications import LEVEL_VALUES, Qualification
from iqf.catalogue.models.things import Alias, Cited, Thing, one_of, retired_with_reason

GROUP_KINDS = ("all", "choose", "pathway")


class Unit(Thing):
    """The smallest thing with its own reference, level, credit and outcomes (CTDL `ceterms:Course`)."""

    reference = models.CharField(max_length=8, blank=True, db_index=True, help_text="As stored: Y6011437.")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="units")
    level = models.CharField(max_length=4, blank=True)
    credit_low = models.PositiveIntegerField(null=True)
    credit_high = models.PositiveIntegerField(null=True, help_text="The same as the low bound where it is known.")
    glh = models.PositiveIntegerField(null=True)
    summary = models.TextField(blank=True)

    class Meta:
        constraints = [
            one_of("level", LEVEL_VALUES, "unit_level_known"),
            models.CheckConstraint(
                condition=models.Q(credit_low__isnull=True, credit_high__isnull=True)
                | models.Q(
                    credit_low__isnull=False, credit_high__isnull=False, credit_low__lte=models.F("credit_high")
                ),
                name="unit_credit_range",
            ),
            retired_with_reason("unit_retired_why"),
        ]


class UnitAlias(Alias):
    """A code by which a unit is found: its reference, its owner's code, the id of the layout that brought it."""

    thing = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="aliases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "scheme", "key"], name="unit_alias_once")]


class UnitOutcome(Cited):
    """One learning outcome, in our own words."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="outcomes")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["unit", "position"], name="unit_outcome_once")]

    def __str__(self) -> str:
        return self.text


class RuleGroup(Cited):
    """One node of a rule of combination (CTDL `ceterms:ConditionProfile`).

    `all`: every unit and part of it. `choose`: enough of it to reach the minimum units and credit.
    `pathway`: so many of its parts, each in full.
    """

    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="groups")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    key = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    position = models.PositiveIntegerField(default=0)
    min_units = models.PositiveIntegerField(null=True)
    max_units = models.PositiveIntegerField(null=True)
    min_credit = models.PositiveIntegerField(null=True)
    max_credit = models.PositiveIntegerField(null=True)
    min_parts = models.PositiveIntegerField(null=True)
    max_parts = models.PositiveIntegerField(null=True)
    floor_level = models.CharField(max_length=4, blank=True, help_text="Credit at this level or above …")
    floor_credit = models.PositiveIntegerField(null=True, help_text="… must reach this much.")
    list_complete = models.BooleanField(default=True)
    structure_known = models.BooleanField(default=True, help_text="False: the split was not read.")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["qualification", "key"], name="rule_group_once"),
            one_of("kind", GROUP_KINDS, "rule_group_kind_known"),
            models.CheckConstraint(
                condition=models.Q(floor_level="", floor_credit__isnull=True)
                | (~models.Q(floor_level="") & models.Q(floor_credit__isnull=False)),
                name="rule_group_floor_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} of {self.qualification}"


class GroupUnit(Cited):
    """A unit stands in a rule group."""

    group = models.ForeignKey(RuleGroup, on_delete=models.PROTECT, related_name="members")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="groups")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["group", "unit"], name="group_unit_once")]

    def __str__(self) -> str:
        return f"{self.unit} in {self.group}"


class BarredPair(Cited):
    """Two units that do not both count: towards one qualification, or anywhere where none is named."""

    first = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, null=True, related_name="barred_pairs")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "qualification"], name="barred_pair_once"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="barred_pair_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.first} bars {self.second}"


class Equivalence(Cited):
    """Two units that count as one another."""

    first = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="equivalence_once"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="equivalence_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.first} equals {self.second}"
