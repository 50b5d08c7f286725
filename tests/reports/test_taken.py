"""How many take a thing: a number, nobody, or no data; each only where the tables allow it."""

import pytest
from tests.exchange.lists import write
from tests.exchange.statistics.counted import AIMS, Q002, hold_aims, hold_standards, table
from tests.official_rows import HELD, NUMBER, PLAYWORKER

from iqf.catalogue import models as m
from iqf.catalogue.queries import NotFoundError
from iqf.exchange.formats.taken import address, finding, subject_sentence, taken_json
from iqf.exchange.sources import approved_qualifications, ncs_roles
from iqf.reports.nobody_takes import nobody_takes
from iqf.reports.taken import of_cluster, taken
from iqf.review.actions import accept, decline, undo
from iqf.review.models import ProposedMatch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(starter, settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"


class TestQualifications:
    def test_a_number_with_its_year_and_the_way_to_the_exact_figure(self, tmp_path):
        hold_aims(tmp_path)
        answer = taken(Q002)
        (one,) = answer.counted
        assert (answer.verdict, finding(answer)) == ("counted", "500/8887/7: 40 learners in 2024/25.")
        assert address(one) == (
            "/takeup/aims/1.0?by=learning_aim&where=learning_aim%3D500%2F8887%2F7&where=time_period%3D202425"
        )

    def test_nobody_is_said_only_of_a_table_that_prints_every_aim(self, tmp_path):
        hold_aims(tmp_path)
        answer = taken("Q001")
        assert answer.verdict == "nobody"
        assert "listed, and nobody takes it" in finding(answer)
        hold_aims(tmp_path, AIMS.replace("900", "901"), "some", complete_for="")
        some = {one.table.dataset: one.verdict for one in taken("Q001").counted}
        assert some == {"aims": "nobody", "some": "no data"}

    def test_a_symbol_is_shown_and_is_neither_a_number_nor_nobody(self, tmp_path):
        hold_aims(tmp_path, AIMS.replace("40", "c"))
        answer = taken(Q002)
        assert (answer.verdict, answer.counted[0].rows[0].symbol) == ("not published", "c")
        assert finding(answer) == "500/8887/7: c: confidential learners in 2024/25."

    def test_without_a_table_there_are_no_data_and_what_would_settle_it_is_said(self):
        answer = taken("Q001")
        assert answer.verdict == "no data"
        assert finding(answer) == "No data: no table held here counts learners by qualification number."
        assert "Learner records" in answer.would_settle_it

    def test_higher_education_is_coded_by_subject_and_says_so(self, tmp_path):
        hold_aims(tmp_path)
        award = m.Qualification.objects.filter(kind="higher-education award", number="").first()
        answer = taken(award.code)
        assert answer.verdict == "no data"
        assert "coded by subject (HECoS)" in answer.would_settle_it

    def test_what_is_counted_of_its_whole_subject_area_is_shown_apart(self, tmp_path):
        approved_qualifications.ingest(write(tmp_path / "approved.csv", HELD), by="tests")
        rows = "202425,Academic year,Child Development and Well Being,26532\n202425,Academic year,Law,7\n"
        table(tmp_path, "subjects", rows, columns=("ssa_t2_desc", "starts"), counting="starts")
        answer = taken(NUMBER)
        assert answer.verdict == "no data"
        assert [subject_sentence(one) for one in answer.subject] == [
            "Its whole subject area, Child Development and Well Being: 26,532 starts in 2024/25 (“subjects”). "
            "That is not this qualification alone."
        ]
        assert taken_json(answer)["subject_area"][0]["rows"][0]["value"] == 26532


class TestRoles:
    @pytest.fixture(autouse=True)
    def _tables(self, tmp_path):
        hold_standards(tmp_path)

    def test_starts_of_the_latest_whole_year(self):
        answer = taken("Playworker")
        assert finding(answer) == "Playworker: 73 starts and 150 enrolments in 2024/25."
        assert answer.counted[0].because == "Same title"

    @pytest.mark.parametrize(
        ("role", "verdict", "said"),
        [
            ("Learning mentor", "nobody", "Learning Mentor: listed, and nobody takes it."),
            ("Youth worker", "nobody", "Youth worker: listed, and nobody takes it."),
            ("Nanny", "not published", "Nanny: low: rounds to 0 starts in 2024/25."),
            ("Childminder", "no data", "No data: no table held here counts people who train for it."),
        ],
    )
    def test_nobody_a_symbol_and_no_data_are_told_apart(self, role, verdict, said):
        answer = taken(role)
        assert answer.verdict == verdict
        assert finding(answer).startswith(said)

    def test_a_standard_that_is_not_printed_under_its_name_may_have_another(self, tmp_path):
        profile = {"title": "Social worker", "url": "social-worker", "apprenticeship_standards": "Social worker"}
        ncs_roles.ingest(write(tmp_path / "profiles.csv", PLAYWORKER | profile), by="tests")
        answer = taken("Social worker")
        assert answer.verdict == "no data"
        assert "It may be what it calls “Social Worker (Integrated Degree)”" in finding(answer)
        match = ProposedMatch.objects.get(title="Social Worker (Integrated Degree)", state="waiting")
        number = decline(by="tests", match=match.pk, reason="Another occupation.")
        assert taken("Social worker").counted[0].perhaps == (), "what was decided is not open any more"
        undo(by="tests", decision=number, reason="It is the same.")
        (open_again,) = [one for table in nobody_takes().tables for one in table.unprinted]
        assert open_again.counted.perhaps == ("Social Worker (Integrated Degree)",)
        accept(by="tests", match=match.pk, reason="It is the same.")
        assert not any(table.unprinted for table in nobody_takes().tables), "its number counts, under the other name"

    def test_a_cluster_counts_each_standard_once(self):
        answer = taken("early-years-childcare-play")
        assert [one.subject for one in answer.counted] == ["Nanny", "Playworker"]
        assert of_cluster("sectors-2008", "early-years-childcare-play") == answer

    def test_in_json_each_number_names_its_table_and_how_it_was_tied(self):
        shape = taken_json(taken("Playworker"))
        assert (shape["dataset"], shape["counting"], shape["verdict"]) == ("standards", "several", "counted")
        assert [(row["counting"], row["value"]) for row in shape["rows"]] == [("starts", 73), ("enrolments", 150)]
        assert shape["subjects"][0]["because"] == "Same title"
        assert shape["would_settle_it"] is None


def test_a_page_asks_little_and_opens_a_table_once(tmp_path, django_assert_max_num_queries):
    hold_aims(tmp_path)
    hold_standards(tmp_path)
    once = [taken("Q001").verdict, taken("Playworker").verdict]
    for file in (tmp_path / "home").rglob("*.parquet"):
        file.unlink()
    with django_assert_max_num_queries(14):
        assert taken("Q001").verdict == once[0]
    with django_assert_max_num_queries(14):
        assert taken("Playworker").verdict == once[1]


def test_what_is_not_there_is_said():
    with pytest.raises(NotFoundError, match="There is no qualification or role"):
        taken("nothing of the kind")
