"""A made-up country of qualifications, of any size, the same bytes for the same seed.

Titles are composed to be like a register's: some thirty large owners and many small ones, one title in fifteen given
twice, one in six with stray spaces, and a long tail of words seen once. Only what is made up stands here.
"""

import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from itertools import accumulate

from bench import vocabulary as v

SEED = 2005
FIRST_DAY = date(1996, 9, 1)
LAST_DAY = date(2026, 9, 1)


@dataclass(frozen=True)
class Size:
    """How many of each there are; a country by default (docs: scale to hold)."""

    qualifications: int = 60_000
    units: int = 250_000
    links: int = 600_000
    statements: int = 15_000
    alignments: int = 1_000_000
    roles: int = 3_000

    def scaled(self, share: float) -> "Size":
        """The same country at a share of its size: 0.01 is one per cent."""
        return replace(self, **{f.name: max(1, round(getattr(self, f.name) * share)) for f in fields(self)})


NATIONAL = Size()


class Drawing:
    """Draws from lists with weights; one stream for each kind of thing, so that none disturbs another."""

    def __init__(self, seed: int, what: str) -> None:
        self.random = random.Random(f"{what} {seed}")
        self._sums: dict[int, list[int]] = {}

    def one(self, weighted: Sequence[tuple[object, ...]]) -> tuple[object, ...]:
        """One of a list whose entries end in their weight."""
        sums = self._sums.get(id(weighted))
        if sums is None:
            sums = self._sums[id(weighted)] = list(accumulate(int(str(entry[-1])) for entry in weighted))
        return self.random.choices(weighted, cum_weights=sums)[0]

    def early(self, words: Sequence[str]) -> str:
        """One of a list, its first entries much more often than its last."""
        return words[int(len(words) * self.random.random() ** 2)]

    def chance(self, share: float) -> bool:
        """True so often."""
        return self.random.random() < share

    def rare(self) -> str:
        """A word that nobody has heard before: the name of a product, a machine or a place."""
        return "".join(self.random.choices(v.SYLLABLES, k=self.random.randint(2, 4))).capitalize()


@dataclass(frozen=True)
class Qualification:
    """A qualification as a register has it. Days are None where they are not known."""

    number: str
    title: str
    owner: str
    acronym: str
    level: str
    award: str
    area: str
    credit: int
    glh: int
    starts: date
    ends: date | None


@dataclass(frozen=True)
class Unit:
    """A unit: its title, level, credit and a sentence of what it teaches."""

    title: str
    level: str
    credit: int
    summary: str


def qualifications(size: Size = NATIONAL, seed: int = SEED, first: int = 1_000_000) -> Iterator[Qualification]:
    """So many qualifications, in the order of their numbers, of which every 97th from `first` is given."""
    draw = Drawing(seed, "qualifications")
    small = _small_owners(draw)
    said: deque[tuple[str, str, str, str, str]] = deque(maxlen=400)
    for n in range(size.qualifications):
        again = said and draw.chance(0.065)
        named = draw.random.choice(said) if again else _titled(draw, small)
        said.append(named)
        title, owner, acronym, level, award = named
        credit = draw.random.randint(1, 12) if "Award" in award else draw.random.randint(13, 90)
        starts = FIRST_DAY + timedelta(days=draw.random.randrange((LAST_DAY - FIRST_DAY).days))
        ends = starts + timedelta(days=365 * draw.random.randint(2, 15)) if draw.chance(0.6) else None
        yield Qualification(
            number(first + n * 97, draw.chance(0.994)), _smudged(title, draw), owner, acronym, level, award,
            draw.early(v.AREAS), credit, credit * draw.random.randint(6, 9), starts, ends,
        )  # fmt: skip


def number(seven: int, holds: bool = True) -> str:
    """A qualification number of these seven figures, with its check character, or with a wrong one."""
    digits = f"{seven:07d}"
    check = (sum(w * int(d) for w, d in zip(range(8, 1, -1), digits, strict=True)) + (not holds)) % 11
    return digits + ("X" if check == 10 else str(check))


def shown(stored: str) -> str:
    """A number with its slashes."""
    return f"{stored[:3]}/{stored[3:7]}/{stored[7:]}"


def _small_owners(draw: Drawing) -> tuple[tuple[str, str, int], ...]:
    """A hundred and ten small owners behind the large ones."""
    pairs = [(region, body) for region in v.REGION_WORDS for body in v.BODY_WORDS]
    small = [(f"{region} {body}", f"{region} {body} Limited", 1) for region, body in draw.random.sample(pairs, 110)]
    return (*v.OWNERS, *small)


