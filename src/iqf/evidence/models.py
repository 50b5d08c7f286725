"""Sources, retrievals, citations, and what documents state."""

from django.db import models

CERTAINTIES = {
    "page": "Seen at its source",
    "document": "Stated in a policy document",
    "official": "From an official list",
    "judged": "Judged by people",
    "unverified": "Recalled, not checked",
    "inferred": "Our reading, not stated by a source",
    "machine": "Made by machine",
    "default": "A default, not a decision about this case",
}
VERIFIED = ("page", "document", "official", "judged")


class Source(models.Model):
    """A document, page or data file that facts come from."""

    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=400)
    publisher = models.CharField(max_length=200, blank=True)
    date = models.CharField(max_length=20, blank=True, help_text="As known: a year, a month or a day.")
    url = models.CharField(max_length=500, blank=True, db_index=True)
    kind = models.CharField(max_length=60, blank=True)
    licence = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def is_copy(self) -> bool:
        """True for a copy on a document-sharing site: shown as held elsewhere, not linked."""
        return self.kind == "document-sharing copy"


class Retrieval(models.Model):
    """One file read from a source: its hash, when it was read, how many rows, and what was found in it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="retrievals")
    file_name = models.CharField(max_length=260)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    retrieved_at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=150, blank=True, help_text="Who read it in.")
    published_on = models.CharField(max_length=10, blank=True, help_text="Date of the snapshot, where it is known.")
    licence = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=500, blank=True)
    summary = models.JSONField(default=dict, help_text="Rows added, changed, unchanged and retired.")
    report = models.JSONField(default=list, help_text="The data-quality report: one entry per kind of trouble.")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.retrieved_at:%Y-%m-%d})"


class Citation(models.Model):
    """Where one fact comes from: source, file and row, place in the source, and how sure it is."""

    subject = models.CharField(max_length=200, help_text="Natural key of the fact inside its collection.")
    collection = models.CharField(max_length=60)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    retrieval = models.ForeignKey(Retrieval, on_delete=models.PROTECT, null=True, related_name="citations")
    row = models.PositiveIntegerField(null=True, help_text="Row number in the file, counting the header as row 1.")
    locator = models.CharField(max_length=300, blank=True, help_text="Page, section or clause in the source.")
    certainty = models.CharField(max_length=12)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "subject"], name="citation_once"),
            models.CheckConstraint(
                condition=models.Q(certainty__in=tuple(CERTAINTIES)), name="citation_certainty_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source.title}{', ' + self.locator if self.locator else ''}"

    @property
    def verified(self) -> bool:
        """True where the fact was seen at its source, in a policy document or in an official list."""
        return self.certainty in VERIFIED


class FieldMark(models.Model):
    """A single field of a thing that is less sure than the thing itself (recalled, inferred)."""

    subject = models.CharField(max_length=40, help_text="Code of the thing.")
    field = models.CharField(max_length=40)
    certainty = models.CharField(max_length=12)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "field"], name="field_mark_once"),
            models.CheckConstraint(condition=models.Q(certainty__in=tuple(CERTAINTIES)), name="mark_certainty_known"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.field}: {self.certainty}"


class Finding(models.Model):
    """A statement in the knowledge bank: graded, cited, dated."""

    key = models.CharField(max_length=60, unique=True)
    statement = models.TextField()
    claim_type = models.CharField(max_length=40)
    theme = models.CharField(max_length=60)
    sectors = models.JSONField(default=list)
    roles = models.JSONField(default=list, help_text="Local ids of the roles it speaks of.")
    statements = models.JSONField(default=list, help_text="Framework statements it speaks of.")
    geography = models.CharField(max_length=120, blank=True)
    period = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=60, blank=True)
    evidence_kind = models.CharField(max_length=40)
    strength = models.CharField(max_length=20)
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="findings")

    def __str__(self) -> str:
        return self.statement


class Contradiction(models.Model):
    """Two places in the documents that disagree, and how the data handle it."""

    key = models.CharField(max_length=20, unique=True)
    topic = models.CharField(max_length=120)
    statement_a = models.TextField()
    citation_a = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="contradicted")
    statement_b = models.TextField()
    citation_b = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="contradicting")
    handling = models.TextField()

    def __str__(self) -> str:
        return self.topic


class NamedQualification(models.Model):
    """A qualification, unit or set of standards as a document names it, before it is one thing of the catalogue."""

    key = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=80, blank=True, help_text="As the document words it.")
    owner = models.CharField(max_length=200, blank=True)
    roles = models.JSONField(default=list, help_text="Local ids of the roles it is named for.")
    note = models.TextField(blank=True)
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="named_qualifications")

    def __str__(self) -> str:
        return self.title


class StatedFigure(models.Model):
    """A number as a document prints it, with its year, area, qualifier and place. Never added up."""

    key = models.CharField(max_length=80, unique=True, help_text="File and row: the figure's permanent address.")
    table = models.CharField(max_length=60, help_text="The file it stands in.")
    label = models.CharField(max_length=300, help_text="What it counts, in words.")
    period = models.CharField(max_length=40)
    area = models.CharField(max_length=120)
    indicator = models.CharField(max_length=60)
    value = models.CharField(max_length=30)
    unit = models.CharField(max_length=40)
    qualifier = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)
    role = models.CharField(max_length=120, blank=True, help_text="Local ids of the roles it speaks of.")
    sector = models.CharField(max_length=60, blank=True)
    rests_on = models.CharField(max_length=400, blank=True, help_text="Where the document says that it has it from.")
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="figures")

    def __str__(self) -> str:
        return f"{self.label}: {self.value} {self.unit}"
