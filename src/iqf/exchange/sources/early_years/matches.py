"""Rows without a number: which catalogue qualification each may be. Proposals only; nothing is tied by them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from iqf.analysis.names import plain_name
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.owners import Owners
from iqf.exchange.sources.early_years.readings import is_before
from iqf.register.actions import PrintedRow

TITLE_FLOOR = 0.86
SCORE_FLOOR = 0.75
TITLE_WEIGHT, OWNER_WEIGHT, DATES_WEIGHT = 0.7, 0.2, 0.1
AWARD_WORDS = (
    "award",
    "certificate",
    "diploma",
    "nvq",
    "degree",
    "ba",
    "bsc",
    "ma",
    "status",
    "foundation",
    "extended",
    "advanced",
)
_LEVEL = re.compile(r"\b(?:level|l)\s?[1-8]\b|\bentry(?: level)?(?: [123])?\b")
_BRACKETS = re.compile(r"\((?:qcf|rqf|vrq|nvq|england|[0-9]+)\)", re.IGNORECASE)
_SMALL = re.compile(r"\b(?:in|of|for|the|and|a|to|hons)\b")


@dataclass(frozen=True)
class Candidate:
    """A qualification of the catalogue, its title made comparable."""

    thing: m.Qualification
    title: str


def plain_title(title: str, owner_names: Iterable[str] = ()) -> str:
    """A title without level, framework marks, its owner's name in front, case, punctuation, small words."""
    said = plain_name(_BRACKETS.sub(" ", title.replace("\u2019", "'")))
    for name in sorted(owner_names, key=len, reverse=True):
        if name and said.startswith(name + " "):
            said = said.removeprefix(name + " ")
    return " ".join(_SMALL.sub(" ", _LEVEL.sub(" ", said)).split())


def propose(rows: Iterable[PrintedRow]) -> list[dict[str, Any]]:
    """For each row without a number, the qualifications of the same level that it may be, best first.

    Score from 0 to 1: likeness of the titles (0.7), owner (0.2), dates (0.1). Never across levels, never across
    kinds of award (a certificate is no diploma).
    """
    owners = Owners()
    by_level: dict[str, list[Candidate]] = defaultdict(list)
    for thing in m.Qualification.objects.filter(LIVE).exclude(level="").select_related("owner").order_by("code"):
        names = owners.family(thing.owner) if thing.owner else set()
        by_level[thing.level].append(Candidate(thing, plain_title(thing.title, names)))
    return [
        match
        for row in rows
        if not row.number and row.level
        for match in sorted(_matches(row, by_level[row.level], owners), key=lambda f: (-f["score"], f["code"]))
    ]


def _matches(row: PrintedRow, candidates: Sequence[Candidate], owners: Owners) -> Iterator[dict[str, Any]]:
    own = {plain_name(n) for n in (row.owner, row.facts["owner_now"]) if n}
    title = plain_title(row.title, own)
    titles = [c.title for c in candidates]
    alike = process.extract(title, titles, scorer=fuzz.token_sort_ratio, score_cutoff=100 * TITLE_FLOOR, limit=None)
    for _, percent, at in alike:
        candidate, likeness = candidates[at], percent / 100
        if _award(title) != _award(candidate.title):
            continue
        owner, owner_words = _owner_score(row, candidate.thing, owners)
        dates, dates_words = _dates_score(row, candidate.thing)
        score = TITLE_WEIGHT * likeness + OWNER_WEIGHT * owner + DATES_WEIGHT * dates
        if score >= SCORE_FLOOR:
            yield {
                "reference": row.reference,
                "title": row.title,
                "code": candidate.thing.code,
                "matched_title": candidate.thing.title,
                "score": round(score, 3),
                "why": f"titles {likeness:.0%} alike, same level, {owner_words}, {dates_words}",
            }


def _award(title: str) -> set[str]:
    return {word for word in title.split() if word in AWARD_WORDS}


def _owner_score(row: PrintedRow, thing: m.Qualification, owners: Owners) -> tuple[float, str]:
    if not row.owner or thing.owner is None or thing.stands_for:
        return 0.5, "owner not stated as one"
    if owners.same([row.owner, row.facts["owner_now"]], thing.owner):
        return 1.0, "same owner"
    return 0.0, "other owner"


def _dates_score(row: PrintedRow, thing: m.Qualification) -> tuple[float, str]:
    start, end = row.facts["started_from"], row.facts["started_to"]
    last = thing.last_new_start or thing.operational_end
    if not (start or end) or not (thing.operational_start or last):
        return 0.5, "dates not known"
    if is_before(end, thing.operational_start) or is_before(last, start):
        return 0.0, "other dates"
    return 1.0, "dates agree"
