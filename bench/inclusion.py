"""The rule of inclusion on a labelled sample of real titles: precision, recall, and how much it leaves to reviewers.

bench/inclusion.csv was drawn at random, by stratum and through the subject areas, from the qualifications approved
for funding (18 February 2025), the early years list and the sample of the register, each number once, and labelled by
reading title and subject area:

- *in*: made for people who work, volunteer or prepare to work with children, young people or their families, core or
  wider, and the title says so; child development and paediatric first aid count, as early years work asks for them;
- *judgement*: people of that workforce may well hold it for their work, and the title does not say whom it is about
  (health, social care, teaching, guidance, counselling, safeguarding, justice);
- *out*: anything else, also what is about adults only, and what is for children as learners.

The rule was tuned on half of each stratum; the figures are of the other half, weighted back to the lists.
"""

import csv
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from iqf.analysis.inclusion import BORDERLINE, IN, OUT, Row, judge, read_rule

HERE = Path(__file__).parent
RULE = HERE.parent / "src/iqf/handbook/inclusion.toml"
HELD_OUT, TUNING = "held-out", "tuning"


@dataclass(frozen=True)
class Labelled:
    """One row of the sample: what it is, what the rule says, and for how many rows of the lists it stands."""

    title: str
    label: str
    standing: str
    weight: float


def labelled(part: str) -> list[Labelled]:
    """The rows of one half, judged by the shipped rule. Weight: rows of the stratum by rows drawn from it."""
    rule = read_rule(RULE.read_text(encoding="utf-8"))
    with (HERE / "inclusion.csv").open(newline="", encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["part"] == part]
    drawn = Counter(r["stratum"] for r in rows)
    return [
        Labelled(
            r["title"],
            r["label"],
            judge(rule, Row(r["title"], r["subject_area"], number=r["number"], type=r["type"])).standing,
            int(r["stratum_rows"]) / drawn[r["stratum"]],
        )
        for r in rows
    ]


def share(of: Sequence[Labelled], good: Iterable[bool]) -> tuple[float, float, float]:
    """The weighted share that is good, with its 95 % Wilson interval at the effective size of the sample (Kish)."""
    weights = [x.weight for x in of]
    p = sum(w for w, g in zip(weights, good, strict=True) if g) / sum(weights)
    n = sum(weights) ** 2 / sum(w * w for w in weights)
    z = 1.959964
    middle, wide = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return p, max(0.0, (middle - wide) / (1 + z * z / n)), min(1.0, (middle + wide) / (1 + z * z / n))


@dataclass(frozen=True)
class Measured:
    """What the rule does with one half of the sample: shares with their intervals, and counts."""

    rows: int
    precision: tuple[float, float, float]
    recall: tuple[float, float, float]
    lost: tuple[str, ...]
    wrongly_in: tuple[str, ...]
    waiting: float
    worth_waiting: tuple[float, float, float]


def measure(part: str = HELD_OUT) -> Measured:
    """Precision of *in*, recall of what is plainly in (admitted or put to a reviewer), and what reviewers get."""
    rows = labelled(part)
    admitted = [x for x in rows if x.standing == IN]
    plainly = [x for x in rows if x.label == "in"]
    asked = [x for x in rows if x.standing == BORDERLINE]
    return Measured(
        rows=len(rows),
        precision=share(admitted, (x.label == "in" for x in admitted)),
        recall=share(plainly, (x.standing == IN for x in plainly)),
        lost=tuple(x.title for x in plainly if x.standing == OUT),
        wrongly_in=tuple(f"{x.title} ({x.label})" for x in admitted if x.label != "in"),
        waiting=sum(x.weight for x in asked),
        worth_waiting=share(asked, (x.label == "judgement" for x in asked)),
    )


def by_parts_of_words(title: str) -> bool:
    """The obvious alternative: does the title hold any admitting phrase as it is written, anywhere, in any word?"""
    said = title.casefold()
    return any(phrase in said for phrase in ADMITTING)


ADMITTING = [
    phrase.casefold()
    for clause in read_rule(RULE.read_text(encoding="utf-8")).clauses
    if clause.deed == "admits"
    for phrase in clause.phrases
]


def precision_by_parts(part: str = HELD_OUT) -> tuple[float, float, float]:
    """Of what the alternative admits, the share that is plainly in."""
    admitted = [x for x in labelled(part) if by_parts_of_words(x.title)]
    return share(admitted, (x.label == "in" for x in admitted))


def population(count: int) -> list[Row]:
    """So many rows, drawn from the sample as often as they stand in the lists."""
    with (HERE / "inclusion.csv").open(newline="", encoding="utf-8") as file:
        sample = list(csv.DictReader(file))
    drawn = Counter(r["stratum"] for r in sample)
    weights = [int(r["stratum_rows"]) / drawn[r["stratum"]] for r in sample]
    rows = [Row(r["title"], r["subject_area"], type=r["type"]) for r in sample]
    return random.Random(5).choices(rows, weights, k=count)


def run(count: int) -> list[dict[str, object]]:
    """The measurement as one row of the results. Seconds are of the processor."""
    rule, rows, found = read_rule(RULE.read_text(encoding="utf-8")), population(count), measure()
    ours = _spent(lambda: [judge(rule, row) for row in rows])
    theirs = _spent(lambda: [by_parts_of_words(row.title) for row in rows])
    told = (
        f"on {found.rows} held-out rows of 346 labelled by the hand that wrote the rule, weighted to the lists: of "
        f"what is admitted, {_words(found.precision)} plainly in ({_words(precision_by_parts())} by parts of words); "
        f"of what is plainly in, {_words(found.recall)} admitted and {len(found.lost)} rows left out; about "
        f"{found.waiting:.0f} rows put to a reviewer, {_words(found.worth_waiting)} of them in need of judgement"
    )
    return [
        {
            "work": f"{count:,} official rows judged by the rule of inclusion, each with its reason",
            "beside": "its admitting phrases sought in the title, without reason, areas or refusals",
            "ours": ours,
            "theirs": theirs,
            "told": told,
        }
    ]


def _spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _words(value: tuple[float, float, float]) -> str:
    return f"{value[0]:.1%} ({value[1]:.1%} to {value[2]:.1%})"


if __name__ == "__main__":
    print(run(60_000)[0]["told"])
    print("Wrongly in:", "; ".join(measure().wrongly_in) or "none")
