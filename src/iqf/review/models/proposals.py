"""Proposals: changes that people put forward together, with their source and reason, and what became of them."""

from django.db import models

from iqf.evidence.models import CERTAINTIES
from iqf.review.proposal_states import DRAFT, ENDED, STATES, WITHDRAWN


class Proposal(models.Model):
    """Changes that travel together: who proposes them, for whom, on whose word, why; and what was decided.

    The author and the body are named as text. `version` goes up with every write, so that two people who look at one
    proposal cannot overwrite each other.
    """

    title = models.CharField(max_length=200, help_text="What it is about, in a few words.")
    author = models.CharField(max_length=150)
    body = models.CharField(max_length=40, blank=True, help_text="Code of the body that the author acts for.")
    body_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    source_title = models.CharField(max_length=400, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    source_date = models.CharField(max_length=20, blank=True)
    locator = models.CharField(max_length=300, blank=True, help_text="Page, section or clause in the source.")
    certainty = models.CharField(max_length=12, default="page")
    came_by = models.CharField(max_length=20, default="form", help_text="form, spreadsheet, link, restore, …")
    state = models.CharField(max_length=10, default=DRAFT)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_because = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "sent_at"], name="proposal_state"),
            models.Index(fields=["author", "id"], name="proposal_author"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="proposal_state_known"),
            models.CheckConstraint(
                condition=models.Q(certainty__in=tuple(CERTAINTIES)), name="proposal_certainty_known"
            ),
            models.CheckConstraint(condition=~models.Q(author=""), name="proposal_by_whom"),
            models.CheckConstraint(
                condition=models.Q(state__in=(DRAFT, WITHDRAWN))
                | (~models.Q(reason="") & ~models.Q(source_title="")),
                name="proposal_sent_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ENDED, ended_at__isnull=False)
                | (~models.Q(state__in=ENDED) & models.Q(ended_at__isnull=True)),
                name="proposal_ended_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("accepted", "declined"), decided_because__gt="", decided_by__gt="")
                | (~models.Q(state__in=("accepted", "declined")) & models.Q(decided_by="", decided_because="")),
                name="proposal_decided_by_whom",
            ),
            models.CheckConstraint(condition=~models.Q(decided_by=models.F("author")), name="proposal_not_own_judge"),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}: {self.title}"

    @property
    def origin(self) -> str:
        """How the audit trail and citations name it."""
        return f"proposal:{self.pk}"


class ProposedChange(models.Model):
    """One row to be created, changed, retired or restored. Texts as in `catalogue.actions.editing.Change`.

    `accepted`: what a reviewer made of it before accepting, where that differs from what was wanted.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="changes")
    position = models.PositiveIntegerField()
    entity = models.CharField(max_length=60)
    act = models.CharField(max_length=8)
    key = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    wanted = models.JSONField(default=dict)
    accepted = models.JSONField(null=True)
    subject = models.CharField(max_length=200, blank=True, db_index=True, help_text="What it is about, by its code.")

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["proposal", "entity", "subject"], name="proposed_change_about")]
        constraints = [models.UniqueConstraint(fields=["proposal", "position"], name="proposed_change_once")]

    def __str__(self) -> str:
        return f"{self.act} {self.entity} {' > '.join(self.key.values())}"


class Message(models.Model):
    """What author and reviewers said to each other about a proposal. Never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="messages")
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150)
    act = models.CharField(max_length=8, help_text="ask, answer, accept, decline, …")
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.by}: {self.text}"
