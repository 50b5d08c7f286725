"""Consultation rounds whose outcome was published: what was asked, whom, who answered, and what became of it."""

from django.db import models

from iqf.catalogue.models.organisations import Organisation
from iqf.catalogue.models.things import Cited, one_of

COMMENT_STANCES = ("agree", "disagree", "comment")
COMMENT_OUTCOMES = ("accepted", "declined", "noted", "")


class Consultation(Cited):
    """A round as it was published: of organisations, never of persons. What was said in it is not changed later."""

    number = models.PositiveBigIntegerField(unique=True)
    title = models.CharField(max_length=200)
    asked = models.TextField(help_text="What was asked, as the invited read it.")
    outcome = models.TextField(help_text="What came of it, in the words of whoever consulted.")
    by_name = models.CharField(max_length=200, help_text="Who consulted.")
    opened_on = models.DateField()
    closed_on = models.DateField()
    published_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opened_on__lte=models.F("closed_on"), closed_on__lte=models.F("published_on")),
                name="consultation_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ConsultationLine(models.Model):
    """One line of what was asked, as it read then. `code`: the thing that it is about; `framework:code` of one."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=700)
    entity = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=120, blank=True, db_index=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["consultation", "position"], name="consultation_line_once")]

    def __str__(self) -> str:
        return self.text


class ConsultationBody(models.Model):
    """A body that was asked, by the name under which it was asked; and when it last answered, if it did."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="bodies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="consulted")
    name = models.CharField(max_length=200)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["consultation", "name"], name="consultation_body_once")]

    def __str__(self) -> str:
        return self.name


class ConsultationComment(models.Model):
    """What a body said of one line, and how that was answered. Plain agreement needs no answer."""

    line = models.ForeignKey(ConsultationLine, on_delete=models.PROTECT, related_name="comments")
    body = models.ForeignKey(ConsultationBody, on_delete=models.PROTECT, related_name="comments")
    stance = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, blank=True)
    reply = models.TextField(blank=True)
    proposal = models.PositiveBigIntegerField(null=True, help_text="Number of the proposal that carries it out.")

    class Meta:
        ordering = ["line__position", "body__name"]
        constraints = [
            models.UniqueConstraint(fields=["line", "body"], name="consultation_comment_once"),
            one_of("stance", COMMENT_STANCES, "consultation_stance_known"),
            one_of("outcome", COMMENT_OUTCOMES, "consultation_outcome_known"),
            models.CheckConstraint(
                condition=models.Q(text="") | ~models.Q(outcome=""), name="consultation_comment_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.stance}"
