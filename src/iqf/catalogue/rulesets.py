"""Rules of combination as the records that `analysis` reckons with: of all qualifications at once, or of one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from iqf.accounts.kept import Kept
from iqf.analysis.rule_reading import joined
from iqf.analysis.rules import Group, LevelFloor, Ruleset, UnitFact
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE


def analysis_level(level: str) -> str | None:
    """A stored level in the words of `analysis`: `Entry` where which of the three is not known, None for unknown."""
    return {"": None, "E": "Entry"}.get(level, level)


def unit_fact(unit: m.Unit) -> UnitFact:
    """What the arithmetic needs to know of a unit."""
    return UnitFact(unit.code, unit.title, analysis_level(unit.level), unit.credit_low, unit.credit_high, unit.glh)


KNOWN = ("code", "title", "level", "credit_low", "credit_high", "glh")
"""The columns of a unit that the arithmetic needs."""


def fact_of(
    code: str, title: str, level: str, credit_low: int | None, credit_high: int | None, glh: int | None
) -> UnitFact:
    """The same of a unit's `KNOWN` columns: an answer may weigh thousands of units, and needs no more of them."""
    return UnitFact(code, title, analysis_level(level), credit_low, credit_high, glh)


def unit_facts(codes: Iterable[str]) -> tuple[dict[str, UnitFact], frozenset[str]]:
    """What is known of each of these units, standing or not; and which of them stand."""
    rows = list(m.Unit.objects.filter(code__in=set(codes)).values_list(*KNOWN, "retired_on"))
    return {row[0]: fact_of(*row[:-1]) for row in rows}, frozenset(row[0] for row in rows if row[-1] is None)


Classes = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Pairs:
    """Units that count as one another, and units of which one counts: by qualification, or anywhere (None)."""

    equivalents: Classes
    barred: Mapping[int | None, Classes]

    def ruleset(self, qualification: int, code: str, root: Group, units: Iterable[str]) -> Ruleset:
        """The rules of a qualification (its id and code), with the pairs that can matter to its units."""
        equivalents, barred = self.about(units, qualification)
        return Ruleset(code, root, barred, equivalents)

    def about(self, units: Iterable[str], qualification: int | None = None) -> tuple[Classes, Classes]:
        """The equivalents and the bars that can matter where these units count, towards a qualification or anywhere.

        A country has thousands of them; each rule speaks of a few.
        """
        listed = list(units)
        classes = dict.fromkeys(self._class[unit] for unit in listed if unit in self._class)
        near = dict.fromkeys([*listed, *(unit for members in classes for unit in sorted(members))])
        keys = (None,) if qualification is None else (None, qualification)
        bars = dict.fromkeys(bar for key in keys for unit in near for bar in self._bars.get((key, unit), ()))
        apart = (unit for bar in bars for unit in sorted(bar) if unit not in near)
        further = dict.fromkeys(self._class[unit] for unit in apart if unit in self._class)
        return tuple(classes | further), tuple(bars)

    @cached_property
    def _class(self) -> Mapping[str, frozenset[str]]:
        """The class of equivalents that each unit is in, where it is in one."""
        return {unit: members for members in self.equivalents for unit in members}

    @cached_property
    def _bars(self) -> Mapping[tuple[int | None, str], Classes]:
        found: dict[tuple[int | None, str], Classes] = defaultdict(tuple)
        for key, bars in self.barred.items():
            for bar in bars:
                for unit in bar:
                    found[key, unit] += (bar,)
        return dict(found)


def _pairs() -> Pairs:
    """Every equivalence and every barred pair on record. Read once for each state of the data."""
    return Pairs(equivalent_classes(), _barred())


load_pairs = Kept(_pairs)


def equivalent_classes() -> Classes:
    """Units that count as one another, gathered into classes."""
    pairs = m.Equivalence.objects.filter(LIVE).order_by("pk").values_list("first__code", "second__code")
    return tuple(frozenset(members) for members in joined(pairs))


def _barred() -> dict[int | None, Classes]:
    found: defaultdict[int | None, list[frozenset[str]]] = defaultdict(list)
    rows = m.BarredPair.objects.filter(LIVE).order_by("pk")
    for qualification, first, second in rows.values_list("qualification_id", "first__code", "second__code"):
        found[qualification].append(frozenset((first, second)))
    return {qualification: tuple(bars) for qualification, bars in found.items()}


@dataclass(frozen=True)
class Countable:
    """The rules of one qualification as they are reckoned with, and the units they speak of.

    `credit_years`: for how many years credit counts towards it; None: without limit.
    """

    ruleset: Ruleset
    units: Mapping[str, UnitFact]
    credit_years: int | None = None


