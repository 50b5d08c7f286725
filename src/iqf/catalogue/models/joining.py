"""Two entries that turned out to be one thing: which stands, which was joined into it, and what that changed."""

from django.db import models


class Joining(models.Model):
    """One entry was joined into another. It stands until it is undone, which takes it away; the audit trail stays.

    `record` is what undoing needs: every row that was moved or left behind, as it was before.
    """

    kind = models.CharField(max_length=16)
    kept = models.CharField(max_length=16, help_text="Code of the thing that stands.")
    gone = models.CharField(max_length=16, unique=True, help_text="Code of the thing that was joined into it.")
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=150)
    decision = models.PositiveBigIntegerField(unique=True, help_text="Its number in the audit trail.")
    record = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="joining_of_two"),
            models.CheckConstraint(condition=~models.Q(reason="") & ~models.Q(by=""), name="joining_by_whom_and_why"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} joined into {self.kept}"
