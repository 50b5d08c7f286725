"""ESCO: skills as frameworks edition by edition, occupations as official roles, titles read out of running text."""

import pytest

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.evidence.models import Retrieval, Source
from iqf.exchange.sources.esco import ingest
from iqf.exchange.sources.esco.running_text import split_title
from iqf.exchange.sources.pattern import Refused
from iqf.register.queries import row_of, standing

from .lists import codes, everything, numbers, refusal_of, write
from .samples import KNOWLEDGE, SKILL

pytestmark = pytest.mark.django_db
DATA = "http://data.europa.eu/esco/"


def level(*pairs, description="", scope=""):
    """A row of the hierarchy: the groups from the top down."""
    cells = {f"Level {n} {what}": "" for n in range(4) for what in ("URI", "preferred term")}
    for n, (code, term) in enumerate(pairs):
        cells |= {f"Level {n} URI": DATA + code, f"Level {n} preferred term": term}
    return cells | {"Description": description, "Scope note": scope}


TOP = ("skill/S", "skills")
GROUPS = [
    level(TOP),
    level(TOP, ("skill/S1", "communication"), description="Talking.", scope="Excludes:\n- animals"),
    level(TOP, ("skill/S1", "communication"), ("skill/S1.5", "comforting")),
]
BROADER = {
    "conceptType": "KnowledgeSkillCompetence",
    "conceptUri": SKILL["conceptUri"],
    "broaderType": "SkillGroup",
    "broaderUri": DATA + "skill/S1.5",
}
OCCUPATION = {
    "conceptType": "Occupation",
    "conceptUri": DATA + "occupation/0a-b",
    "iscoGroup": "0110",
    "preferredLabel": "nursery worker",
    "altLabels": "nursery nurse\nchildcare worker",
    "description": "Nursery workers look after children.",
}
ISCO = {
    "conceptType": "ISCOGroup",
    "conceptUri": DATA + "isco/C011",
    "code": "011",
    "preferredLabel": "Child care workers",
    "altLabels": "",
    "description": "They care.",
}


@pytest.fixture
def edition(tmp_path, db):
    """A folder of edition 1.0; write some files into it and read it."""

    def run(skills=(SKILL, KNOWLEDGE), groups=GROUPS, broader=(BROADER,), folder="classification-v1.0", **kwargs):
        place = tmp_path / "esco" / folder
        for name, rows in (("skills_en", skills), ("skillsHierarchy_en", groups), ("broaderRelations_en", broader)):
            (place / f"{name}.csv").unlink(missing_ok=True)
            if rows:
                write(place / f"{name}.csv", *rows)
        return ingest(tmp_path / "esco", by="tests", **kwargs)

    return run


def tree(key="esco-1.0"):
    """What stands: code, kind, what it stands under."""
    rows = m.Statement.objects.filter(LIVE, framework__key=key).select_related("parent").order_by("id")
    return [(s.code, s.kind, s.parent.code if s.parent else "") for s in rows]


def test_an_edition_becomes_a_framework_with_groups_and_skills_under_them(edition):
    report = edition()
    assert (report.rows, numbers(report), codes(report)) == (5, (5, 0, 0, 0), [])
    framework = m.Framework.objects.get(key="esco-1.0")
    assert (framework.title, framework.edition, framework.replaces) == ("ESCO skills and competences", "1.0", None)
    assert tree() == [
        ("S", "area", ""),
        ("2b", "knowledge", ""),
        ("S1", "area", "S"),
        ("S1.5", "area", "S1"),
        ("1a", "skill", "S1.5"),
    ]
    skill = m.Statement.objects.get(code="1a")
    assert skill.title == "comfort a child"
    assert skill.note == "Calm a child who is upset.\nAlso: console a child; soothe a child."
    assert (skill.citation.row, skill.citation.locator, skill.citation.certainty) == (2, "skills_en.csv", "official")
    assert m.Statement.objects.get(code="S1").note == "Talking.\nExcludes:\n- animals"
    source = Source.objects.get(key="esco")
    assert source.licence == "CC BY 4.0. This service uses the ESCO classification of the European Commission."
    assert Retrieval.objects.get(source=source).summary["added"] == 5


