"""What is doubtful, missing or not checked in the data? One check per module; its docstring is its public wording."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from iqf.reports.quality import (
    credit_adds_up,
    level_and_title,
    lists_incomplete,
    machine_made,
    needed_by_nobody,
    numbers_check,
    served_by_nothing,
    sources_disagree,
    unverified_facts,
)
from iqf.reports.quality.finding import Example, Found

CHECKS: dict[str, ModuleType] = {
    "unverified-facts": unverified_facts,
    "machine-made": machine_made,
    "sources-disagree": sources_disagree,
    "lists-incomplete": lists_incomplete,
    "credit-adds-up": credit_adds_up,
    "level-and-title": level_and_title,
    "numbers-check": numbers_check,
    "served-by-nothing": served_by_nothing,
    "needed-by-nobody": needed_by_nobody,
}


@dataclass(frozen=True)
class Checked:
    """The outcome of one check: pass, fail or not applicable, of how many, with the first examples."""

    id: str
    wording: str
    outcome: str
    count: int
    of: int
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class QualityAnswer:
    """Every check."""

    checks: tuple[Checked, ...]


def quality(examples: int = 10) -> QualityAnswer:
    """Run every check."""
    return QualityAnswer(
        tuple(_run(key, module.check, module.__doc__ or "", examples) for key, module in CHECKS.items())
    )


def _run(key: str, check: Callable[[], Found], wording: str, examples: int) -> Checked:
    found = check()
    outcome = "not applicable" if not found.of else "fail" if found.count else "pass"
    return Checked(key, wording.strip(), outcome, found.count, found.of, found.examples[:examples])
