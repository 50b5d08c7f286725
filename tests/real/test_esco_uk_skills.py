"""The real classifications: ESCO's files of three editions, and the UK's table."""

import pytest
from tests.exchange.lists import codes, numbers

from iqf.catalogue import models as m
from iqf.exchange.sources.esco import ingest as ingest_esco
from iqf.exchange.sources.uk_skills import ingest as ingest_uk_skills
from iqf.register.queries import row_of, standing

from .official_files import existing, printed

pytestmark = [pytest.mark.django_db, pytest.mark.real]


def kinds(key):
    rows = m.Statement.objects.filter(framework__key=key).values_list("kind", flat=True)
    return {kind: list(rows).count(kind) for kind in set(rows)}


def test_esco_edition_by_edition(real_data, db):
    (folder,) = existing(real_data, "esco")
    report = ingest_esco(folder, by="tests")
    assert (report.rows, numbers(report)) == (21_921, (21_921, 0, 0, 0))
    assert codes(report) == ["title-read", "title-read"]
    assert kinds("esco-1.0") == {"area": 656, "knowledge": 2, "skill": 105}
    assert kinds("esco-1.2") == {"skill": 13_939}
    sizes = {r: standing(r).count() for r in ("esco-occupations-1.0", "isco-groups-esco-1.0", "esco-occupations-1.2")}
    assert sizes == {"esco-occupations-1.0": 2_942, "isco-groups-esco-1.0": 619, "esco-occupations-1.2": 3_658}
    director = row_of("esco-occupations-1.0", "00030d09-2b3a-4efd-87cc-c4ea39d27c34")
    assert (director.title, director.facts["isco"], len(director.facts["other_titles"])) == (
        "technical director",
        "2166",
        6,
    )
    advice = m.Statement.objects.get(framework__key="esco-1.0", code="045f71e6-0699-4169-8a54-9c6b96f3174d")
    assert (advice.title, advice.parent.code, advice.parent.parent.code) == (
        "give advice to others",
        "S1.5.0",
        "S1.5",
    )
    assert ingest_esco(folder, by="tests").writes == 0


def test_where_titles_end_in_running_text_is_right_for_nearly_three_in_four(real_data, db):
    skills, known = existing(real_data, "esco/skills.csv", "skill-extraction-benchmark/skills_en_label.txt")
    ingest_esco(skills, by="tests")
    labels = {label.lower() for label in known.read_text(encoding="utf-8").splitlines()}
    rows = m.Statement.objects.filter(framework__key="esco-1.2").values_list("title", "note")
    asked = right = 0
    for title, rest in rows:
        words = f"{title} {rest}".lower().split()
        possible = {" ".join(words[:n]) for n in range(1, 25)} & labels
        asked += bool(possible)
        right += title.lower() in possible
    assert asked > 13_000
    assert right / asked > 0.73


def test_uk_skills(real_data, db):
    (table,) = existing(real_data, "uk-skills-classification/ukos_occupational_skills_3343.csv")
    report = ingest_uk_skills(table, by="tests")
    assert (numbers(report), codes(report)) == ((3_343, 0, 0, 0), [])
    assert kinds("uk-skills") == {"area": 606, "skill": 3_343}
    groups = m.Statement.objects.filter(kind="area", framework__key="uk-skills").values_list("title", flat=True)
    assert set(groups) == {" ".join(row["aliases"].split()) for row in printed(table)}
    assert ingest_uk_skills(table.parent, by="tests").writes == 0
