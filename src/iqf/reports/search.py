"""What is there by these words? One search over the framework and the official rows outside it.

What is typed is never wrong: any text gets an answer. A code, number or alias in any notation comes first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from iqf.codes import level_rank, level_words, parse_qan, parse_unit_reference
from iqf.reports.search_filters import SCHEME, Given, Narrowed, RefusedFilterError, narrow
from iqf.snapshot import Snapshot, ensure_current
from iqf.snapshot.asking import Plan, clean, plan
from iqf.snapshot.entries import Entry
from iqf.snapshot.facets import AVAILABLE, FILTERS, UNKNOWN, VERDICTS, Counted, conditions_of, count
from iqf.snapshot.index import stored
from iqf.snapshot.reasons import because
from iqf.snapshot.scoring import Asker, lists_order

MOST: Final = 1000


@dataclass(frozen=True)
class FacetValue:
    """One value that the found things have: what the filter takes, how it reads, how many have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facet:
    """One way of narrowing: the name of the filter, and its values, most frequent first (levels and ages in order).

    Each count is what would be found with that value and all the other filters as they are. The 250 most frequent
    values are there, and each that was asked for even if nothing has it.
    """

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class Without:
    """One filter that is on, and how many things there would be without it."""

    name: str
    total: int


@dataclass(frozen=True)
class SearchResult:
    """One thing found. `level` and `status` as stated, blank where not known; `because` says why it is here."""

    type: str
    code: str
    aliases: tuple[str, ...]
    title: str
    level: str
    owner: str
    status: str
    in_framework: bool
    because: str
    kind: str = ""


@dataclass(frozen=True)
class SearchAnswer:
    """What was found: `total` things, of which `results` is one page.

    `suggestion` is the text with its misspelt words put right ("did you mean"; it was searched for already), or a
    number close to one that nothing carries. `help` is one plain sentence where nothing, or not everything asked
    for, was found; `without` says then what each filter costs. `refused` says which filter cannot be, and then
    nothing was looked for. `data_version` is that of the snapshot.
    """

    query: str
    total: int
    facets: tuple[Facet, ...]
    results: tuple[SearchResult, ...]
    suggestion: str = ""
    help: str = ""
    refused: str = ""
    data_version: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    available_on: date | None = None
    scheme: str = SCHEME
    without: tuple[Without, ...] = ()

    def facet_counts(self) -> dict[str, dict[str, int]]:
        """The facets as plain numbers: name → value → count, as JSON.md has them; only values that are there."""
        return {facet.name: {v.value: v.count for v in facet.values if v.count} for facet in self.facets}


def search(
    text: str,
    *,
    type: Given = None,
    level: Given = None,
    kind: Given = None,
    owner: Given = None,
    cluster: Given = None,
    role: Given = None,
    age: Given = None,
    subject: Given = None,
    size: Given = None,
    status: Given = None,
    has_units: Given = None,
    verified: Given = None,
    available: Given = None,
    available_on: str | date | None = None,
    in_framework: bool | Given = None,
    limit: int = 20,
    offset: int = 0,
    scheme: str = SCHEME,
    snapshot: Snapshot | None = None,
) -> SearchAnswer:
    """Find things by any words, names or numbers, narrowed by filters. A blank text lists everything by title.

    A filter may have several values, of which one must hold. `owner` and `role` are any name or code; `cluster` is
    `scheme:key`; `level` any notation, `none` or `unknown`; `available` are verdicts for the day `available_on`
    (`yes` unless others are given). `scheme` says which clusters are counted. Builds the snapshot first where it is
    out of date, unless one is given. Raises SnapshotError only.
    """
    image = snapshot or ensure_current()
    listed = ("no", "yes")[in_framework] if isinstance(in_framework, bool) else in_framework
    given = {"type": type, "level": level, "kind": kind, "owner": owner, "cluster": cluster, "role": role, "age": age}
    given |= {"subject": subject, "size": size, "status": status, "has_units": has_units, "verified": verified}
    given |= {AVAILABLE: available, "in_framework": listed}
    try:
        narrowed = narrow(image, given, available_on, scheme)
    except RefusedFilterError as refused:
        return SearchAnswer(clean(text), 0, (), (), help=str(refused), refused=str(refused))
    found = _Search(image, plan(text, image), narrowed, Asker(image.index.schema, image.searcher))
    return found.answer(max(0, min(limit, MOST)), max(0, offset))


