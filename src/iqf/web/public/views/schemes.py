"""The one-click switch between ways of dividing the workforce."""

from collections.abc import Mapping, Sequence

from iqf.reports.lists import schemes
from iqf.web.public.links import query


def scheme_switch(current: str, keep: Mapping[str, str | Sequence[str]]) -> list[dict[str, object]]:
    """A choice for each scheme that places roles. `keep`: what else of the address stays."""
    return [{"title": s.title, "href": query(scheme=s.key, **keep), "current": s.key == current} for s in schemes()]
