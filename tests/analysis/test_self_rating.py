import pytest

from iqf.analysis.self_rating import Line, picture

LINES = (Line("A1", "", "Listen", ("A", "A1")), Line("A2", "", "Speak", ("A", "A2")), Line("B", "", "Plan", ("B",)))


def drawn(now, before=None, needs=None):
    keyed = [{(code, ""): grade for code, grade in said.items()} for said in (now, before or {})]
    return picture(LINES, *keyed, needs or {})


@pytest.mark.parametrize(
    ("grade", "needs", "verdict"),
    [
        (None, {}, "open"),
        (0, {}, "gap"),
        (1, {}, "gap"),
        (2, {}, "strength"),
        (3, {}, "strength"),
        (1, {"B": "partly"}, "meets"),
        (0, {"B": "partly"}, "short"),
        (1, {"B": "fully"}, "short"),
        (2, {"B": "fully"}, "meets"),
        (None, {"B": "fully"}, "open"),
    ],
)
def test_against_what_is_asked(grade, needs, verdict):
    assert drawn({} if grade is None else {"B": grade}, needs=needs).lines[2].verdict == verdict


def test_since_last_time():
    found = drawn({"A1": 2, "A2": 0, "B": 1}, {"A1": 1, "A2": 0})
    assert [x.change for x in found.lines] == ["up", "same", "new"]
    assert drawn({"A1": 0}, {"A1": 3, "B": 2}).lines[0].change == "down"
    assert drawn({}, {"B": 2}).lines[2].change == "", "what is left open has not gone down"


def test_a_whole_is_reached_when_its_weakest_part_is():
    needs = {"A": "fully"}
    assert drawn({"A1": 2, "A2": 3}, needs=needs).needs[0].met is True
    assert drawn({"A1": 3, "A2": 1}, needs=needs).needs[0].met is False
    assert drawn({"A1": 3}, needs=needs).needs[0].met is None, "the open part may be the weakest"
    assert drawn({"A1": 1}, needs=needs).needs[0].met is False, "whatever the open part is"
    assert drawn({"B": 3}, needs=needs).needs[0].met is None


def test_a_part_needs_what_the_strictest_need_above_it_asks():
    assert [x.needed for x in drawn({}, needs={"A": "partly", "A2": "fully"}).lines] == [1, 2, None]


def test_gaps_weakest_first_and_strengths_strongest_first():
    found = drawn({"A1": 1, "A2": 0, "B": 3})
    assert [x.line.code for x in found.gaps] == ["A2", "A1"]
    assert [x.line.code for x in found.strengths] == ["B"]