def countable(qualification_ids: Iterable[int], pairs: Pairs | None = None) -> dict[str, Countable]:
    """The rules of these qualifications by the qualification's code, in three questions however many they are.

    Those without rules are left out. `pairs`: what `load_pairs` gives, where it was asked for already.
    """
    wanted = set(qualification_ids)
    gathered: dict[int, list[m.RuleGroup]] = defaultdict(list)
    for group in m.RuleGroup.objects.filter(LIVE, qualification__in=wanted) if wanted else ():
        gathered[group.qualification_id].append(group)
    if not gathered:
        return {}
    named = m.Qualification.objects.filter(pk__in=gathered).values_list("pk", "code", "credit_years")
    members, known, found = *_listed(gathered), {}
    for pk, code, years in named:
        root = root_of(gathered[pk], members)
        if root is not None:
            ruleset = (pairs or load_pairs()).ruleset(pk, code, root, known[pk])
            found[code] = Countable(ruleset, known[pk], years)
    return found


def _listed(
    qualification_ids: Iterable[int],
) -> tuple[Mapping[int, Sequence[str]], Mapping[int, dict[str, UnitFact]]]:
    """The codes of the standing units of each group, and what is known of the units of each qualification."""
    members: dict[int, list[str]] = defaultdict(list)
    known: dict[int, dict[str, UnitFact]] = defaultdict(dict)
    listed = m.GroupUnit.objects.filter(LIVE, group__qualification__in=qualification_ids, group__retired_on=None)
    columns = (f"unit__{name}" for name in KNOWN)
    rows = listed.filter(unit__retired_on=None).values_list("group_id", "group__qualification_id", *columns)
    for group, qualification, *unit in rows:
        fact = fact_of(*unit)
        members[group].append(fact.code)
        known[qualification][fact.code] = fact
    return members, known


def root_of(groups: Iterable[m.RuleGroup], members: Mapping[int, Sequence[str]]) -> Group | None:
    """The groups of one qualification as a tree, with the codes of the units of each; None where none is the root."""
    parts: dict[int | None, list[m.RuleGroup]] = defaultdict(list)
    for group in groups:
        parts[group.parent_id].append(group)

    def build(group: m.RuleGroup) -> Group:
        floor = (LevelFloor(group.floor_level, group.floor_credit),) if group.floor_credit is not None else ()
        return Group(
            id=group.key,
            title=group.title,
            kind=group.kind,  # type: ignore[arg-type]
            units=tuple(members.get(group.pk, ())),
            children=tuple(build(part) for part in parts[group.pk]),
            min_units=group.min_units,
            max_units=group.max_units,
            min_credit=group.min_credit,
            max_credit=group.max_credit if group.kind != "all" else None,
            min_children=group.min_parts,
            max_children=group.max_parts,
            credit_at_level=floor,
            list_complete=group.list_complete,
            structure_known=group.structure_known,
            note=group.note,
        )

    return build(parts[None][0]) if parts[None] else None


def every_ruleset() -> Iterator[tuple[int, Ruleset, dict[str, UnitFact]]]:
    """Every standing qualification's id, rules, and what is known of their units, read in four questions."""
    pairs = load_pairs()
    facts = {
        pk: UnitFact(code, title, analysis_level(level), low, high)
        for pk, code, title, level, low, high in m.Unit.objects.filter(LIVE).values_list(
            "id", "code", "title", "level", "credit_low", "credit_high"
        )
    }
    members: dict[int, list[str]] = defaultdict(list)
    known: dict[int, dict[str, UnitFact]] = defaultdict(dict)
    rows = m.GroupUnit.objects.filter(LIVE, group__retired_on=None).order_by("group_id", "position", "id")
    for group, qualification, unit in rows.values_list("group_id", "group__qualification_id", "unit_id").iterator():
        if unit in facts:
            members[group].append(facts[unit].code)
            known[qualification][facts[unit].code] = facts[unit]
    for qualification, code, groups in _groups():
        root = root_of(groups, members)
        if root is not None:
            yield qualification, pairs.ruleset(qualification, code, root, known[qualification]), known[qualification]


def _groups() -> Iterator[tuple[int, str, list[m.RuleGroup]]]:
    """The standing groups of each standing qualification, in their order."""
    codes = dict(m.Qualification.objects.filter(LIVE).values_list("id", "code"))
    gathered: dict[int, list[m.RuleGroup]] = defaultdict(list)
    for group in m.RuleGroup.objects.filter(LIVE).iterator():
        gathered[group.qualification_id].append(group)
    for pk, groups in gathered.items():
        if pk in codes:
            yield pk, codes[pk], groups
