"""What is known of statistical tables: data sets, their releases, and the columns of each release."""

from collections.abc import Iterable

from django.db import models

from iqf.evidence.models import Source
from iqf.indicators.words import AS_PUBLISHED, COUNTING, KINDS, LOCATIONS, PROFILES


def _one_of(field: str, values: Iterable[str], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": tuple(values)}), name=name)


class Dataset(models.Model):
    """A statistical table that is published again and again (EES data set).

    `code` is the stem of its file. `counting` and `location_basis` say what is counted and where; tables that
    differ in either are never put together. `named_by`: in a long table, the filter whose values say what the one
    number of a row is (`measure`, `indicator`); blank where each indicator has a column of its own. `complete_for`:
    the filter of which every value is printed that anybody takes, so that a value it lacks nobody takes; blank: not
    known. `rounded_to`, `low_below`: the producer's own rule, by which counts are rounded to a multiple, and `low`
    stands for a count below a number.
    """

    code = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=300)
    definition = models.TextField(blank=True, help_text="What the figures are, in the producer's or our own words.")
    counting = models.CharField(max_length=20)
    location_basis = models.CharField(max_length=12)
    named_by = models.CharField(max_length=80, blank=True)
    complete_for = models.CharField(max_length=80, blank=True)
    profile = models.CharField(max_length=14, default=AS_PUBLISHED)
    rounded_to = models.PositiveSmallIntegerField(null=True)
    low_below = models.PositiveSmallIntegerField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="datasets")

    class Meta:
        constraints = [
            _one_of("counting", COUNTING, "dataset_counting_known"),
            _one_of("location_basis", LOCATIONS, "dataset_location_known"),
            _one_of("profile", PROFILES, "dataset_profile_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Release(models.Model):
    """One version of a data set, never changed once it is held (EES data set version).

    `sha256` is of what was read: the data and what came with it; of a protected release it is a fingerprint that only
    this installation can make. `protection`: the rule and what it came to, empty where it is as published. `changes`
    says in sentences what differs from the release before; `screening` is the outcome of every check it went through.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="releases")
    major = models.PositiveSmallIntegerField()
    minor = models.PositiveSmallIntegerField()
    current = models.BooleanField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=260)
    rows = models.PositiveBigIntegerField()
    first_period = models.CharField(max_length=40, blank=True)
    last_period = models.CharField(max_length=40, blank=True)
    levels = models.JSONField(default=list, help_text="Geographic levels that it has, the highest first.")
    published_on = models.CharField(max_length=10, blank=True, help_text="Where it is known.")
    ingested_at = models.DateTimeField(auto_now_add=True)
    changes = models.JSONField(default=list)
    screening = models.JSONField(default=list)
    protection = models.JSONField(default=dict)

    class Meta:
        ordering = ("dataset", "-major", "-minor")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "major", "minor"], name="release_once"),
            models.UniqueConstraint(fields=["dataset", "sha256"], name="release_bytes_once"),
            models.UniqueConstraint(
                fields=["dataset"], condition=models.Q(current=True), name="release_one_is_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.version}"

    @property
    def version(self) -> str:
        """Its version as it is printed and asked for: major.minor."""
        return f"{self.major}.{self.minor}"


class Column(models.Model):
    """A column of a release (EES meta file row). Markers of an indicator stand beside it in `NAME__symbol`.

    `total`: the value of a filter that stands for all its others, where there is one.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="columns")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    label = models.CharField(max_length=300)
    unit = models.CharField(max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(null=True)
    counting = models.CharField(max_length=20, blank=True, help_text="What an indicator counts.")
    group = models.CharField(max_length=200, blank=True)
    hint = models.TextField(blank=True)
    total = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("release", "order")
        constraints = [
            models.UniqueConstraint(fields=["release", "name"], name="column_once"),
            _one_of("kind", KINDS, "column_kind_known"),
        ]

    def __str__(self) -> str:
        return self.label
