"""Fill the tables of coverage: who holds which units, what is claimed of them, what the best choices leave out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from django.db.models import Max, Q
from numpy.typing import NDArray

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import areas
from iqf.codes import level_rank, level_words
from iqf.mapping.claims import above, readings, top
from iqf.snapshot.coverage_best import Best, Choices
from iqf.snapshot.coverage_tables import Holder, Part, Writing
from iqf.snapshot.entries import ALIAS_ORDER
from iqf.snapshot.parts import called, qualification_places

MOST_AREAS: Final = 60
"""Coverage is counted for frameworks with at most so many statements at the top: no table has more columns."""
NO_LEVEL_KNOWN: Final = "not known"
AT_ONCE: Final = 20_000
AGREED: Final = {None: -1, False: 0, True: 1}


class Places:
    """From ids to places in a table, many at once."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.ids = np.array(ids, np.int64)
        self._order = np.argsort(self.ids)
        self._sorted = self.ids[self._order]

    def of(self, ids: NDArray[Any]) -> NDArray[np.int32]:
        """The place of each id; -1 for one that is not in the table."""
        if not len(self.ids):
            return np.full(len(ids), -1, np.int32)
        found = np.minimum(np.searchsorted(self._sorted, ids), len(self.ids) - 1)
        return np.where(self._sorted[found] == ids, self._order[found], -1).astype(np.int32)


def fill(folder: Path, before: Path) -> None:
    """Write the tables into an empty folder; best choices that the folder `before` holds are not reckoned again."""
    writing = Writing()
    units = _units(writing)
    qualifications = _qualifications(writing)
    members = _members(qualifications, units)
    writing.add("links", *members)
    _roles(writing, qualifications)
    _clusters(writing, qualifications)
    best = Best(before, qualifications.ids.tolist(), writing.keys("unit"), members)
    _frameworks(writing, units, best, folder)
    writing.write(folder)


def _units(writing: Writing) -> Places:
    """Units by title; and, by level, the units of each."""
    fields = ("id", "code", "title", "level", "owner__title", "credit_low", "credit_high")
    rows = sorted(_rows(m.Unit.objects.filter(LIVE), *fields), key=lambda row: (row[2], row[1]))
    names = called(m.UnitAlias)
    writing.holders("unit", [_thing("unit", row[1], row[2], row[3], row[4], names[row[0]]) for row in rows])
    writing.add("units", [low if low is not None and low == high else -1 for *_, low, high in rows])
    levels = sorted({row[3] for row in rows}, key=level_rank)
    place = {level: n for n, level in enumerate(levels)}
    writing.holders("level", [_plain(_level_key(level), level_words(level)) for level in levels])
    writing.contents.under["level"] = writing.add("under", [place[row[3]] for row in rows], range(len(rows)))
    return Places([row[0] for row in rows])


def _level_key(level: str) -> str:
    return level_words(level) if level.startswith("E") else level or NO_LEVEL_KNOWN


def _qualifications(writing: Writing) -> Places:
    """Qualifications by level and title; and, by owner and by kind, the qualifications of each."""
    fields = ("id", "code", "title", "level", "owner__title", "kind", "owner_id")
    rows = sorted(
        _rows(m.Qualification.objects.filter(LIVE), *fields), key=lambda row: (level_rank(row[3]), row[2], row[1])
    )
    names = called(m.QualificationAlias)
    things = [_thing("qualification", row[1], row[2], row[3], row[4], names[row[0]]) for row in rows]
    writing.holders("qualification", things)
    kinds = sorted({row[5] for row in rows})
    writing.holders("kind", [_plain(kind, kind) for kind in kinds])
    place = {kind: n for n, kind in enumerate(kinds)}
    writing.contents.under["kind"] = writing.add("under", [place[row[5]] for row in rows], range(len(rows)))
    _owners(writing, [row[6] or 0 for row in rows])
    return Places([row[0] for row in rows])


def _owners(writing: Writing, of: Sequence[int]) -> None:
    rows = sorted(_rows(m.Organisation.objects.filter(LIVE), "id", "code", "title"), key=lambda row: row[2])
    names = called(m.OrganisationAlias)
    writing.holders("owner", [_thing("organisation", code, title, None, "", names[pk]) for pk, code, title in rows])
    owner = Places([row[0] for row in rows]).of(np.array(of, np.int64))
    held = np.nonzero(owner >= 0)[0]
    writing.contents.under["owner"] = writing.add("under", owner[held], held)


