"""Sources that disagree about one field of one thing: both values side by side, and what is shown."""

from django.db import models

from iqf.catalogue.models.things import Retirable
from iqf.evidence.models import Citation


class FieldConflict(Retirable):
    """Two sourced values for one field. Undecided until somebody decides, with a reason; then remembered."""

    subject = models.CharField(max_length=16, help_text="Code of the thing.")
    field = models.CharField(max_length=40)
    value_shown = models.CharField(max_length=300)
    citation_shown = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")
    value_other = models.CharField(max_length=300)
    citation_other = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(help_text="Why the shown value is shown.")
    decided_by = models.CharField(max_length=150, blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "field", "value_other"], name="field_conflict_once"),
            models.CheckConstraint(
                condition=models.Q(decided_by="", decided_on__isnull=True)
                | (~models.Q(decided_by="") & models.Q(decided_on__isnull=False)),
                name="field_conflict_decided_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.field}: {self.value_shown} or {self.value_other}"
