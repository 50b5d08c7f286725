"""What the framework holds, as the requirements ask: each shown on a page, in a command, or in both."""

import re

import pytest
from tests.official_rows import NUMBER, read_all, read_without
from tests.reports import by_hand

from iqf.catalogue import models as m
from iqf.catalogue.queries import find
from iqf.evidence.models import Citation
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.starter.ingest import ingest
from iqf.places.models import Area
from iqf.web.public.kept_pages import PAGES

pytestmark = pytest.mark.django_db
DIPLOMA = "/qualifications/500/9170/0"


def fact(ran, name):
    """One fact of `show --json`."""
    return next(f for f in ran.answer["facts"] if f["name"] == name)


def small(tmp_path, files):
    """A folder of the layout: path → text."""
    for name, text in files.items():
        path = tmp_path / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "small"


def test_r001_role_titles_and_description(page, iqf):
    for words in (page("/roles/playworker"), iqf("show", "playworker").out):
        assert "Playworker" in words
        assert "Play worker" in words
        assert "Creates and supervises opportunities for children's play" in words
        assert "NCFE CACHE Level 3 Diploma in Playwork" in words


def test_r002_clusters_in_every_scheme(page, iqf):
    rows = [r for r in by_hand.table("documents/role_clusters") if r["role_id"] == "playworker"]
    titles = {(c["scheme_id"], c["cluster_id"]): c["title"] for c in by_hand.table("documents/clusters")}
    assert len({r["scheme_id"] for r in rows}) > 3
    words, told = page("/roles/playworker"), iqf("show", "playworker").out
    for row in rows:
        title = titles[row["scheme_id"], row["cluster_id"]]
        assert title in words, title
        assert title in told, title
    switched = page("/clusters?scheme=mapping-2005")
    assert "Youth work" in switched
    counted = iqf("coverage", "common-core-2005", "--by", "cluster", "--scheme", "mapping-2005").out
    assert "Playwork" in counted


def test_r003_constituency_and_contact(page, iqf):
    words = page("/roles/playworker")
    assert "Core workforce" in words
    assert "Constant: most of the working day" in words
    shown = iqf("show", "playworker", "--json")
    assert fact(shown, "constituency")["value"] == "core"
    assert (fact(shown, "contact")["value"], fact(shown, "contact")["verified"]) == ("constant", False)


def test_r004_one_holding_against_several_roles(page, iqf):
    for role, title in (("playworker", "Playworker"), ("youth-worker", "Youth worker")):
        assert title in page(f"/check?held=Q001&for={role}")
        answer = iqf("rules", "--held", "Q001", "--for", role, "--json").answer
        assert role in answer["target"]["aliases"]
        assert answer["verdict"] in ("met", "not met", "cannot say")


def test_r005_a_replaced_role_and_its_successor(page, iqf):
    words = page("/roles/early-years-professional")
    assert "Early years teacher" in words
    assert "eplaced" in words
    assert "since 2013 not checked" in words
    answer = iqf("show", "early-years-professional", "--json").answer
    assert answer["status"] == "replaced"
    assert "early-years-teacher" in answer["successor"]["aliases"]
    listed = page("/roles?status=emerging")
    assert "24 of 161 roles" in listed


def test_r006_levels_bodies_and_types(page, iqf):
    words = page("/qualifications")
    assert "180 qualifications" in words
    for level in ("Entry level (2)", "Level 1 (8)", "Level 3 (51)", "Level 8 (2)"):
        assert level in words
    shown = iqf("show", "500/9170/0", "--json")
    assert fact(shown, "owner")["value"] == "City & Guilds"
    assert (fact(shown, "award_type")["value"], fact(shown, "level")["value"]) == ("Diploma", "3")


def test_r007_units_with_content_and_level(page, iqf):
    words = page(DIPLOMA)
    assert "Promote communication in health" in words
    told = page("/units/U-SHC31")
    assert "Level 3" in told
    assert "Find out how each person prefers to communicate" in told
    answer = iqf("show", "U-SHC31", "--json").answer
    assert len(answer["outcomes"]) == 4
    held = {row["qualification_local_id"] for row in by_hand.table("qualifications/qualification_units")}
    assert len(held) == 94


def test_r008_roles_linked_to_qualifications_and_training(page, iqf):
    words = page("/roles/foster-carer")
    assert "The Skills to Foster" in words
    assert "Training, Support and Development Standards for Foster Care" in words
    assert "The Skills to Foster" in iqf("show", "foster-carer").out
    bare = next(c for c in iqf("quality", "--json").answer["checks"] if c["id"] == "served-by-nothing")
    assert (bare["count"], bare["of"]) == (56, 161)
    assert len({r["role_id"] for r in by_hand.table("qualifications/role_qualifications")}) == 104


