import csv
import html
import io
import re

import pytest
from tests.indicators.tables import held

from iqf.accounts.actions import audit
from iqf.accounts.models import AuditEvent
from iqf.catalogue.queries import find
from iqf.evidence.actions import record_retrieval
from iqf.evidence.models import Retrieval, Source
from iqf.indicators.models import Release
from iqf.register.actions import PrintedRow, mirror
from iqf.reports.imports import Imports, one_import
from iqf.reports.quality import CHECKS, quality
from iqf.reports.trail import Asked, trail


def text_of(response):
    """The words of a page, without its marks."""
    assert response.status_code == 200
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


# ---------- imports ----------


def test_an_import_knows_who_read_what_and_when(early_years_file):
    latest, first = Imports()[0:2]
    held = Retrieval.objects.latest("id")
    assert (latest.by, latest.file, latest.sha256) == ("ann", "list.csv", early_years_file.sha256)
    assert (latest.rows, latest.added, latest.at) == (5, 5, held.retrieved_at)
    assert latest.doubts == len(early_years_file.warnings) == 2
    assert latest.matches == len(early_years_file.matches) >= 1
    assert (first.source, first.by) == ("starter", "tests")
    assert len(Imports()) == 2
    assert list(Imports()) == [latest, first]


def test_changes_are_told_apart_by_import(early_years_file):
    second, first = (one_import(i.number) for i in Imports())
    assert sum(n for _, n in first.changes) == AuditEvent.objects.filter(reason="ingest starter").count()
    assert dict(second.changes)["mirror"] == 1
    for answer in (first, second):
        changes = trail(Asked(of_import=answer.of.number))
        assert len(changes) == sum(n for _, n in answer.changes)
    assert len(trail(Asked(of_import=99999))) == 0


def test_an_import_that_wrote_no_change_has_nobody(starter):
    source = Retrieval.objects.latest("id").source
    audit(
        by="tests", action="change role", subject="IQF-R-000001", before={"a": 1}, after={"a": 2}, reason="a reason"
    )
    record_retrieval(source=source, file_name="quiet.csv", sha256="0" * 64, rows=1)
    assert Imports()[0:1][0].by == ""


def test_the_import_page_shows_the_report_with_its_rows(signed_in, early_years_file):
    number = Retrieval.objects.latest("id").pk
    page = text_of(signed_in.get(f"/staff/imports/{number}"))
    assert early_years_file.sha256 in page
    for doubt in early_years_file.warnings:
        assert re.search(rf"\b{doubt.row} {re.escape(doubt.message)}", page)
    for match in early_years_file.matches:
        assert match["reference"] in page
        assert match["code"] in page
        assert match["why"] in page
    assert "by ann" in page
    assert "Mirrored an official list 1" in page


def test_the_import_of_a_statistical_table_leads_to_its_figures(signed_in, settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    held(tmp_path, "time_period,time_identifier,geographic_level,posts\n2024,Calendar year,National,3")
    read = record_retrieval(
        source=Source.objects.get(key="statistics:small"),
        file_name="small.csv",
        sha256=Release.objects.get().sha256,
        rows=1,
    )
    page = signed_in.get(f"/staff/imports/{read.pk}").content.decode()
    assert 'href="/figures/small/1.0"' in page


def test_imports_are_listed_latest_first(signed_in, early_years_file):
    page = text_of(signed_in.get("/staff/imports"))
    assert page.index("list.csv") < page.index("Starter facts of iqf")


# ---------- the audit trail ----------


def slow_trail(text):
    """Changes that speak of a thing, found by reading every subject."""
    thing = find(text)
    names = {thing.code.lower(), *(a.value.lower() for a in thing.aliases.all())}

    def speaks(subject):
        parts = {part.lower() for part in re.split("[>:]", subject)}
        return subject == thing.code or (":" in subject and bool(parts & names))

    return [e.pk for e in AuditEvent.objects.order_by("-id") if speaks(e.subject)]


@pytest.mark.parametrize("text", ["Q001", "playworker", "U-SHC34", "500/9170/0", "IQF-O-000001"])
def test_the_history_of_a_thing_is_all_that_speaks_of_it(starter, text):
    changes = trail(Asked(thing=text))
    assert [change.number for change in changes] == slow_trail(text) != []


def test_filters_by_whom_and_by_what(starter):
    audit(
        by="ann",
        action="change role",
        subject="IQF-R-000001",
        before={"tier": "universal"},
        after={"tier": "targeted"},
    )
    (change,) = trail(Asked(actor="ann"))[0:5]
    assert (change.action, change.has_before) == ("change role", True)
    assert [(d.field, d.before, d.after) for d in change.differences] == [("tier", "universal", "targeted")]
    assert change.about[0].code == "IQF-R-000001"
    assert len(trail(Asked(actor="ann", action="create role"))) == 0
    assert len(trail(Asked(thing="user:nobody"))) == 0


def test_the_trail_page_reads_before_and_after_with_titles(signed_in, starter):
    worker, lead = find("playworker"), find("IQF-R-000001")
    audit(
        by="ann",
        action="change role",
        subject=worker.code,
        before={"successor": None, "title": "<b>Old</b>", "primary": False},
        after={"successor": lead.code, "title": "New & good", "primary": True},
        reason="because it was asked",
    )
    response = signed_in.get("/staff/trail", {"actor": "ann"})
    page = text_of(response)
    assert f"Changed role: {worker.title}" in page
    assert f"Successor nothing {lead.title}" in page
    assert "Title <b>Old</b> New & good" in page
    assert "Primary no yes" in page
    assert "Because it was asked" in page
    assert "<b>Old" not in response.content.decode()


def test_newest_first_and_paged(signed_in, starter):
    numbers = []
    for n in (1, 2):
        page = signed_in.get("/staff/trail", {"page": n}).content.decode()
        numbers += [int(x) for x in re.findall(r"No\. (\d+)", page)]
    assert len(numbers) == 100
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] == AuditEvent.objects.latest("id").pk
    assert "Page 1 of" in text_of(signed_in.get("/staff/trail", {"page": "x"}))


