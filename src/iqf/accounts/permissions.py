"""What a person who has signed in may do. The only place where that is said."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from iqf.accounts.models import User


def may_decide(user: User | AbstractBaseUser | AnonymousUser) -> bool:
    """True for those who may decide what waits: active members of staff."""
    return bool(user.is_active and getattr(user, "is_staff", False))