def test_r009_every_qualification_names_its_source(page, iqf):
    assert "Children and Young People's Workforce (4227), level 3" in page(DIPLOMA)
    assert not m.Qualification.objects.filter(citation__source__title="").exists()
    for stated in iqf("show", "500/9170/0", "--json").answer["facts"]:
        (citation,) = stated["citations"]
        assert citation["title"]
        assert citation["row"]


def test_r010_units_mapped_to_the_common_core(page, iqf):
    words = page("/units/U-CYP31")
    assert "Child and young person development" in words
    assert "machine-made" in words
    taught = iqf("show", "U-CYP31", "--json").answer["teaches"]
    assert {t["code"] for t in taught} == {
        a["statement_id"] for a in by_hand.table("qualifications/alignments") if a["unit_id"] == "U-CYP31"
    }


def test_r011_a_further_framework_needs_no_change(page, iqf, tmp_path):
    before = {f.key for f in m.Framework.objects.all()}
    folder = small(
        tmp_path,
        {
            "documents/framework_statements.csv": (
                "framework_id,framework_title,statement_id,kind,title\nsailing-2020,Sailing (2020),S1,area,Knots\n"
            )
        },
    )
    ingest(folder, by="tests", collection="sailing")
    assert {f.key for f in m.Framework.objects.all()} == before | {"sailing-2020"}
    assert "Knots" in page("/frameworks/sailing-2020")
    assert "Knots" in iqf("show", "sailing-2020").out


def test_r012_one_identifier_each(page, iqf):
    for model in (m.Qualification, m.Unit, m.Role, m.Organisation, m.Framework):
        codes = list(model.objects.values_list("code", flat=True))
        assert len(codes) == len(set(codes))
    for name in ("500/9170/0", "50091700", "Q001", "IQF-Q-000001"):
        assert iqf("show", name, "--json").answer["code"] == "IQF-Q-000001"
        assert "IQF-Q-000001" in page(f"/qualifications/{name}")
    assert "J/601/1434" in page("/units/J6011434")


def test_r013_one_id_twice_is_refused(page, starter, tmp_path):
    folder = small(
        tmp_path, {"qualifications/qualifications.csv": "local_id,title\nX1,Award in Sailing\nX1,Award in Rowing\n"}
    )
    with pytest.raises(Refused, match="X1"):
        ingest(folder, by="tests", collection="small")
    assert "The same award from other bodies" in page(DIPLOMA)


def test_r015_standards_in_place_of_courses(page, iqf):
    words = page("/qualifications/Q117")
    assert "All training and evidence that meets the standards" in words
    shown = iqf("show", "Q117", "--json")
    assert fact(shown, "kind")["value"] == "professional standards"
    assert fact(shown, "stands_for")["value"] == "All training and evidence that meets the standards"


def test_r016_old_and_revised_level(page, iqf):
    for words in (page("/qualifications/Q194"), iqf("show", "Q194").out):
        assert "4 (Higher-education levels, with master's as the fourth)" in words
        assert "7" in words
    assert "National Professional Qualification in Integrated Centre Leadership" in page("/levels")


def test_r017_no_level_is_shown_as_no_level(page, iqf):
    assert "No level" in page("/qualifications/Q122")
    assert re.search(r"Level\s+none", iqf("show", "Q122").out)
    assert fact(iqf("show", "Q122", "--json"), "level")["value"] == "none"
    assert "17 of 180 qualifications" in page("/qualifications?level=none")


def test_r018_knowledge_or_competence(page, iqf):
    assert "What the holder knows and can do" in page(DIPLOMA)
    assessed = fact(iqf("show", "500/9170/0", "--json"), "assesses")
    assert (assessed["value"], assessed["certainty"]) == ("both", "inferred")
    held = dict.fromkeys(m.Qualification.objects.values_list("assesses", flat=True))
    assert {"knowledge", "competence", "both"} <= held.keys()


def test_r019_ages_covered(page, iqf):
    assert "0-19" in page(DIPLOMA)
    assert fact(iqf("show", "500/9170/0", "--json"), "age_focus")["value"] == "0-19"
    rows = [q for q in by_hand.table("qualifications/qualifications") if q["age_focus"] == "0-19"]
    assert f"{len(rows)} of 180 qualifications" in page("/qualifications?age_focus=0-19")


