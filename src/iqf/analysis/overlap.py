"""What do two qualifications have in common, unit by unit and statement by statement, and what does each add?

Promise: the same unit is told apart from an equivalent one and from one that only sounds alike; likeness is a score
on titles, never a claim. Titles that name different levels are never alike.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from iqf.analysis.rule_tree import CreditRange, UnitFact

ALIKE_AT = 88.0
"""Titles that score this much or more (0 to 100, token sort ratio) are called alike."""

_NOISE = re.compile(r"[^a-z0-9 ]+")
_NUMBERS = re.compile(r"\b\d+\b")
_SHORT_LEVEL = re.compile(r"\b(?:l|level) ?(\d|one|two|three|four|five|six|seven|eight)\b")
_DIGITS = dict(zip(("one", "two", "three", "four", "five", "six", "seven", "eight"), "12345678", strict=True))
_FRAMEWORKS = {"qcf", "rqf", "nqf"}


@dataclass(frozen=True)
class AlikePair:
    """Two different units with like titles, and how like (0 to 1)."""

    a: str
    b: str
    score: float


@dataclass(frozen=True)
class Overlap:
    """Units by code, counts of units, credits as ranges (each unit once).

    `only_a` and `only_b` are neither shared nor equivalent; alike ones stay in them.
    """

    shared: tuple[str, ...]
    equivalent: tuple[tuple[str, str], ...]
    alike: tuple[AlikePair, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    statements_both: tuple[str, ...]
    statements_only_a: tuple[str, ...]
    statements_only_b: tuple[str, ...]
    units_a: int
    units_b: int
    shared_credit: CreditRange
    credit_a: CreditRange
    credit_b: CreditRange


def plain_title(title: str) -> str:
    """A title as it is compared: lower case, no accents, punctuation or framework names; "L3" is "level 3".

    The normal form of METHODS, *Matching and duplicates*.
    """
    letters = unicodedata.normalize("NFKD", title).lower().replace("’", "").replace("'", "")
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = [word for word in _NOISE.sub(" ", bare).split() if word not in _FRAMEWORKS]
    return _SHORT_LEVEL.sub(lambda found: f"level {_DIGITS.get(found[1], found[1])}", " ".join(words))


def overlap(
    a: Sequence[UnitFact],
    b: Sequence[UnitFact],
    equivalents: Iterable[frozenset[str]] = (),
    reaches: Mapping[str, frozenset[str]] | None = None,
    alike_at: float = ALIKE_AT,
) -> Overlap:
    """Compare two sets of units. `reaches` gives the statements that each unit touches."""
    in_a, in_b = {u.code: u for u in a}, {u.code: u for u in b}
    shared = [code for code in in_a if code in in_b]
    rest_a = [u for code, u in in_a.items() if code not in in_b]
    rest_b = [u for code, u in in_b.items() if code not in in_a]
    classes = list(equivalents)
    equivalent = [
        (x.code, y.code) for x in rest_a for y in rest_b if any(x.code in c and y.code in c for c in classes)
    ]
    paired = {code for pair in equivalent for code in pair}
    rest_a = [u for u in rest_a if u.code not in paired]
    rest_b = [u for u in rest_b if u.code not in paired]
    touch = reaches or {}
    said_a = frozenset().union(*(touch.get(code, frozenset()) for code in in_a))
    said_b = frozenset().union(*(touch.get(code, frozenset()) for code in in_b))
    return Overlap(
        tuple(shared),
        tuple(equivalent),
        _alike(rest_a, rest_b, alike_at),
        tuple(u.code for u in rest_a),
        tuple(u.code for u in rest_b),
        tuple(sorted(said_a & said_b)),
        tuple(sorted(said_a - said_b)),
        tuple(sorted(said_b - said_a)),
        len(in_a),
        len(in_b),
        _credit([in_a[code] for code in shared]),
        _credit(in_a.values()),
        _credit(in_b.values()),
    )


def _alike(a: Sequence[UnitFact], b: Sequence[UnitFact], alike_at: float) -> tuple[AlikePair, ...]:
    """Each unit of `a` with the unit of `b` most like it, best first, each unit once."""
    if not a or not b:
        return ()
    titles_a, titles_b = [plain_title(u.title) for u in a], [plain_title(u.title) for u in b]
    scores = process.cdist(titles_a, titles_b, scorer=fuzz.token_sort_ratio, score_cutoff=alike_at)
    ranked = sorted(
        (
            (float(scores[i][j]), i, j)
            for i in range(len(a))
            for j in range(len(b))
            if scores[i][j] and _same_numbers(titles_a[i], titles_b[j]) and _levels_fit(a[i], b[j])
        ),
        key=lambda x: (-x[0], x[1], x[2]),
    )
    used_a, used_b, pairs = set(), set(), []
    for score, i, j in ranked:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            pairs.append(AlikePair(a[i].code, b[j].code, score / 100))
    return tuple(pairs)


def _credit(units: Iterable[UnitFact]) -> CreditRange:
    """The credit of units together; one without an upper bound leaves the sum without one."""
    held = list(units)
    highs = [unit.credit_high for unit in held if unit.credit_high is not None]
    return CreditRange(
        sum(unit.credit_low or 0 for unit in held),
        sum(highs) if len(highs) == len(held) else None,
        sum(not unit.credit_known for unit in held),
    )


def _same_numbers(a: str, b: str) -> bool:
    return sorted(_NUMBERS.findall(a)) == sorted(_NUMBERS.findall(b))


def _levels_fit(a: UnitFact, b: UnitFact) -> bool:
    return not (a.level and b.level) or a.level == b.level
