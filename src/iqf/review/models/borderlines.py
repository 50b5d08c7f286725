"""Official rows that the rule of inclusion puts to a reviewer, as they were when somebody looked last."""

from django.db import models


class BorderlineRow(models.Model):
    """One official row that waits for a reviewer's choice, once however many lists hold it; and why it waits.

    `subject` names it as a choice does: a qualification number as stored, or `list:reference`.
    """

    subject = models.CharField(max_length=101, unique=True)
    title = models.CharField(max_length=500)
    owner = models.CharField(max_length=400, blank=True)
    level = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=200, blank=True, help_text="Subject area, as a list prints it.")
    lists = models.JSONField(default=list, help_text="The official lists that hold it.")
    clause = models.CharField(max_length=200, db_index=True, help_text="The clause of the rule that asks.")
    because = models.CharField(max_length=700)

    def __str__(self) -> str:
        return f"{self.subject} {self.title}"
