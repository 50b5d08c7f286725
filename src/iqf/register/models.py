"""Official rows and their versions."""

from django.db import models


class OfficialRow(models.Model):
    """One row of one official list under the list's own reference: its latest version, and if it still stands."""

    register = models.CharField(max_length=40, help_text="Which official list: early-years, …")
    reference = models.CharField(max_length=60, help_text="The list's own reference for the row.")
    number = models.CharField(max_length=8, blank=True, db_index=True, help_text="Qualification number as stored.")
    title = models.CharField(max_length=500)
    owner = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=4, blank=True)
    facts = models.JSONField(help_text="The row as read: known notations parsed, by field.")
    printed = models.JSONField(help_text="The row as printed, by the file's own column names.")
    row = models.PositiveIntegerField(help_text="Row number in the file that last changed it.")
    retrieval = models.CharField(max_length=64, help_text="SHA-256 of the file that last changed it.")
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "reference"], name="official_row_once")]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class RowVersion(models.Model):
    """What an official row said before it changed, and which file had said it."""

    official_row = models.ForeignKey(OfficialRow, on_delete=models.PROTECT, related_name="versions")
    facts = models.JSONField()
    printed = models.JSONField()
    row = models.PositiveIntegerField()
    retrieval = models.CharField(max_length=64)
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.official_row.reference} until {self.replaced_at:%Y-%m-%d}"
