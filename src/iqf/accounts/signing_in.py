"""Who may sign in at all: open accounts with the right password; accounts of the demo in the demo only."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from iqf.accounts.models import User


class OpenAccounts(ModelBackend):
    """Name and password. Asked again at every request, so that closing an account ends its sessions."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        """Whether this account may be used here and now."""
        demo_elsewhere = bool(getattr(user, "demo", False)) and not settings.IQF_DEMO
        return super().user_can_authenticate(user) and not demo_elsewhere
