"""Matches that an ingest proposes are handed to review, in the ingest's own transaction."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from iqf.review.actions.matches import FoundMatch, hold_matches

Match = Mapping[str, Any]
NAMES = ("reference", "title", "code", "matched_title", "score", "why")


def hand_over(
    by: str, collection: str, matches: Sequence[Match], looked_at: Collection[str] | None = None
) -> tuple[list[dict[str, Any]], int]:
    """The matches that wait for a decision, and how many rows were written. Those decided on are not proposed again.

    A match names its official list under `register`; where it does not, the list is called as the collection is. One
    of two things of the catalogue has a blank list, and the code of the thing that was read under `entry`.
    `looked_at`: the references that the file speaks of, where it is not the whole list.
    """
    found = {_found(match, collection).pair: (match, _found(match, collection)) for match in matches}
    held = hold_matches(by=by, collection=collection, found=[f for _, f in found.values()], looked_at=looked_at)
    return [_shown(match) for pair, (match, _) in found.items() if pair in held.waiting], held.writes


def _shown(match: Match) -> dict[str, Any]:
    return {k: v for k, v in match.items() if k != "entry" and (k, v) != ("register", "")}


def _found(match: Match, collection: str) -> FoundMatch:
    said = {name: match[name] for name in NAMES} | {"reference": match.get("entry", match["reference"])}
    return FoundMatch(register=match.get("register", collection), **said).in_order
