"""The ways of narrowing a search: what each thing counts as, and how all of them are counted in one pass.

Each filter's values are counted under all *other* filters, so that a reader sees what choosing another value would
give. The index walks the matching things once and asks every filter of each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from iqf.codes import LEVELS, NO_LEVEL
from iqf.snapshot.entries import Entry

TEXT: Final = {
    "type": "type",
    "in_framework": "in_framework",
    "level": "level",
    "kind": "kind",
    "role": "roles",
    "cluster": "clusters",
    "age": "age",
    "subject": "subject",
    "size": "size",
    "owner": "owner",
    "status": "status",
    "has_units": "has_units",
    "verified": "verified",
}
"""Filters that are the equality of a value, each with its field of the index."""
AVAILABLE: Final = "available"
"""The filter by the verdict for a day: `yes`, `no`, `cannot say`."""
VERDICTS: Final = ("yes", "no", "cannot say")
DAYS: Final = ("may_from", "sure_from", "sure_to", "may_to")
FILTERS: Final = (*TEXT, AVAILABLE)
MAX_VALUES: Final = 250
"""Of one filter, the most frequent are counted, and those that were asked for."""
MAX_TERMS: Final = 10_000
OWNED_BY: Final = "owner_keys"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Wanted:
    """One filter that is on: things must hold one of `values` in `field` (`available`: have one of the verdicts)."""

    name: str
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """`total` things under all filters, `matching` before them, `without` each filter; values by filter."""

    total: int
    matching: int
    without: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def facet_values(entry: Entry) -> dict[str, list[str]]:
    """What an entry counts as in each field: none, one or several values. Levels count where levels apply."""
    return {
        "type": [entry.type],
        "in_framework": ["yes" if entry.in_framework else "no"],
        "level": _levels(entry.level) if entry.is_levelled else [],
        "clusters": [key for key, _ in entry.clusters],
        "roles": list(entry.roles),
        **{
            name: [value] if (value := getattr(entry, name)) else []
            for name in ("kind", "age", "subject", "size", "owner", "status", "has_units", "verified")
        },
    }


def _levels(level: str) -> list[str]:
    """`Level 1/2` of a register counts at both."""
    parts = level.split("/")
    if len(parts) == 2 and all(part in LEVELS for part in parts):
        return parts
    return [level if level in (*LEVELS, NO_LEVEL) else UNKNOWN]


def condition(wanted: Wanted, on: date | None = None) -> str:
    """A filter in the index's own language."""
    if wanted.name == AVAILABLE:
        return _any(_verdict(value, on or date.max) for value in wanted.values)
    return _any(f"{wanted.field}:{_quoted(value)}" for value in wanted.values)


def conditions_of(filters: Iterable[Wanted], on: date | None = None) -> str:
    """Filters that must all hold, in the index's own language; blank for none."""
    return " AND ".join(condition(wanted, on) for wanted in filters)


def _verdict(verdict: str, on: date) -> str:
    """The rule of `analysis.start_days.StartDays.verdict`."""
    day = on.toordinal()
    sure = f"sure_from:<={day} AND sure_to:>={day}"
    if verdict == "yes":
        return f"({sure})"
    if verdict == "no":
        return f"(may_from:>{day} OR may_to:<{day})"
    return f"(may_from:<={day} AND may_to:>={day} AND (sure_from:>{day} OR sure_to:<{day}))"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _any(conditions: Iterable[str]) -> str:
    return f"({' OR '.join(conditions)})"


def count(searcher: Any, matching: Any, filters: Sequence[Wanted], on: date | None = None) -> Counted:
    """Count all filters' values over the things that match, in one pass; verdicts only where a day is asked about."""
    conditions = {wanted.name: condition(wanted, on) for wanted in filters}
    deep = MAX_VALUES if searcher.num_segments == 1 else MAX_TERMS
    names = [name for name in FILTERS if name != AVAILABLE or on]
    free = [name for name in names if name not in conditions]
    asked = {"all": _under(deep, conditions.values(), free, on), "matching": _under(deep)}
    for one in filters:
        others = [text for other, text in conditions.items() if other != one.name]
        asked[one.name] = _under(deep, others, [one.name], on, one)
    found = searcher.aggregate(matching, asked)
    groups = dict.fromkeys(free, found["all"]) | {name: found[name] for name in conditions}
    return Counted(
        total=int(found["all"]["doc_count"]),
        matching=int(found["matching"]["doc_count"]),
        without={name: int(found[name]["doc_count"]) for name in conditions},
        values={name: _values(name, group) for name, group in groups.items() if name in names},
    )


def _under(
    deep: int,
    conditions: Iterable[str] = (),
    names: Iterable[str] = (),
    on: date | None = None,
    wanted: Wanted | None = None,
) -> dict[str, Any]:
    """What to count of the things that hold under these conditions: values, and those that are wanted.

    `deep` is how many values each segment of the index tells: of one that is alone, no more than are shown.
    """
    counts: dict[str, Any] = {}
    if wanted and TEXT.get(wanted.name) == wanted.field:
        counts = {f"={v}": {"filter": f"{wanted.field}:{_quoted(v)}"} for v in wanted.values}
    for name in names:
        if name == AVAILABLE:
            counts |= {f"{name} {v}": {"filter": _verdict(v, on or date.max)} for v in VERDICTS}
        else:
            counts[name] = {"terms": {"field": TEXT[name], "size": MAX_VALUES, "segment_size": deep}}
    return {"filter": " AND ".join(conditions) or "*", "aggs": counts}


def _values(name: str, group: Mapping[str, Any]) -> dict[str, int]:
    if name == AVAILABLE:
        counts = {verdict: int(group.get(f"{name} {verdict}", {}).get("doc_count", 0)) for verdict in VERDICTS}
        return {verdict: number for verdict, number in counts.items() if number}
    frequent = {b["key"]: int(b["doc_count"]) for b in group.get(name, {}).get("buckets", ())}
    wanted = {key[1:]: int(held["doc_count"]) for key, held in group.items() if key.startswith("=")}
    return frequent | {value: number for value, number in wanted.items() if number}
