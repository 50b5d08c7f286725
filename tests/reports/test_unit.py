"""What a unit page says: what it teaches, and which qualifications share it."""

import pytest

from iqf.catalogue.queries import AmbiguousError, NotFoundError
from iqf.codes import parse_unit_reference
from iqf.reports.unit import credit_words, unit

from . import by_hand

pytestmark = pytest.mark.django_db


def test_every_unit_answers_and_says_what_the_files_say(every_unit, local):
    holders = by_hand.by(by_hand.table("qualifications/qualification_units"), "unit_id")
    claims = by_hand.by(by_hand.table("qualifications/alignments"), "unit_id")
    seen = by_hand.judged()
    shared = 0
    for row in by_hand.table("qualifications/units"):
        answer = every_unit[row["unit_id"]]
        uses = holders.get(row["unit_id"], [])
        assert len(answer.uses) == len(uses)
        assert {local(u.qualification) for u in answer.uses} == {r["qualification_local_id"] for r in uses}
        assert answer.outcomes == tuple(o.strip() for o in row["outcomes"].split("|") if o.strip())
        strengths = {"partial": "partly", "full": "fully"}
        assert {(t.code, t.strength) for t in answer.teaches} == {
            (c["statement_id"], strengths[c["strength"]]) for c in claims.get(row["unit_id"], ())
        }
        assert [(j.raters, j.rater_kind) for j in answer.judged] == (
            [(2, "machine")] if row["unit_id"] in seen else []
        )
        reference = parse_unit_reference(row["reference"])
        assert answer.fact("reference").value == (reference.shown if reference else None)
        assert answer.fact("level").value == ({"Entry": "Entry level"}.get(row["level"], row["level"]) or None)
        shared += len({r["qualification_local_id"] for r in uses}) > 1
    assert shared == 238


def test_units_shared_across_awarding_organisations(every_unit):
    across = sum(len(answer.owners) > 1 for answer in every_unit.values())
    owners = {q["local_id"]: q["awarding_organisation"] for q in by_hand.table("qualifications/qualifications")}
    expected = 0
    for rows in by_hand.by(by_hand.table("qualifications/qualification_units"), "unit_id").values():
        expected += len({owners[r["qualification_local_id"]] for r in rows} - {""}) > 1
    assert across == expected == 192


def test_a_unit_is_mandatory_only_where_every_holder_has_it(every_unit, local):
    kinds = {
        (g["qualification_local_id"], g["group_title"]): g["kind"]
        for g in by_hand.table("qualifications/unit_groups")
    }
    for unit_id, answer in every_unit.items():
        for use in answer.uses:
            kind = kinds[local(use.qualification), use.group]
            assert use.mandatory == (kind == "mandatory"), (unit_id, use)


def test_machine_made_alignments_say_so(starter, today):
    answer = unit("U-CYP31", today)
    assert answer.teaches
    assert {t.said.certainty for t in answer.teaches} == {"machine"}
    assert not any(t.said.verified for t in answer.teaches)


def test_recalled_fields_are_marked_and_the_rest_of_the_unit_is_not(starter, today):
    answer = unit("U-SHC31", today)
    assert {f.name for f in answer.facts if f.mark == "unverified"} == {"code", "level", "credit", "glh"}
    assert answer.fact("summary").mark == ""


@pytest.mark.parametrize(("low", "high", "words"), [(None, None, None), (3, 3, "3"), (12, 15, "12 to 15")])
def test_credit_in_words(low, high, words):
    assert credit_words(low, high) == words


@pytest.mark.parametrize("name", ["J/601/1434", "J6011434", "j 601 1434", "U-SHC31", "u-shc31", "IQF-U-000001"])
def test_a_unit_is_found_by_every_name_it_has(starter, today, local, name):
    assert local(unit(name, today).unit) == "U-SHC31"


def test_a_name_of_several_units_lists_their_codes(starter, today):
    """`Schools as organisations` is the title of two units."""
    with pytest.raises(AmbiguousError, match=r"is the name of 2 things; give one of these codes: IQF-U-\d+"):
        unit("Schools as organisations", today)


def test_a_qualification_is_no_unit(starter, today):
    with pytest.raises(NotFoundError, match='There is no unit called "500/9170/0"'):
        unit("500/9170/0", today)
