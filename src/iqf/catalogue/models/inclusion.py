"""What belongs to the framework and why: versions of the rule, what reviewers chose, what was admitted."""

from django.db import models

from iqf.catalogue.models.qualifications import Qualification
from iqf.catalogue.models.things import Retirable, one_of, retired_with_reason

OUTCOMES = ("chosen", "refused")
ADMITTED_BY = ("rule", "role", "reviewer")


class InclusionRule(models.Model):
    """One version of the rule of inclusion, in force from the moment it was applied until the next one."""

    version = models.PositiveIntegerField(unique=True)
    clauses = models.JSONField(help_text="The clauses as plain records: name, what it does, phrases, areas, …")
    by = models.CharField(max_length=150)
    reason = models.TextField()
    in_force_from = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(by=""), name="inclusion_rule_by_whom"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="inclusion_rule_why"),
        ]

    def __str__(self) -> str:
        return f"rule of inclusion, version {self.version}"


class InclusionChoice(Retirable):
    """What a reviewer decided about one official row: chosen or refused, and why. Undone is retired.

    `subject` is the qualification number as stored, for every list that holds it; a row without a number is named by
    its list and reference (`early-years:EYQ-018`).
    """

    subject = models.CharField(max_length=101)
    title = models.CharField(max_length=500, help_text="What the row was called when it was decided.")
    outcome = models.CharField(max_length=8)
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=150)
    decided_at = models.DateTimeField(auto_now_add=True)
    decision = models.PositiveBigIntegerField(unique=True, help_text="The number of the decision in the audit trail.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(retired_on__isnull=True), name="inclusion_choice_once"
            ),
            one_of("outcome", OUTCOMES, "inclusion_choice_known"),
            models.CheckConstraint(condition=~models.Q(subject=""), name="inclusion_choice_of_what"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="inclusion_choice_why"),
            models.CheckConstraint(condition=~models.Q(by=""), name="inclusion_choice_by_whom"),
            retired_with_reason("inclusion_choice_retired_why"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.outcome}"


class Admission(models.Model):
    """Why a qualification was admitted from an official list: by the rule, by a role, or by a reviewer.

    It is kept when the qualification leaves, which then is retired and says why.
    """

    qualification = models.OneToOneField(Qualification, on_delete=models.PROTECT, related_name="admission")
    subject = models.CharField(max_length=101, unique=True, help_text="As in InclusionChoice.")
    by = models.CharField(max_length=8)
    because = models.CharField(max_length=700)

    class Meta:
        constraints = [one_of("by", ADMITTED_BY, "admission_by_known")]

    def __str__(self) -> str:
        return f"{self.qualification}: {self.because}"
