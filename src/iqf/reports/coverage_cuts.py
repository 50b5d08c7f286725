"""How units are gathered for coverage, by qualification, level, role…, and which of them each rule counts."""

import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from iqf.accounts.queries import data_version
from iqf.analysis.coverage import Rule
from iqf.analysis.rule_best import BestChoice, best_choice
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.catalogue.rulesets import every_ruleset
from iqf.reports.crosswalks import brought
from iqf.reports.lists import schemes
from iqf.reports.things import Ref, shown_level
from iqf.snapshot.coverage_tables import EVERY, Counted, CoverageTables, Holder


@dataclass(frozen=True)
class Member:
    """A unit in a qualification, and whether every holder has it."""

    qualification: m.Qualification
    unit: m.Unit
    mandatory: bool


def members(of: Collection[m.Qualification] | None = None) -> tuple[Member, ...]:
    """Every unit in every standing qualification, or in these. Mandatory: in a group that all meet in full."""
    rows = m.GroupUnit.objects.filter(
        LIVE,
        group__retired_on__isnull=True,
        group__qualification__retired_on__isnull=True,
        unit__retired_on__isnull=True,
        **({} if of is None else {"group__qualification__in": of}),
    ).select_related("unit", "group__parent", "group__qualification__owner", "group__qualification__cluster__scheme")
    return tuple(
        Member(
            r.group.qualification,
            r.unit,
            r.group.kind == "all" and (r.group.parent is None or r.group.parent.kind == "all"),
        )
        for r in rows.order_by("group__qualification_id", "group__position", "position")
    )


def best_choices(framework: m.Framework, through: Sequence[m.Framework]) -> Mapping[str, BestChoice]:
    """The choice of units that reaches most of the framework by way of the judgements of others, along crosswalks, by
    qualification; without those that no choice meets.
    """
    return _best_choices(framework.pk, tuple(each.pk for each in through), data_version())


@functools.lru_cache(maxsize=16)
def _best_choices(framework: int, through: tuple[int, ...], version: str) -> Mapping[str, BestChoice]:
    """The solver's answers, kept for as long as the data stay as they are."""
    touches: dict[str, set[str]] = {}
    fully: dict[str, set[str]] = {}
    held = m.Framework.objects.in_bulk([framework, *through])
    own, others = held[framework], [held[each] for each in through]
    for claim in brought(own, others).claims:
        if claim.strength:
            touches.setdefault(claim.unit, set()).add(claim.statement)
        if claim.strength == "fully":
            fully.setdefault(claim.unit, set()).add(claim.statement)
    found = {rule.target: best_choice(rule, units, touches, fully) for _, rule, units in every_ruleset()}
    return {code: choice for code, choice in found.items() if choice.status != "impossible"}


@dataclass(frozen=True)
class Best:
    """The links that best choices keep, and how many of these choices are of the units known only."""

    links: Counted
    unproven: int


def best_links(
    tables: CoverageTables, framework: m.Framework, through: Sequence[m.Framework], *, judged: bool = True
) -> Best:
    """The best choices for a framework as links: those of the snapshot, or reckoned now for a way through others.

    Where nothing was judged no choice is better than another: all links count.
    """
    if not judged:
        return Best(EVERY, 0)
    if not through:
        return Best(tables.best(framework.code), tables.part(framework.code).unproven)
    choices = best_choices(framework, through)
    chosen = [(code, unit) for code, choice in choices.items() for unit in choice.units]
    return Best(tables.keeping(choices.keys(), chosen), sum(c.status == "bound" for c in choices.values()))


def credits() -> dict[str, int]:
    """The credit of each unit whose credit is known, by code."""
    rows = m.Unit.objects.filter(LIVE, credit_low__isnull=False).values_list("code", "credit_low", "credit_high")
    return {code: low for code, low, high in rows if low is not None and low == high}


BY_CLUSTER: Final = "cluster"


@dataclass(frozen=True)
class UnderCut:
    """One cut of a snapshot's tables: the holders of units in it, in the order in which they are shown."""

    tables: CoverageTables
    name: str

    @classmethod
    def of(cls, tables: CoverageTables, by: str, scheme: str) -> "UnderCut":
        """The cut of this name; by cluster, under a scheme. Raises NotFoundError for an unknown scheme."""
        known = [each.key for each in schemes()] if by == BY_CLUSTER else []
        if by == BY_CLUSTER and scheme not in known:
            raise NotFoundError(f'There is no scheme "{scheme}"; the schemes are: {", ".join(known)}.')
        return cls(tables, f"{by}:{scheme}" if by == BY_CLUSTER else by)

    @property
    def by(self) -> str:
        """What it is by, without a scheme."""
        return self.name.partition(":")[0]

    @cached_property
    def present(self) -> NDArray[np.int64]:
        """The places of the holders that have any unit."""
        return self.tables.present(self.name)

    def matrix(self, rule: Rule, best: Counted) -> Any:
        """Holders with a unit by the units that count for them. `best`: the links that best choices keep."""
        return self.tables.under(self.name, self.tables.counted(rule, best))[self.present]

    def shown(self, places: Sequence[int]) -> list[tuple[str, str, Ref | None]]:
        """What rows are called: key, label and, where it is one, the thing."""
        held = self.tables.holders(self.name, self.present[list(places)].tolist())
        return [(each.key, each.label, _ref(each)) for each in held]

    def place(self, key: str) -> int | None:
        """The place of the row of this key among those that are shown; None where there is none."""
        found = self.tables.place(self.name, key)
        places = [] if found is None else np.nonzero(self.present == found)[0].tolist()
        return places[0] if places else None


def _ref(holder: Holder) -> Ref | None:
    if not holder.kind:
        return None
    level = None if holder.level is None else shown_level(holder.level)
    return Ref(holder.key, holder.aliases, holder.label, holder.kind, level, holder.owner)
