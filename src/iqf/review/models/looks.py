"""When somebody looked last for what the inbox holds, and what was found."""

from django.db import models


class Look(models.Model):
    """The last time that somebody looked for duplicates of one kind of thing: how many were compared and found.

    `found`: pairs that look like one thing; `kept`: how many of them wait or were decided already.
    """

    of = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(auto_now=True)
    by = models.CharField(max_length=150)
    looked_at = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.of}: {self.found} pairs of {self.looked_at}"
