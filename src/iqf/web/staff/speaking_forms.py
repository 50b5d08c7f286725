"""The form in which an organisation says that it agrees or disputes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from iqf.reports.opinions import AGREES, DISPUTES
from iqf.web.staff.forms import problems_of

STANCES = ((AGREES, "It agrees"), (DISPUTES, "It disputes this"))


class ViewForm(forms.Form):
    """Whose view, agrees or disputes, why, and since when. What was typed stays in it when something is wrong."""

    body = forms.ChoiceField(required=False, label="Whose view is it?")
    stance = forms.ChoiceField(required=False, choices=STANCES, widget=forms.RadioSelect)
    reason = forms.CharField(required=False, strip=True, max_length=6000)
    on = forms.CharField(required=False, strip=True, max_length=20)

    def __init__(self, data: Any = None, *, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`bodies`: code and name of each body that the person may speak for."""
        super().__init__(data, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]
        self.bodies = bodies

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where it is not said whose view it is, which, or why."""
        said = self.cleaned_data
        if len(self.bodies) == 1:
            said["body"] = self.bodies[0][0]
        if not said.get("body") and "body" not in self.errors:
            self.add_error("body", "Choose the organisation whose view it is.")
        if not said.get("stance") and "stance" not in self.errors:
            self.add_error("stance", "Choose whether it agrees or disputes.")
        if not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why. It is shown to the public beside the view.")
        return said

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        first = {"stance": "#id_stance"}
        return [
            {**problem, "href": first.get(name, problem["href"])}
            for name in self.errors
            for problem in problems_of(self, "reason")
            if problem["text"] in map(str, self.errors[name])
        ]
