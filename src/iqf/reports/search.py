"""What is there by these words? One search over the framework and the official rows outside it.

What is typed is never wrong: any text gets an answer. A code, number or alias in any notation comes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from iqf.codes import LEVELS, NO_LEVEL, level_rank, level_words, parse_level, parse_qan, parse_unit_reference
from iqf.snapshot import Snapshot, ensure_current
from iqf.snapshot.asking import Plan, clean, plan
from iqf.snapshot.entries import Entry
from iqf.snapshot.reasons import because, stored
from iqf.snapshot.scoring import Asker, lists_order
from iqf.snapshot.wording import whole

TYPES: Final = ("role", "qualification", "unit", "organisation", "framework", "statement", "cluster", "official row")
FACETS: Final = ("type", "level", "kind", "owner", "cluster", "status", "in_framework")
SCHEME: Final = "sectors-2008"
UNKNOWN: Final = "unknown"
MOST: Final = 1000
MAX_VALUES: Final = 10_000
Filters = list[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True)
class FacetValue:
    """One value that the found things have: what the filter takes, how it reads, how many of them have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facet:
    """One way of narrowing: the name of the filter, and its values, most frequent first (levels in order)."""

    name: str
    values: tuple[FacetValue, ...]


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
    """What was found: `total` things, of which `results` is one page; the facets count all of them.

    `suggestion` is the text with its misspelt words put right ("did you mean"; it was searched for already), or a
    number close to one that nothing carries. `help` is one plain sentence where nothing, or not everything asked
    for, was found. `refused` says which filter cannot be, and then nothing was looked for.
    """

    query: str
    total: int
    facets: tuple[Facet, ...]
    results: tuple[SearchResult, ...]
    suggestion: str = ""
    help: str = ""
    refused: str = ""
    data_version: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)

    def facet_counts(self) -> dict[str, dict[str, int]]:
        """The facets as plain numbers: name → value → count, as JSON.md has them."""
        return {facet.name: {v.value: v.count for v in facet.values} for facet in self.facets}


def search(
    text: str,
    *,
    type: str | None = None,
    level: str | None = None,
    kind: str | None = None,
    owner: str | None = None,
    cluster: str | None = None,
    status: str | None = None,
    in_framework: bool | None = None,
    limit: int = 20,
    offset: int = 0,
    scheme: str = SCHEME,
    snapshot: Snapshot | None = None,
) -> SearchAnswer:
    """Find things by any words, names or numbers, narrowed by filters. A blank text lists everything by title.

    `owner` is any name or code of an organisation; `cluster` is `scheme:key`; `level` any notation, `none` or
    `unknown`. `scheme` says which clusters are counted. Builds the snapshot first where it is out of date, unless one
    is given. Raises SnapshotError only.
    """
    image = snapshot or ensure_current()
    given = {"type": type, "level": level, "kind": kind, "owner": owner, "cluster": cluster, "status": status}
    asked = {name: clean(value) for name, value in given.items() if value is not None and value.strip()}
    if in_framework is not None:
        asked["in_framework"] = "yes" if in_framework else "no"
    if refused := _refused(asked):
        return SearchAnswer(clean(text), 0, (), (), help=refused, refused=refused, filters=asked)
    search_of = _Search(image, plan(text, image), _filters(asked), scheme)
    return search_of.answer(asked, max(0, min(limit, MOST)), max(0, offset))


def _refused(asked: Mapping[str, str]) -> str:
    if asked.get("type", TYPES[0]) not in TYPES:
        return f'There is no type "{asked["type"]}"; the types are {", ".join(TYPES)}.'
    level = asked.get("level", "")
    if level.lower() != UNKNOWN and not parse_level(level) and level:
        return f'There is no level "{level}"; the levels are {", ".join(LEVELS)}, {NO_LEVEL} and {UNKNOWN}.'
    if ":" not in asked.get("cluster", ":"):
        return f'A cluster is given as scheme:key, such as {SCHEME}:youth, not "{asked["cluster"]}".'
    return ""


