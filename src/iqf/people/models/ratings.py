"""Self-assessments of a person or of a team against a framework; and teams, which are seen by their members only."""

from django.db import models

from iqf.accounts.models import User
from iqf.catalogue.models import Framework, Statement
from iqf.people.models.portfolios import Portfolio, one_thing

GRADES = (0, 1, 2, 3)


class Team(models.Model):
    """A named group of people inside an organisation or authority, which is named by its code as text."""

    body = models.CharField(max_length=40, help_text="Code of the organisation or authority.")
    name = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(body=""), name="team_named"),
        ]

    def __str__(self) -> str:
        return f"team {self.pk}"


class TeamMember(models.Model):
    """Somebody who is in a team: they see its self-assessments and enter them."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="teams")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="team_member_once")]

    def __str__(self) -> str:
        return f"member of {self.team}"


class SelfRating(models.Model):
    """One sitting: a person, or a team together, rates itself against a framework on a day."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, null=True, related_name="ratings")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="ratings")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [one_thing("self_rating_of_one", "portfolio", "team")]

    def __str__(self) -> str:
        return f"self-assessment {self.pk}"


class Grade(models.Model):
    """How far one statement is reached, in the rater's own view; in a matrix, a statement or column in one row.

    0 not yet, 1 with help, 2 on my own, 3 well enough to show others.
    """

    rating = models.ForeignKey(SelfRating, on_delete=models.CASCADE, related_name="grades")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    row = models.ForeignKey(
        Statement, on_delete=models.PROTECT, null=True, related_name="+", help_text="The row of a matrix."
    )
    grade = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(grade__in=GRADES), name="grade_known"),
            models.UniqueConstraint(
                fields=["rating", "statement"], condition=models.Q(row=None), name="grade_of_statement_once"
            ),
            models.UniqueConstraint(fields=["rating", "statement", "row"], name="grade_of_cell_once"),
        ]

    def __str__(self) -> str:
        return f"grade of {self.rating}"
