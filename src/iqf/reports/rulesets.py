"""Rules of combination for answers: as `analysis` reckons with them, and who says that a unit stands there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from iqf.accounts.prepared import Prepared
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import CITED
from iqf.catalogue.rulesets import Countable, Pairs, load_pairs, root_of, unit_fact
from iqf.reports.things import Ref, Said, ref, said


@dataclass(frozen=True)
class Listed:
    """A unit where it stands in a group: the thing, and who says that it stands there."""

    unit: Ref
    credit_low: int | None
    credit_high: int | None
    said: Said


@dataclass(frozen=True)
class Rules(Countable):
    """The rules of one qualification, with the units they speak of and who says so."""

    listed: Mapping[str, tuple[Listed, ...]] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)

    @property
    def titles(self) -> Mapping[str, str]:
        """Unit titles by code."""
        return {code: unit.title for code, unit in self.units.items()}


def load_rules(qualification_ids: Iterable[int]) -> dict[str, Rules]:
    """The rules of these qualifications by the qualification's code, as pages show them; those without are left out.

    What only reckons asks `catalogue.rulesets.countable`, which reads far less.
    """
    by_qualification: dict[int, list[m.RuleGroup]] = defaultdict(list)
    for group in _groups(qualification_ids):
        by_qualification[group.qualification_id].append(group)
    members: dict[int, list[m.GroupUnit]] = defaultdict(list)
    for row in _members([group.pk for groups in by_qualification.values() for group in groups]):
        members[row.group_id].append(row)
    pairs = load_pairs() if by_qualification else None
    found = (_rules(groups, members, pairs) for groups in by_qualification.values() if pairs)
    return {rules.ruleset.target: rules for rules in found if rules}


_groups = Prepared(
    lambda qualifications: m.RuleGroup.objects.filter(LIVE, qualification__in=qualifications).select_related(
        *CITED, "qualification"
    )
)
_members = Prepared(
    lambda groups: (
        m.GroupUnit.objects.filter(LIVE, group__in=groups, unit__retired_on__isnull=True)
        .select_related(*CITED, "unit__owner")
        .prefetch_related("unit__aliases")
    )
)


def rules_of(qualification: m.Qualification) -> Rules | None:
    """The rules of one qualification, or None where none are held."""
    return load_rules([qualification.pk]).get(qualification.code)


def _rules(groups: list[m.RuleGroup], listed_in: Mapping[int, list[m.GroupUnit]], pairs: Pairs) -> Rules | None:
    members = {g.pk: listed_in.get(g.pk, []) for g in groups}
    units = {row.unit.code: unit_fact(row.unit) for rows in members.values() for row in rows}
    listed = {
        g.key: tuple(
            Listed(ref(row.unit), row.unit.credit_low, row.unit.credit_high, said(row.citation))
            for row in members[g.pk]
        )
        for g in groups
    }
    root = root_of(groups, {pk: [row.unit.code for row in rows] for pk, rows in members.items()})
    if root is None:
        return None
    ruleset = pairs.ruleset(groups[0].qualification_id, groups[0].qualification.code, root, units)
    years = groups[0].qualification.credit_years
    return Rules(ruleset, units, years, listed, {g.key: said(g.citation) for g in groups})
