"""Who may sign in, for whom they act, and what was done."""

from django.contrib.auth.models import AbstractUser
from django.db import models

ROLES = ("contributor", "editor", "reviewer", "administrator")


class User(AbstractUser):
    """A person who signs in. `is_staff`: platform staff, who keep the whole framework."""

    demo = models.BooleanField(default=False, help_text="Made by the demo: signs in there and nowhere else.")

    class Meta:
        db_table = "accounts_user"


class Membership(models.Model):
    """A user's part in an authority or organisation, which is named by its code as text."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    body = models.CharField(max_length=40, help_text="Code of the authority or organisation.")
    role = models.CharField(max_length=20, choices=[(r, r) for r in ROLES])

    class Meta:
        indexes = [models.Index(fields=["body"], name="membership_body")]
        constraints = [
            models.UniqueConstraint(fields=["user", "body"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=ROLES), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user.username}, {self.role} for {self.body}"


class AuditEvent(models.Model):
    """One change: who, when, what, to which thing, from what, to what, and why. Never changed, never deleted."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=150, help_text="User name, or the source that brought the change.")
    action = models.CharField(max_length=60, help_text="What was done, in the imperative: create role, change unit.")
    subject = models.CharField(max_length=200, help_text="Text identifier of what was changed; it outlives the row.")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    origin = models.CharField(
        max_length=60, blank=True, help_text="What brought it: `proposal:12`, where that is known."
    )

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="audit_subject"),
            models.Index(fields=["actor", "id"], name="audit_actor"),
            models.Index(fields=["action", "id"], name="audit_action"),
            models.Index(fields=["at"], name="audit_at"),
        ]
        constraints = [models.CheckConstraint(condition=~models.Q(actor=""), name="audit_actor_named")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.action} {self.subject}"


class AuditAbout(models.Model):
    """A change of something that joins things (a requirement, a unit in a rule) is a part of the history of each."""

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="about")
    code = models.CharField(max_length=16, help_text="Permanent code of a thing that the changed row joins.")

    class Meta:
        indexes = [models.Index(fields=["code", "event"], name="audit_about_code")]

    def __str__(self) -> str:
        return f"{self.event_id} is about {self.code}"


class Link(models.Model):
    """A link that one person may use once, until it ends or is withdrawn. Only a keyed hash of its secret is kept."""

    digest = models.CharField(max_length=64, unique=True, help_text="Keyed hash of the secret in the link.")
    by = models.CharField(max_length=150, help_text="Who made it: a user name, or the door it was asked for at.")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        """Neither used nor withdrawn; it may have ended."""
        return self.used_at is None and self.withdrawn_at is None


class Invitation(Link):
    """Somebody is asked to take a part in an authority or organisation, which is named by its code as text."""

    body = models.CharField(max_length=40, help_text="Code of the authority or organisation.")
    role = models.CharField(max_length=20, choices=[(r, r) for r in ROLES])
    email = models.EmailField(blank=True, help_text="Where it was sent; blank: handed over by whoever made it.")

    class Meta:
        indexes = [models.Index(fields=["body", "made_at"], name="invitation_body")]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=ROLES), name="invitation_role_known"),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(withdrawn_at=None), name="invitation_ends_one_way"
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}, {self.role} for {self.body}"


class PasswordReset(Link):
    """A user may choose a new password."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="resets")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(withdrawn_at=None), name="reset_ends_one_way"
            ),
        ]

    def __str__(self) -> str:
        return f"new password for {self.user.username}"


class SignInFailure(models.Model):
    """One attempt to sign in that did not succeed, to have a password reset, or to use a link that is none.

    Forgotten when the name signs in, or after half an hour. The name typed is kept only as a keyed hash: people type
    passwords into the wrong box.
    """

    name = models.CharField(max_length=64, help_text="Keyed hash of the name typed, in lower case, and of the door.")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name", "at"], name="sign_in_failure_name")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.name[:8]}…"
