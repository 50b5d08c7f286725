"""Rules of combination out of the catalogue, as the records that `analysis` reckons with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iqf.analysis.rules import Group, LevelFloor, Ruleset, UnitFact
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import rules
from iqf.reports.things import Ref, Said, ref, said


@dataclass(frozen=True)
class Listed:
    """A unit where it stands in a group: the thing, and who says that it stands there."""

    unit: Ref
    credit_low: int | None
    credit_high: int | None
    said: Said


@dataclass(frozen=True)
class Rules:
    """The rules of one qualification, with the units they speak of and who says so."""

    ruleset: Ruleset
    units: Mapping[str, UnitFact]
    listed: Mapping[str, tuple[Listed, ...]]
    said: Mapping[str, Said]
    credit_years: int | None = None

    @property
    def titles(self) -> Mapping[str, str]:
        """Unit titles by code."""
        return {code: unit.title for code, unit in self.units.items()}


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


def load_pairs() -> Pairs:
    """Every equivalence and every barred pair on record."""
    return Pairs(equivalent_classes(), _barred())


def load_rules(qualification_ids: Iterable[int] | None = None, pairs: Pairs | None = None) -> dict[str, Rules]:
    """The rules of these qualifications, or of all, by the qualification's code. Those without rules are left out.

    `pairs`: what `load_pairs` gives, where it was asked for already.
    """
    by_qualification: dict[int, list[m.RuleGroup]] = defaultdict(list)
    for group in rules(qualification_ids).select_related("qualification").prefetch_related("members__unit__owner"):
        by_qualification[group.qualification_id].append(group)
    known = pairs or load_pairs()
    return {
        groups[0].qualification.code: _rules(
            groups, known.equivalents, known.barred_anywhere + known.barred.get(pk, ())
        )
        for pk, groups in by_qualification.items()
        if any(g.parent_id is None for g in groups)
    }


def rules_of(qualification: m.Qualification) -> Rules | None:
    """The rules of one qualification, or None where none are held."""
    return load_rules([qualification.pk]).get(qualification.code)


def _rules(
    groups: list[m.RuleGroup], equivalents: tuple[frozenset[str], ...], barred: tuple[frozenset[str], ...]
) -> Rules:
    parts: dict[int | None, list[m.RuleGroup]] = defaultdict(list)
    for group in groups:
        parts[group.parent_id].append(group)
    members = {g.pk: list(g.members.all()) for g in groups}
    units = {row.unit.code: unit_fact(row.unit) for rows in members.values() for row in rows}
    listed = {
        g.key: tuple(
            Listed(ref(row.unit), row.unit.credit_low, row.unit.credit_high, said(row.citation))
            for row in members[g.pk]
        )
        for g in groups
    }

    def build(group: m.RuleGroup) -> Group:
        floor = (LevelFloor(group.floor_level, group.floor_credit),) if group.floor_credit is not None else ()
        return Group(
            id=group.key,
            title=group.title,
            kind=group.kind,  # type: ignore[arg-type]
            units=tuple(row.unit.code for row in members[group.pk]),
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

    ruleset = Ruleset(groups[0].qualification.code, build(parts[None][0]), barred, equivalents)
    years = groups[0].qualification.credit_years
    return Rules(ruleset, units, listed, {g.key: said(g.citation) for g in groups}, years)


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
