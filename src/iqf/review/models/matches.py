"""Matches that were proposed, and what somebody decided about each."""

from django.db import models

from iqf.review.states import DECIDED, STATES


class ProposedMatch(models.Model):
    """An official row that may describe a thing of the framework; or another thing that may be the same.

    Both are named by text, so that a decision outlives what it was about.
    """

    collection = models.CharField(max_length=60, help_text="Which source or search found it.")
    register = models.CharField(max_length=40, blank=True, help_text="The official list of the row; blank: a thing.")
    reference = models.CharField(max_length=60, help_text="The list's own reference, or the code of the other thing.")
    title = models.CharField(max_length=500)
    code = models.CharField(max_length=16, help_text="Code of the thing that it may be.")
    matched_title = models.CharField(max_length=400)
    score = models.FloatField(help_text="How alike, from 0 to 1.")
    why = models.CharField(max_length=400)
    only_similar = models.BooleanField(default=False, help_text="Worth seeing side by side, and not called the same.")
    said = models.CharField(max_length=32, help_text="Hash of what both sides said of themselves when it was found.")
    state = models.CharField(max_length=10, default=STATES[0], db_index=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    decision = models.PositiveBigIntegerField(null=True, help_text="The number of the decision in the audit trail.")
    earlier = models.CharField(
        max_length=700, blank=True, help_text="An earlier decision, where it was proposed again since."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "reference", "code"], name="proposed_match_once"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="proposed_match_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=DECIDED, decided_on__isnull=False, decision__isnull=False)
                & ~models.Q(decided_by="")
                & ~models.Q(reason="")
                | ~models.Q(state__in=DECIDED)
                & models.Q(decided_by="", reason="", decided_on__isnull=True, decision__isnull=True),
                name="proposed_match_decided_by_whom",
            ),
            models.CheckConstraint(condition=models.Q(score__gte=0, score__lte=1), name="proposed_match_score_range"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title} may be {self.code} {self.matched_title}"
