"""Spreadsheets that were handed in and whose changes are not sent yet; and links by which anybody may hand one in."""

from django.db import models

from iqf.review.models.proposals import Proposal


class UploadLink(models.Model):
    """A link by which an organisation without an account hands in one spreadsheet: it is sent once, and ends.

    Only a hash of what the link holds is kept. The body is named as text.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    body = models.CharField(max_length=40, blank=True, help_text="Code of the organisation, where it has one.")
    body_name = models.CharField(max_length=120)
    entity = models.CharField(max_length=30)
    of = models.CharField(max_length=16, blank=True, help_text="Code of the thing whose rows are asked for.")
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(body_name=""), name="upload_link_for_whom"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by="")),
                name="upload_link_withdrawn_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk} for {self.body_name}"

    @property
    def author(self) -> str:
        """How proposals that come by it name their author."""
        return f"link: {self.body_name}"


class Upload(models.Model):
    """A spreadsheet as it was handed in, with the draft of what it asks for. The file goes when that is sent."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="upload")
    link = models.ForeignKey(UploadLink, on_delete=models.PROTECT, null=True, related_name="uploads")
    entity = models.CharField(max_length=30)
    of = models.CharField(max_length=16, blank=True)
    file = models.CharField(max_length=150, help_text="What the file was called.")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(help_text="Empty once its changes are sent or withdrawn.")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.file} for {self.proposal}"
