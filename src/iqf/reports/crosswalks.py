"""How do statements of two frameworks relate, who says so, and what do judgements of the one say of the other?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from iqf.analysis.coverage import Claim
from iqf.analysis.crosswalks import INVERSE, Derived, Hop, led_to, raised, step, told_whole
from iqf.catalogue import models as m
from iqf.catalogue.models.frameworks import SURE
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED, NotFoundError, find
from iqf.mapping.claims import Area, above, claims_at, framework_statements, judged_units, top
from iqf.reports.things import Ref, Said, ref, said


@dataclass(frozen=True)
class Related:
    """One relation on the way from a framework to another: what the first statement is to the second, who says so."""

    first: str
    first_title: str
    relation: str
    second: str
    second_title: str
    strength: str
    author: str
    note: str
    said: Said


@dataclass(frozen=True)
class Leg:
    """One step of a path: from which framework to which, by which relations."""

    start: Ref
    end: Ref
    relations: tuple[Related, ...]


@dataclass(frozen=True)
class Path:
    """How claims come from the framework that was judged to the one that is asked about.

    `without`: areas to which no relation leads: nothing can be said of them. `at_least`: areas of which what is found
    is the least that is taught, because the relation does not hold all of them.
    """

    legs: tuple[Leg, ...]
    without: tuple[Area, ...]
    at_least: tuple[Area, ...]


@dataclass(frozen=True)
class Brought:
    """What judgements of another framework say of this one: claims at its areas, the units judged there, and how."""

    claims: tuple[Claim, ...]
    judged: frozenset[str]
    path: Path


def frameworks_called(texts: Sequence[str]) -> list[m.Framework]:
    """Frameworks by their names. Raises NotFoundError or AmbiguousError."""
    return [m.Framework.objects.get(pk=find(text, ("framework",)).pk) for text in texts]


def brought(framework: m.Framework, through: Sequence[m.Framework]) -> Brought:
    """What is known of `framework` by way of others: `through[0]` was judged, the rest are the steps between.

    Raises NotFoundError where two of them are not joined by a crosswalk: no step is ever added unasked.
    """
    legs, hops = walk([*through, framework])
    held = derived(through, hops)
    areas = framework_statements(framework)
    parents = above(framework)
    reached = {top(code, parents) for code in led_to(hops, [above(each) for each in through])}
    whole = told_whole(hops)
    return Brought(
        raised([one.claim for one in held], parents),
        judged_units(through[0]),
        Path(
            tuple(legs),
            tuple(a for a in areas if a.code not in reached),
            tuple(a for a in areas if a.code in reached and a.code not in whole),
        ),
    )


def leading_to(area: str, framework: m.Framework, through: Sequence[m.Framework]) -> dict[str, tuple[Hop, ...]]:
    """The statements of the framework that was judged whose claims come to this area, each with its way there."""
    _, hops = walk([*through, framework])
    codes = m.Statement.objects.filter(LIVE, framework=through[0]).values_list("code", flat=True)
    held = tuple(Derived(Claim(code, code, "fully"), ()) for code in codes)
    for each, leg in zip(through, hops, strict=True):
        held = step(held, leg, above(each))
    parents = above(framework)
    return {one.claim.unit: one.path for one in held if top(one.claim.statement, parents) == area}


def walk(frameworks: Sequence[m.Framework]) -> tuple[list[Leg], list[list[Hop]]]:
    """The relations from each framework to the next. Raises NotFoundError where there are none."""
    if len({f.pk for f in frameworks}) < len(frameworks):
        raise NotFoundError("A way from one framework to another goes through each of them once.")
    legs, hops = [], []
    for start, end in pairwise(frameworks):
        found = relations(start, end)
        if not found:
            raise NotFoundError(_apart(start, end))
        legs.append(Leg(ref(start), ref(end), found))
        hops.append([Hop(r.first, r.second, r.relation, r.strength == SURE) for r in found])
    return legs, hops


def derived(through: Sequence[m.Framework], hops: Sequence[Sequence[Hop]]) -> tuple[Derived, ...]:
    """The claims about the first framework, taken along every leg; each with its path."""
    held = tuple(Derived(claim, ()) for claim in claims_at(through[0]))
    for framework, leg in zip(through, hops, strict=True):
        held = step(held, leg, above(framework))
    return held


def relations(start: m.Framework, end: m.Framework) -> tuple[Related, ...]:
    """The relations between two frameworks, each as it reads from `start`, whichever way round it is recorded.

    Statements of two editions that say the same word for word are equal, unless somebody related them otherwise.
    """
    rows = m.Crosswalk.objects.filter(LIVE, first__retired_on=None, second__retired_on=None)
    rows = rows.filter(
        Q(first__framework=start, second__framework=end) | Q(first__framework=end, second__framework=start)
    ).select_related(*CITED, "first", "second")
    found: dict[tuple[str, str], Related] = {}
    for row in rows.order_by("first__position", "second__position", "pk"):
        outward = row.first.framework_id == start.pk
        here, there = (row.first, row.second) if outward else (row.second, row.first)
        relation = row.relation if outward else INVERSE[row.relation]
        who = row.author or row.citation.source.title
        one = Related(
            here.code, here.title, relation, there.code, there.title, row.strength, who, row.note, said(row.citation)
        )
        if outward or (here.code, there.code) not in found:
            found[here.code, there.code] = one
    return (*found.values(), *_same_words(start, end, found))


SAME_WORDS = "Word for word the same in both editions."


def _same_words(start: m.Framework, end: m.Framework, found: Mapping[tuple[str, str], Related]) -> list[Related]:
    """Statements of two editions that say the same word for word, under the same code, and that nobody related."""
    if start.pk != end.replaces_id and end.pk != start.replaces_id:
        return []
    rows = m.Statement.objects.filter(LIVE, framework=start)
    here = {(s.code, s.title, s.note): s for s in rows}
    left, reached = {first for first, _ in found}, {second for _, second in found}
    same = []
    for s in m.Statement.objects.filter(LIVE, framework=end).select_related(*CITED):
        other = here.get((s.code, s.title, s.note))
        if other and s.code not in reached and other.code not in left:
            who = (SURE, s.citation.source.title, SAME_WORDS, said(s.citation))
            same.append(Related(other.code, other.title, "equal", s.code, s.title, *who))
    return same


def _apart(start: m.Framework, end: m.Framework) -> str:
    """That two frameworks are not joined; and by way of which third ones they could be, if that is wanted."""
    between = sorted(f.key for f in beside(start) if f in beside(end))
    words = f"No statement of {end.title} is related to one of {start.title}."
    if not between:
        return words
    return f"{words} Both are related to {', '.join(between)}; name every step of the way to go through it."


def beside(framework: m.Framework) -> set[m.Framework]:
    """The frameworks to which a crosswalk leads from this one."""
    rows = m.Crosswalk.objects.filter(LIVE).exclude(relation="none")
    rows = rows.filter(Q(first__framework=framework) | Q(second__framework=framework))
    ids = {pk for pair in rows.values_list("first__framework", "second__framework") for pk in pair}
    return set(m.Framework.objects.filter(LIVE, pk__in=ids - {framework.pk}))
