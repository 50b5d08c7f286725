"""Crosswalks as CASE associations between items of two documents, and back: which type is which relation.

CASE has no type for *superset* (the association is turned round) nor for *none* (an extended type). How sure a
relation is, who says so and what it is called here travel in `extensions`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from iqf.reports.package import PackagedRelation

EXTENSION: Final = "iqf"
TYPES: Final[Mapping[str, str]] = {
    "equal": "exactMatchOf",
    "subset": "isPartOf",
    "superset": "isPartOf",
    "intersects": "isRelatedTo",
    "none": "ext:nothingInCommon",
}
RELATIONS: Final[Mapping[str, str]] = {
    "exactMatchOf": "equal",
    "isPartOf": "subset",
    "isRelatedTo": "intersects",
    "isPeerOf": "intersects",
    "ext:nothingInCommon": "none",
}
"""What an association of another's package comes to here; other types are passed over."""
Node = Callable[[str], dict[str, str]]


def association(one: PackagedRelation, node: Node, common: Mapping[str, Any]) -> dict[str, Any]:
    """A relation as an association. `node`: the item of a statement (`framework/code`); `common`: of every row."""
    first, second = (one.second, one.first) if one.relation == "superset" else (one.first, one.second)
    own = {"first": one.first, "second": one.second, "relation": one.relation}
    own |= {name: value for name, value in (("strength", one.strength), ("author", one.author)) if value}
    found = {
        **common,
        "originNodeURI": node(first),
        "associationType": TYPES[one.relation],
        "destinationNodeURI": node(second),
        "extensions": {EXTENSION: own},
    }
    return {**found, "notes": one.note} if one.note else found
