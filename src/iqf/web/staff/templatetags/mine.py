"""Template tags of the pages of what belongs to a person."""

from collections.abc import Mapping
from typing import Any

from django import template

from iqf.reports.things import Ref

register = template.Library()


@register.filter
def value_at(found: Mapping[Any, Any], key: Any) -> Any:
    """What a table has under a key; blank where it has nothing."""
    return found.get(key, "")


@register.filter
def name(framework: Ref) -> str:
    """A framework as addresses of these pages name it: its key."""
    return framework.aliases[0]


@register.filter
def state_of(strength: str) -> str:
    """How far something is shown, as the marks of coverage name it."""
    return "fully" if strength == "fully" else "touches"
