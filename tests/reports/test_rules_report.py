"""What a holding amounts to, asked through the report: units, qualifications and roles by any name."""

import pytest

from iqf.catalogue.queries import NotFoundError
from iqf.reports.rules import rules

from . import by_hand

pytestmark = pytest.mark.django_db
CORE = "A"


def units_of(local_id, *groups):
    return [
        r["unit_id"]
        for r in by_hand.table("qualifications/qualification_units")
        if r["qualification_local_id"] == local_id and (not groups or r["group_code"] in groups)
    ]


def nodes(answer):
    return {n.id: n for n in answer.nodes}


def test_with_nothing_of_it_held_a_known_mandatory_part_is_not_met_with_what_is_missing(starter, local):
    answer = rules(["U-CYP31"], "500/9170/0")
    core = nodes(answer)[CORE]
    assert (answer.verdict, core.verdict) == ("not met", "not met")
    assert {local(u) for u in core.missing} == set(units_of("Q001", CORE)) - {"U-CYP31"}
    assert (core.units_met, core.units_needed, core.units_short) == (1, 11, 10)
    assert (core.credit_met.known_low, core.credit_needed) == (4, 27)


def test_the_core_and_one_whole_pathway_are_met_and_an_incomplete_option_list_cannot_say(starter):
    answer = rules(units_of("Q001", CORE, "B"), "Q001")
    found = nodes(answer)
    assert (found[CORE].verdict, found["B"].verdict, found["pathways"].verdict) == ("met", "met", "met")
    assert answer.verdict == "cannot say"
    assert "incomplete" in next(n.because for n in answer.nodes if "optional" in n.title.lower())


def test_enough_optional_credit_beside_core_and_pathway_is_met(starter):
    answer = rules(units_of("Q001", CORE, "B") + units_of("Q001", "E")[:8], "Q001")
    assert answer.verdict == "met"


def test_a_qualification_held_brings_its_mandatory_units_for_sure_and_its_options_perhaps(starter):
    answer = rules(["500/9170/0"], "500/8887/7")
    assert nodes(answer)[CORE].verdict == "met"
    assert answer.verdict == "cannot say"


def test_a_qualification_held_meets_itself(starter):
    for local_id in ("Q001", "Q055", "Q137"):
        assert rules([local_id], local_id).verdict == "met"


def test_a_qualification_without_units_on_record_cannot_be_judged_by_units(starter):
    answer = rules(["U-CYP31"], "Q137")
    assert (answer.verdict, answer.nodes) == ("cannot say", ())
    assert "not on record" in answer.because


def test_a_role_with_nothing_set_is_met_and_says_why(starter):
    answer = rules(["U-CYP31"], "playworker")
    assert (answer.verdict, answer.nodes) == ("met", ())
    assert answer.because.startswith("Nothing is required")


def test_a_role_of_which_nothing_is_known_cannot_be_said(starter):
    asked = {r["role_id"] for r in by_hand.table("qualifications/role_qualifications")}
    stated = {r["role_id"] for r in by_hand.table("qualifications/role_entry")}
    bare = next(r["role_id"] for r in by_hand.table("documents/roles") if r["role_id"] not in asked | stated)
    assert rules(["Q001"], bare).verdict == "cannot say"


def test_one_of_several_alternatives_is_enough(starter, local):
    rows = [
        r
        for r in by_hand.table("qualifications/role_qualifications")
        if r["choice_group"] == "level-5-residential-diploma"
    ]
    role = rows[0]["role_id"]
    for row in rows:
        answer = rules([row["qualification_local_id"]], role)
        node = nodes(answer)["level-5-residential-diploma"]
        assert node.verdict == "met", row
        assert node.missing == ()
    empty = nodes(rules(["U-SHC31"], role))["level-5-residential-diploma"]
    assert empty.verdict != "met"
    assert {local(q) for q in empty.missing} == {r["qualification_local_id"] for r in rows if r["role_id"] == role}


def test_what_is_held_is_printed_back_under_its_own_names(starter):
    answer = rules(["J/601/1434", "50091700"], "Q002")
    assert [h.aliases[0] for h in answer.held] == ["J/601/1434", "500/9170/0"]


@pytest.mark.parametrize(
    ("held", "target", "said"),
    [
        (["nothing-such"], "Q001", 'There is no unit or qualification called "nothing-such"'),
        (["playworker"], "Q001", 'There is no unit or qualification called "playworker"'),
        (["Q001"], "U-SHC31", 'There is no qualification or role called "U-SHC31"'),
    ],
)
def test_what_is_not_found_is_said_in_a_sentence(starter, held, target, said):
    with pytest.raises(NotFoundError, match=said):
        rules(held, target)
