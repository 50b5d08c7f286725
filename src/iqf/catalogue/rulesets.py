"""Rules of combination as the records that `analysis` reckons with: of all qualifications at once, or of one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from iqf.analysis.rules import Group, LevelFloor, Ruleset, UnitFact
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE


def analysis_level(level: str) -> str | None:
    """A stored level in the words of `analysis`: `Entry` where which of the three is not known, None for unknown."""
    return {"": None, "E": "Entry"}.get(level, level)


def unit_fact(unit: m.Unit) -> UnitFact:
    """What the arithmetic needs to know of a unit."""
    return UnitFact(unit.code, unit.title, analysis_level(unit.level), unit.credit_low, unit.credit_high, unit.glh)


@dataclass(frozen=True)
class Pairs:
    """Units that count as one another, and units of which one counts: by qualification, or anywhere (None)."""

    equivalents: tuple[frozenset[str], ...]
    barred: Mapping[int | None, tuple[frozenset[str], ...]]

    @property
    def barred_anywhere(self) -> tuple[frozenset[str], ...]:
        """Those of which one counts, whatever it counts towards."""
        return self.barred.get(None, ())

    def ruleset(self, qualification: int, code: str, root: Group) -> Ruleset:
        """The rules of a qualification (its id and code), with the pairs that hold for it."""
        return Ruleset(code, root, self.barred_anywhere + self.barred.get(qualification, ()), self.equivalents)


def load_pairs() -> Pairs:
    """Every equivalence and every barred pair on record."""
    return Pairs(equivalent_classes(), _barred())


def equivalent_classes() -> tuple[frozenset[str], ...]:
    """Units that count as one another, gathered into classes."""
    classes: list[set[str]] = []
    for row in m.Equivalence.objects.filter(LIVE).select_related("first", "second"):
        pair = {row.first.code, row.second.code}
        joined = [c for c in classes if c & pair]
        classes = [c for c in classes if not c & pair] + [pair.union(*joined)]
    return tuple(frozenset(c) for c in classes)


def _barred() -> defaultdict[int | None, tuple[frozenset[str], ...]]:
    pairs: defaultdict[int | None, tuple[frozenset[str], ...]] = defaultdict(tuple)
    for row in m.BarredPair.objects.filter(LIVE).select_related("first", "second"):
        pairs[row.qualification_id] += (frozenset((row.first.code, row.second.code)),)
    return pairs


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
    pairs = _Near(load_pairs())
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


class _Near:
    """Pairs by unit, so that each of very many rulesets is given only those of its own units."""

    def __init__(self, pairs: Pairs) -> None:
        self.pairs = pairs
        self.equivalents = _by_unit(pairs.equivalents)
        self.barred = _by_unit(pairs.barred_anywhere)

    def ruleset(self, qualification: int, code: str, root: Group, units: Iterable[str]) -> Ruleset:
        """The rules of a qualification, with the pairs that can matter to these units."""
        listed = list(units)
        barred = _of(listed, self.barred) + self.pairs.barred.get(qualification, ())
        return Ruleset(code, root, barred, _of(listed, self.equivalents))


def _by_unit(sets: Iterable[frozenset[str]]) -> dict[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for each in sets:
        for unit in each:
            found[unit].append(each)
    return found


def _of(units: Iterable[str], sets: Mapping[str, list[frozenset[str]]]) -> tuple[frozenset[str], ...]:
    return tuple(dict.fromkeys(each for unit in units for each in sets.get(unit, ())))


def _groups() -> Iterator[tuple[int, str, list[m.RuleGroup]]]:
    """The standing groups of each standing qualification, in their order."""
    codes = dict(m.Qualification.objects.filter(LIVE).values_list("id", "code"))
    gathered: dict[int, list[m.RuleGroup]] = defaultdict(list)
    for group in m.RuleGroup.objects.filter(LIVE).iterator():
        gathered[group.qualification_id].append(group)
    for pk, groups in gathered.items():
        if pk in codes:
            yield pk, codes[pk], groups
