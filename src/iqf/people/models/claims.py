"""Recognition of prior learning: evidence put to an assessor, who credits units and statements, or declines."""

from django.db import models

from iqf.accounts.models import User
from iqf.catalogue.models import Statement, Unit
from iqf.catalogue.models.things import one_of
from iqf.people.claim_states import CLAIMED, CREDITED, DECIDED, STATES
from iqf.people.models.portfolios import EvidenceOfLearning, one_thing


class Claim(models.Model):
    """A piece of evidence put to one assessor: what was asked, how it was assessed, what was decided and why."""

    evidence = models.ForeignKey(EvidenceOfLearning, on_delete=models.CASCADE, related_name="claims")
    assessor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="claims_to_assess")
    state = models.CharField(max_length=10, default=CLAIMED)
    message = models.TextField(blank=True, help_text="What the person tells the assessor.")
    how = models.TextField(blank=True, help_text="How it was assessed, in the assessor's words.")
    reason = models.TextField(blank=True, help_text="Why it was credited or declined.")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["assessor", "state"], name="claim_assessor_state")]
        constraints = [
            one_of("state", STATES, "claim_state_known"),
            models.UniqueConstraint(
                fields=["evidence"],
                condition=models.Q(state__in=("claimed", "assessed", "credited")),
                name="claim_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(state__in=DECIDED, decided_at__isnull=False) & ~models.Q(reason="") & ~models.Q(how="")
                )
                | (~models.Q(state__in=DECIDED) & models.Q(decided_at__isnull=True)),
                name="claim_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"

    @property
    def is_credited(self) -> bool:
        """Whether an assessor has agreed."""
        return self.state == CREDITED


class ClaimedThing(models.Model):
    """A unit or statement that a claim asks for, and whether it was credited (empty: not decided)."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="things")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="+")
    credited = models.BooleanField(null=True)

    class Meta:
        constraints = [
            one_thing("claimed_thing_is_one", "unit", "statement"),
            models.UniqueConstraint(fields=["claim", "unit"], name="claimed_unit_once"),
            models.UniqueConstraint(fields=["claim", "statement"], name="claimed_statement_once"),
        ]

    def __str__(self) -> str:
        return f"asked for by {self.claim}"
