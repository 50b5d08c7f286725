"""What a search is narrowed by: filters as people write them, read into what the index holds, or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tantivy import Occur, Query

from iqf.analysis.size import SIZES
from iqf.codes import LEVELS, NO_LEVEL, parse_level
from iqf.snapshot import Snapshot
from iqf.snapshot.asking import clean
from iqf.snapshot.facets import AVAILABLE, FILTERS, OWNED_BY, TEXT, UNKNOWN, VERDICTS, Wanted
from iqf.snapshot.index import stored
from iqf.snapshot.wording import code_keys, whole, whole_forms

TYPES: Final = ("role", "qualification", "unit", "organisation", "framework", "statement", "cluster", "official row")
YES_OR_NO: Final = ("yes", "no")
CLOSED: Final[Mapping[str, tuple[str, ...]]] = {
    "type": TYPES,
    "in_framework": YES_OR_NO,
    "has_units": YES_OR_NO,
    "verified": YES_OR_NO,
    "size": (*SIZES, UNKNOWN),
    AVAILABLE: VERDICTS,
}
"""Filters whose values are a closed list."""
SCHEME: Final = "sectors-2008"
MOST_VALUES: Final = 40

Given = str | Sequence[str] | None


class RefusedFilterError(ValueError):
    """A filter that cannot be; the message is one plain sentence."""


@dataclass(frozen=True)
class Narrowed:
    """The filters of one search. `asked` is how they were written, in canonical order; `on` the day asked about."""

    wanted: tuple[Wanted, ...] = ()
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    on: date | None = None
    scheme: str = SCHEME


def narrow(image: Snapshot, given: Mapping[str, Given], available_on: str | date | None, scheme: str) -> Narrowed:
    """Read filters. Each may have several values, of which one must hold; blank ones ask nothing.

    A day asked about alone asks for what can be started on it. Raises RefusedFilterError.
    """
    asked = {name: values for name in FILTERS if (values := _values(given.get(name)))}
    on = _day(available_on)
    if on and AVAILABLE not in asked:
        asked[AVAILABLE] = ("yes",)
    if AVAILABLE in asked and not on:
        raise RefusedFilterError("Whether a thing is available needs a day: give one, like 2026-11-21.")
    known = {key.partition(":")[0] for key in image.manifest.clusters}
    if scheme != SCHEME and scheme not in known:
        raise RefusedFilterError(f'There is no scheme "{clean(scheme)}"; the schemes are {", ".join(sorted(known))}.')
    wanted = tuple(_wanted(image, name, values) for name, values in asked.items())
    asked |= {one.name: one.values for one in wanted if one.name in ("level", "role")}
    return Narrowed(wanted, asked, on, scheme)


def _values(given: Given) -> tuple[str, ...]:
    several = (given,) if isinstance(given, str) else given or ()
    cleaned = (clean(value) for value in several if value.strip())
    return tuple(sorted(dict.fromkeys(value for value in cleaned if value)))[:MOST_VALUES]


def _day(given: str | date | None) -> date | None:
    if given is None or isinstance(given, date):
        return given
    text = given.strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RefusedFilterError(f'"{clean(text)}" is not a date; write it like 2026-11-21.') from None


def _wanted(image: Snapshot, name: str, values: tuple[str, ...]) -> Wanted:
    if name in CLOSED and (strange := [v for v in values if v not in CLOSED[name]]):
        raise RefusedFilterError(_no_such(name, strange[0]))
    if name == "level":
        return Wanted(name, TEXT[name], tuple(_level(value) for value in values))
    if name == "cluster" and (short := [v for v in values if ":" not in v]):
        raise RefusedFilterError(f'A cluster is given as scheme:key, such as {SCHEME}:youth, not "{short[0]}".')
    if name == "owner":
        return Wanted(name, OWNED_BY, tuple(whole(value) for value in values))
    if name == "role":
        return Wanted(name, TEXT[name], tuple(code for value in values for code in _roles(image, value)))
    return Wanted(name, TEXT.get(name, name), values)


def _no_such(name: str, value: str) -> str:
    choice = ", ".join(CLOSED[name])
    if CLOSED[name] in (YES_OR_NO, VERDICTS):
        return f'The filter {name} cannot be "{value}"; it is one of {choice}.'
    return f'There is no {name} "{value}"; the {name}s are {choice}.'


def _level(value: str) -> str:
    if value.lower() == UNKNOWN:
        return UNKNOWN
    if level := parse_level(value):
        return level
    raise RefusedFilterError(
        f'There is no level "{value}"; the levels are {", ".join(LEVELS)}, {NO_LEVEL} and {UNKNOWN}.'
    )


def _roles(image: Snapshot, called: str) -> list[str]:
    """The codes of the roles that go by a code, alias or whole name. Raises RefusedFilterError where none does."""
    if called in image.manifest.roles:
        return [called]
    schema = image.index.schema
    names = [("keys", key) for key in code_keys(called)] + [("whole", form) for form in whole_forms(called)]
    either = Query.boolean_query([(Occur.Should, Query.term_query(schema, f, v)) for f, v in names])
    query = Query.boolean_query([(Occur.Must, Query.term_query(schema, "type", "role")), (Occur.Must, either)])
    found = [stored(image.searcher.doc(address)).code for _, address in image.searcher.search(query, 20).hits]
    if not found:
        raise RefusedFilterError(f'There is no role "{called}"; look for it with: iqf search "{called}" --type role.')
    return found
