"""Whether a password will do, in plain sentences. The rules themselves are Django's validators, in the settings."""

from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from iqf.accounts.models import User

MOST: Final = 128
RULES: Final = "At least 10 characters, not one of the most common passwords, and not like your user name."
_SENTENCES: Final = {
    "too_short": "The password has fewer than 10 characters; choose a longer one.",
    "too_common": "This password is one of the most common; choose another.",
    "too_similar": "The password is too like the user name or the e-mail address; choose another.",
}


def faults(password: str, *, username: str = "", email: str = "") -> list[str]:
    """Everything wrong with a password for somebody of this name, each in a sentence; empty where it will do."""
    if len(password) > MOST:
        return [f"The password has more than {MOST} characters; choose a shorter one."]
    try:
        validate_password(password, User(username=username, email=email))
    except ValidationError as error:
        return [_SENTENCES.get(str(one.code).removeprefix("password_"), str(one.message)) for one in error.error_list]
    return []