def test_r020_required_apart_from_optional(page, iqf):
    words = page(DIPLOMA)
    for said in (
        "All 11 units (27 credits)",
        "One of these 3 pathways, every unit of it",
        "At least 16 credits from 28 listed units",
        "Every holder",
        "Some holders",
    ):
        assert said in words
    differ = page(f"{DIPLOMA}/differ")
    assert "Every holder has the same 11 units" in differ
    assert "up to 22 units can be held by only one of them" in differ
    reached = iqf("show", "500/9170/0", "--json").answer["reached"]
    assert [r["code"] for r in reached] == list(by_hand.AREAS)
    assert {"every", "some"} <= reached[0]["reach"].keys()


def test_r021_mandatory_with_basis_and_area(page, iqf):
    assert "mandatory: " in iqf("show", "social-worker").out
    assert "the law" in page("/roles/social-worker")
    asked = m.Requirement.objects.filter(role__aliases__value="social-worker", strength="mandatory")
    assert asked.update(area=Area.objects.get(name="England"), basis="statute")
    asks = iqf("show", "social-worker", "--json").answer["asks"]
    assert {(a["area"], a["basis"]) for a in asks if a["strength"] == "mandatory"} == {("England", "statute")}
    assert "England" in page("/roles/social-worker")


def test_r022_significant_by_whom_and_disputed(page, iqf):
    words = page("/roles/playworker")
    assert "Significant" in words
    asked = m.Requirement.objects.filter(role__aliases__value="playworker", strength="significant").first()
    m.Opinion.objects.create(
        requirement=asked,
        organisation=m.Organisation.objects.get(title="SkillsActive"),
        stance="disputes",
        reason="Experience counts for as much.",
        on="2008-12",
        citation=Citation.objects.filter(certainty="document").first(),
    )
    PAGES.forget()  # it was not recorded
    words = page("/roles/playworker")
    assert "SkillsActive" in words
    assert "Experience counts for as much." in words
    views = [v for a in iqf("show", "playworker", "--json").answer["asks"] for v in a["views"]["each"]]
    assert [(v["organisation"]["title"], v["stance"]) for v in views] == [("SkillsActive", "disputes")]


def test_r023_significant_or_relevant_for_each_role(page, iqf):
    words = page(DIPLOMA)
    assert "Significant" in words
    assert "Relevant" in words
    asked = {a["role"]["title"]: a["strength"] for a in iqf("show", "Q001", "--json").answer["asked_for"]}
    assert (asked["Early years educator"], asked["Nanny"]) == ("significant", "relevant")
    words = page("/clusters/sectors-2008/youth")
    assert "core here" in words
    assert "generally relevant here" in words


def test_r026_local_training_is_held(page, iqf):
    assert "Offered only in Wales" in page("/qualifications/Q085")
    assert "Offered only in" not in page("/qualifications/Q001")
    for words in (page("/qualifications/Q116"), iqf("show", "Q116").out):
        assert "early intervention programme" in words
        assert "ndorsed training" in words


def test_r027_historic_and_still_accepted(page, iqf):
    assert "5 of 180 qualifications" in page("/qualifications?kind=historic")
    words = page("/qualifications/Q064")
    assert "Historic" in words
    assert "Holders may" in words
    answer = iqf("show", "Q064", "--json").answer
    assert next(f for f in answer["facts"] if f["name"] == "kind")["value"] == "historic"
    assert any(a["kind"] == "allows" for a in answer["allowed"])


def test_r028_an_overseas_qualification_loads_and_shows(page, iqf, tmp_path):
    folder = small(
        tmp_path,
        {
            "qualifications/qualifications.csv": "local_id,title,level\nX1,Diplom-Sozialpädagogin,6\n",
            "additions/qualification_kinds.csv": "qualification_local_id,kind\nX1,international\n",
        },
    )
    ingest(folder, by="tests", collection="overseas")
    assert "International" in page("/qualifications/X1")
    assert fact(iqf("show", "X1", "--json"), "kind")["value"] == "international"


