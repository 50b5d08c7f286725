"""The UK standard skills classification: groups made of names, skills under them."""

import pytest

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.uk_skills import ingest
from iqf.exchange.sources.uk_skills.rows import group_code

from .lists import codes, numbers, write
from .samples import UK_SKILL, UK_SKILL_TOO

pytestmark = pytest.mark.django_db
OTHER = UK_SKILL | {"skill_id": "SKILL_3", "skill_name": "Cook", "aliases": "Cook and serve"}


@pytest.fixture
def load(tmp_path, db):
    def run(*rows, **kwargs):
        return ingest(write(tmp_path / "skills" / "skills.csv", *rows).parent, by="tests", **kwargs)

    return run


def test_skills_stand_under_the_groups_they_name(load):
    report = load(UK_SKILL, UK_SKILL_TOO, OTHER)
    assert (numbers(report), codes(report)) == ((3, 0, 0, 0), [])
    rows = m.Statement.objects.filter(framework__key="uk-skills").select_related("parent").order_by("id")
    assert [(s.code, s.kind, s.title, s.parent.title if s.parent else "") for s in rows] == [
        ("play-with-children", "area", "Play with children", ""),
        ("cook-and-serve", "area", "Cook and serve", ""),
        ("SKILL_1", "skill", "Plan play", "Play with children"),
        ("SKILL_2", "skill", "Observe play", "Play with children"),
        ("SKILL_3", "skill", "Cook", "Cook and serve"),
    ]
    assert load(UK_SKILL, UK_SKILL_TOO, OTHER).writes == 0


def test_a_skill_moves_to_another_group_and_a_group_without_skills_is_retired(load):
    load(UK_SKILL, UK_SKILL_TOO, OTHER)
    report = load(UK_SKILL, UK_SKILL_TOO, OTHER | {"aliases": "Play with children"})
    assert [(c["field"], c["before"], c["after"]) for c in report.changes] == [
        ("parent", "cook-and-serve", "play-with-children")
    ]
    assert (numbers(report)) == (0, 1, 2, 1)
    assert not m.Statement.objects.filter(LIVE, code="cook-and-serve").exists()


def test_a_group_in_two_spellings_is_one_and_said(load):
    report = load(UK_SKILL, UK_SKILL_TOO | {"aliases": "Play  with Children"})
    assert codes(report) == ["group-spelling"]
    assert m.Statement.objects.filter(kind="area", framework__key="uk-skills").count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"aliases": " "}, 'the column "aliases" is blank'),
        ({"skill_name": ""}, 'the column "skill_name" is blank'),
        ({"taxonomy": "ESCO"}, '"ESCO" is not this classification; every row says UKOS.'),
        ({"skill_id": "x" * 41}, "the cell is longer than 40 characters"),
    ],
)
def test_what_is_broken_is_refused(load, change, message):
    with pytest.raises(Refused, match=message):
        load(UK_SKILL, UK_SKILL_TOO | change)


def test_a_folder_with_several_tables(load, tmp_path):
    write(tmp_path / "skills" / "more.csv", UK_SKILL)
    with pytest.raises(Refused, match=r"the folder holds 2 tables \(\.csv\)"):
        load(UK_SKILL)


def test_codes_of_groups_fit_and_are_told_apart():
    long = "Plan and prepare very many activities for children"
    assert len(group_code(long)) <= 40
    assert group_code(long) != group_code(long + " and adults")
    assert group_code("Cook & serve") == "cook-serve"
