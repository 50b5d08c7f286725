"""Data quality: every count against CHECKS.md of the starter, or against the files."""

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.actions.decisions import decide
from iqf.reports.quality import CHECKS, quality

from . import by_hand

pytestmark = pytest.mark.django_db


@pytest.fixture
def checks(starter):
    return {c.id: c for c in quality(examples=1000).checks}


def test_every_check_has_a_wording_of_its_own_and_an_outcome(checks):
    assert list(checks) == list(CHECKS)
    assert len({c.wording for c in checks.values()}) == len(checks)
    for check in checks.values():
        assert check.outcome == ("fail" if check.count else "pass" if check.of else "not applicable")
        assert 0 <= check.count <= check.of
        assert bool(check.reason) == (not check.of)


def test_the_examples_are_the_first_of_all_cases(starter):
    for check in quality(examples=3).checks:
        assert len(check.examples) <= 3


@pytest.mark.parametrize(
    ("check", "count", "of"),
    [
        ("machine-made", 222, 222),
        ("sources-disagree", 2, 2),
        ("level-and-title", 0, 120),
        ("numbers-check", 0, 175),
        ("served-by-nothing", 56, 161),
        ("needed-by-nobody", 18, 180),
        ("outcomes-known", 268, 346),
        ("units-used", 1, 346),
        ("owner-known", 2, 138),
        ("licences-known", 198, 199),
        ("official-levels", 0, 0),
    ],
)
def test_counts(checks, check, count, of):
    assert (checks[check].count, checks[check].of) == (count, of)


def test_numbers_looked_at_are_the_numbers_and_references_held(checks):
    numbers = [q for q in by_hand.table("qualifications/qualifications") if q["number"]]
    references = [u for u in by_hand.table("qualifications/units") if u["reference"]]
    assert checks["numbers-check"].of == len(numbers) + len(references)
    assert len(references) == 81


def test_units_without_outcomes_counted_again_from_the_file(checks):
    units = by_hand.table("qualifications/units")
    bare = [u for u in units if not u["outcomes"].strip()]
    assert (checks["outcomes-known"].count, checks["outcomes-known"].of) == (len(bare), len(units))


def test_qualifications_that_nobody_needs_and_that_lead_nowhere(checks, starter):
    asked = {r["qualification_local_id"] for r in by_hand.table("qualifications/role_qualifications")}
    leading = {r["from_local_id"] for r in by_hand.table("qualifications/progression")}
    every = {q["local_id"] for q in by_hand.table("qualifications/qualifications")}
    held = dict(m.QualificationAlias.objects.filter(scheme="starter").values_list("thing__code", "value"))
    assert {held[e.code] for e in checks["needed-by-nobody"].examples} == every - asked - leading


def test_the_one_group_whose_credits_do_not_add_up(checks):
    (example,) = checks["credit-adds-up"].examples
    assert "asks 29 credits, the units listed give 27" in example.matter
    held = m.QualificationAlias.objects.get(scheme="starter", thing__code=example.code)
    assert held.value == "Q150"


def test_groups_that_hold_fewer_units_than_their_rule_asks_are_among_the_incomplete_lists(checks):
    groups = by_hand.table("qualifications/unit_groups")
    listed = by_hand.by(by_hand.table("qualifications/qualification_units"), "qualification_local_id", "group_code")
    short = {
        g["qualification_local_id"]
        for g in groups
        if g["min_units"] and len(listed[g["qualification_local_id"], g["group_code"]]) < int(g["min_units"])
    }
    assert short == {"Q050", "Q051", "Q056", "Q080", "Q081", "Q104", "Q105", "Q106", "Q107"}
    held = dict(m.QualificationAlias.objects.filter(scheme="starter").values_list("thing__code", "value"))
    assert short <= {held[e.code] for e in checks["lists-incomplete"].examples}
    assert checks["lists-incomplete"].of == len(groups) == 164


def test_the_number_that_two_documents_put_at_two_levels_is_an_undecided_disagreement(checks):
    matters = {e.matter for e in checks["sources-disagree"].examples}
    assert "level: 2 is shown, 3 is the other" in matters


def test_a_decided_disagreement_is_no_fault_any_more(starter):
    for c in list(m.FieldConflict.objects.all()):
        decide(by="reviewer", code=c.subject, field=c.field, value=c.value_shown, reason="Seen on the certificate.")
    (check,) = [c for c in quality().checks if c.id == "sources-disagree"]
    assert (check.outcome, check.count, check.of) == ("pass", 0, 2)


def test_unverified_rows_of_every_file_count_by_kind_of_fact(checks):
    said = {e.code: e.matter for e in checks["unverified-facts"].examples}
    for file, kind, rows in (
        ("qualifications/qualifications", "qualifications", 38),
        ("qualifications/units", "units", 111),
        ("qualifications/role_qualifications", "role_qualifications", 152),
        ("qualifications/role_entry", "role_entry", 18),
        ("qualifications/progression", "progression", 44),
    ):
        assert sum(r["evidence"] == "unverified" for r in by_hand.table(file)) == rows
        assert said[kind] == f"{rows} facts not checked"


def test_fields_recalled_count_too(checks):
    recalled = [
        f for u in by_hand.table("qualifications/units") for f in u["from_memory"].split(";") if f == "credit"
    ]
    marked = [
        q
        for q in by_hand.table("qualifications/qualifications")
        if any(
            "credit" in part.partition(":")[2]
            for part in q["field_notes"].split(";")
            if "from memory or inferred:" in part
        )
    ]
    said = {e.title: e.matter for e in checks["unverified-facts"].examples}
    assert said["field credit"] == f"{len(recalled) + len(marked)} values recalled"


def test_a_check_with_nothing_to_look_at_is_not_applicable(starter):
    m.FieldConflict.objects.update(retired_on="2026-01-01", retired_because="test")
    (check,) = [c for c in quality().checks if c.id == "sources-disagree"]
    assert check.outcome == "not applicable"
