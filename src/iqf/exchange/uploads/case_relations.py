"""The associations of a CASE package that relate its items to those of other documents, read as crosswalks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from iqf.catalogue.models.frameworks import HOW_SURE
from iqf.catalogue.models.frameworks import RELATIONS as KNOWN
from iqf.exchange.formats.case_relations import EXTENSION, RELATIONS

MOST_AUTHOR = 150


@dataclass(frozen=True)
class CaseNode:
    """One end of an association. `code`: that of the item in the package; blank for an item of another document."""

    identifier: str
    code: str = ""


@dataclass(frozen=True)
class CaseRelation:
    """What the first item is to the second, one of them of this package; how sure, by whom, and why."""

    first: CaseNode
    second: CaseNode
    relation: str
    strength: str
    author: str
    note: str


def node(row: Mapping[str, Any], name: str) -> CaseNode:
    """One end of an association, by its identifier; blank where it has none."""
    found = row.get(name)
    return CaseNode(str(found.get("identifier") or "") if isinstance(found, Mapping) else "")


def relations_in(rows: Iterable[Any], codes: Mapping[str, str]) -> tuple[CaseRelation, ...]:
    """The crosswalks among associations. `codes`: of the package's own items, by identifier."""
    found = (_relation(row, codes) for row in rows if isinstance(row, Mapping))
    return tuple(one for one in found if one)


def _relation(row: Mapping[str, Any], codes: Mapping[str, str]) -> CaseRelation | None:
    """One association as a crosswalk; None where it is of another kind, or does not lead out of the package."""
    relation = RELATIONS.get(str(row.get("associationType")))
    ends = [node(row, name).identifier for name in ("originNodeURI", "destinationNodeURI")]
    if relation is None or not all(ends) or sum(end in codes for end in ends) != 1:
        return None
    own = _own(row)
    if own.get("relation") == "superset" and relation == "subset":
        relation, ends = "superset", ends[::-1]
    elif own.get("relation") in KNOWN and relation == "intersects":
        relation = str(own["relation"])
    strength = str(own.get("strength") or "")
    first, second = (CaseNode(end, codes.get(end, "")) for end in ends)
    return CaseRelation(
        first,
        second,
        relation,
        strength if strength in HOW_SURE else "",
        " ".join(str(own.get("author") or "").split())[:MOST_AUTHOR],
        str(row.get("notes") or ""),
    )


def _own(row: Mapping[str, Any]) -> Mapping[str, Any]:
    extensions = row.get("extensions")
    own = extensions.get(EXTENSION) if isinstance(extensions, Mapping) else None
    return own if isinstance(own, Mapping) else {}
