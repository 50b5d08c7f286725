"""Why a thing was found: which of its codes, names or texts answers what was asked."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from iqf.snapshot.asking import Concept, Plan, Way
from iqf.snapshot.entries import Entry
from iqf.snapshot.wording import code_keys, names_whole, stems, with_joined

NUMBERS: Final = ("qan", "unit-reference", "recognition-number")
MOST_REASONS: Final = 3


def because(found: Entry, asked: Plan) -> str:
    """Why a thing is among the results: `number`, `alias "Nursery nurse"`, `title`, `owner "NCFE"`, `description` …

    Blank where everything was asked for.
    """
    if whole := _whole_name(found, asked.names) or _code(found, asked.keys):
        return whole
    places: dict[str, list[str]] = {}
    for concept in asked.concepts:
        for place, note in () if concept.is_filler else _of_concept(found, concept):
            places.setdefault(place, []).extend([note] if note else [])
    reasons = [f"{place} ({', '.join(dict.fromkeys(notes))})" if notes else place for place, notes in places.items()]
    return "; ".join(reasons[:MOST_REASONS])


def _code(found: Entry, keys: Iterable[str]) -> str:
    wanted = set(keys)
    if not wanted:
        return ""
    if wanted & set(code_keys(found.code)):
        return "code"
    for scheme, value in found.aliases:
        if wanted & set(code_keys(value)):
            return "number" if scheme in NUMBERS else f'alias "{value}"'
    return ""


def _whole_name(found: Entry, names: Iterable[str]) -> str:
    """Which name is, whole, what was typed; else what that stands for."""
    for wanted in names:
        if wanted in names_whole(found.title):
            return "title"
        for name in found.names:
            if wanted in names_whole(name):
                return f'alias "{name}"'
    return ""


def _of_concept(found: Entry, concept: Concept) -> Iterator[tuple[str, str]]:
    """The places that answer one concept, each with a note on how it was read."""
    if concept.keys and (code := _code(found, concept.keys)):
        yield code, ""
    elif concept.levels and found.level in concept.levels:
        yield "level", ""
    else:
        for way in concept.ways or (Way(tuple(stems(concept.typed))),):
            if places := _places(found, way):
                yield from ((place, _read_as(concept, way)) for place in places)
                return


def _places(found: Entry, way: Way) -> list[str]:
    """The place that holds all stems of a way of reading; where they need not stand together, a place for each."""
    if where := _where(found, way.stems):
        return [where]
    apart = [] if way.phrase else [_where(found, (root,)) for root in way.stems]
    return list(dict.fromkeys(apart)) if all(apart) else []


def _where(found: Entry, roots: tuple[str, ...]) -> str:
    """The best of the places that hold the stems; blank where none does."""
    wanted = set(roots)
    places = [
        ("title", found.title),
        *((f'alias "{name}"', name) for name in found.names),
        *((f'owner "{found.owner}"', name) for name in (found.owner, *found.owner_names) if name),
        *((what if what in ("level", "kind") else f'{what} "{text}"', text) for what, text in found.context),
        ("description", found.body),
    ]
    for place, text in places:
        if wanted <= _stems_of(text):
            return place
    return ""


@lru_cache(maxsize=4_096)
def _stems_of(text: str) -> frozenset[str]:
    """The stems of a text: of one thing they are asked for again for every word typed."""
    return frozenset(stems(with_joined(text)))


def _read_as(concept: Concept, way: Way) -> str:
    if way.note == "spelling":
        return f'"{concept.typed}" read as "{way.said}"'
    if way.note == "meaning":
        return f'also "{way.said}"'
    return f'"{way.said}"' if way.note else ""
