"""What staff templates need: plain words for doubts, changes and their fields."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.forms import Textarea
from django.forms.boundfield import BoundField

from iqf.accounts import permissions
from iqf.reports.duplicates import LikePair
from iqf.reports.quality import Checked
from iqf.reports.things import Ref
from iqf.review.proposal_states import WORDS
from iqf.web.staff import words

register = template.Library()


@register.filter
def is_thing(value: Any) -> bool:
    """True for a thing that has a page, false for a word."""
    return isinstance(value, Ref)


@register.filter
def may(user: permissions.Anybody, key: str) -> bool:
    """Whether a user may do something, by the key of the capability."""
    return permissions.may(user, permissions.CAPABILITIES[key])


@register.filter
def who(capability: permissions.Capability) -> str:
    """Who may do something."""
    return permissions.who(capability)


@register.filter
def both(pair: LikePair) -> tuple[Ref, Ref]:
    """The two things of a pair, to be shown side by side."""
    return pair.a, pair.b


@register.filter
def trouble(key: str) -> str:
    """A kind of trouble in a sentence."""
    return words.trouble_words(key)


@register.filter
def done(action: str) -> str:
    """What was done, told afterwards."""
    return words.done(action)


@register.filter
def alike(kind: str, name: str) -> str:
    """What things of a kind that wait have in common, in words."""
    return words.alike_words(kind, name)


@register.filter
def field(name: str) -> str:
    """A field as a reader sees it."""
    return words.field_words(name)


@register.filter
def shown(value: Any) -> str:
    """A value of the trail as a reader sees it."""
    return words.shown(value)


@register.filter
def moment(at: datetime) -> str:
    """A moment in local time."""
    return words.moment(at)


@register.filter
def percent(share: float) -> str:
    """A share from 0 to 1 as a whole percentage."""
    return f"{share:.0%}"


@register.filter
def n(count: int) -> str:
    """A count with its thousands marked."""
    return f"{count:,}"


@register.inclusion_tag("public/parts/tag.html")
def outcome(check: Checked) -> dict[str, str]:
    """The outcome of a check as a tag: how many cases of how many."""
    if check.outcome == "pass":
        return {"text": f"Holds for all {check.of:,}", "tone": "good"}
    if check.outcome == "fail":
        return {"text": f"{check.count:,} of {check.of:,} cases", "tone": "warn"}
    return {"text": "Nothing to check", "tone": "plain"}


@register.filter
def state_words(state: str) -> str:
    """The state of a proposal as a reader sees it."""
    return WORDS[state]


@register.filter
def described(field: BoundField) -> str:
    """The widget of a field, told what its hint and its error say."""
    by = [f"{field.name}-hint"] if field.help_text else []
    wrong = {"aria-invalid": "true"} if field.errors else {}
    by += [f"{field.name}-error"] if field.errors else []
    return field.as_widget(attrs={**wrong, **({"aria-describedby": " ".join(by)} if by else {})})


@register.filter
def is_long(field: BoundField) -> bool:
    """True for a field of several lines."""
    return isinstance(field.field.widget, Textarea)


@register.filter
def at(found: Mapping[str, str], key: str) -> str:
    """What a table has under a key; the key itself where it has nothing."""
    return found.get(key, key)
