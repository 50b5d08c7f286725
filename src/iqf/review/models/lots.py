"""Decisions that were made together, so that they can be undone together."""

from django.db import models


class Lot(models.Model):
    """Several things decided at once, with one reason. `undone_at`: when the whole lot was taken back."""

    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(by=""), name="lot_by_whom"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="lot_why"),
        ]

    def __str__(self) -> str:
        return f"lot {self.pk}: {self.reason}"


class LotDecision(models.Model):
    """One decision of a lot, by its number in the audit trail."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveBigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"decision {self.number} of lot {self.lot_id}"
