"""Which qualifications, or units, may be the same thing? Proposals with a score and why; nothing is merged.

Sharing is no duplication: a unit in many qualifications is one unit, units stated to be equivalent are known, and one
number on two official lists is one thing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from iqf.analysis.likeness import Capped, Likeness, Pair, Titled, Verdict, within
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.titled import titled_qualifications, titled_units
from iqf.register.models import OfficialRow
from iqf.reports.things import Ref, ref, shown_level

KINDS: Final = ("qualifications", "units", "register")
VERDICTS: Final = ("same", "similar")


@dataclass(frozen=True)
class LikePair:
    """Two things that may be one: how like (0 to 1), `same` or `similar`, and why."""

    a: Ref
    b: Ref
    score: float
    verdict: Verdict
    why: str


@dataclass(frozen=True)
class Found:
    """Every pair among the things of one kind, by their codes; how many things were looked at."""

    of: str
    looked_at: int
    likeness: Likeness


@dataclass(frozen=True)
class DuplicatesAnswer:
    """The pairs asked for, best first, of `total` (of which `kept` can be asked for); and what was too common."""

    of: str
    verdict: str
    looked_at: int
    total: int
    kept: int
    pairs: tuple[LikePair, ...]
    capped: tuple[Capped, ...]


def duplicates(of: str = "qualifications", *, verdict: Verdict = "similar", limit: int = 50) -> DuplicatesAnswer:
    """The pairs of `of` (qualifications, units, or register: the rows of the official lists), best first.

    `verdict` same: only those that look like one thing; similar: those worth seeing side by side too.
    """
    return shown(find(of, verdict), limit=limit)


def find(of: str, verdict: Verdict = "similar") -> Found:
    """Look through all things of one kind. Takes a while for the register: a few seconds for 10,000 rows."""
    records = list(RECORDS[of]())
    found = within(records, verdict)
    known = _known_equivalents() if of == "units" else set()
    pairs = tuple(p for p in found.pairs if frozenset((p.a, p.b)) not in known)
    total = found.total - (len(found.pairs) - len(pairs))
    return Found(of, len(records), Likeness(pairs, total, found.capped))


def shown(found: Found, *, verdict: Verdict = "similar", limit: int = 50, offset: int = 0) -> DuplicatesAnswer:
    """One page of what was found, the things with their codes, other names, levels and owners."""
    wanted = [p for p in found.likeness.pairs if verdict == "similar" or p.verdict == "same"]
    total = found.likeness.total if verdict == "similar" else len(wanted)
    page = wanted[offset : offset + limit]
    refs = REFS[found.of]({key for pair in page for key in (pair.a, pair.b)})
    pairs = tuple(_like_pair(p, refs) for p in page)
    return DuplicatesAnswer(found.of, verdict, found.looked_at, total, len(wanted), pairs, found.likeness.capped)


def _like_pair(pair: Pair, refs: Mapping[str, Ref]) -> LikePair:
    return LikePair(refs[pair.a], refs[pair.b], pair.score, pair.verdict, pair.why)


def _register() -> Iterator[Titled]:
    """Rows about qualifications on all official lists, a number once: as the list prints it that has most of them."""
    rows = OfficialRow.objects.filter(retired=False, kind="qualification").order_by("register", "reference")
    lists = Counter(rows.values_list("register", flat=True))
    speaks: dict[str, str] = {}
    for register, number in rows.exclude(number="").values_list("register", "number"):
        held = speaks.setdefault(number, register)
        if (lists[register], register) > (lists[held], held):
            speaks[number] = register
    for r in rows.defer("printed", "facts").iterator():
        if not r.number or speaks[r.number] == r.register:
            owners = () if not r.owner or r.owner.casefold().startswith("various") else (r.owner,)
            yield Titled(_row_key(r), r.title, owners, r.level, number=r.number)


def _row_key(row: OfficialRow) -> str:
    return f"{row.register}:{row.reference}"


def _known_equivalents() -> set[frozenset[str]]:
    stated = m.Equivalence.objects.filter(LIVE).values_list("first__code", "second__code")
    return {frozenset(pair) for pair in stated}


def _qualification_refs(codes: Iterable[str]) -> dict[str, Ref]:
    things = m.Qualification.objects.filter(code__in=list(codes)).select_related("owner").prefetch_related("aliases")
    return {thing.code: ref(thing) for thing in things}


def _unit_refs(codes: Iterable[str]) -> dict[str, Ref]:
    things = m.Unit.objects.filter(code__in=list(codes)).select_related("owner").prefetch_related("aliases")
    return {thing.code: ref(thing) for thing in things}


def _row_refs(keys: Iterable[str]) -> dict[str, Ref]:
    wanted = set(keys)
    rows = OfficialRow.objects.filter(reference__in={k.partition(":")[2] for k in wanted}).defer("printed", "facts")
    return {_row_key(row): _row_ref(row) for row in rows if _row_key(row) in wanted}


def _row_ref(row: OfficialRow) -> Ref:
    aliases = tuple(a for a in (row.number,) if a)
    return Ref(_row_key(row), aliases, row.title, "official row", shown_level(row.level), row.owner)


RECORDS: Final[Mapping[str, Callable[[], Iterator[Titled]]]] = {
    "qualifications": titled_qualifications,
    "units": titled_units,
    "register": _register,
}
REFS: Final[Mapping[str, Callable[[Iterable[str]], dict[str, Ref]]]] = {
    "qualifications": _qualification_refs,
    "units": _unit_refs,
    "register": _row_refs,
}
