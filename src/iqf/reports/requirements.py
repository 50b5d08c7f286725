"""Which page, command and test shows each requirement that the policy documents make of the system?"""

import csv
from dataclasses import dataclass
from pathlib import Path

HANDBOOK = Path(__file__).parent.parent / "handbook"


@dataclass(frozen=True)
class Shown:
    """One requirement and where it can be seen. Blank where the product does not answer it yet."""

    id: str
    requirement: str
    kind: str
    state: str
    page: str
    command: str
    test: str
    note: str


@dataclass(frozen=True)
class RequirementsAnswer:
    """Every requirement, and how many are in each state."""

    requirements: tuple[Shown, ...]
    states: tuple[tuple[str, int], ...]


def requirements() -> RequirementsAnswer:
    """The requirements table of the handbook."""
    with (HANDBOOK / "requirements.csv").open(encoding="utf-8", newline="") as file:
        rows = tuple(
            Shown(r["req_id"], r["requirement"], r["kind"], r["state"], r["page"], r["command"], r["test"], r["note"])
            for r in csv.DictReader(file)
        )
    states = dict.fromkeys(r.state for r in rows)
    return RequirementsAnswer(rows, tuple((s, sum(r.state == s for r in rows)) for s in states))
