"""Frameworks, organisations, sources: what their pages say."""

from collections import Counter
from datetime import date

import pytest

from iqf.catalogue.queries import NotFoundError
from iqf.evidence.models import Citation, Source
from iqf.reports.disagreements import disagreements
from iqf.reports.framework import framework
from iqf.reports.organisation import organisation
from iqf.reports.requirements import requirements
from iqf.reports.show import show
from iqf.reports.sources import source, sources

from . import by_hand

pytestmark = pytest.mark.django_db


def codes(nodes):
    return [c for n in nodes for c in (n.code, *codes(n.parts))]


def test_each_framework_holds_its_statements_in_the_order_of_the_file(starter, today):
    rows = by_hand.by(by_hand.table("documents/framework_statements"), "framework_id")
    for key, statements in rows.items():
        answer = framework(key, today)
        tops = [s["statement_id"] for s in statements if not s["parent_id"]]
        assert [n.code for n in answer.statements] == tops
        assert sorted(codes(answer.statements)) == sorted(s["statement_id"] for s in statements)


def test_units_and_roles_that_reach_each_area_are_counted(starter, today):
    units = Counter(a["statement_id"] for a in by_hand.table("qualifications/alignments"))
    roles = Counter(a["statement_id"] for a in by_hand.table("qualifications/role_statements"))
    for node in framework("common-core-2005", today).statements:
        assert (node.units, node.roles) == (units[node.code], roles[node.code])


def test_a_later_edition_replaces_the_earlier_and_proposals_were_never_adopted(starter, today):
    assert [f.aliases[0] for f in framework("common-core-2005", today).replaced_by] == ["common-core-2010"]
    assert framework("common-core-2010", today).replaces.aliases == ("common-core-2005",)
    assert framework("common-core-proposals-2008", today).adopted is False
    assert framework("common-core-proposals-2008", today).coverage is None


def test_relations_to_other_editions_are_told_from_both_ends(starter, today):
    rows = by_hand.table("documents/crosswalks")
    for key in ("common-core-2005", "common-core-2010"):
        relations = framework(key, today).relations
        assert sum(r.outward for r in relations) == sum(r["from_framework"] == key for r in rows)
        assert sum(not r.outward for r in relations) == sum(r["to_framework"] == key for r in rows)


def test_an_organisation_owns_what_the_files_say(starter, today, local):
    for name in ("NCFE", "CACHE", "City & Guilds", "Skills for Care and Development"):
        answer = organisation(name, today)
        owned = by_hand.by(by_hand.table("qualifications/qualifications"), "awarding_organisation")
        units = by_hand.by(by_hand.table("qualifications/units"), "owner")
        assert {local(q) for q in answer.qualifications} == {q["local_id"] for q in owned.get(name, ())}
        assert {local(u) for u in answer.units} == {u["unit_id"] for u in units.get(name, ())}


def test_former_names_and_mergers_lead_to_the_organisation_that_followed(starter, today):
    names = {(n.kind, n.name): n for n in organisation("CACHE", today).names}
    merged = names["merged into", "NCFE"]
    assert (merged.organisation.title, merged.since) == ("NCFE", "2016-01-29")
    assert organisation("Council for Awards in Care, Health and Education", today).organisation.title == "CACHE"
    assert organisation("RN5121", today).organisation.title == "CACHE"


def test_parts_of_a_body_in_roles_and_programmes(starter, today):
    rows = [r for r in by_hand.table("additions/bodies") if r["organisation"] == "Social Work England"]
    parts = organisation("Social Work England", today).parts
    assert Counter(p.part for p in parts) == Counter(r["part"] for r in rows)
    assert Counter(p.thing.kind for p in parts) == Counter(r["subject_kind"] for r in rows)


def test_facts_by_how_sure_they_are_add_up_to_all_facts(starter):
    answer = sources()
    assert sum(n for _, _, n in answer.certainties) == Citation.objects.count()
    assert sum(s.facts for s in answer.sources) == Citation.objects.count()
    assert len(answer.sources) == Source.objects.count()
    assert sum(s.held_elsewhere for s in answer.sources) == 54
    assert len(answer.contradictions) == len(by_hand.table("documents/contradictions"))


def test_a_document_states_its_findings_figures_and_named_qualifications(starter):
    answer = source("S2")
    findings = [f for f in by_hand.table("documents/findings") if f["source_id"] == "S2"]
    named = [q for q in by_hand.table("documents/qualifications_named") if q["source_id"] == "S2"]
    assert {f.key for f in answer.findings} == {f["finding_id"] for f in findings}
    assert {n.key for n in answer.named} == {n["id"] for n in named}
    figures = [
        row
        for path in (by_hand.DATA / "documents").glob("figures_*.csv")
        for row in by_hand.table(f"documents/{path.stem}")
        if row["source_id"] == "S2"
    ]
    assert len(answer.figures) == len(figures) > 0
    with pytest.raises(NotFoundError, match='There is no source "S9"'):
        source("S9")


def test_disagreements_name_their_things(starter, local):
    found = {(local(thing), d.field) for thing, d in disagreements().rows}
    assert found == {("Q032", "level"), ("Q186", "stated_status")}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("playworker", "Playworker"),
        ("Play worker", "Playworker"),
        ("60127260", "TQUK Level 2 Certificate in Supporting Teaching and Learning in Schools (RQF)"),
        ("IQF-O-000001", "NCFE"),
        ("COMMON-CORE-2005", "Common Core of Skills and Knowledge (2005)"),
    ],
)
def test_anything_is_shown_by_any_of_its_names(starter, text, title):
    answer = show(text, date(2026, 11, 21))
    ref = next(
        getattr(answer, n)
        for n in ("role", "qualification", "unit", "organisation", "framework")
        if hasattr(getattr(answer, n, None), "code")
    )
    assert ref.title == title


def test_the_requirements_count_by_state():
    answer = requirements()
    assert len(answer.requirements) == 143
    assert sum(n for _, n in answer.states) == 143
