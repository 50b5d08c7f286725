"""Which pairs of things that look like one has nobody found to be two?"""

from dataclasses import replace

from iqf.analysis.likeness import Likeness
from iqf.reports.duplicates import Found
from iqf.review.queries import kept_apart


def undecided(found: Found) -> Found:
    """What was found without the pairs that somebody kept apart and that say of themselves what they said then."""
    apart = kept_apart()
    pairs = tuple(pair for pair in found.likeness.pairs if frozenset((pair.a, pair.b)) not in apart)
    total = found.likeness.total - (len(found.likeness.pairs) - len(pairs))
    return replace(found, likeness=Likeness(pairs, total, found.likeness.capped))
