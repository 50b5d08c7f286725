"""The present taken back change by change: against a record kept while the changes were made."""

from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.earlier import Gap, Row, Step, state_after, states_after

CELLS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "x", "y"]))
ACTS = st.lists(
    st.tuples(st.sampled_from(["one", "two"]), st.sampled_from(["set", "retire", "restore"]), CELLS), max_size=30
)


def played(acts):
    """The acts done: the steps recorded, newest first, and the rows after each."""
    rows, steps, record = {}, [], {0: {}}
    for number, (name, act, cells) in enumerate(acts, 1):
        row = rows.get(name)
        if row is None:
            rows[name] = Row({"a": "", "b": "", "c": "", **cells}, True)
            steps.append(Step(number, name, {}, cells, made=True))
        elif act == "set":
            before = {n: row.cells[n] for n in cells}
            rows[name] = Row({**row.cells, **cells}, row.stands)
            steps.append(Step(number, name, before, cells))
        else:
            steps.append(Step(number, name, stood=row.stands, stands=act == "restore"))
            rows[name] = Row(row.cells, act == "restore")
        record[number] = dict(rows)
    return rows, steps[::-1], record


@given(ACTS)
def test_every_earlier_state_is_as_it_was_recorded(acts):
    rows, steps, record = played(acts)
    found = dict(states_after(rows, steps, record))
    assert found.keys() == record.keys()
    for number, state in found.items():
        assert (dict(state.rows), state.gaps) == (record[number], ())


@given(ACTS, st.integers(0, 30))
def test_one_state_is_the_same_as_in_the_walk_over_all(acts, number):
    rows, steps, record = played(acts)
    last = max(n for n in record if n <= number)
    assert dict(state_after(rows, steps, number).rows) == record[last]


def test_what_the_record_does_not_explain_is_told_and_the_record_is_taken():
    now = {"one": Row({"a": "z"}, False)}
    step = Step(2, "one", {"a": "x"}, {"a": "y"}, stood=True, stands=True)
    state = state_after(now, [step], 1)
    assert state.rows == {"one": Row({"a": "x"}, True)}
    assert state.gaps == (Gap("one", "a", "y", "z"), Gap("one", "", "stands", "is retired"))


def test_a_row_that_is_not_held_is_told():
    assert state_after({}, [Step(2, "one", {"a": "x"}, {"a": "y"})], 1).gaps == (
        Gap("one", "", "is spoken of", "is not held"),
    )