def _members(qualifications: Places, units: Places) -> tuple[NDArray[Any], ...]:
    """Every unit in every qualification, once: places of both, and whether every holder has it.

    Every holder has what is in a group that all meet in full.
    """
    whole = Q(kind="all") & (Q(parent=None) | Q(parent__kind="all"))
    sure = set(m.RuleGroup.objects.filter(LIVE, whole).values_list("id", flat=True))
    rows = m.GroupUnit.objects.filter(LIVE, group__retired_on=None)
    found = _numbers(rows.values_list("group__qualification_id", "unit_id", "group_id"), 3)
    holder, unit = qualifications.of(found[:, 0]), units.of(found[:, 1])
    mandatory = np.isin(found[:, 2], np.array(sorted(sure), np.int64))
    kept = (holder >= 0) & (unit >= 0)
    pairs = holder[kept].astype(np.int64) * max(len(units.ids), 1) + unit[kept]
    once, place = np.unique(pairs, return_inverse=True)
    always = np.bincount(place, weights=mandatory[kept], minlength=len(once)) > 0
    return (*np.divmod(once, max(len(units.ids), 1)), always)


def _roles(writing: Writing, qualifications: Places) -> None:
    """Roles by title, and the qualifications that each asks for, however strongly."""
    rows = sorted(_rows(m.Role.objects.filter(LIVE), "id", "code", "title"), key=lambda row: row[2])
    names = called(m.RoleAlias)
    writing.holders("role", [_thing("role", code, title, None, "", names[pk]) for pk, code, title in rows])
    asked = _numbers(m.Requirement.objects.filter(LIVE).values_list("role_id", "qualification_id"), 2)
    role, held = Places([row[0] for row in rows]).of(asked[:, 0]), qualifications.of(asked[:, 1])
    kept = (role >= 0) & (held >= 0)
    writing.contents.under["role"] = writing.add("under", role[kept], held[kept])


def _clusters(writing: Writing, qualifications: Places) -> None:
    """The clusters of each scheme, and the qualifications that stand in each."""
    placed: dict[str, list[int]] = defaultdict(list)
    for pk, places in qualification_places().items():
        for key, _ in places:
            placed[key].append(pk)
    schemes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = m.Cluster.objects.filter(LIVE, scheme__retired_on=None)
    for scheme, key, title in rows.values_list("scheme__key", "key", "title"):
        schemes[scheme].append((key, title))
    for scheme, clusters in schemes.items():
        cut = f"cluster:{scheme}"
        writing.holders(cut, [_plain(key, title) for key, title in clusters])
        pairs = [(n, pk) for n, (key, _) in enumerate(clusters) for pk in placed[f"{scheme}:{key}"]]
        found = np.array(pairs or np.empty((0, 2)), np.int64)
        held = qualifications.of(found[:, 1])
        kept = held >= 0
        writing.contents.under[cut] = writing.add("under", found[kept, 0], held[kept])


def _frameworks(writing: Writing, units: Places, best: Best, folder: Path) -> None:
    """What is claimed of units for every framework that coverage is counted for."""
    claims, judged = _by_framework(_alignments(units)), _by_framework(_judged(units))
    for framework in m.Framework.objects.filter(LIVE, pk__in={*claims, *judged}):
        counted = [statement.code for statement in areas(framework)]
        if 0 < len(counted) <= MOST_AREAS:
            own, seen = _claims(framework, counted, claims.get(framework.pk), units), judged.get(framework.pk)
            put = seen[:, 1] if seen is not None else np.empty(0, np.int64)
            chosen = best.choices(counted, own) if len(put) else Choices()
            writing.contents.frameworks[framework.code] = Part(
                tuple(counted),
                writing.add("claims", *own),
                writing.add("judged", put),
                writing.add("left_out", chosen.left_out),
                chosen.unproven,
                _raters(framework),
            )
    best.keep(folder)


def _alignments(units: Places) -> NDArray[Any]:
    """Accepted claims that units teach something: framework, unit (its place), statement, strength, agreement."""
    rows = m.Alignment.objects.filter(LIVE, unit__isnull=False, verb="teaches")
    said = rows.values_list("statement__framework_id", "unit_id", "statement_id", "strength", "raters_agree")
    numbers = (
        (framework, unit, statement, 2 if strength == "fully" else 1, AGREED[agree])
        for framework, unit, statement, strength, agree in said.iterator(chunk_size=AT_ONCE)
    )
    return _placed(_array(numbers, 5), units)


