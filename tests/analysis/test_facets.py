"""Every count beside a filter, as somebody going through the things one by one would count it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqf.analysis.facets import NOT_KNOWN, facet, narrow

VALUES = st.sampled_from([None, "", "a", "b", "c", (), ("a",), ("a", "b"), ("b", "a", "a")])
THINGS = st.lists(st.fixed_dictionaries({"one": VALUES, "other": VALUES}), max_size=12)
WANTED = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(["", "a", "b", "z", NOT_KNOWN]) for name in ("one", "other")}
)


def counts_as(value):
    return set(value) if isinstance(value, tuple) else {value or NOT_KNOWN}


def holds(thing, wanted, but=""):
    return all(value in counts_as(thing[name]) for name, value in wanted.items() if value and name != but)


@given(THINGS, WANTED)
def test_narrowing_is_what_looking_at_each_thing_gives(things, wanted):
    facets = {name: facet(thing[name] for thing in things) for name in ("one", "other")}
    found = narrow(len(things), facets, wanted)
    assert found.kept.tolist() == [n for n, thing in enumerate(things) if holds(thing, wanted)]
    for name in facets:
        left = [thing for thing in things if holds(thing, wanted, but=name)]
        assert found.counts[name] == Counter(v for thing in left for v in counts_as(thing[name]))


def test_what_no_thing_can_be_narrowed_by_is_refused():
    with pytest.raises(KeyError):
        narrow(0, {}, {"colour": "red"})
