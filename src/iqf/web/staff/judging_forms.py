"""The forms of judging: what a rater enters at the desk, what a third settles, and a new batch."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.mapping.drafts import Given
from iqf.mapping.models import AREAS, DOUBLE, EVERY, SINGLE
from iqf.mapping.trouble import CannotMap
from iqf.reports.private.desk import Opposed, Text
from iqf.web.staff.forms import problems_of

UNJUDGED, NAMED = "unjudged", "named"
FIELDS = {"teaches": "v", "assesses": "x"}
"""The fields of the verdicts: what a unit teaches, and what it assesses."""


def entered_in(data: QueryDict, codes: Iterable[str], texts: Iterable[Text]) -> dict[tuple[str, str], Given]:
    """What was entered at the desk: of each statement a verdict, a reason, a quotation, a doubt.

    What was left at *none* with nothing beside it was not entered. Raises CannotMap where a quotation does not stand
    in the unit.
    """
    held = tuple(texts)
    found: dict[tuple[str, str], Given] = {}
    for code in codes:
        for verb, letter in FIELDS.items():
            given = _given(data, code, letter, held)
            if given != Given(0):
                found[code, verb] = given
    return found


def _given(data: QueryDict, code: str, letter: str, texts: tuple[Text, ...]) -> Given:
    verdict = data.get(f"{letter}-{code}", "0")
    if verdict not in ("0", "1", "2"):
        raise CannotMap(f'"{verdict[:20]}" is no verdict.')
    if letter == "x":
        return Given(int(verdict))
    quotation = " ".join(data.get(f"q-{code}", "").split())
    return Given(
        int(verdict),
        doubt=bool(data.get(f"d-{code}")),
        rationale=data.get(f"r-{code}", "").replace("\x00", "").strip(),
        quotation=quotation,
        **_where(quotation, texts, code),
    )


def _where(quotation: str, texts: tuple[Text, ...], code: str) -> dict[str, Any]:
    """In which text of the unit a quotation stands, and where. Raises CannotMap where it does not."""
    if not quotation:
        return {}
    for text in texts:
        at = text.text.casefold().find(quotation.casefold())
        if at >= 0:
            return {"quoted_from": text.name, "quoted_at": at}
    raise CannotMap(f'"{quotation[:60]}" does not stand in this unit, so {code} cannot rest on it. Copy its words.')


def settled_in(data: QueryDict, unit: int, opposed: Iterable[Opposed]) -> dict[tuple[int, int, str], Given]:
    """What a third decided of each statement that raters differ on; one without a verdict is left out."""
    found = {}
    for each in opposed:
        verdict = data.get(f"s-{each.key}", "")
        if verdict in ("0", "1", "2"):
            why = data.get(f"w-{each.key}", "").replace("\x00", "").strip()
            found[unit, each.statement, each.verb] = Given(int(verdict), rationale=why)
    return found


class BatchForm(forms.Form):
    """A new batch: against what, which units, how many raters each, and who."""

    title = forms.CharField(max_length=200, label="Title", help_text="So that raters know it again.")
    framework = forms.ChoiceField(label="Framework", help_text="What units are judged against.")
    depth = forms.ChoiceField(
        label="Which statements",
        choices=((AREAS, "The areas at the top"), (EVERY, "Every statement")),
        help_text="A verdict is given on each.",
    )
    policy = forms.ChoiceField(
        label="How many raters for each unit",
        choices=((DOUBLE, "Two, who do not see each other"), (SINGLE, "One; it is marked so wherever it shows")),
    )
    which = forms.ChoiceField(
        label="Units",
        choices=((UNJUDGED, "Those nobody has judged yet, the most used first"), (NAMED, "Those named below")),
    )
    named = forms.CharField(
        required=False,
        label="Units or qualifications, one on a line",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Codes, numbers or titles. A qualification stands for all its units.",
    )
    most = forms.IntegerField(
        label="At most", min_value=1, max_value=5_000, initial=50, help_text="Units in the batch."
    )
    raters = forms.MultipleChoiceField(
        label="Raters", widget=forms.CheckboxSelectMultiple, help_text="Units are shared among them evenly."
    )

    def __init__(self, *args: Any, raters: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        frameworks = m.Framework.objects.filter(LIVE, statements__isnull=False).distinct().order_by("title")
        self.fields["framework"].choices = [(f.key, f.title) for f in frameworks]  # type: ignore[attr-defined]
        self.fields["raters"].choices = list(raters.items())  # type: ignore[attr-defined]

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "title")