def test_r042_what_single_employers_ask_and_where_they_differ(page, iqf):
    words, told = page("/roles/teaching-assistant"), iqf("show", "teaching-assistant").out
    for said in (words, told):
        assert "National Joint Council for Local Government Services" in said
        assert "Nothing is set that binds every employer." in said
        assert "NVQ level 3, or skill at that level, with specialist knowledge" in said
    asked = iqf("show", "teaching-assistant", "--json").answer["employers"]["asks"]
    assert {(a["post_level"], a["least_level"], a["verdict"]) for a in asked} == {
        ("1", "", "more"),
        ("2", "2", "more"),
        ("3", "3", "more"),
    }
    met = iqf("rules", "--held", "Q021", "--for", "teaching-assistant", "--json").answer
    assert met["verdict"] == "met"
    assert {(e["asks"]["post_level"], e["verdict"]) for e in met["employers"]} == {
        ("1", "cannot say"),
        ("2", "met"),
        ("3", "met"),
    }
    assert "What single employers ask besides" in page("/check?held=Q021&for=teaching-assistant")
    sheet = iqf("export", "sheet", "entry criteria of employers")
    assert "Induction and basic skills" in sheet.out


def test_r030_credit_and_hours_where_known(page, iqf):
    shown = iqf("show", "U-SHC31", "--json")
    assert (fact(shown, "credit")["value"], fact(shown, "glh")["value"]) == ("3", 10)
    words = page("/units/U-SHC31")
    assert re.search(r"Credit 3\b", words)
    assert re.search(r"\(guided learning\) 10\b", words)
    unknown = next(u["unit_id"] for u in by_hand.table("qualifications/units") if not u["credit"])
    assert fact(iqf("show", unknown, "--json"), "credit")["value"] is None
    assert "ot known" in page(f"/units/{unknown}")


def test_r035_bodies_of_a_programme(page, iqf):
    words = page("/qualifications/Q120")
    assert "Social Work England" in words
    assert "accreditation does not vary by award" in words
    bodies = {(b["organisation"]["title"], b["part"]) for b in iqf("show", "Q120", "--json").answer["bodies"]}
    assert ("Social Work England", "approves") in bodies
    assert "National Youth Agency" in page("/qualifications/Q137")


def test_r038_job_functions_matched_to_roles(page, iqf):
    words = page("/functions")
    assert "Of 50 job functions, 42 are the main work of more than one role, and 5 of none." in words
    assert "Making room for play (main)" in iqf("show", "playworker").out


def test_r043_regulation_and_its_absence(page, iqf):
    words = page("/roles/entry")
    assert (
        "For 53 roles something is set, for 15 a source says that nothing is set, and for 93 nothing is known"
        in words
    )
    assert "Social Work England" in page("/roles/social-worker")
    assert "registration (statute)" in iqf("show", "social-worker").out
    assert "none (employer practice)" in iqf("show", "playworker").out


def test_r044_none_one_or_several_lead_bodies(page, iqf):
    leads = by_hand.by(
        [r for r in by_hand.table("additions/bodies") if (r["subject_kind"], r["part"]) == ("role", "leads")],
        "subject",
    )
    roles = [r["role_id"] for r in by_hand.table("documents/roles")]
    assert {min(len(leads.get(r, ())), 2) for r in roles} == {0, 1, 2}
    for role in ("youth-worker", "learning-mentor"):
        for row in leads[role]:
            assert row["organisation"] in page(f"/roles/{role}")
            assert row["organisation"] in iqf("show", role).out


def test_r051_levels_with_examples(page, iqf):
    words = page("/levels")
    for level in by_hand.table("additions/levels"):
        assert level["plain"] in words
        assert level["can_do"] in words
        if level["examples"]:
            assert level["examples"] in words
    assert iqf("search", "--type", "qualification", "--level", "3", "diploma", "--json").answer["total"] > 10


def test_r052_every_unit_has_an_owner(page, iqf):
    assert not m.Unit.objects.filter(owner=None).exists()
    assert "Skills for Care and Development" in page("/units/U-SHC31")
    assert "Skills for Care and Development" in iqf("show", "U-SHC31").out
    assert m.Organisation.objects.filter(units__isnull=False).distinct().count() > 5


def test_r029_sector_subject_area(page, iqf, tmp_path):
    read_all(tmp_path)
    code = find(NUMBER).code
    for words in (page(f"/qualifications/{code}"), iqf("show", NUMBER).out):
        assert "Child development and well-being" in words
    listed = page("/qualifications?subject_area=Child+development+and+well-being")
    assert "NCFE CACHE Level 3 Diploma for the Early Years Workforce" in listed
    assert "NCFE CACHE Level 2 Certificate in Playwork" not in listed


def test_r103_a_row_that_its_list_has_dropped_stays_readable(page, iqf, tmp_path):
    read_all(tmp_path)
    read_without(tmp_path)
    words = page("/register/approved-qualifications/61008187")
    assert "No longer on the list" in words
    assert "Award in Bookkeeping" in words
    assert "no longer on the list" in iqf("show", "610/0818/7").out
