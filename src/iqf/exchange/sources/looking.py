"""Look for entries of the catalogue that may be one thing, and put what was found into the inbox."""

from dataclasses import dataclass
from typing import Final, Literal

from iqf.analysis.likeness import Pair
from iqf.catalogue.models.things import Thing
from iqf.exchange.sources.pattern import one_transaction
from iqf.reports.duplicates import find
from iqf.review.actions.looks import looked
from iqf.review.actions.matches import FoundMatch, hold_matches
from iqf.review.sides import things_of

Of = Literal["qualifications", "units"]
KINDS: Final[tuple[Of, ...]] = ("qualifications", "units")
MOST_KEPT: Final = 2_000
"""So many pairs of a kind are put into the inbox at most, most alike first: more is nobody's work of a year."""
MOST_SIMILAR: Final = 500
"""So many of those that are only similar: for whoever has decided the others."""


@dataclass(frozen=True)
class Looked:
    """What looking through all things of a kind came to: how many there are, the pairs that look like one thing, how
    many of them wait, how many wait that are only similar, and how many rows were written.
    """

    of: Of
    looked_at: int
    found: int
    waiting: int
    similar: int
    writes: int


def look_for_duplicates(of: Of, *, by: str) -> Looked:
    """Compare every two entries of a kind, and let those that look like one thing wait for a decision; and the most
    alike of those that are only similar, in a list of their own.

    What was kept apart waits again only where either side says something else of itself since; a pair that does not
    look alike any more waits no longer. Raises Refused where somebody else is writing. Takes a few seconds for
    10,000 entries.
    """
    found = find(of)
    same = [pair for pair in found.likeness.pairs if pair.verdict == "same"]
    only = [pair for pair in found.likeness.pairs if pair.verdict != "same"][:MOST_SIMILAR]
    best = [*same[:MOST_KEPT], *only]
    with one_transaction(dry_run=False):
        things = things_of({code for pair in best for code in (pair.a, pair.b)})
        held = hold_matches(by=by, collection=f"like {of}", found=[_match(pair, things) for pair in best])
        looked(by=by, of=of, looked_at=found.looked_at, found=len(same), kept=min(len(same), MOST_KEPT))
    like = {FoundMatch("", pair.b, "", pair.a, "", 0, "").in_order.pair for pair in only}
    similar = len(held.waiting & like)
    return Looked(of, found.looked_at, len(same), len(held.waiting) - similar, similar, held.writes)


def _match(pair: Pair, things: dict[str, Thing]) -> FoundMatch:
    a, b = things[pair.a], things[pair.b]
    return FoundMatch("", pair.b, b.title, pair.a, a.title, pair.score, pair.why[:400], pair.verdict != "same")
