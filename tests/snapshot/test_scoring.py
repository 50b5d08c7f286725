"""What matches is found in one field, what is counted does not depend on how the index lies on disk."""

import pytest
from tantivy import Occur, Query

from iqf.snapshot import Entry
from iqf.snapshot.asking import plan
from iqf.snapshot.entries import gather
from iqf.snapshot.facets import count
from iqf.snapshot.generations import Stamp, locked, publish, renew
from iqf.snapshot.index import STEMMED
from iqf.snapshot.reading import open_generation
from iqf.snapshot.scoring import Asker


def found(image, query):
    return {address.doc for _, address in image.searcher.search(query, 100_000).hits}


@pytest.mark.parametrize(
    "text", ["children", "playwork", "ncfe", "level 3", "wellbeing", "co-ordinator", "nursery nurse"]
)
def test_what_matches_is_what_any_field_holds(starter, tmp_path, text):
    """The naive way: every field is asked for every word."""
    with locked(tmp_path):
        image = open_generation(tmp_path / publish(tmp_path, Stamp("1", "now", "code"), gather()))
    asked = plan(text, image)
    schema = image.index.schema
    wanted = []
    for concept in asked.concepts:
        either = [_held(schema, root) for way in concept.ways[:1] for root in way.stems]
        either = [Query.boolean_query([(Occur.Must, one) for one in either])] if either else []
        also = [_phrase(schema, way.stems) for way in concept.ways[1:]]
        also += [Query.term_query(schema, "level", level) for level in concept.levels]
        also += [_phrase(schema, ("level", level)) for level in concept.levels]
        wanted.append((Occur.Must, Query.boolean_query([(Occur.Should, one) for one in (*either, *also)])))
    named = [(Occur.Should, Query.term_query(schema, "whole", name)) for name in asked.names]
    keys = [(Occur.Should, Query.term_query(schema, "keys", key)) for key in asked.keys]
    naive = Query.boolean_query([(Occur.Should, Query.boolean_query(wanted)), *named, *keys])
    matching = Asker(schema, image.searcher).matching(asked, len(asked.concepts))
    assert found(image, matching) == found(image, naive) != set()


def _held(schema, root):
    return Query.boolean_query([(Occur.Should, Query.term_query(schema, field, root)) for field in STEMMED])


def _phrase(schema, roots):
    if len(roots) == 1:
        return _held(schema, roots[0])
    phrases = [Query.phrase_query(schema, field, [*roots], slop=1) for field in STEMMED]
    return Query.boolean_query([(Occur.Should, phrase) for phrase in phrases])


def test_counts_are_the_same_in_one_segment_and_in_several(tmp_path):
    """More owners than are shown, each in another number of things, so that the cut falls between segments."""
    owners = [f"Owner {n:03d}" for n in range(300)]
    things = [
        Entry("unit", f"IQF-U-{n:03d}-{again}", "Playwork", owner=owner)
        for n, owner in enumerate(owners)
        for again in range(1 + n % 7)
    ]
    more = [Entry("unit", f"IQF-U-{n:03d}-more", "Playwork", owner=owners[n]) for n in range(0, 300, 3)]
    with locked(tmp_path / "one"):
        one = open_generation(tmp_path / "one" / publish(tmp_path / "one", Stamp("1", "", ""), [*things, *more]))
    with locked(tmp_path / "two"):
        publish(tmp_path / "two", Stamp("1", "", ""), things)
        two = open_generation(
            tmp_path / "two" / renew(tmp_path / "two", Stamp("2", "", ""), lambda: [*things, *more])
        )
    assert (one.searcher.num_segments, two.searcher.num_segments) == (1, 2)
    counted = [count(image.searcher, Query.all_query(), ()).values["owner"] for image in (one, two)]
    assert sorted(counted[0].values()) == sorted(counted[1].values())
    naive = {owner: sum(thing.owner == owner for thing in (*things, *more)) for owner in owners}
    assert all(number == naive[owner] for held in counted for owner, number in held.items())
