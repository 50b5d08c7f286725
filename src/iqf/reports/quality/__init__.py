"""What is doubtful, missing or not checked in the data? One check per module; its docstring is its public wording."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from types import ModuleType

from iqf.reports.quality import (
    admitted_not_placed,
    choices_reachable,
    credit_adds_up,
    dates_in_order,
    functions_carried,
    level_and_title,
    licences_known,
    lists_incomplete,
    machine_made,
    names_follow_protocol,
    needed_but_closed,
    needed_by_nobody,
    numbers_check,
    numbers_once,
    official_dates,
    official_levels,
    official_rows_gone,
    organisations_used,
    outcomes_known,
    owner_known,
    progressions_lead_on,
    roles_in_clusters,
    served_by_nothing,
    size_and_credit,
    sources_disagree,
    sources_fresh,
    standing_on_retired,
    statements_in_place,
    successions,
    units_used,
    unverified_facts,
)
from iqf.reports.quality.finding import Example, Found, Within

GROUPS: dict[str, dict[str, ModuleType]] = {
    "Evidence": {
        "unverified-facts": unverified_facts,
        "machine-made": machine_made,
        "sources-disagree": sources_disagree,
        "sources-fresh": sources_fresh,
        "licences-known": licences_known,
    },
    "Units and rules": {
        "lists-incomplete": lists_incomplete,
        "credit-adds-up": credit_adds_up,
        "choices-reachable": choices_reachable,
        "outcomes-known": outcomes_known,
        "units-used": units_used,
    },
    "Qualifications": {
        "level-and-title": level_and_title,
        "numbers-check": numbers_check,
        "numbers-once": numbers_once,
        "names-follow-protocol": names_follow_protocol,
        "dates-in-order": dates_in_order,
        "size-and-credit": size_and_credit,
        "owner-known": owner_known,
        "official-rows-gone": official_rows_gone,
        "admitted-not-placed": admitted_not_placed,
    },
    "Roles": {
        "served-by-nothing": served_by_nothing,
        "needed-by-nobody": needed_by_nobody,
        "needed-but-closed": needed_but_closed,
        "roles-in-clusters": roles_in_clusters,
        "functions-carried": functions_carried,
    },
    "How things hang together": {
        "successions": successions,
        "progressions-lead-on": progressions_lead_on,
        "statements-in-place": statements_in_place,
        "organisations-used": organisations_used,
        "standing-on-retired": standing_on_retired,
    },
    "Official lists, as published": {
        "official-levels": official_levels,
        "official-dates": official_dates,
    },
}
"""Every check by its id, in the groups that people see them in. A new check is one module and one line here."""
OF_THE_WHOLE = (*GROUPS["Evidence"], *GROUPS["Official lists, as published"], "official-rows-gone", "successions")
"""Checks of files, sources and lists, and one that follows successions to their end: never of a few things alone."""
CHECKS: dict[str, ModuleType] = {key: module for checks in GROUPS.values() for key, module in checks.items()}


@dataclass(frozen=True)
class Checked:
    """The outcome of one check: pass, fail or not applicable, of how many, with the first examples.

    `reason` says why where it is not applicable: there was nothing to look at.
    """

    id: str
    wording: str
    outcome: str
    count: int
    of: int
    examples: tuple[Example, ...]
    group: str = ""
    reason: str = ""


@dataclass(frozen=True)
class QualityAnswer:
    """Every check."""

    checks: tuple[Checked, ...]


def quality(examples: int = 10) -> QualityAnswer:
    """Run every check."""
    return QualityAnswer(
        tuple(
            _run(group, key, module.check, module.__doc__ or "", examples)
            for group, checks in GROUPS.items()
            for key, module in checks.items()
        )
    )


def quality_of(codes: Collection[str]) -> tuple[Checked, ...]:
    """What the checks say of these things alone, every case: those checks that can be asked of a few things."""
    within = Within(frozenset(codes))
    return tuple(
        _run(group, key, partial(module.check, within), module.__doc__ or "", None)
        for group, checks in GROUPS.items()
        for key, module in checks.items()
        if key not in OF_THE_WHOLE
    )


def _run(group: str, key: str, check: Callable[[], Found], wording: str, examples: int | None) -> Checked:
    found = check()
    outcome = "not applicable" if not found.of else "fail" if found.count else "pass"
    reason = "" if found.of else found.nothing
    return Checked(key, wording.strip(), outcome, found.count, found.of, found.examples[:examples], group, reason)