def _judged(units: Places) -> NDArray[Any]:
    """The units that were put to raters: framework, unit (its place)."""
    return _placed(_numbers(m.JudgedUnit.objects.filter(LIVE).values_list("framework_id", "unit_id"), 2), units)


def _placed(rows: NDArray[Any], units: Places) -> NDArray[Any]:
    rows[:, 1] = units.of(rows[:, 1])
    kept: NDArray[Any] = rows[rows[:, 1] >= 0]
    return kept


def _by_framework(rows: NDArray[Any]) -> dict[int, NDArray[Any]]:
    """Rows apart by their first number."""
    ordered = rows[np.argsort(rows[:, 0], kind="stable")]
    ids, begins = np.unique(ordered[:, 0], return_index=True)
    return dict(zip(ids.tolist(), np.split(ordered, begins[1:]), strict=True)) if len(ids) else {}


def _claims(
    framework: m.Framework, counted: Sequence[str], rows: NDArray[Any] | None, units: Places
) -> tuple[NDArray[Any], ...]:
    """The claims of one framework, each at the area that it stands under: unit, area, strength, whether raters agree.

    What raters of closed batches gave says whether they agree; what nobody accepted has no strength (0).
    """
    parents = above(framework)
    codes = dict(m.Statement.objects.filter(framework=framework).values_list("id", "code"))
    area = {c: counted.index(t) for c in codes.values() if (t := top(c, parents)) in counted}
    if rows is None:
        rows = np.empty((0, 5), np.int64)
    found = rows[:, [1, 2, 3, 4]]
    given = {(unit, code): strict for (unit, code), strict in readings(framework).items() if code in area}
    if given:
        found = _with_readings(found, codes, given, units)
    place = np.array([area.get(codes[s], -1) for s in found[:, 1].tolist()], np.int64)
    kept = place >= 0
    return found[kept, 0], place[kept], found[kept, 2], found[kept, 3]


def _with_readings(
    found: NDArray[Any], codes: Mapping[int, str], given: Mapping[tuple[str, str], int], units: Places
) -> NDArray[Any]:
    """The claims as raters' own verdicts have them, and after them what some gave and nobody accepted."""
    unit_ids = dict(m.Unit.objects.filter(LIVE, code__in={unit for unit, _ in given}).values_list("code", "id"))
    ids = np.array([unit_ids.get(unit, 0) for unit, _ in given], np.int64)
    statements = {code: pk for pk, code in codes.items()}
    strict = {
        (place, statements[code]): reading
        for (_, code), reading, place in zip(given, given.values(), units.of(ids).tolist(), strict=True)
        if place >= 0
    }
    rows = found.tolist()
    for row in rows:
        reading = strict.pop((row[0], row[1]), None)
        row[3] = row[3] if reading is None else int(reading > 0)
    rows += [[unit, statement, 0, 0] for unit, statement in strict]
    return np.array(rows or np.empty((0, 4)), np.int64)


def _raters(framework: m.Framework) -> tuple[tuple[str, int], ...]:
    rows = m.JudgedUnit.objects.filter(LIVE, framework=framework).values_list("rater_kind").annotate(Max("raters"))
    return tuple(rows.order_by("rater_kind"))


def _thing(
    kind: str, code: str, title: str, level: str | None, owner: str | None, names: Iterable[tuple[str, str]]
) -> Holder:
    rank = {scheme: n for n, scheme in enumerate(ALIAS_ORDER)}
    ordered = sorted(names, key=lambda name: rank.get(name[0], len(rank)))
    return Holder(code, title, kind, level, owner or "", tuple(dict.fromkeys(value for _, value in ordered)))


def _plain(key: str, label: str) -> Holder:
    return Holder(key, label, "", None, "", ())


def _rows(query: Any, *fields: str) -> Iterable[tuple[Any, ...]]:
    rows: Iterable[tuple[Any, ...]] = query.order_by("id").values_list(*fields).iterator(chunk_size=AT_ONCE)
    return rows


def _numbers(query: Any, width: int) -> NDArray[Any]:
    return _array(query.order_by("id").iterator(chunk_size=AT_ONCE), width)


def _array(rows: Iterable[tuple[int, ...]], width: int) -> NDArray[Any]:
    """Rows of whole numbers as one array, without a list of them in between."""
    kind = np.dtype([(f"f{n}", np.int64) for n in range(width)])
    return np.fromiter(rows, kind).view(np.int64).reshape(-1, width)
