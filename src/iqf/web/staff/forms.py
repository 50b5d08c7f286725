"""The forms of the staff pages: to sign in, to decide, to undo."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm

from iqf.accounts.actions import LockedOutError, begin_sign_in, end_sign_in
from iqf.catalogue.actions.decisions import NO_REASON
from iqf.evidence.models import CERTAINTIES
from iqf.review.actions.proposing import Case
from iqf.review.proposal_states import BY_REVIEWER

CERTAINTIES_OFFERED = [(key, CERTAINTIES[key]) for key in ("page", "document", "official", "unverified", "inferred")]
OTHER = "other"
TAKE = "take:"
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
        return problems_of(self, "username")


def problems_of(form: forms.BaseForm, first: str) -> list[dict[str, str]]:
    """Every error of a form with the field to go to; errors of the whole form go to its `first` field."""
    return [
        {"text": str(text), "href": f"#{form[first if field == '__all__' else field].id_for_label}"}
        for field, errors in form.errors.items()
        for text in errors
    ]


class _Reasoned(forms.Form):
    """A form that asks why. What was typed stays in it when something is wrong."""

    reason = forms.CharField(required=False, strip=True)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError without a reason."""
        if not self.cleaned_data.get("reason"):
            self.add_error("reason", NO_REASON)
        return self.cleaned_data

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "reason")


class ValueForm(forms.Form):
    """Which value a field is to show: one of those on the table, or another, in words."""

    choice = forms.CharField(required=False)
    other = forms.CharField(required=False, strip=True)
    seen = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """The value chosen, in `value`. Raises ValidationError where none was, or the other is not stated."""
        said = self.cleaned_data
        if not said.get("choice"):
            self.add_error("choice", "Choose which value is to be shown.")
        elif said["choice"] == OTHER and not said.get("other"):
            self.add_error("other", "Say which other value is to be shown.")
        super().clean()
        return said

    @property
    def value(self) -> str:
        """What is to be shown."""
        said = self.cleaned_data
        return str(said["other"] if said["choice"] == OTHER else said["choice"].removeprefix(TAKE))

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "choice")


class DecideForm(ValueForm, _Reasoned):
    """Which value a field is to show, and why."""


class MatchForm(_Reasoned):
    """Which candidate is it (`accept:` and its number), or none (`decline`)? Of two entries that are one: which
    of them stands (`keep:` and its code)?
    """

    choice = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where nothing was chosen, or no reason given."""
        if self.cleaned_data.get("choice", "").partition(":")[0] not in ("accept", "decline", "keep"):
            self.add_error("choice", "Choose whether the two are the same.")
        return super().clean()


class ChoiceForm(_Reasoned):
    """Does an official row belong to the framework (`choose`), or not (`refuse`)?"""

    choice = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where nothing was chosen, or no reason given."""
        if self.cleaned_data.get("choice") not in ("choose", "refuse"):
            self.add_error("choice", "Choose whether it belongs to the framework.")
        return super().clean()


class UndoForm(_Reasoned):
    """Why a decision is undone."""


def _line(label: str, hint: str, most: int, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(required=False, strip=True, max_length=most, label=label, help_text=hint, widget=widget)


class CaseForm(forms.Form):
    """What stands behind a proposal: the source, the place in it, how sure, and why."""

    reason = _line("Why", "What is wrong now, or what is missing. Readers of the history see it.", 4000, rows=3)
    source_title = _line(
        "Source", "The document, page or register that says so; or your own organisation's record.", 400
    )
    locator = _line("Where in it", "Page, section or clause.", 300)
    source_url = _line("Its address", "Where it can be read, if it can.", 500)
    source_date = _line("Its date", "As far as it is known: 2024, or 2024-09-30.", 20)
    certainty = forms.ChoiceField(required=False, choices=CERTAINTIES_OFFERED, label="How sure is it?")
    title = _line("Name of this proposal", "A few words for the list; made from the change if you leave it.", 200)

    def case(self, title: str = "") -> Case:
        """The case that was made. Only after `is_valid`."""
        said = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return Case(**{**said, "title": said["title"] or title, "certainty": said["certainty"] or "page"})

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "reason")


class VerdictForm(forms.Form):
    """What a reviewer does with a proposal, and why."""

    act = forms.ChoiceField(required=False, choices=[(act, act) for act in BY_REVIEWER])
    text = forms.CharField(required=False, strip=True, max_length=4000)
    version = forms.IntegerField()

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where nothing was chosen."""
        if not self.cleaned_data.get("act"):
            self.add_error("act", "Choose whether to accept, ask or decline.")
        return self.cleaned_data

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "text")
