"""Sources that disagree about one field of one thing: both values side by side, and what was decided."""

import hashlib
from typing import Any

from django.db import models

from iqf.catalogue.models.things import Retirable
from iqf.evidence.models import Citation

LONGEST = 1000
"""Values longer than this are not held side by side: what is shown keeps its own."""

UNDECIDED = models.Q(
    decided_by="", decided_on__isnull=True, decision__isnull=True, citation_decided__isnull=True, decided_because=""
)
DECIDED = (
    ~models.Q(decided_by="")
    & models.Q(decided_on__isnull=False, decision__isnull=False, citation_decided__isnull=False)
    & ~models.Q(decided_because="")
)


class Digest(models.CharField):  # type: ignore[type-arg]
    """The hash of another field of the row, kept beside it: long texts are told apart by it in an index."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """As Django writes it into a migration."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The hash of what the other field says as the row is written."""
        digest = hashlib.sha256(str(getattr(model_instance, self.of)).encode()).hexdigest()
        setattr(model_instance, self.attname, digest)
        return digest


class FieldConflict(Retirable):
    """Two sourced values for one field. Undecided until somebody decides, with a reason; then remembered.

    A decision is about the field: it decides every conflict that waits there, under one number. The two values are
    kept as the sources gave them; `value_decided` says which is shown, or that it is a third.
    """

    subject = models.CharField(max_length=16, help_text="Code of the thing.")
    field = models.CharField(max_length=40)
    value_shown = models.TextField(
        blank=True, help_text="What was shown when the sources were found to disagree; blank: nothing."
    )
    citation_shown = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")
    value_other = models.TextField(blank=True)
    other_digest = Digest(of="value_other", max_length=64, help_text="Hash of the other value.")
    citation_other = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(help_text="Why there are two values, and why the first is shown until it is decided.")
    value_decided = models.TextField(blank=True, help_text="What is shown since it was decided.")
    citation_decided = models.ForeignKey(Citation, on_delete=models.PROTECT, null=True, related_name="+")
    decided_because = models.TextField(blank=True, help_text="The reason of whoever decided.")
    decided_by = models.CharField(max_length=150, blank=True)
    decided_on = models.DateField(null=True)
    decision = models.PositiveBigIntegerField(null=True, help_text="The number of the decision in the audit trail.")
    value_before = models.TextField(
        blank=True, help_text="What the thing itself said before it was decided; undoing restores it."
    )
    covers = models.JSONField(
        null=True, help_text="An earlier decision for the same value, which stands again when this one is undone."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "field", "other_digest"], name="field_conflict_once"),
            models.CheckConstraint(condition=UNDECIDED | DECIDED, name="field_conflict_decided_by_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.field}: {self.value_shown} or {self.value_other}"

    @property
    def is_decided(self) -> bool:
        """True where somebody has decided and nobody has undone it."""
        return self.decision is not None
