"""Frameworks in editions, their statements, alignments, crosswalks and levels explained."""

from django.db import models

from iqf.catalogue.models.qualifications import LEVEL_VALUES, Qualification
from iqf.catalogue.models.roles import Role
from iqf.catalogue.models.things import Cited, Thing, one_of, retired_with_reason
from iqf.catalogue.models.units import Unit

STATEMENT_KINDS = ("area", "skill", "knowledge", "feature", "outcome")
RELATIONS = ("equal", "subset", "superset", "intersects", "none")
SURE, WEAK = "strong", "weak"
HOW_SURE = (SURE, WEAK)
"""How sure a crosswalk is: *strong*, the texts of both were compared; *weak*, less than that. Blank: nobody says."""
ROWS, COLUMNS = "rows", "columns"
AXES = (ROWS, COLUMNS)
"""The two axes of a framework that is a matrix: what its rows are (leadership roles) and its columns (features)."""
STRENGTHS = ("partly", "fully")
CRITERION, EXAMPLE, EVIDENCE = "criterion", "example", "evidence"
CRITERION_KINDS = (CRITERION, EXAMPLE, EVIDENCE)
CRITERION_VERDICTS = ("none", "partly", "fully")
VERBS = ("teaches", "assesses", "requires")


class Framework(Thing):
    """A published list of statements, in one edition (CASE `CFDocument`, `ceasn:CompetencyFramework`)."""

    key = models.CharField(max_length=60, unique=True)
    edition = models.CharField(max_length=40, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    adopted = models.BooleanField(default=True, help_text="False: proposed text that was never adopted.")

    class Meta:
        constraints = [retired_with_reason("framework_retired_why")]


class Statement(Cited):
    """One node of a framework (CASE `CFItem`, `ceasn:Competency`), under the framework's own code.

    In a matrix the parts of the statement with the axis *rows* are its rows, those of *columns* its columns. What
    stands in a cell is a part of its column, particular to a `row`; without one every row of the column shares it.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="statements")
    code = models.CharField(max_length=40)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=400)
    note = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    axis = models.CharField(max_length=8, blank=True, help_text="In a matrix: rows or columns are its parts.")
    row = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="cells", help_text="The row it is particular to."
    )

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="statement_once"),
            one_of("kind", STATEMENT_KINDS, "statement_kind_known"),
            one_of("axis", ("", *AXES), "statement_axis_known"),
            models.CheckConstraint(condition=~models.Q(row=models.F("id")), name="statement_row_another"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Criterion(Cited):
    """What tells whether a statement is reached: a criterion, a worked example, or evidence that a person may show.

    (CTDL `ConditionProfile`, in words.) Without a statement it holds for the framework as a whole. `verdict`: what it
    is a criterion for, or what the example was given; blank where it speaks of all.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="criteria")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="criteria")
    kind = models.CharField(max_length=10)
    position = models.PositiveIntegerField()
    verdict = models.CharField(max_length=6, blank=True)
    text = models.CharField(max_length=1000)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "criteria"
        constraints = [
            one_of("kind", CRITERION_KINDS, "criterion_kind_known"),
            one_of("verdict", ("", *CRITERION_VERDICTS), "criterion_verdict_known"),
            models.CheckConstraint(condition=~models.Q(text=""), name="criterion_says_something"),
            models.UniqueConstraint(
                fields=["statement", "kind", "position"],
                name="criterion_of_statement_once",
                condition=models.Q(statement__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["framework", "kind", "position"],
                name="criterion_of_framework_once",
                condition=models.Q(statement__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.statement or self.framework}: {self.text}"


class Crosswalk(Cited):
    """A relation between statements of two frameworks (SSSOM `predicate_id`, CASE `exactMatchOf`).

    The first is equal to the second, a subset (part) of it, a superset of it, intersects it, or has none of it.
    """

    first = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="crosswalks_out")
    second = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="crosswalks_in")
    relation = models.CharField(max_length=12)
    strength = models.CharField(max_length=8, blank=True, help_text="Were the texts compared? Blank: not said.")
    author = models.CharField(max_length=150, blank=True, help_text="Who compared them.")
    note = models.TextField(blank=True, help_text="Why.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="crosswalk_once"),
            one_of("relation", RELATIONS, "crosswalk_relation_known"),
            one_of("strength", ("", *HOW_SURE), "crosswalk_strength_known"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="crosswalk_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.relation} {self.second}"


class Alignment(Cited):
    """An accepted claim: a unit, qualification or role teaches, assesses or requires a statement, partly or fully.

    CASE `CFAssociation`, CTDL `CredentialAlignmentObject`. Exactly one of unit, qualification, role is set.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="alignments")
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, null=True, related_name="alignments")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, related_name="alignments")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="alignments")
    verb = models.CharField(max_length=10)
    strength = models.CharField(max_length=8)
    raters_agree = models.BooleanField(null=True, help_text="Whether both raters gave it; blank for one or none.")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            one_of("verb", VERBS, "alignment_verb_known"),
            one_of("strength", STRENGTHS, "alignment_strength_known"),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, qualification__isnull=True, role__isnull=True)
                | models.Q(unit__isnull=True, qualification__isnull=False, role__isnull=True)
                | models.Q(unit__isnull=True, qualification__isnull=True, role__isnull=False),
                name="alignment_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["unit", "statement", "verb"],
                name="alignment_unit_once",
                condition=models.Q(unit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["qualification", "statement", "verb"],
                name="alignment_qualification_once",
                condition=models.Q(qualification__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["role", "statement", "verb"],
                name="alignment_role_once",
                condition=models.Q(role__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.qualification or self.role} {self.verb} {self.statement} {self.strength}"


class JudgedUnit(Cited):
    """A unit that was put to raters for a framework, so that *judged and empty* differs from *not yet judged*."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="judged")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="judged")
    raters = models.PositiveIntegerField()
    rater_kind = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "framework"], name="judged_unit_once"),
            one_of("rater_kind", ("person", "machine"), "judged_rater_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} judged for {self.framework}"


class LevelDescriptor(Cited):
    """A level in plain English, with worked examples."""

    level = models.CharField(max_length=4, unique=True)
    title = models.CharField(max_length=80)
    plain = models.TextField()
    can_do = models.TextField()
    examples = models.TextField(blank=True)
    compare_with = models.TextField(blank=True)
    example_qualifications = models.ManyToManyField(Qualification, related_name="+")

    class Meta:
        constraints = [one_of("level", LEVEL_VALUES, "level_descriptor_known")]

    def __str__(self) -> str:
        return self.title