@dataclass(frozen=True)
class _Search:
    """One search under way."""

    image: Snapshot
    plan: Plan
    narrowed: Narrowed
    asker: Asker

    def answer(self, limit: int, offset: int) -> SearchAnswer:
        counted, enough, partly = self._count()
        found = self._page(enough, limit, offset) if counted.total and limit else []
        return SearchAnswer(
            query=self.plan.text,
            total=counted.total,
            facets=tuple(self._facets(counted)),
            results=tuple(_result(entry, self.plan) for entry in found),
            suggestion=self.plan.corrected or self._near(),
            help=self._help(counted, partly),
            data_version=self.image.data_version,
            filters=self.narrowed.asked,
            available_on=self.narrowed.on,
            scheme=self.narrowed.scheme,
            without=tuple(Without(name, total) for name, total in counted.without.items()),
        )

    def _count(self) -> tuple[Counted, int, bool]:
        """What matches, counted; how many of the words must be held for that, and if that is not all of them.

        Filters only narrow: how many words are enough is settled without them.
        """
        tries = self.asker.strictness(self.plan)
        for enough in tries:
            matching = self.asker.matching(self.plan, enough)
            counted = count(self.image.searcher, matching, self.narrowed.wanted, self.narrowed.on)
            if counted.matching:
                break
        return counted, enough, enough < tries[0]

    def _page(self, enough: int, limit: int, offset: int) -> list[Entry]:
        searcher = self.image.searcher
        narrowed = conditions_of(self.narrowed.wanted, self.narrowed.on)
        under = self.image.index.parse_query(narrowed) if narrowed else None
        order = {}
        if self.plan.text:
            query = self.asker.query(self.plan, enough, under)
        else:
            query = under or self.asker.matching(self.plan, enough)
            order = dict(zip(("order_by_field", "order"), lists_order(), strict=True))
        start = min(offset, searcher.num_docs)
        hits = searcher.search(query, limit=limit, offset=start, count=False, **order).hits
        return [stored(searcher.doc(address)) for _, address in hits]

    def _facets(self, counted: Counted) -> Iterator[Facet]:
        for name in FILTERS:
            if name in counted.values:
                yield self._facet(name, counted.values[name])

    def _facet(self, name: str, counts: Mapping[str, int]) -> Facet:
        if name == "cluster":
            counts = {key: n for key, n in counts.items() if key.startswith(f"{self.narrowed.scheme}:")}
        if name != "owner":  # which may be asked for by a name that is no value
            counts = dict.fromkeys(self.narrowed.asked.get(name, ()), 0) | dict(counts)
        titles = {"cluster": self.image.manifest.clusters, "role": self.image.manifest.roles}.get(name)
        said = {value: titles.get(value, value) if titles else _label(name, value) for value in counts}
        values = [FacetValue(value, said[value], n) for value, n in counts.items()]
        return Facet(name, tuple(sorted(values, key=lambda v: _order(name, v))))

    def _near(self) -> str:
        """A number close to one that nothing carries, as it is shown."""
        for key in self.plan.near:
            number = parse_qan(key) or parse_unit_reference(key)
            if number:
                return number.shown
        return ""

    def _help(self, counted: Counted, partly: bool) -> str:
        if counted.total:
            return "Nothing holds all of these words; these hold some of them." if partly else ""
        if counted.matching:
            return f"Nothing is found with these filters; without them there are {counted.matching}."
        number = parse_qan(self.plan.text) or parse_unit_reference(self.plan.text)
        if number:
            doubt = "" if number.check_holds else " Its last character does not fit the others: is it typed right?"
            return f"Nothing held here has the number {number.shown}.{doubt}"
        if not self.plan.text:
            return "Nothing is held here yet."
        return (
            f"Nothing is called “{self.plan.text}” and no text holds these words. Try fewer or other words, "
            "the name of a job, a qualification, an awarding organisation, or a number."
        )


def _order(name: str, value: FacetValue) -> tuple[Any, ...]:
    """Levels, ages and verdicts in their own order, everything else by how frequent it is."""
    if name == "level":
        return level_rank(value.value), value.value
    if name == "age":
        first, _, last = value.value.partition("-")
        return first.rstrip("+").zfill(3), last.zfill(3)
    if name == AVAILABLE:
        return (VERDICTS.index(value.value),)
    return -value.count, value.value


_LABELS: Final = {
    ("type", "official row"): "On an official register",
    ("in_framework", "yes"): "In this framework",
    ("in_framework", "no"): "On an official register only",
    ("has_units", "yes"): "Its units are held",
    ("has_units", "no"): "No units held",
    ("verified", "yes"): "Seen at its source",
    ("verified", "no"): "Not checked",
    (AVAILABLE, "yes"): "Can be started then",
    (AVAILABLE, "no"): "Cannot be started then",
    (AVAILABLE, "cannot say"): "Its dates do not say",
}


def _label(name: str, value: str) -> str:
    """How a facet's value reads."""
    if name == "level":
        return level_words("" if value == UNKNOWN else value)
    if value == UNKNOWN:
        return "Not known"
    if name == "age":
        return f"Ages {value.replace('-', ' to ')}" if value[:1].isdigit() else value
    if name == "owner":
        return value
    return _LABELS.get((name, value), value[:1].upper() + value[1:])


def _result(found: Entry, asked: Plan) -> SearchResult:
    return SearchResult(
        type=found.type,
        code=found.code,
        aliases=tuple(value for _, value in found.aliases),
        title=found.title,
        level=found.level,
        owner=found.owner,
        status=found.status,
        in_framework=found.in_framework,
        because=because(found, asked),
        kind=found.kind,
    )
