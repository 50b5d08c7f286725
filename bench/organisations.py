"""How well printed names of organisations are matched: precision and recall on labelled names, beside plain equality.

`python -m bench.organisations [--write]`. The labels are in organisations.csv: a name as one of the real lists prints
it, and the recognition number, or numbers, of the body that it names; blank where it names none that was ever
recognised. The bodies come from the real list of awarding organisations (IQF_REAL_DATA). Names of the list of 2017
are matched against the later list alone, whose numbers they share; all others also by the names of 2017, as a
database would that has read both.
"""

import csv
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABELS = Path(__file__).with_suffix(".csv")
LATER, EARLIER = "ofqual-register/org-search-results.csv", "ofqual-register/openregister_Organisations_2017.csv"
OLD_NAMES = "register-2017"
HEAD = """# Printed names of organisations

`python -m bench.organisations --write`, on the real lists. A tie is a name that is matched to one body without asking
anybody; plain equality compares the name alone, case and spaces aside. The labels (`organisations.csv`) were made
seeing what was tied, each tie that is not plain equality judged one by one by one judge and not blind, so precision
may flatter. What is missed is mostly a new name that no list ties to the old one.
"""


@dataclass(frozen=True)
class Labelled:
    """A printed name and the recognition numbers of the body that it names."""

    printed: str
    right: frozenset[str]


@dataclass(frozen=True)
class Measured:
    """How a way of matching did on one list: `proposed` counts names it missed and proposed the right body for."""

    names: str
    way: str
    n: int
    with_body: int
    tied: int
    right: int
    proposed: int

    @property
    def precision(self) -> float:
        """Right ties among all ties."""
        return self.right / self.tied if self.tied else 1.0

    @property
    def recall(self) -> float:
        """Right ties among the names that name a body."""
        return self.right / self.with_body if self.with_body else 1.0


def run(real: Path) -> list[Measured]:
    """Both ways on each list of labelled names, and on all of them."""
    from iqf.analysis.names import read_name, telling_words
    from iqf.analysis.same_body import Bodies, Body
    from iqf.exchange.sources.organisation_ties import names_of

    later, earlier = _facts(real / LATER), _facts(real / EARLIER)
    rows = []
    for name, labelled in labels().items():
        old = {} if name == OLD_NAMES else earlier
        known = (Body(k, tuple(names_of(f, [old[k]] if k in old else []))) for k, f in later.items())
        bodies = Bodies(known, telling_words)
        equal = _equality(later)

        def ours(printed: str, bodies: Bodies = bodies) -> tuple[str, set[str]]:
            said = read_name(printed)
            same = bodies.same(said)
            return same.key if same else "", {p.key for p in bodies.perhaps(said)}

        rows += [_measured(name, "ours", labelled, ours), _measured(name, "plain equality", labelled, equal)]
    return rows + [_together(rows, way) for way in ("ours", "plain equality")]


def labels() -> dict[str, list[Labelled]]:
    """The labelled names by the list that prints them."""
    found: dict[str, list[Labelled]] = {}
    with LABELS.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            right = frozenset(row["recognised"].split(";")) - {""}
            found.setdefault(row["list"], []).append(Labelled(row["printed"], right))
    return found


def _facts(path: Path) -> dict[str, Mapping[str, Any]]:
    """What the list says of each body, read as the product reads it."""
    from iqf.exchange.sources.notes import Notes
    from iqf.exchange.sources.ofqual_organisations.rows import open_files

    return {row.reference: row.facts for file in open_files(path) for row in file.rows(Notes())}


def _equality(later: Mapping[str, Mapping[str, Any]]) -> Callable[[str], tuple[str, set[str]]]:
    """The obvious alternative: the name itself, case and spaces aside."""
    named: dict[str, list[str]] = {}
    for key, facts in later.items():
        named.setdefault(facts["name"].casefold(), []).append(key)

    def ask(printed: str) -> tuple[str, set[str]]:
        keys = named.get(" ".join(printed.split()).casefold(), [])
        return keys[0] if len(keys) == 1 else "", set()

    return ask


def _measured(
    name: str, way: str, labelled: Sequence[Labelled], ask: Callable[[str], tuple[str, set[str]]]
) -> Measured:
    tied = right = proposed = 0
    for label in labelled:
        key, others = ask(label.printed)
        tied += bool(key)
        right += key in label.right
        proposed += not key and bool(others & label.right)
    with_body = sum(bool(label.right) for label in labelled)
    return Measured(name, way, len(labelled), with_body, tied, right, proposed)


def _together(rows: Iterable[Measured], way: str) -> Measured:
    own = [r for r in rows if r.way == way]
    sums = (sum(getattr(r, f) for r in own) for f in ("n", "with_body", "tied", "right", "proposed"))
    return Measured("all", way, *sums)


def table(rows: Iterable[Measured]) -> str:
    """The outcome as a table."""
    lines = [
        "| names | way | n | name a body | ties | precision | recall | missed, but proposed |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        lines.append(
            f"| {r.names} | {r.way} | {r.n} | {r.with_body} | {r.tied} | {r.precision:.3f} | {r.recall:.3f} "
            f"| {r.proposed} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure on the real files and print."""
    folder = os.environ.get("IQF_REAL_DATA", "")
    if not folder or not (Path(folder) / LATER).exists():
        sys.stderr.write("Set IQF_REAL_DATA to the folder of the real files; they are not where it says.\n")
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "iqf.config.settings"
    import django

    django.setup()
    text = f"{HEAD}\n{table(run(Path(folder)))}"
    sys.stdout.write(text)
    if "--write" in sys.argv[1:]:
        LABELS.with_name("ORGANISATIONS.md").write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
