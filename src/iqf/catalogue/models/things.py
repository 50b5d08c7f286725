"""What every thing in the catalogue shares: a permanent code, a title, a citation; it is retired, never deleted."""

from django.db import models

from iqf.evidence.models import Citation

PARTIAL_DATE = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"

LIVE = models.Q(retired_on__isnull=True)
"""Only what still stands: `Role.objects.filter(LIVE)`."""


class Retirable(models.Model):
    """A row that is retired, never deleted: when, and why. Both or neither."""

    retired_on = models.DateField(null=True)
    retired_because = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_retired(self) -> bool:
        """True where it no longer stands."""
        return self.retired_on is not None


class Cited(Retirable):
    """A fact with its citation."""

    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Thing(Cited):
    """A thing with a permanent code of ours (`IQF-Q-000123`), found by any of its aliases."""

    code = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=400)
    joined_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="joined",
        help_text="The thing that it turned out to be: it is retired, and all its names lead there.",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Alias(models.Model):
    """Another name by which a thing is found: an official code, or the id of the layout that brought it."""

    scheme = models.CharField(
        max_length=40, help_text="qan, unit-reference, unit-code, recognition-number, or a collection."
    )
    value = models.CharField(max_length=120, help_text="As shown to people.")
    key = models.CharField(max_length=120, db_index=True, help_text="As compared.")
    given_to = models.CharField(
        max_length=16, blank=True, help_text="Code of the thing that had it before it was joined into this one."
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.value


class CodeSequence(models.Model):
    """The last number given out under a prefix. Numbers are never used again."""

    kind = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind}: {self.last}"


def one_of(field: str, values: tuple[str, ...], name: str) -> models.CheckConstraint:
    """A database constraint: the field holds one of a closed list."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=name)


def partial_date(field: str, name: str) -> models.CheckConstraint:
    """A database constraint: the field is blank or a date known to the year, month or day."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__regex": PARTIAL_DATE}), name=name)


def retired_with_reason(name: str) -> models.CheckConstraint:
    """A database constraint: a retired row says why, a standing one says nothing."""
    stands = models.Q(retired_on__isnull=True, retired_because="")
    retired = models.Q(retired_on__isnull=False) & ~models.Q(retired_because="")
    return models.CheckConstraint(condition=stands | retired, name=name)