def _titled(draw: Drawing, owners: Sequence[tuple[str, str, int]]) -> tuple[str, str, str, str, str]:
    brand, owner, _ = draw.one(owners)
    level, award = str(draw.one(v.LEVELS)[0]), str(draw.one(v.AWARDS)[0])
    words = f"Entry Level {award}" if level == "E" else f"Level {level} {award}"
    end = f" (Entry {draw.random.randint(1, 3)})" if level == "E" and draw.chance(0.7) else draw.one(v.SUFFIXES)[0]
    title = f"{brand} {words} {draw.one(v.JOINTS)[0]} {subject(draw)}{end}"
    return title, str(owner), str(brand), level, award


def subject(draw: Drawing) -> str:
    """What a qualification is about: a field, often with what is done in it, and where."""
    field = draw.early(v.CHILDREN) if draw.chance(0.04) else draw.early(v.FIELDS)
    shape = draw.random.random()
    if shape < 0.2:
        words = field
    elif shape < 0.55:
        words = f"{field} {draw.early(v.FOCI)}"
    elif shape < 0.75:
        words = f"{draw.early(v.OPENINGS)} {field} {draw.early(v.FOCI)}"
    elif shape < 0.88:
        words = f"{draw.early(v.OPENINGS)} {field} for {draw.early(v.SETTINGS)}"
    else:
        words = f"{field} {draw.early(v.FOCI)} and {draw.early(v.FOCI)}"
    return f"{words} - {draw.rare()}" if draw.chance(0.05) else words


def _smudged(title: str, draw: Drawing) -> str:
    """The title as it was typed: with a space too many, a curly quote, or a comma for an "and"."""
    if draw.chance(0.16):
        title += " "
    if draw.chance(0.025):
        title = title.replace(" in ", "  in ", 1)
    if "'" in title and draw.chance(0.2):
        title = title.replace("'", "\u2019")
    return title.replace(" and ", ", ", 1) if draw.chance(0.01) else title


def units(size: Size = NATIONAL, seed: int = SEED) -> Iterator[Unit]:
    """So many units."""
    draw = Drawing(seed, "units")
    for _ in range(size.units):
        title = f"{draw.early(v.DEEDS)} {draw.early(v.MATTERS)}"
        if draw.chance(0.6):
            title += f" {draw.early(v.CONDITIONS)}"
        if draw.chance(0.35):
            title += f": {subject(draw)}"
        summary = f"{title}. {draw.early(v.DEEDS)} {draw.early(v.MATTERS)} {draw.early(v.CONDITIONS)}."
        yield Unit(title, str(draw.one(v.LEVELS)[0]), draw.random.randint(1, 15), summary)


def links(size: Size = NATIONAL, seed: int = SEED) -> Iterator[tuple[int, int, bool]]:
    """So many (qualification, unit, mandatory), both by place; none twice; a tenth of the units are much shared."""
    draw = Drawing(seed, "links")
    shared = max(1, size.units // 10)
    share, over = divmod(size.links, size.qualifications)
    for q in range(size.qualifications):
        wanted = min(size.units, share + (q < over))
        inside: dict[int, None] = {}
        while len(inside) < wanted:
            inside[draw.random.randrange(shared if draw.chance(0.4) else size.units)] = None
        yield from ((q, unit, place < wanted // 2) for place, unit in enumerate(inside))


def statements(size: Size = NATIONAL, seed: int = SEED) -> Iterator[tuple[int, str]]:
    """So many (framework by place, title): frameworks of 50 statements."""
    draw = Drawing(seed, "statements")
    for n in range(size.statements):
        yield n // 50, f"{draw.early(v.DEEDS)} {draw.early(v.MATTERS)} {draw.early(v.CONDITIONS)}"


def alignments(size: Size = NATIONAL, seed: int = SEED) -> Iterator[tuple[int, int, bool]]:
    """So many (unit, statement, fully), both by place; none twice; some statements are reached far more often."""
    draw = Drawing(seed, "alignments")
    share, over = divmod(size.alignments, size.units)
    for unit in range(size.units):
        wanted = min(size.statements, share + (unit < over))
        reached: set[int] = set()
        while len(reached) < wanted:
            reached.add(int(size.statements * draw.random.random() ** 1.6))
        yield from ((unit, statement, draw.chance(0.4)) for statement in sorted(reached))


def roles(size: Size = NATIONAL, seed: int = SEED) -> Iterator[str]:
    """So many titles of roles."""
    draw = Drawing(seed, "roles")
    for n in range(size.roles):
        field = draw.early(v.CHILDREN) if n % 3 else draw.early(v.FIELDS)
        yield f"{field} {draw.early(v.ROLES)}" + (f" ({draw.early(v.SETTINGS)})" if n >= 200 else "")
