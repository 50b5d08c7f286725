"""The forms of a portfolio: what is held, what was learned, whom to ask, whom to show it to.

What is missing or will not do is said by the actions, so that every door says the same.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django import forms

from iqf.analysis.states import NotNowError
from iqf.catalogue.queries import AmbiguousError
from iqf.people.actions import Item, Learning
from iqf.people.actions.sharing import DAYS
from iqf.people.trouble import CannotHold
from iqf.reports.private.portfolio import EvidenceSeen, ItemSeen
from iqf.web.staff.forms import problems_of

ITEM_KINDS: Final = {
    "listed": "A qualification, unit or endorsed training that is listed here",
    "overseas": "A qualification from another country",
    "historic": "A qualification from an earlier time",
    "other": "Something else that is not listed here",
}
EVIDENCE_KINDS: Final = {
    "course": "A course or other training",
    "practice": "Supervised practice",
    "shadowing": "Job shadowing",
    "reflection": "A reflective account",
    "reference": "A reference",
}
WHEN: Final = "As far as you know it: 2015, 2015-06 or 2015-06-30."
LASTS: Final = {7: "a week", 30: "a month", 90: "three months", 365: "a year"}


class MineForm(forms.Form):
    """A form whose faults are those that an action finds."""

    first = "name"

    def done(self, act: Callable[[], Any]) -> bool:
        """Do it where every field could be read; True where it was done, else what is wrong stands in the form."""
        if not self.is_valid():
            return False
        try:
            act()
        except CannotHold as error:
            self.add_error(error.field if error.field in self.fields else None, str(error))
        except (AmbiguousError, NotNowError) as error:
            self.add_error(None, str(error))
        return not self.errors

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every error with the field to go to; none of a form that nobody has sent."""
        return problems_of(self, self.first) if self.is_bound else []


def line(label: str, help_text: str = "", most: int = 300, **attrs: str) -> forms.CharField:
    """A field of one line."""
    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": most, **attrs})
    return forms.CharField(required=False, label=label, help_text=help_text, widget=widget, strip=False)


def lines(label: str, help_text: str = "", rows: int = 4) -> forms.CharField:
    """A field of several lines."""
    return forms.CharField(
        required=False, label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}), strip=False
    )


class ItemForm(MineForm):
    """One thing that is held."""

    kind = forms.ChoiceField(required=False, label="What sort of thing is it?", choices=list(ITEM_KINDS.items()))
    name = line("What is it?", "Listed here: its title, number or any of its codes. Else what your certificate says.")
    achieved = line("When did you get it?", WHEN, 10)
    awarded_by = line("Who awarded it?", "", 200)
    country = line("In which country?", "For a qualification from elsewhere.", 100)
    note = lines("Anything to remember about it", "For example where the certificate is.", 3)

    def item(self) -> Item:
        """What was entered. Only after `is_valid`."""
        return Item(**{name: self.cleaned_data[name] for name in Item.__dataclass_fields__})


def said_of(item: ItemSeen) -> dict[str, str]:
    """What the form of an item shows to begin with."""
    name = item.thing.code if item.thing else item.title
    rest = {field: getattr(item, field) for field in ("kind", "achieved", "awarded_by", "country", "note")}
    return {"name": name, **rest}


class RoleForm(MineForm):
    """A role that one works in now."""

    first = "role"
    role = line("Which role?", "Its title, as at your work or as it is listed here.")


class EvidenceForm(MineForm):
    """One piece of evidence of learning. `areas`: what can be ticked of a framework; anything else is typed."""

    first = "title"
    kind = forms.ChoiceField(required=False, label="What was it?", choices=list(EVIDENCE_KINDS.items()))
    title = line("In a few words", "For example: three days with a health visitor.")
    date = line("When was it, or when did it end?", WHEN, 10)
    provider = line("Who gave it, or where was it?", "", 200)
    hours = line(
        "How many hours, in all?", "A whole number; leave it empty where you do not know.", 6, inputmode="numeric"
    )
    text = lines(
        "What did you do, and what did you learn?", "In your own words. Do not name children or families.", 8
    )
    ticked = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="What does it show?"
    )
    shows = lines(
        "Units and other statements that it shows",
        "One on a line: a unit by its code, or a statement as framework:code, such as common-core-2010:CC1.",
        3,
    )

    def __init__(self, data: Any = None, *, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["ticked"].choices = areas  # type: ignore[attr-defined]

    def learning(self) -> Learning:
        """What was entered. Only after `is_valid`."""
        said = self.cleaned_data
        shows = (*said["ticked"], *(text for text in said["shows"].splitlines() if text.strip()))
        plain = {name: said[name] for name in ("kind", "title", "date", "provider", "hours", "text")}
        return Learning(**plain, shows=shows)


def said_of_evidence(seen: EvidenceSeen, areas: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What the form of evidence shows to begin with."""
    offered = {called for called, _ in areas}
    called = [thing.called for thing in seen.shows]
    plain = {name: getattr(seen, name) for name in ("kind", "title", "date", "provider", "text")}
    return {
        **plain,
        "hours": seen.hours or "",
        "ticked": [text for text in called if text in offered],
        "shows": "\n".join(text for text in called if text not in offered),
    }


class AskForm(MineForm):
    """Whom to ask for an assessment, and what to tell them."""

    first = "assessor"
    assessor = line("The user name of your assessor", "Ask them how they sign in here.", 150, autocapitalize="none")
    message = lines("Anything they should know", "", 3)


class AssessForm(MineForm):
    """How an assessor assessed a claim, and what they decide."""

    first = "how"
    how = lines("How did you assess it?", "For example: a professional discussion, and a letter from the clinic.")
    reason = lines(
        "Why do you credit or decline it?", "The person reads it. Leave it empty while you have not decided."
    )
    things = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, things: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["things"].choices = things  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[int]:
        """The numbers of what is credited. Only after `is_valid`."""
        return [int(number) for number in self.cleaned_data["things"]]


class ShareForm(MineForm):
    """Whom a link is for, and how long it is good."""

    name = line("Whom is it for?", "Only you see this; it helps you to know the link again.", 120)
    days = forms.ChoiceField(
        required=False,
        label="How long is it good?",
        choices=[(str(days), LASTS[days]) for days in DAYS],
        initial="30",
    )


class NameForm(MineForm):
    """Under which name a portfolio is printed and shown."""

    name = line("Your name", "As it is to stand on paper and on the pages of your links.", 120)


class EraseForm(MineForm):
    """The confirmation that everything is to be erased."""

    first = "word"
    word = line("Type the word erase", "", 20, autocapitalize="none")

    def clean_word(self) -> str:
        """Raises ValidationError for anything else."""
        if self.cleaned_data["word"].strip().lower() != "erase":
            raise forms.ValidationError("Type the word erase, if that is what you want. Nothing is erased yet.")
        return "erase"
