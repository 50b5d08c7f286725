"""How crowded clusters of the starter are, and how the pages say so."""

import pytest

from iqf.reports import lists
from iqf.reports.clusters import cluster
from iqf.reports.crowding import crowding

from . import by_hand

pytestmark = pytest.mark.django_db
PLAY = "early-years-childcare-play"


def test_every_qualification_of_a_cluster_stands_in_one_award_at_its_level(starter):
    for key, _ in next(s for s in lists.schemes() if s.key == lists.DEFAULT_SCHEME).clusters[:3]:
        answer = crowding(key, repeated=False)
        page = cluster(lists.DEFAULT_SCHEME, key).cluster
        assert answer.entries == page.total
        for at in answer.levels:
            assert {e.code for a in at.awards for e in a.entries} == {q.code for q in page.by_level[at.level]}


def test_one_award_of_several_bodies_is_recognised_and_units_are_counted_by_hand(starter, local):
    answer = crowding(PLAY, repeated=False)
    most = max((a for at in answer.levels for a in at.awards), key=lambda a: len(a.owners))
    assert len(most.owners) == 4
    assert {e.title.partition("Level")[2] for e in most.entries} == {
        " 3 Diploma for the Children and Young People's Workforce (QCF)",
        " 3 Diploma for the Children and Young People's Workforce (England)",
        " 3 Diploma for the Children and Young People's Workforce",
        " 3 Diploma for the Children and Young People's Workforce (04696)",
    }
    here = {local(e) for at in answer.levels for a in at.awards for e in a.entries}
    sets = {code: units for code, units in by_hand.unit_sets().items() if code in here}
    naive = {u: sum(u in units for units in sets.values()) for u in set().union(*sets.values())}
    assert {local(s.unit): len(s.entries) for s in answer.shared} == {u: n for u, n in naive.items() if n > 1}
    assert answer.without_units == len(here) - len(sets)


def test_units_that_say_the_same_are_in_different_qualifications_and_not_one(starter):
    found = crowding(PLAY).repeated
    titles = {(r.a.title, r.b.title) for r in found}
    assert ("Promote child and young person development", "Promote children's development") in titles
    assert all(r.a.code != r.b.code and r.in_a and r.in_b for r in found)
    assert [r.score for r in found] == sorted((r.score for r in found), reverse=True)


def test_the_page_of_a_cluster_draws_its_awards_and_leads_to_the_rest(client, starter):
    page = client.get(f"/clusters/sectors-2008/{PLAY}").content.decode()
    answer = crowding(PLAY, repeated=False)
    assert page.count('class="crowd-one') == answer.awards + 2  # and two in the key
    assert "offered by 4 bodies" in page
    assert f"/clusters/sectors-2008/{PLAY}/crowding" in page
    more = client.get(f"/clusters/sectors-2008/{PLAY}/crowding").content.decode()
    assert f"{answer.entries} entries are {answer.awards} different awards. Most crowded is Level 3" in more
    assert "Sharing as it is meant to be" in more
