"""Portfolios: what one person holds, what they have learned, and the links by which they show it.

Everything in a portfolio goes with it when its owner erases it: rows cascade here, as nowhere else in the product.
"""

from django.db import models

from iqf.accounts.models import User
from iqf.catalogue.models import Qualification, Role, Statement, Unit
from iqf.catalogue.models.things import one_of, partial_date

LISTED, HISTORIC, OVERSEAS, OTHER = "listed", "historic", "overseas", "other"
ITEM_KINDS = (LISTED, HISTORIC, OVERSEAS, OTHER)
EVIDENCE_KINDS = ("course", "practice", "shadowing", "reflection", "reference")


def one_thing(name: str, *fields: str) -> models.CheckConstraint:
    """A database constraint: exactly one of these keys is set."""
    ways = models.Q()
    for field in fields:
        ways |= models.Q(**{f"{other}__isnull": other != field for other in fields})
    return models.CheckConstraint(condition=ways, name=name)


class Portfolio(models.Model):
    """What one person holds (CLR 2.0 `ClrSubject`). It belongs to that person alone."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="portfolio")
    name = models.CharField(max_length=120, blank=True, help_text="As it is printed; blank: the user name.")
    opened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"portfolio {self.pk}"

    @property
    def shown_name(self) -> str:
        """Whose it is, as others read it."""
        return self.name or self.user.username


class OwnRole(models.Model):
    """A role that a person works in now. One person may work in several at once."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="roles")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["portfolio", "role"], name="own_role_once")]

    def __str__(self) -> str:
        return f"role {self.pk} of {self.portfolio}"


class HeldItem(models.Model):
    """One thing that a person holds (OB 3.0 `AchievementCredential`): of the catalogue, or in their own words.

    `kind` is *listed* for a thing of the catalogue; else it says what sort of thing the words are about, and what it
    counts for is a decision that somebody records in the catalogue, never a guess.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10)
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=300, blank=True, help_text="In the person's words, where it is not listed.")
    awarded_by = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=100, blank=True)
    achieved = models.CharField(max_length=10, blank=True, help_text="To the day, month or year; blank: not said.")
    note = models.TextField(blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            one_of("kind", ITEM_KINDS, "held_item_kind_known"),
            partial_date("achieved", "held_item_date"),
            models.CheckConstraint(
                condition=models.Q(kind=LISTED, qualification__isnull=False, unit__isnull=True, title="")
                | models.Q(kind=LISTED, qualification__isnull=True, unit__isnull=False, title="")
                | (~models.Q(kind=LISTED) & models.Q(qualification=None, unit=None) & ~models.Q(title="")),
                name="held_item_is_one_thing",
            ),
            models.UniqueConstraint(fields=["portfolio", "qualification"], name="held_qualification_once"),
            models.UniqueConstraint(fields=["portfolio", "unit"], name="held_unit_once"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk} of {self.portfolio}"


class EvidenceOfLearning(models.Model):
    """What a person did and learned from (OB 3.0 `Evidence`): it counts for nothing until an assessor credits it."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    date = models.CharField(max_length=10, blank=True, help_text="When it ended: to the day, month or year.")
    provider = models.CharField(max_length=200, blank=True, help_text="Who gave the course, or where it was done.")
    hours = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True, help_text="What was done and learned, in the person's words.")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "evidence of learning"
        constraints = [
            one_of("kind", EVIDENCE_KINDS, "evidence_kind_known"),
            partial_date("date", "evidence_date"),
            models.CheckConstraint(condition=~models.Q(title=""), name="evidence_has_title"),
        ]

    def __str__(self) -> str:
        return f"evidence {self.pk} of {self.portfolio}"


class ShownThing(models.Model):
    """A unit or statement that a piece of evidence is said to show. The person says so; nobody has agreed yet."""

    evidence = models.ForeignKey(EvidenceOfLearning, on_delete=models.CASCADE, related_name="shows")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            one_thing("shown_thing_is_one", "unit", "statement"),
            models.UniqueConstraint(fields=["evidence", "unit"], name="shown_unit_once"),
            models.UniqueConstraint(fields=["evidence", "statement"], name="shown_statement_once"),
        ]

    def __str__(self) -> str:
        return f"shown by {self.evidence}"


class ShareLink(models.Model):
    """A link by which whoever has it reads a portfolio, until it ends or is taken back. Only a hash is kept of it."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120, help_text="Whom it is for, in the owner's words.")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="share_link_for_whom")]

    def __str__(self) -> str:
        return f"share link {self.pk}"
