"""Official rows and their versions, and the columns that each list prints."""

from django.db import models

KINDS = (
    "qualification",
    "organisation",
    "role",
    "standard",
    "framework",
    "version",
    "approval",
    "component",
    "code",
    "title",
    "subject",
)
"""What a row is about. `title` is a bare title: search and matching material, never a fact. `subject` is what
statistical tables count: an aim or a standard as they print it.
"""


class OfficialRow(models.Model):
    """One row of one official list under the list's own reference: its latest version, and if it still stands."""

    register = models.CharField(max_length=40, help_text="Which official list: early-years, …")
    reference = models.CharField(max_length=60, help_text="The list's own reference for the row.")
    kind = models.CharField(
        max_length=16,
        default="qualification",
        help_text="What the row is about. A bare title is search and matching material, never a fact.",
    )
    number = models.CharField(max_length=8, blank=True, db_index=True, help_text="Qualification number as stored.")
    title = models.CharField(max_length=500)
    owner = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=4, blank=True, help_text="One level, or two where the list says so: 1/2.")
    facts = models.JSONField(help_text="The row as read: known notations parsed, by field.")
    printed = models.JSONField(help_text="The row as printed, by the file's own column names.")
    row = models.PositiveIntegerField(help_text="Row number in the file that last changed it.")
    retrieval = models.CharField(max_length=64, help_text="SHA-256 of the file that last changed it.")
    fingerprint = models.CharField(max_length=32, help_text="Hash of what the row says; equal where nothing changed.")
    retired = models.BooleanField(default=False)
    retired_by = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the first file without the row.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "reference"], name="official_row_once"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="official_row_kind_known"),
            models.CheckConstraint(
                condition=models.Q(retired=True) | models.Q(retired_by=""), name="official_row_retired_by_what"
            ),
        ]

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


class ListColumns(models.Model):
    """The columns of the file that was last read into a list, so that ended and new columns are told once."""

    register = models.CharField(max_length=40, unique=True)
    columns = models.JSONField(help_text="As the file prints them, in its order.")
    retrieval = models.CharField(max_length=64, help_text="SHA-256 of the file.")

    def __str__(self) -> str:
        return f"{self.register}: {len(self.columns)} columns"


class ListReading(models.Model):
    """The cells from which the rows of a list were read, so that the same cells need not be read again.

    An entry stands for a row that stands and was read without a doubt; a row without one is read each time.
    """

    register = models.CharField(max_length=40, unique=True)
    reader = models.CharField(max_length=32, help_text="Hash of the code that read them; another reads them anew.")
    cells = models.JSONField(help_text="By reference: hash of the row's cells as the file prints them.")

    def __str__(self) -> str:
        return f"{self.register}: {len(self.cells)} rows read without a doubt"