def test_again_nothing_is_written_and_one_cell_is_that_field(edition):
    edition()
    events, before = AuditEvent.objects.count(), everything()
    assert edition().writes == 0
    assert (AuditEvent.objects.count(), everything()) == (events, before)
    report = edition(skills=(SKILL | {"preferredLabel": "Comfort  a child"}, KNOWLEDGE))
    assert [(c["field"], c["after"], c["cosmetic"]) for c in report.changes] == [("title", "Comfort a child", True)]
    assert numbers(report) == (0, 1, 4, 0)
    assert AuditEvent.objects.count() == events + 1
    report = edition(skills=(SKILL, KNOWLEDGE), broader=(BROADER | {"broaderUri": DATA + "skill/S1"},))
    assert [(c["field"], c["cosmetic"]) for c in report.changes] == [("parent", False), ("title", True)]


def test_a_dry_run_says_what_a_run_does_and_writes_nothing(edition):
    before = everything(), m.Statement.objects.count()
    dry = edition(dry_run=True)
    assert (everything(), m.Statement.objects.count()) == before
    assert vars(dry) | {"dry_run": False} == vars(edition())


def test_what_a_whole_list_no_longer_has_is_retired_and_other_kinds_and_editions_stand(edition):
    edition()
    edition(folder="classification-v1.2")
    report = edition(skills=(SKILL,), groups=(), broader=(BROADER,))
    assert (report.retired, report.added) == (1, 0)
    gone = m.Statement.objects.get(framework__key="esco-1.0", retired_on__isnull=False)
    assert (gone.code, gone.retired_because) == ("2b", "No longer listed in esco-1.0")
    assert len(tree("esco-1.2")) == 5
    assert {code for code, _, _ in tree()} == {"S", "S1", "S1.5", "1a"}


def test_a_file_with_most_of_its_skills_gone_is_refused_unless_told(edition):
    skills = [SKILL | {"conceptUri": f"{DATA}skill/{n}", "preferredLabel": f"skill {n}"} for n in range(60)]
    edition(skills=skills, broader=())
    before = everything()
    with pytest.raises(Refused, match="40 of the 63 statements that stand are not in the file; is it whole"):
        edition(skills=skills[:20], broader=())
    assert everything() == before
    assert edition(skills=skills[:20], broader=(), allow_retire=True).retired == 40


def test_occupations_become_official_roles_with_isco_codes_and_other_titles(tmp_path, db):
    write(tmp_path / "v1.0" / "occupations_en.csv", OCCUPATION)
    write(tmp_path / "v1.0" / "ISCOGroups_en.csv", ISCO)
    report = ingest(tmp_path, by="tests")
    assert numbers(report) == (2, 0, 0, 0)
    row = row_of("esco-occupations-1.0", "0a-b")
    assert (row.kind, row.title) == ("role", "nursery worker")
    assert row.facts == {
        "uri": DATA + "occupation/0a-b",
        "isco": "0110",
        "other_titles": ["nursery nurse", "childcare worker"],
        "description": "Nursery workers look after children.",
    }
    group = row_of("isco-groups-esco-1.0", "c011")
    assert (group.kind, group.facts["isco"]) == ("code", "011")
    assert ingest(tmp_path, by="tests").writes == 0


def running(*concepts):
    return [{"id": uri, "description": text} for uri, text in concepts]


