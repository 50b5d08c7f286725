"""Coverage of one framework by the judgements of another: with its path, never more than it warrants."""

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError
from iqf.reports.coverage import coverage
from iqf.reports.coverage_cell import cell
from iqf.reports.crosswalks import relations

pytestmark = pytest.mark.django_db
OLD, NEW, PROPOSED = "common-core-2005", "common-core-2010", "common-core-proposals-2008"


def of(key):
    return m.Framework.objects.get(key=key)


def totals(answer):
    return answer.totals.touches, answer.totals.fully


def test_an_edition_by_another_by_title_only_touches_as_much_and_teaches_nothing_fully(starter):
    direct, derived = coverage(OLD, by="level"), coverage(NEW, by="level", through=[OLD])
    assert derived.totals.touches == direct.totals.touches
    assert set(derived.totals.fully.values()) == {0}
    assert derived.totals.units_judged == direct.totals.units_judged
    assert [a.code for a in derived.path.at_least] == ["CC1", "CC2", "CC3", "CC4", "CC5", "CC6"]
    states = {row.counts.state(code) for row in derived.rows for code in row.counts.touches}
    assert states == {"touches", "unsure", "unjudged"}


def test_where_the_texts_were_compared_equals_carry_everything(starter):
    m.Crosswalk.objects.filter(second__framework__key=NEW, first__framework__key=OLD).update(strength="strong")
    direct, derived = coverage(OLD, by="level"), coverage(NEW, by="level", through=[OLD])
    assert (derived.totals.touches["CC1"], derived.totals.fully["CC1"]) == (
        direct.totals.touches["CC1"],
        direct.totals.fully["CC1"],
    )
    assert (derived.totals.touches["CC3"], derived.totals.fully["CC3"]) == (direct.totals.touches["CC3"], 0)
    assert [a.code for a in derived.path.at_least] == ["CC3", "CC5"]
    assert derived.rows[6].counts.state("CC1") == direct.rows[6].counts.state("CC1") == "none"


def test_an_area_to_which_nothing_leads_is_not_called_empty(starter):
    answer = coverage(PROPOSED, by="level", through=[OLD])
    assert [a.code for a in answer.path.without] == ["CC-P4", "CC-P5"]
    assert answer.side_by_side[0].shares["CC-P4"] is None
    assert {row.counts.state("CC-P4") for row in answer.rows} == {"unjudged", "unsure"}
    fully_old = coverage(OLD).totals.fully
    assert answer.totals.touches["CC-P1"] == fully_old["CC1"]  # all of a whole holds its part; a part may not


def test_no_third_framework_is_gone_through_unasked(starter):
    m.Crosswalk.objects.filter(first__framework__key=PROPOSED, second__framework__key=OLD).delete()
    with pytest.raises(NotFoundError, match=f"Both are related to {NEW}; name every step"):
        coverage(PROPOSED, through=[OLD])
    answer = coverage(PROPOSED, through=[OLD, NEW])
    assert [leg.end.aliases[0] for leg in answer.path.legs] == [NEW, PROPOSED]
    with pytest.raises(NotFoundError, match="each of them once"):
        coverage(PROPOSED, through=[OLD, PROPOSED])
    with pytest.raises(NotFoundError, match="No statement of Common Core"):
        coverage(NEW, through=["essex-matrix"])


def test_a_relation_reads_from_either_side(starter):
    there, back = relations(of(OLD), of(NEW)), relations(of(NEW), of(OLD))
    assert {(r.first, r.relation, r.second) for r in there} >= {("CC3", "subset", "CC3"), ("CC1", "equal", "CC1")}
    assert {(r.first, r.relation, r.second) for r in back} >= {("CC3", "superset", "CC3")}
    assert {(r.strength, r.author) for r in there} == {("weak", "iqf")}


def test_behind_a_derived_number_stand_the_verdicts_it_came_from(starter):
    number = coverage(NEW, by="level", through=[OLD]).totals.touches["CC5"]
    answer = cell(NEW, "CC5", through=[OLD])
    reaching = [u for u in answer.units if u.state == "touches"]
    assert len(reaching) == number
    claim = reaching[0].accepted[0]
    assert (claim.statement, [(h.first, h.relation, h.second) for h in claim.path]) == (
        "CC5",
        [("CC5", "subset", "CC5")],
    )


def test_the_pages_say_that_it_is_derived_and_by_which_way(client, starter):
    page = client.get(f"/frameworks/{NEW}").content.decode()
    assert f"/frameworks/{NEW}/coverage?through={OLD}" in page
    derived = client.get(f"/frameworks/{NEW}/coverage?by=level&through={OLD}").content.decode()
    assert "Derived, not judged" in derived
    assert "Compared by title only" in derived
    assert "through=common-core-2005" in derived.split('class="cell-n"')[1]
    refused = client.get(f"/frameworks/{NEW}/coverage?through=essex-matrix")
    assert refused.status_code == 404
    assert "No statement of" in refused.content.decode()