def test_every_page_of_the_trail_can_be_shown(signed_in, starter):
    last = len(trail(Asked())) // 50 + 1
    for n in range(1, last + 1, 7):
        assert signed_in.get("/staff/trail", {"page": n}).status_code == 200


@pytest.mark.parametrize("odd", ["%", "'; drop table", "_" * 3000, "\u202e", "9" * 40])
def test_odd_filters_find_nothing_and_break_nothing(signed_in, starter, odd):
    for name in ("thing", "actor", "action", "import", "page"):
        assert signed_in.get("/staff/trail", {name: odd}).status_code == 200


def test_filters_are_kept_by_links_to_other_pages(signed_in, starter):
    page = signed_in.get("/staff/trail", {"actor": "tests", "action": "create unit"}).content.decode()
    assert "?actor=tests&amp;action=create+unit&amp;page=2" in page


# ---------- the quality of the data ----------


def test_every_check_stands_with_its_wording_and_cases(signed_in, starter):
    page = text_of(signed_in.get("/staff/quality"))
    for check in quality(5).checks:
        assert check.wording in page
        for example in check.examples:
            assert example.matter.lower() in page.lower()
    places = re.findall(r'<(?:h3|li) id="([a-z-]+)"', signed_in.get("/staff/quality").content.decode())
    assert sorted(places) == sorted(CHECKS)


def test_what_failed_comes_first_in_its_groups_then_what_holds(signed_in, starter):
    page = signed_in.get("/staff/quality").content.decode()
    by_outcome = {
        o: [page.index(f'id="{c.id}"') for c in quality().checks if c.outcome == o] for o in ("fail", "pass")
    }
    assert max(by_outcome["fail"]) < page.index("What holds") < min(by_outcome["pass"])
    failed = [c.group for c in quality().checks if c.outcome == "fail"]
    assert re.findall(r"<h2>([^<]+)</h2>", page)[: len(set(failed))] == list(dict.fromkeys(failed))


def test_every_case_can_be_downloaded_of_one_check_or_of_all(signed_in, starter):
    checks = quality(10_000).checks
    whole = signed_in.get("/staff/quality", {"format": "csv"})
    assert whole["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(whole.content.decode("utf-8-sig"))))
    assert len(rows) == sum(max(1, len(c.examples)) for c in checks)
    assert {r["check"] for r in rows} == set(CHECKS)
    one = signed_in.get("/staff/quality", {"format": "csv", "check": "owner-known"}).content.decode("utf-8-sig")
    cases = next(c for c in checks if c.id == "owner-known").examples
    assert [r["code"] for r in csv.DictReader(io.StringIO(one))] == [e.code for e in cases]


def test_cases_about_official_rows_are_linked_to_their_pages(signed_in, starter):
    printed = {"effective_from": "2014-01-01", "effective_to": "2013-01-01"}
    rows = [PrintedRow("A 1", 2, {"Title": "Play"}, {"title": "Play", **printed}, "Play")]
    mirror(by="tests", register="some-list", rows=rows, retrieval="a" * 64)
    page = signed_in.get("/staff/quality", {"check": "official-dates"}).content.decode()
    assert 'href="/register/some-list/A%201"' in page
    assert signed_in.get("/register/some-list/A%201").status_code == 200


def test_cases_about_sources_are_linked_to_their_pages(signed_in, starter):
    page = signed_in.get("/staff/quality").content.decode()
    assert re.search(r'href="/sources/S4"', page)
    assert signed_in.get("/sources/S4").status_code == 200


def test_things_are_linked(signed_in, starter):
    page = signed_in.get("/staff/quality").content.decode()
    assert re.search(r'href="/qualifications/IQF-Q-\d{6}"', page)
    assert re.search(r'href="/roles/IQF-R-\d{6}"', page)


def test_one_check_shows_all_its_cases(signed_in, starter):
    check = next(c for c in quality(1000).checks if c.id == "served-by-nothing")
    page = text_of(signed_in.get("/staff/quality", {"check": "served-by-nothing"}))
    assert len(check.examples) == check.count > 10
    assert all(example.title in page for example in check.examples)


def test_the_start_page_follows_the_data(signed_in, early_years_file):
    before = text_of(signed_in.get("/staff"))
    assert "2 files read in" in before
    assert all(check.wording in before for check in quality().checks)
    audit(by="ann", action="change role", subject="IQF-R-000001", before={"tier": "a"}, after={"tier": "b"})
    count = f"{AuditEvent.objects.count():,} changes"
    assert count not in before
    assert count in text_of(signed_in.get("/staff"))
