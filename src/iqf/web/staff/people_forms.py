"""The forms about people: to invite, to change a part, to choose a password, to ask for a new one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from iqf.accounts import passwords
from iqf.web.staff.forms import problems_of


class InviteForm(forms.Form):
    """Which role somebody is asked to take, and where the invitation is sent; no address: the link is shown."""

    role = forms.CharField(required=False)
    email = forms.CharField(required=False, strip=True, max_length=254)

    def __init__(self, data: Any = None, *, roles: tuple[str, ...]) -> None:
        super().__init__(data)
        self.roles = roles

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for no role or one that may not be given, and for what is no address."""
        said = self.cleaned_data
        if said.get("role") not in self.roles:
            self.add_error("role", "Choose which role they are to have.")
        if said.get("email"):
            try:
                validate_email(said["email"])
            except ValidationError:
                self.add_error("email", f'"{said["email"]}" is not an e-mail address, such as name@example.org.')
        return said

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "role")


class NewPasswordForm(forms.Form):
    """A new password, typed twice. `username` and `email`: whose it is to be."""

    password = forms.CharField(required=False, strip=False)
    password_again = forms.CharField(required=False, strip=False)

    def __init__(self, data: Any = None, *, username: str = "", email: str = "") -> None:
        super().__init__(data)
        self.whose = {"username": username, "email": email}

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for a password that will not do, or that was not typed alike twice."""
        password = self.cleaned_data.get("password", "")
        if not password:
            self.add_error("password", "Enter a password.")
        for fault in passwords.faults(password, **self.whose) if password else ():
            self.add_error("password", fault)
        if not self.errors and password != self.cleaned_data.get("password_again"):
            self.add_error("password_again", "The two passwords are not the same.")
        return self.cleaned_data

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "password")


class JoinForm(NewPasswordForm):
    """Somebody invited chooses a user name and a password."""

    username = forms.CharField(required=False, strip=True, max_length=150)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError without a name too."""
        name = self.cleaned_data.get("username", "")
        self.whose["username"] = name
        if not name and "username" not in self.errors:
            self.add_error("username", "Choose a user name.")
        return super().clean()

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "username")


class ChangePasswordForm(NewPasswordForm):
    """The password there is, and a new one."""

    old_password = forms.CharField(required=False, strip=False)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError without the password there is."""
        if not self.cleaned_data.get("old_password"):
            self.add_error("old_password", "Enter the password that you have now.")
        return super().clean()


class AskForm(forms.Form):
    """The user name or e-mail address of somebody who has forgotten a password."""

    name = forms.CharField(required=False, strip=True, max_length=254)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where nothing was typed."""
        if not self.cleaned_data.get("name") and not self.errors:
            self.add_error("name", "Enter your user name or your e-mail address.")
        return self.cleaned_data

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "name")
