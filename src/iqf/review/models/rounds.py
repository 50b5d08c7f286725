"""Consultation rounds: what is put to which bodies, what each says of every line, and how that is answered."""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone

from iqf.review.round_states import CLOSED, DRAFT, OPEN, PUBLISHED, STATES, WITHDRAWN

STANCES = ("agree", "disagree", "comment")
OUTCOMES = ("accepted", "declined", "noted")


class Round(models.Model):
    """A draft list that is circulated to named bodies. `version` goes up with every write by an organiser.

    An open round is closed from the end of `closes_on` on, whether or not anybody has written that down yet.
    """

    title = models.CharField(max_length=200)
    asked = models.TextField(help_text="What is asked, as the invited read it.")
    by = models.CharField(max_length=150, help_text="Who began it: a user name.")
    body = models.CharField(max_length=40, blank=True, help_text="Code of the body that consults.")
    body_name = models.CharField(max_length=200, help_text="Who consults, as the invited and the public read it.")
    closes_on = models.DateField(null=True, help_text="The last day for comments.")
    state = models.CharField(max_length=10, default=DRAFT)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, help_text="What came of it; or why it was withdrawn.")

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="round_state")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="round_state_known"),
            models.CheckConstraint(condition=~models.Q(by="") & ~models.Q(body_name=""), name="round_by_whom"),
            models.CheckConstraint(
                condition=models.Q(state__in=(DRAFT, WITHDRAWN))
                | models.Q(opened_at__isnull=False, closes_on__isnull=False),
                name="round_opened_until",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=(CLOSED, PUBLISHED)) | models.Q(closed_at__isnull=False),
                name="round_closed_when",
            ),
            models.CheckConstraint(
                condition=(models.Q(state__in=(PUBLISHED, WITHDRAWN), ended_at__isnull=False) & ~models.Q(outcome=""))
                | (~models.Q(state__in=(PUBLISHED, WITHDRAWN)) & models.Q(ended_at__isnull=True)),
                name="round_ended_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"consultation {self.pk}: {self.title}"

    @property
    def ends_at(self) -> datetime | None:
        """The moment from which on nothing more can be said: the end of the last day, in local time."""
        if self.closes_on is None:
            return None
        midnight = datetime.combine(self.closes_on + timedelta(days=1), time())
        return timezone.make_aware(midnight)

    def state_at(self, now: datetime) -> str:
        """The state at a moment: an open round is closed once its last day is over."""
        over = self.state == OPEN and self.ends_at is not None and now >= self.ends_at
        return CLOSED if over else self.state


class RoundLine(models.Model):
    """One line of what is circulated, as it read when it was sent. `code`: the thing that it is about, if any."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=700)
    entity = models.CharField(max_length=60, blank=True, help_text="What it is: role, requirement, statement, …")
    code = models.CharField(max_length=120, blank=True, help_text="IQF code of the thing; `framework:code`.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="round_line_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="round_line_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class InvitedBody(models.Model):
    """A body that is asked in a round: an organisation of the framework, or one that is only named.

    `token_hash`: of the link by which it may answer without an account; the link itself is not kept.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="invited")
    body = models.CharField(max_length=40, blank=True, db_index=True, help_text="Its code, where it has one.")
    name = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    link_made_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True, help_text="When it last said something.")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="invited_body_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="invited_body_named"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(answered_at__isnull=True),
                name="invited_body_heard_stays",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """What an invited body says of one line. The last word counts; the audit trail keeps what was said before."""

    line = models.ForeignKey(RoundLine, on_delete=models.PROTECT, related_name="comments")
    invited = models.ForeignKey(InvitedBody, on_delete=models.PROTECT, related_name="comments")
    stance = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=220, help_text="A user name, or `link: ` and the name of the body.")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["line__position", "invited__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "invited"], name="comment_once"),
            models.CheckConstraint(condition=models.Q(stance__in=STANCES), name="comment_stance_known"),
            models.CheckConstraint(
                condition=models.Q(stance="agree") | ~models.Q(text=""), name="comment_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invited}: {self.stance}"

    @property
    def needs_answer(self) -> bool:
        """True for all but plain agreement."""
        return bool(self.text)


class Answer(models.Model):
    """What the organiser did about a comment, and why. `proposal`: the number of the one that carries it out."""

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    proposal = models.PositiveBigIntegerField(null=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=OUTCOMES), name="answer_outcome_known"),
            models.CheckConstraint(
                condition=~models.Q(outcome="declined") | ~models.Q(text=""), name="answer_declined_why"
            ),
        ]

    def __str__(self) -> str:
        return self.outcome
