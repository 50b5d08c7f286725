"""The forms of judging: what a rater enters at the desk, what a third settles, and a new batch."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.mapping.drafts import Given
from iqf.mapping.models import AREAS, DOUBLE, EVERY, SINGLE
from iqf.mapping.trouble import CannotMap
from iqf.reports.private.desk import Opposed
from iqf.reports.private.hints import Text
from iqf.web.staff.forms import problems_of

UNJUDGED, CHOSEN, NAMED = "unjudged", "chosen", "named"
HIDDEN, SHOWN = "hidden", "shown"
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
    words = re.compile(r"\s+".join(map(re.escape, quotation.split())), re.IGNORECASE)
    for text in texts:
        if found := words.search(text.text):
            return {"quoted_from": text.name, "quoted_at": found.start()}
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


class JudgementsForm(forms.Form):
    """Judgements that were made elsewhere: against what, by whom, and the table, as a file or pasted."""

    framework = forms.ChoiceField(label="Framework", help_text="What units were judged against.")
    rater = forms.CharField(max_length=80, label="Who judged", help_text="A name; the same name is the same rater.")
    kind = forms.ChoiceField(
        label="Person or machine", choices=(("person", "A person"), ("machine", "A machine; it is marked so always"))
    )
    about = forms.CharField(
        max_length=400, required=False, label="About the rater", help_text="Which machine, or from which body."
    )
    pasted = forms.CharField(
        required=False,
        strip=False,
        label="The rows, pasted, headings first",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="From a spreadsheet, or CSV. Leave it blank if you hand in a file.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].choices = [("", "Choose one"), *_frameworks()]  # type: ignore[attr-defined]

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "rater")


def _frameworks() -> list[tuple[str, str]]:
    rows = m.Framework.objects.filter(LIVE, statements__isnull=False).distinct().order_by("title")
    return [(f.key, f.title) for f in rows]


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
        choices=(
            (UNJUDGED, "Those nobody has judged yet, the most used first"),
            (CHOSEN, "Chosen for me: those suggestions are least sure of, and one in five drawn at random"),
            (NAMED, "Those named below"),
        ),
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
    suggestions = forms.ChoiceField(
        label="Suggestions at the desk",
        choices=(
            (HIDDEN, "Not shown: raters judge unaided, so that how far they agree is their own"),
            (SHOWN, "Shown to raters who want them"),
        ),
        help_text="What raters were shown is kept with their verdicts.",
        required=False,
    )
    raters = forms.MultipleChoiceField(
        label="Raters", widget=forms.CheckboxSelectMultiple, help_text="Units are shared among them evenly."
    )

    def __init__(self, *args: Any, raters: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].choices = _frameworks()  # type: ignore[attr-defined]
        self.fields["raters"].choices = list(raters.items())  # type: ignore[attr-defined]

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to."""
        return problems_of(self, "title")
