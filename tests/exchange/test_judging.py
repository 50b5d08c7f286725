"""Judging only what may have changed says what judging everything says, whatever happened in whatever order."""

import random

import pytest

from iqf.analysis.inclusion import BORDERLINE, rule_of
from iqf.catalogue.actions.admission import ChosenRow
from iqf.catalogue.actions.decisions import CannotDecide
from iqf.catalogue.inclusion import ENTERS, HELD, judged, rule_in_force, shipped_rule, subject_of, waiting
from iqf.exchange.sources import admitting, early_years, ofqual_register
from iqf.register.models import OfficialRow
from iqf.review.models import BorderlineRow

from . import approved_list
from . import early_years_file as ey
from .approved_list import HEALTH, approved, later, read
from .lists import write
from .test_ofqual_register import ONE as REGISTERED

WORDS = (
    "Child",
    "Children's",
    "Pre-school",
    "Youth",
    "Dogs",
    "Bookkeeping",
    "Young People",
    "Work",
    "and",
    "Parenting",
)
AREAS = ("", HEALTH, "Animal care and veterinary science")
NUMBERS = tuple(f"6109{n:03d}1" for n in range(9))
CLAUSES = (
    {"name": "Children", "does": "admits", "phrases": ["child", "preschool", "young people"]},
    {"name": "Youth", "does": "asks", "phrases": ["youth work", "youth"]},
    {"name": "Health", "does": "admits", "areas": [HEALTH]},
    {"name": "Animals", "does": "refuses", "areas": [AREAS[2]]},
    {"name": "Theirs", "does": "refuses", "phrases": ["parenting"]},
    {"name": "Books", "does": "asks", "phrases": ["bookkeeping", "work"]},
    {"name": "Level", "does": "admits", "phrases": ["work"], "levels": ["3"]},
)


class World:
    """Lists that change, rules that change, reviewers who choose: one step at a time, drawn from a seed."""

    def __init__(self, seed, folder):
        self.pick, self.folder, self.times = random.Random(seed), folder, 0

    def title(self):
        return " ".join(self.pick.choices(WORDS, k=self.pick.randint(1, 4)))

    def approve(self):
        chosen = self.pick.sample(NUMBERS, self.pick.randint(2, 7))
        rows = [approved(n, self.title(), area=self.pick.choice(AREAS)) for n in chosen]
        self.times += 1
        day = f"{1 + self.times:02d}/01/2026"
        read(
            self.folder,
            *(later(row, DateOfOfqualDataSnapshot=day) for row in (*rows, approved_list.HELD)),
            allow_retire=True,
        )

    def register(self):
        rows = [
            REGISTERED | {"Qualification Number": n, "Qualification Title": self.title(), "Qualification SSA": area}
            for n in self.pick.sample(NUMBERS, self.pick.randint(1, 4))
            for area in [self.pick.choice(AREAS)]
        ]
        ofqual_register.ingest(write(self.folder / "register.csv", *rows), by="tests", allow_retire=True)

    def numberless(self):
        rows = self.pick.sample(ey.FOUR, self.pick.randint(1, 4))
        early_years.ingest(ey.write(self.folder / "ey.csv", *rows), by="tests")

    def rule(self):
        clauses = self.pick.sample(CLAUSES, self.pick.randint(1, len(CLAUSES)))
        admitting.apply_rule(by="tests", rule=rule_of(clauses), reason="another")

    def choose(self):
        held = OfficialRow.objects.filter(retired=False, kind="qualification").order_by("pk")
        row = self.pick.choice(held.values_list("register", "reference", "number"))
        rows = [ChosenRow(subject_of(*row), "a title")]
        try:
            admitting.choose(by="tests", rows=rows, outcome=self.pick.choice(("chosen", "refused")), reason="so")
        except CannotDecide:
            return

    def step(self):
        self.pick.choice((self.approve, self.register, self.numberless, self.rule, self.choose))()


@pytest.mark.parametrize("seed", range(6))
def test_a_part_judged_is_that_part_of_all_judged(starter, tmp_path, seed):
    world = World(seed, tmp_path)
    world.approve()
    entered = asked = 0
    for _ in range(7):
        world.step()
        for rule in (rule_in_force().rule, shipped_rule(), rule_of(world.pick.sample(CLAUSES, 2))):
            whole = list(judged(rule))
            of = {j.candidate.subject for j in whole if world.pick.random() < 0.4} | {"60000000", "early-years:EYQ-1"}
            assert list(judged(rule, of)) == [j for j in whole if j.candidate.subject in of]
            found, asks = waiting(rule), [j for j in whole if _asks(j)]
            assert found.entering == sum(j.change == ENTERS for j in whole)
            assert list(found.borderline) == asks
            entered, asked = entered + found.entering, asked + len(asks)
        held = set(BorderlineRow.objects.values_list("subject", "clause", "because"))
        now = [j for j in judged(rule_in_force().rule) if _asks(j)]
        assert held == {(j.candidate.subject, j.verdict.clauses[0], j.verdict.because) for j in now}
    assert entered
    assert asked


def _asks(found):
    return found.verdict.standing == BORDERLINE and found.change != HELD
