"""The forms of the pages about frameworks: to draft the next edition, and to carry over what was judged."""

from django import forms

from iqf.reports.private.editions import name_problem
from iqf.web.staff.forms import problems_of


class EditionForm(forms.Form):
    """The next edition of a framework: its title, its short name and which edition it is."""

    title = forms.CharField(max_length=400, label="Title")
    key = forms.CharField(
        max_length=60,
        label="Short name",
        help_text="It stands in addresses, such as common-core-2027: small letters, figures and hyphens.",
    )
    edition = forms.CharField(max_length=40, required=False, label="Edition", help_text="Such as the year.")

    def clean_key(self) -> str:
        """Raises ValidationError for a short name that is none, or that another framework has."""
        key = str(self.cleaned_data["key"])
        if problem := name_problem(key):
            raise forms.ValidationError(problem)
        return key

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "title")


class CarryForm(forms.Form):
    """Why alignments are carried over, and on whose word."""

    source_title = forms.CharField(
        max_length=400, label="Where this comes from", help_text="Who compared the two editions, and in what."
    )
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "source_title")
