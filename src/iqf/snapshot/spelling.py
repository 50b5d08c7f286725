"""What a word that nothing holds may have been meant to be."""

from bisect import bisect_left

from rapidfuzz import process
from rapidfuzz.distance import OSA

from iqf.snapshot.reading import Snapshot

NEAR_WORDS = 3
TWO_SLIPS_FROM = 10
BEGINNINGS = 12
ENDINGS = ("ings", "ing", "ers", "er", "ors", "or", "ment", "s")


def near_words(snapshot: Snapshot, word: str) -> list[str]:
    """The words one slip away (two, from ten letters on), nearest and then most used first; at most three.

    A slip is a letter more, less, changed, or two exchanged (optimal string alignment). Words of under three letters
    and words with digits are never taken for misspelt; nothing is taken for a word of under four letters.
    """
    if len(word) < 3 or any(c.isdigit() for c in word):
        return []
    slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
    found = process.extract(word, snapshot.word_list, scorer=OSA.distance, score_cutoff=slips, limit=None)
    usable = [(d, w[0] != word[0], place, w) for w, d, place in found if len(w) >= 4]
    nearest = min((d for d, *_ in usable), default=0)
    return [w for d, _, _, w in sorted(usable) if d == nearest][:NEAR_WORDS]


def beginning_with(snapshot: Snapshot, start: str) -> list[str]:
    """The words that begin so, most used first; at most twelve. Under three letters begin too much."""
    if len(start) < 3:
        return []
    ordered = snapshot.sorted_words
    low, high = bisect_left(ordered, start), bisect_left(ordered, start + "\U0010ffff")
    return sorted(ordered[low:high], key=lambda word: (-snapshot.vocabulary[word], word))[:BEGINNINGS]


def alike_words(snapshot: Snapshot, word: str) -> list[str]:
    """The words that begin like this one without its ending: `childminding` leads to *childminder*."""
    for ending in ENDINGS:
        start = word.removesuffix(ending)
        if start != word and len(start) >= 5 and (found := beginning_with(snapshot, start)):
            return found
    return []


def halves(snapshot: Snapshot, word: str) -> tuple[str, str] | None:
    """The two words (of three letters or more, and used more) that were written as one, as `earlyyears`, or None."""
    used = snapshot.vocabulary
    cuts = ((word[:n], word[n:]) for n in range(3, len(word) - 2))
    held = [pair for pair in cuts if min(used.get(half, 0) for half in pair) > used.get(word, 0)]
    return max(held, key=lambda pair: min(used[half] for half in pair), default=None)


def near_number(snapshot: Snapshot, number: str) -> tuple[str, ...]:
    """Official numbers one slip away from one that nothing carries, among those that begin alike; at most three."""
    alike = [key for key, _ in snapshot.searcher.terms_with_prefix("keys", number[:3], limit=20_000)]
    found = process.extract(number, alike, scorer=OSA.distance, score_cutoff=1, limit=3)
    return tuple(key for key, _, _ in found)
