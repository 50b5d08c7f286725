"""The example in docs/compositions.md says what the product says; and a composition on the starter as it is."""

from datetime import date

import pytest
from tests.reports.pencil import read_in

from iqf.catalogue.queries import NotFoundError
from iqf.cli.text import compositions as words
from iqf.reports.compose import Limits, compose, levels_called
from iqf.reports.transitions import transition

ON = date(2026, 11, 22)


@pytest.fixture
def example(starter, tmp_path):
    read_in("compositions.md", tmp_path)


def letters(answer):
    return "".join(sorted(part.unit.aliases[0] for part in answer.parts))


def test_the_pencil_is_right(example):
    whole = compose("family-worker", ON)
    assert (letters(whole), whole.status, whole.gap, whole.credit.known) == ("BC", "optimal", 0, 6)
    assert (whole.sizes, whole.repeats) == (("award",), ())
    fully = compose("family-worker", ON, limits=Limits(fully=True))
    assert (letters(fully), fully.status, fully.credit.known) == ("ABC", "optimal", 9)
    small = compose("family-worker", ON, limits=Limits(most_credit=5))
    assert (letters(small), small.status, [n.statement.code for n in small.missing]) == ("C", "impossible", ["S2"])
    more = compose("family-worker", ON, held=["B"])
    assert (letters(more), more.credit.known, [w.code for w in more.by_held]) == ("C", 4, ["S2"])
    (across,) = transition("guard", "family-worker", ON).transitions
    assert [p.thing.aliases[0] for p in across.pieces] == ["C"]


def test_what_was_credited_is_covered_already(example):
    answer = compose("family-worker", ON, held=["family-2020:S2"])
    assert (letters(answer), [w.code for w in answer.by_held]) == ("C", ["S2"])
    assert [s.code for s in answer.credited] == ["S2"]
    assert "Reached by what is held or credited" in words.compose(answer)


def test_limits_leave_out_units_and_say_what_is_then_not_reached(example):
    third = compose("family-worker", ON, limits=Limits(levels=levels_called("4")))
    assert letters(third) == "E"
    assert [n.why for n in third.missing] == ["Units reach it, but none that may be used here."]
    none = compose("S1", ON, limits=Limits(levels=("8",)))
    assert (none.parts, none.status) == ((), "impossible")
    assert levels_called("2-4") == ("2", "3", "4")
    with pytest.raises(NotFoundError, match="is no level"):
        levels_called("4-2")


def test_the_new_role_of_the_pathfinders_on_the_starter_as_it_is(starter):
    answer = compose("family-support-worker", ON, limits=Limits(fully=True))
    assert {w.code for w in answer.covered} | {n.statement.code for n in answer.missing} == {
        "CC1",
        "CC2",
        "CC3",
        "CC4",
        "CC5",
        "CC6",
    }
    (core,) = answer.frameworks
    assert core.reached == core.areas == 6
    assert sum(s.units for s in answer.owners) == sum(s.units for s in answer.levels) == len(answer.parts)
    assert any("machine judged" in d for d in answer.decisions)
    assert all(0 < e.score <= 1 for e in answer.existing)
