"""How like are two records by title, owner, level, kind and number, and are they one thing?

Promise: the same answer in either order, and a reason with it. The score is arithmetic; the verdict is a proposal.
Normal forms follow METHODS, *Matching and duplicates*; weights and thresholds are set on labelled pairs
(bench/pairs/README.md).
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from iqf.analysis import title_words as words
from iqf.analysis.names import alike, plain_name
from iqf.analysis.partial_dates import before, partial
from iqf.analysis.titles import Parts, read
from iqf.codes import NO_LEVEL, alias_key, parse_qan, parse_unit_reference

Verdict = Literal["same", "similar", "different"]
Content = frozenset[str]

ADDED, REPLACED = 0.5, 1.5
"""What words only one title has count against it; and, word for word, those that the other has in their place."""
SAME_AT, SIMILAR_AT = 1.0, 0.72
SHUT_OUT = 0.4
"""A pair that some check keeps apart keeps so much of its score."""
TWO_NUMBERS = 0.97
"""What a pair keeps of its score where each has an official number of its own: often editions, seldom one thing."""
SURE = 8
"""Names of owners of so many letters may be misspellings of one another."""
NAMED, LONG = 6, 20
"""A reason names so many words at most, each cut to so many letters."""
SHORTEST = 6
"""Words shorter than this are never taken for misspellings of one another."""


@dataclass(frozen=True)
class Titled:
    """A qualification or unit to compare: what it is called, and what is known of it. Blank is not known.

    `owners` are all names of who owns it, former ones and successors too. `level` as the catalogue holds it (`3`,
    `E2`, `1/2`), `number` in any notation, `starts` and `ends` as partial dates.
    """

    key: str
    title: str
    owners: tuple[str, ...] = ()
    level: str = ""
    kind: str = ""
    number: str = ""
    starts: str = ""
    ends: str = ""


@dataclass(frozen=True)
class Pair:
    """Two records by key, how like they are (0 to 1), the verdict, and the reason in words."""

    a: str
    b: str
    score: float
    verdict: Verdict
    why: str


@dataclass(frozen=True)
class Reading:
    """A record made comparable."""

    titled: Titled
    parts: Parts
    owners: frozenset[str]
    levels: frozenset[str]
    number: str

    @property
    def content(self) -> Content:
        """The words of what it is about. Titles that name no subject share that they name none."""
        return self.parts.content or frozenset([""])


@dataclass(frozen=True)
class ContentLikeness:
    """How like two sets of words are (0 to 1), the words that only one of them has, and what keeps them apart."""

    score: float
    only_a: frozenset[str]
    only_b: frozenset[str]
    apart: tuple[str, ...] = ()


def reading(record: Titled) -> Reading:
    """Read a record into comparable parts."""
    names = frozenset(n for n in map(plain_name, record.owners) if n)
    parts = read(record.title, names)
    front = plain_name(parts.owner)
    said = {_slot(level) for level in (record.level, parts.level) if level and level != NO_LEVEL}
    said = said or {words.IMPLIED_LEVELS[award] for award in parts.award & words.IMPLIED_LEVELS.keys()}
    number = alias_key(record.number) if record.number.strip() else ""
    return Reading(record, parts, names | {front} if front else names, frozenset(said), number)


def _slot(level: str) -> str:
    return "E" if level[0] == "E" and "/" not in level else level


def weight(word: str) -> float:
    """What a word counts: half where many titles share it whatever they are about."""
    return 0.5 if word in words.GENERIC or len(word) == 1 else 1.0


@functools.lru_cache(maxsize=500_000)
def near(first: str, second: str) -> bool:
    """True where a longer word is another with a letter left out, or with two neighbouring letters changed over."""
    if min(len(first), len(second)) < SHORTEST or not (first.isalpha() and second.isalpha()):
        return False
    if weight(first) != weight(second):
        return False
    if len(first) == len(second):
        return first in swaps(second)
    longer, shorter = sorted((first, second), key=len, reverse=True)
    return shorter in shortened(longer)


def shortened(word: str) -> set[str]:
    """The word with one letter left out, in every way."""
    return {word[:n] + word[n + 1 :] for n in range(len(word))}


def swaps(word: str) -> set[str]:
    """The word with two neighbouring letters changed over, in every way."""
    return {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(len(word) - 1)}


def content_likeness(a: Content, b: Content) -> ContentLikeness:
    """Shared weight over shared weight and what is not shared; a word in another's place counts more than one added.

    s / (s + ADDED·max(u, v) + REPLACED·min(u, v)), where u and v are the weights of the words only one side has. With
    1 and 1 it would be the Jaccard ratio, with ½ and ½ Dice's. Misspelled words are shared.
    """
    rest_a, rest_b = a - b, b - a
    if rest_a and rest_b:
        near_a = {x for x in rest_a if any(near(x, y) for y in rest_b)}
        near_b = {y for y in rest_b if any(near(x, y) for x in rest_a)}
        rest_a, rest_b = rest_a - near_a, rest_b - near_b
    u, v = sum(map(weight, rest_a)), sum(map(weight, rest_b))
    shared = min(sum(map(weight, a)) - u, sum(map(weight, b)) - v)
    return ContentLikeness(ratio(shared, u, v), rest_a, rest_b, tuple(_words_apart(rest_a, rest_b, a & b)))


def _words_apart(only_a: Content, only_b: Content, both: Content) -> Iterator[str]:
    """What makes two subjects of them, however much else is alike."""
    if any(only_a & pole and only_b & pole for pole in words.POLES):
        yield "opposite words"
    elif only_a - words.GENERIC and only_b - words.GENERIC:
        yield "other words in their place"
    if (only_a | only_b) & words.DEEDS and not both & words.DEEDS:
        yield "another deed"


def ratio(shared: float, u: float, v: float) -> float:
    """The formula of `content_likeness`."""
    return shared / (shared + ADDED * max(u, v) + REPLACED * min(u, v)) if shared else 0.0


def compare(a: Titled, b: Titled) -> Pair:
    """Compare two records."""
    x, y = reading(a), reading(b)
    return judge(x, y, content_likeness(x.content, y.content))


def judge(a: Reading, b: Reading, content: ContentLikeness) -> Pair:
    """The verdict on two readings, whose contents have been compared already."""
    if a.number and a.number == b.number:
        return _pair(a, b, 1.0, "same", [f"same number {_shown(a.number)}"])
    apart = list(_apart(a, b, content))
    factors = list(_doubts(a, b))
    score = content.score
    for factor, _ in factors:
        score *= factor
    likeness = _words_alike(content)
    if apart:
        return _pair(a, b, score * SHUT_OUT, "different", [*apart, likeness])
    why = [likeness, *(said for _, said in factors), *_agreed(a, b)]
    if content.score < SIMILAR_AT:
        return _pair(a, b, score, "different", why)
    same = content.score >= SAME_AT and not factors and _nothing_added(a, b)
    if a.number and b.number:
        score *= TWO_NUMBERS
        why.append("two numbers")
    return _pair(a, b, score, "same" if same else "similar", why)


def _pair(a: Reading, b: Reading, score: float, verdict: Verdict, why: Iterable[str]) -> Pair:
    return Pair(a.titled.key, b.titled.key, round(score, 3), verdict, ", ".join(why))


def _shown(number: str) -> str:
    """A number as people write it."""
    known = parse_qan(number) or parse_unit_reference(number)
    return known.shown if known else number


def _words_alike(content: ContentLikeness) -> str:
    if content.score == 1:
        return "same words"
    only = " / ".join(_some(rest) for rest in (content.only_a, content.only_b) if rest)
    return f"words {content.score:.0%} alike" + (f" (not {only})" if only else "")


def _some(rest: Content) -> str:
    """A few words, and that there are more."""
    listed = sorted(rest)
    return " ".join(word[:LONG] for word in listed[:NAMED]) + (" …" if len(listed) > NAMED else "")


def _apart(a: Reading, b: Reading, content: ContentLikeness) -> Iterator[str]:
    """What makes two things of them, whatever else is alike."""
    p, q = a.parts, b.parts
    if a.levels and b.levels and not _level_agrees(a, b):
        yield "other level"
    if p.award and q.award and (p.award - {"nvq"}) != (q.award - {"nvq"}) and not _nvq(p, q):
        yield "other kind of award"
    if p.award and q.award and p.size != q.size:
        yield "other size of award"
    if p.numerals - q.numerals and q.numerals - p.numerals:
        yield "other number or part"
    if content.only_a & p.options and content.only_b & q.options:
        yield "other pathway"
    yield from content.apart
    if (
        a.titled.kind
        and b.titled.kind
        and a.titled.kind != b.titled.kind
        and "historic" not in (a.titled.kind, b.titled.kind)
    ):
        yield "other kind of thing"


def _nvq(p: Parts, q: Parts) -> bool:
    """True where both are NVQs and only one says of which size."""
    return "nvq" in p.award & q.award and not (p.award - {"nvq"} and q.award - {"nvq"})


def _level_agrees(a: Reading, b: Reading) -> bool:
    """True where the levels of the records are one; where a record has none, its title's is among the other's."""
    stated = {_slot(r.titled.level) for r in (a, b) if r.titled.level and r.titled.level != NO_LEVEL}
    if a.titled.level and b.titled.level and len(stated) > 1:
        return False
    one, other = a.parts.level, b.parts.level
    if one[:1] == other[:1] == "E" and len(one) > 1 and len(other) > 1:
        return one == other
    return bool(a.levels & b.levels)


def _doubts(a: Reading, b: Reading) -> Iterator[tuple[float, str]]:
    """What keeps two things from being called the same, each with the factor that it takes from the score."""
    p, q = a.parts, b.parts
    owner = owner_agrees(a.owners, b.owners)
    if owner is False:
        yield 0.85, "other owner"
    elif owner is None and (a.owners or b.owners):
        yield 0.95, "one owner not known"
    if bool(a.levels) != bool(b.levels):
        yield 0.95, "one level not known"
    if bool(p.award) != bool(q.award):
        yield 0.9, "one kind of award not known"
    elif ("nvq" in p.award) != ("nvq" in q.award) or p.style != q.style or (_nvq(p, q) and p.award != q.award):
        yield 0.9, "another style of award"
    if p.countries != q.countries:
        yield 0.9, "another country"
    if p.versions != q.versions:
        yield 0.97, "another version"
    if _dates_apart(a.titled, b.titled):
        yield 0.95, "other dates"


def _nothing_added(a: Reading, b: Reading) -> bool:
    """True where neither has numerals or options that the other lacks."""
    return a.parts.numerals == b.parts.numerals and not (a.parts.options ^ b.parts.options) - (
        a.parts.content & b.parts.content
    )


def _agreed(a: Reading, b: Reading) -> Iterator[str]:
    if a.levels & b.levels:
        yield "same level"
    if owner_agrees(a.owners, b.owners):
        yield "same owner"


@functools.lru_cache(maxsize=200_000)
def owner_agrees(a: frozenset[str], b: frozenset[str]) -> bool | None:
    """Whether two sets of plain names are of one owner; None where either has none."""
    if not a or not b:
        return None
    return bool(a & b) or any(_one_owner(x, y) for x in a for y in b)


def _one_owner(first: str, second: str) -> bool:
    """Alike names that tell an owner from others; short ones share a word or are initials: NOCN is not OCN NI."""
    if not (_tells(first) and _tells(second) and alike(first, second)):
        return False
    short, long = sorted((first, second), key=len)
    initials = "".join(word[0] for word in long.split())
    return len(short) >= SURE or bool(set(first.split()) & set(second.split())) or short == initials


def _tells(name: str) -> bool:
    """True where a name tells an owner from others: Open Awards is alike to any network that is open."""
    return not set(name.split()) <= words.COMMON_IN_NAMES


def _dates_apart(a: Titled, b: Titled) -> bool:
    """True where one ended before the other began."""
    return _ended(a.ends, b.starts) or _ended(b.ends, a.starts)


def _ended(end: str, start: str) -> bool:
    first, second = partial(end), partial(start)
    return bool(first and second and before(first, second))
