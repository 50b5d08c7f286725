"""A soak counts, keeps what failed, and goes on where it was stopped."""

import json

import pytest

from .turns import FAILURES, STATE, CannotGoOn, read_state, turn, write_state


def seeds(into):
    """A task that says under which seed it was called."""

    def task(seed):
        into.append(seed)
        return {"things done": 2}

    return task


def failing(seed):
    raise AssertionError(f"lost under {seed}")


def test_turns_are_counted_and_kept(tmp_path):
    state, called = read_state(tmp_path, 7), []
    for _ in range(3):
        turn(tmp_path, state, {"doing": seeds(called)})
    assert read_state(tmp_path, None) == state
    assert (state.turns, state.counts, len(set(called))) == (3, {"things done": 6}, 3)
    assert "seed 7: 3 turns" in state.words
    assert "6 things done; no failure" in state.words


def test_a_soak_that_was_stopped_goes_on_with_the_seeds_that_it_would_have_had(tmp_path):
    whole, parts = [], []
    state = read_state(tmp_path / "a", 7)
    (tmp_path / "a").mkdir()
    for _ in range(4):
        turn(tmp_path / "a", state, {"doing": seeds(whole)})
    (tmp_path / "b").mkdir()
    for _ in range(4):
        turn(tmp_path / "b", read_state(tmp_path / "b", 7), {"doing": seeds(parts)})
    assert whole == parts


def test_a_turn_that_is_stopped_half_way_is_not_counted(tmp_path):
    def stopped(seed):
        raise KeyboardInterrupt

    state = read_state(tmp_path, 7)
    write_state(tmp_path, state)
    with pytest.raises(KeyboardInterrupt):
        turn(tmp_path, state, {"doing": seeds([]), "stopped": stopped})
    assert read_state(tmp_path, None).turns == 0


def test_what_fails_is_told_with_its_seed_and_the_rest_goes_on(tmp_path):
    state, called = read_state(tmp_path, 7), []
    turn(tmp_path, state, {"losing": failing, "doing": seeds(called)})
    (told,) = (tmp_path / FAILURES).iterdir()
    assert told.name == state.failures[0] == read_state(tmp_path, None).failures[0]
    assert f"lost under {told.stem.rpartition('-')[2]}" in told.read_text()
    assert (state.counts, len(called)) == ({"failed losing": 1, "things done": 2}, 1)


def test_another_seed_or_a_damaged_file_is_refused_in_a_sentence(tmp_path):
    write_state(tmp_path, read_state(tmp_path, 7))
    with pytest.raises(CannotGoOn, match="holds a soak with seed 7"):
        read_state(tmp_path, 8)
    (tmp_path / STATE).write_text(json.dumps({"seed": 7})[:-3])
    with pytest.raises(CannotGoOn, match="remove it to begin anew"):
        read_state(tmp_path, None)
