"""Matches by likeness, as an ingest reports them: proposals, which tie and merge nothing."""

from collections.abc import Iterable
from typing import Any

from iqf.analysis.likeness import Pair, Titled, Verdict, between
from iqf.analysis.likeness_score import owner_agrees, reading

FLOOR = 0.75
"""Pairs less alike than this are not worth anybody's time."""


def matched(read: Iterable[Titled], held: Iterable[Titled], least: Verdict = "similar") -> list[dict[str, Any]]:
    """For each record read, the records of the catalogue that it may be, best first, in the order of the file.

    Keys are the source's own reference and our code. Never across levels or kinds of award (`likeness` sees to
    that), nor where both owners or both numbers are known and differ; one number is one thing.
    """
    ours, theirs = {r.key: r for r in read}, {r.key: r for r in held}
    place = {key: n for n, key in enumerate(ours)}
    found = [
        p for p in between(ours.values(), theirs.values(), least).pairs if _is_worth_it(p, ours[p.a], theirs[p.b])
    ]
    found.sort(key=lambda pair: (place[pair.a], -pair.score, pair.b))
    return [_as_reported(pair, ours[pair.a].title, theirs[pair.b].title) for pair in found]


def _is_worth_it(pair: Pair, read: Titled, held: Titled) -> bool:
    ours, theirs = reading(read), reading(held)
    if ours.number and theirs.number:
        return ours.number == theirs.number
    return pair.score >= FLOOR and owner_agrees(ours.owners, theirs.owners) is not False


def _as_reported(pair: Pair, title: str, matched_title: str) -> dict[str, Any]:
    return {
        "reference": pair.a,
        "title": title,
        "code": pair.b,
        "matched_title": matched_title,
        "score": pair.score,
        "why": pair.why,
    }