def _filters(asked: Mapping[str, str]) -> Filters:
    """Filters as fields of the index and the values of which one must hold."""
    filters: Filters = []
    for name, value in asked.items():
        if name == "level":
            filters.append(("level", (UNKNOWN if value.lower() == UNKNOWN else parse_level(value) or "",)))
        elif name == "owner":
            filters.append(("owner_keys", (whole(value),)))
        elif name == "cluster":
            filters.append(("clusters", (value,)))
        else:
            filters.append((name, (value,)))
    return filters


@dataclass(frozen=True)
class _Search:
    """One search under way."""

    image: Snapshot
    plan: Plan
    filters: Filters
    scheme: str

    def answer(self, asked: Mapping[str, str], limit: int, offset: int) -> SearchAnswer:
        query, hits, total, partly = self._find(limit, offset)
        found = [stored(self.image.searcher.doc(address)) for address in hits]
        return SearchAnswer(
            query=self.plan.text,
            total=total,
            facets=self._facets(query, total),
            results=tuple(_result(entry, self.plan) for entry in found),
            suggestion=self.plan.corrected or self._near(),
            help=self._help(total, partly),
            data_version=self.image.data_version,
            filters=asked,
        )

    def _find(self, limit: int, offset: int) -> tuple[Any, list[Any], int, bool]:
        """The query that found something (or the last tried), a page of hits, how many there are, and if by part."""
        asker = Asker(self.image.index.schema)
        if not self.plan.text:
            query = asker.everything(self.filters)
            return query, *self._page(query, limit, offset, by_title=True), False
        tries = asker.strictness(self.plan)
        for enough in tries:
            query = asker.query(self.plan, self.filters, enough)
            hits, total = self._page(query, limit, offset)
            if total:
                break
        return query, hits, total, enough < tries[0]

    def _page(self, query: Any, limit: int, offset: int, *, by_title: bool = False) -> tuple[list[Any], int]:
        searcher = self.image.searcher
        order = dict(zip(("order_by_field", "order"), lists_order(), strict=True)) if by_title else {}
        start = min(offset, searcher.num_docs)
        found = searcher.search(query, limit=max(limit, 1), offset=start, count=True, **order)
        return [address for _, address in found.hits][:limit], int(found.count)

    def _facets(self, query: Any, total: int) -> tuple[Facet, ...]:
        fields = {name: "clusters" if name == "cluster" else name for name in FACETS}
        wanted = {name: {"terms": {"field": held, "size": MAX_VALUES}} for name, held in fields.items()}
        counted = self.image.searcher.aggregate(query, wanted) if total else {}
        return tuple(self._facet(name, counted.get(name, {}).get("buckets", [])) for name in FACETS)

    def _facet(self, name: str, buckets: list[dict[str, Any]]) -> Facet:
        if name == "cluster":
            buckets = [b for b in buckets if b["key"].startswith(f"{self.scheme}:")]
        titles = self.image.manifest.clusters
        values = [FacetValue(b["key"], _label(name, b["key"], titles), int(b["doc_count"])) for b in buckets]
        values.sort(key=lambda v: (level_rank(v.value), v.value) if name == "level" else (-v.count, v.value))
        return Facet(name, tuple(values))

    def _near(self) -> str:
        """A number close to one that nothing carries, as it is shown."""
        for key in self.plan.near:
            number = parse_qan(key) or parse_unit_reference(key)
            if number:
                return number.shown
        return ""

    def _help(self, total: int, partly: bool) -> str:
        if total:
            return "Nothing holds all of these words; these hold some of them." if partly else ""
        if self.filters and (without := _Search(self.image, self.plan, [], self.scheme)._find(1, 0)[2]):
            return f"Nothing is found with these filters; without them there are {without}."
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


def _label(name: str, value: str, clusters: Mapping[str, str]) -> str:
    """How a facet's value reads."""
    if name == "level":
        return level_words("" if value == UNKNOWN else value)
    if name == "cluster":
        return clusters.get(value, value)
    if name == "in_framework":
        return "In this framework" if value == "yes" else "On an official register only"
    return value if name == "owner" else value[:1].upper() + value[1:]


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
