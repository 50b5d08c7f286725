"""The form to sign in with."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm

from iqf.accounts.actions import LockedOutError, begin_sign_in, end_sign_in

WRONG = "The user name or the password is wrong."


class SignInForm(AuthenticationForm):
    """User name and password. It never says which of the two was wrong, nor whether there is such a user.

    `locked_out` is set, and the password not looked at, where the name has failed too often.
    """

    locked_out: LockedOutError | None = None
    error_messages = {**AuthenticationForm.error_messages, "invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = "Enter your user name."
        self.fields["password"].error_messages["required"] = "Enter your password."

    def clean(self) -> dict[str, Any]:
        """The user whom name and password belong to, in `get_user`. Raises ValidationError where there is none."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name and password:
            self._count(name)
            self.user_cache = authenticate(self.request, username=name, password=password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
            self.confirm_login_allowed(self.user_cache)
            end_sign_in(by=name)
        return self.cleaned_data

    def _count(self, name: str) -> None:
        try:
            begin_sign_in(by=name)
        except LockedOutError as error:
            self.locked_out = error
            raise forms.ValidationError(str(error)) from None

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return [
            {"text": str(text), "href": f"#id_{'username' if field == '__all__' else field}"}
            for field, errors in self.errors.items()
            for text in errors
        ]