def test_running_text_takes_the_title_from_a_file_that_prints_it_else_reads_it_and_says_so(tmp_path, db):
    folder = tmp_path / "esco"
    concepts = [
        (SKILL["conceptUri"], "comfort a child console a child Calm a child who is upset."),
        (
            DATA + "skill/9z",
            "manage play staff manage staff of play direct play staff Assign tasks to staff of play.",
        ),
    ]
    write(folder / "v1.2" / "skills.csv", *running(*concepts))
    write(folder / "v1.0" / "skills_en.csv", SKILL)
    report = ingest(folder, by="tests")
    assert codes(report) == ["title-read"]
    assert report.warnings[0].message.startswith("1 titles are our reading")
    known, read = m.Statement.objects.filter(framework__key="esco-1.2").select_related("citation").order_by("id")
    assert (known.title, known.citation.note) == ("comfort a child", "")
    assert (read.title, read.citation.note[:40]) == ("manage play staff", "The file runs the title, other titles an")
    assert read.note == "manage staff of play direct play staff Assign tasks to staff of play."
    printed = SKILL | {"conceptUri": DATA + "skill/9z", "preferredLabel": "manage play staff well"}
    write(folder / "v1.2" / "skills.csv", printed, SKILL)
    report = ingest(folder, by="tests")
    assert ("title", "manage play staff well") in [(c["field"], c["after"]) for c in report.changes]


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("grade candles grade a candle rate candles Rate candles by colour.", "grade candles"),
        ("clean areas manually manually clean areas clean area manually Clean by hand.", "clean areas manually"),
        ("Haskell The techniques of software development in Haskell.", "Haskell"),
        ("", ""),
    ],
)
def test_where_a_title_ends(cell, title):
    assert split_title(cell) == (title, cell[len(title) :].strip())


def test_a_file_that_does_not_say_its_edition_is_refused(tmp_path, db):
    write(tmp_path / "skills_en.csv", SKILL)
    with pytest.raises(Refused, match=r"put it in a folder named after its edition, such as v1\.2"):
        ingest(tmp_path / "skills_en.csv", by="tests")
    write(tmp_path / "ESCO dataset - v1.2.0 - en" / "skills_en.csv", SKILL)
    (tmp_path / "skills_en.csv").unlink()
    ingest(tmp_path, by="tests")
    assert m.Framework.objects.filter(key="esco-1.2").exists()


def test_a_folder_without_any_of_its_files_and_one_kind_twice(tmp_path, db):
    write(tmp_path / "v1.1" / "relations.csv", {"REQUIRINGID": "key_1", "REQUIREDID": "key_2"})
    with pytest.raises(Refused, match="none of the classification's files is here"):
        ingest(tmp_path, by="tests")
    write(tmp_path / "v1.1" / "a.csv", SKILL)
    write(tmp_path / "v1.1" / "b.csv", KNOWLEDGE)
    with pytest.raises(Refused, match=r"a\.csv holds the skills of edition 1\.1 too; keep one of them"):
        ingest(tmp_path, by="tests")


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        (
            [level(("skill/A", "a"), ("skill/B", "b")), level(("skill/B", "b"), ("skill/A", "a"))],
            "stands under itself: its groups go round in a circle",
        ),
        ([level(("skill/A", "a"), ("skill/B", "b"))], "“b” stands under A, which is not in the files."),
    ],
)
def test_groups_in_a_circle_and_under_nothing(edition, groups, message):
    assert any(message in str(fault) for fault in refusal_of(lambda: edition(groups=groups)))


def test_an_unknown_type_is_refused_and_a_blank_one_is_doubtful(edition):
    with pytest.raises(Refused, match='row 2, column skillType: "magic" is not a type of skill'):
        edition(skills=(SKILL | {"skillType": "magic"},))
    report = edition(skills=(SKILL | {"skillType": ""},))
    assert codes(report) == ["type-missing"]


def test_occupations_of_one_edition_say_nothing_of_another(tmp_path, db):
    for edition in ("v1.0", "v1.2"):
        write(tmp_path / edition / "occupations_en.csv", OCCUPATION)
    ingest(tmp_path, by="tests")
    assert (standing("esco-occupations-1.0").count(), standing("esco-occupations-1.2").count()) == (1, 1)
