"""True counts become a release only protected: from the file that is given to the file that is published."""

import csv
import hashlib
import io
import zipfile

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.indicators.true_counts import AUTHORITIES, SMALL, printed, published
from tests.trying import trying

from iqf.accounts.models import AuditEvent
from iqf.analysis import disclosure as d
from iqf.evidence.models import Retrieval
from iqf.exchange.formats.figures import package
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.statistics.ingest import ingest
from iqf.indicators import guarding
from iqf.indicators.adding_up import cell_of, counts_of
from iqf.indicators.asking import Wanted, figures
from iqf.indicators.models import Release
from iqf.indicators.private import true_path
from iqf.indicators.queries import HeldTable, protected_releases
from iqf.reports.takeup import takeup

pytestmark = pytest.mark.django_db
NEAR = 1e-6


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    return settings.IQF_HOME


def seen(table: HeldTable):
    """What somebody has who downloads a release: its cells out of the zip, by what they are of."""
    with zipfile.ZipFile(io.BytesIO(package(table))) as archive:
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open(f"{table.dataset}.csv"), "utf-8")))
    found = {}
    for row in rows:
        for name in ("learners", "achieved"):
            number = row[name]
            cell = cell_of(row, table.filters), name
            found[cell] = d.Shown(int(number)) if number.isdecimal() else d.Shown(None, number)
    return found


def attack(code="training"):
    """Small counts that an attacker pins who has every release, knows what adds up, and solves programmes."""
    releases = []
    for table in protected_releases(code):
        rows = {cell_of(r, table.filters): r for r in pq.read_table(true_path(code, table.version)).to_pylist()}
        rule = table.protection.rule
        counts = counts_of(rows, table.columns, rule)
        shown = seen(table)
        hidden = frozenset(key for key, cell in shown.items() if cell.symbol == "c")
        primary = d.unsafe(counts, rule) & hidden
        assert all(shown[key].symbol == "c" for key in shown if 0 < counts.cells[key] < rule.threshold)
        releases.append(d.Protected(shown, counts, rule, primary, hidden - primary, "feasible", None))
    pinned = []
    for n, release in enumerate(releases):
        proven = d.intervals(releases, n)
        for key in release.primary:
            if proven[key].low > NEAR or (proven[key].high or 1e9) < release.profile.threshold - NEAR:
                pinned.append((n, key, release.counts.cells[key], proven[key]))
    return pinned


learner = st.one_of(st.integers(0, 6), st.integers(7, 90))
tables = st.lists(st.tuples(learner, st.integers(0, 90)), min_size=8, max_size=8).map(
    lambda drawn: {
        (code, level): (count, min(count, achieved))
        for (code, level), (count, achieved) in zip(
            [(code, level) for code in AUTHORITIES for level in ("2", "3")], drawn, strict=True
        )
    }
)


@trying(3, dear=True)
@given(tables, st.integers(0, 7), st.sampled_from(["base=none", "base=5", "threshold=5,base=10"]))
def test_one_learner_more_in_the_next_release_gives_nobody_away(tmp_path_factory, settings, counts, where, rule):
    work = tmp_path_factory.mktemp("one")

    settings.IQF_HOME = work / "home"
    published(work, counts, rule, code := f"training-{work.name}")
    key = list(counts)[where]
    more = {**counts, key: (counts[key][0] + 1, counts[key][1])}
    published(work, more, rule, code)
    assert len(protected_releases(code)) == 2
    assert not attack(code)


def test_true_counts_are_in_no_file_that_is_published_and_their_own_is_closed(tmp_path, home):
    published(tmp_path, SMALL)
    table = protected_releases("training")[0]
    true = true_path("training", "1.0")
    assert pq.read_table(true).column("learners").to_pylist()[0] == 103 - 40
    assert true.stat().st_mode & 0o077 == 0
    assert (home / "private").stat().st_mode & 0o077 == 0
    assert "statistics" not in true.relative_to(home).parts[:1]
    shown = {key: cell for key, cell in seen(table).items() if cell.symbol == "c"}
    assert (("Local authority", "E08000034", "3"), "learners") in shown
    assert table.protection.kept_back == len(shown)
    assert not attack()


def test_the_hash_of_what_was_read_does_not_tell_whether_a_guess_is_right(tmp_path):
    published(tmp_path, SMALL)
    given = hashlib.sha256((tmp_path / "training.csv").read_bytes()).hexdigest()
    found = AuditEvent.objects.values_list("after", flat=True)
    assert given not in str([*found, *Release.objects.values_list("sha256", flat=True)])
    assert given not in str(list(Retrieval.objects.values()))


def test_a_protected_data_set_stays_protected(tmp_path):
    published(tmp_path, SMALL, "threshold=10,base=none")
    path = tmp_path / "training.csv"
    path.write_text(printed({**SMALL, ("E08000034", "3"): (4, 1)}))
    ingest(path, by="tests")
    assert [each.protection.rule.threshold for each in protected_releases("training")] == [10, 10]
    assert not attack()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace(",63,31", ",63.5,31"), "63.5 in it, which is no count of anybody"),
        (lambda text: text.replace(",63,31", ",c,31"), "somebody has protected it already"),
    ],
)
def test_what_is_no_table_of_true_counts_is_refused(tmp_path, home, change, said):
    with pytest.raises(Refused) as refusal:
        published(tmp_path, change(printed(SMALL)))
    assert said in str(refusal.value)
    assert not list(home.rglob("table.parquet"))
    assert not Release.objects.exists()


def test_what_was_published_in_full_is_not_protected_afterwards(tmp_path):
    path = tmp_path / "training.csv"
    path.write_text(printed(SMALL))
    ingest(path, by="tests")
    with pytest.raises(Refused, match="hold it under another name"):
        published(tmp_path, {**SMALL, ("E08000034", "3"): (4, 1)})


def test_counts_that_cannot_be_made_safe_in_time_are_refused(tmp_path, home, monkeypatch):
    def late(*_, **__):
        raise d.NotSafeInTimeError

    monkeypatch.setattr(guarding, "protect", late)
    with pytest.raises(Refused, match="No safe way to publish 202425 was found in the time there is"):
        published(tmp_path, SMALL)
    assert not list(home.rglob("table.parquet"))


def test_zeros_are_hidden_only_where_no_row_is_left_out(tmp_path):
    none = {**SMALL, ("E08000034", "3"): (0, 0)}
    full = printed(none)
    less = "".join(line for line in full.splitlines(keepends=True) if "Kirklees,3," not in line)
    with pytest.raises(Refused, match="are left out where there is nobody"):
        published(tmp_path, less, "base=none,zeros=hidden")
    published(tmp_path, full, "base=none,zeros=hidden")
    assert seen(protected_releases("training")[0])[("Local authority", "E08000034", "3"), "learners"].symbol == "c"


COLLEGES = {"Ash College": (390, 280), "Elm College": (10, 220)}


def providers(level):
    """Learners of two colleges at two levels: the colleges as a filter with a total, or as places of a level."""
    lines = [
        "time_period,time_identifier,geographic_level,country_code,country_name,provider_ukprn,provider_name,college,"
        "level,learners"
    ]
    for n, (name, counts) in enumerate({"Total": (400, 500), **COLLEGES}.items()):
        place = f"{level},E92000001,England,{10000000 + n},{name},Total" if n and level == "Provider" else ""
        place = place or f"National,E92000001,England,,,{name}"
        for of, count in (("Total", sum(counts)), ("2", counts[0]), ("3", counts[1])):
            lines.append(f"202425,Academic year,{place},{of},{count}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("level", "of"), [("Provider", "provider_name"), ("National", "college")])
def test_what_one_contributor_makes_nearly_all_of_is_kept_back_with_its_part(tmp_path, level, of):
    published(tmp_path, providers(level), f"base=none,dominance=0.9,of={of}", "made")
    held = protected_releases("made")[0]
    kept = {(r.area if level == "Provider" else r.cells["college"], r.cells["level"]) for r in seen_as(held, "c")}
    assert {("England" if level == "Provider" else "Total", "2"), ("Ash College", "2")} <= kept
    assert seen_as(held, "")
    assert f"one {of} makes more than 90 %" in " ".join(held.protection.sentences)
    published(tmp_path, providers(level), "base=none", "open")
    assert not seen_as(protected_releases("open")[0], "c")


def seen_as(table, symbol):
    return [row for row in figures(table, Wanted()).rows if row.symbol == symbol]


def test_a_rule_of_dominance_names_who_contributes(tmp_path):
    with pytest.raises(Refused, match=r'"employer" tells of no count .* of= names one of: .*college, level'):
        published(tmp_path, providers("National"), "dominance=0.9,of=employer", "made")


def test_a_release_without_a_filter_is_held_against_those_with_it(tmp_path):
    """3 of level 3 are kept back; the next release has no levels, and many more people at level 2."""
    published(tmp_path, SMALL)
    more = {**SMALL, ("E08000034", "2"): (160, 30)}
    total = "".join(
        ",".join(cell for n, cell in enumerate(line.rstrip("\n").split(",")) if n != 9) + "\n"
        for line in printed(more).splitlines(keepends=True)
        if ",Total," in line or ",level," in line
    )
    published(tmp_path, total)
    first, second = protected_releases("training")
    assert [c.name for c in second.filters] == []
    before = guarding.Before(first, second.columns).of(("202425", "Academic year"))
    now = guarding.Before(second, second.columns).of(("202425", "Academic year"))
    assert {key for key in now.shown if key in before.shown} == set(now.shown), "the totals are the same counts"
    proven = d.intervals([before, now], 0)
    for key in before.primary:
        assert proven[key].low <= NEAR
        assert (proven[key].high or 1e9) >= 5 - NEAR


def test_rounded_cells_are_not_added_up(tmp_path):
    published(tmp_path, SMALL, "base=10")
    rows = {
        row.by["region_name"]: row for row in takeup("training", ["region"], {"level": ["2", "3"]}, ["learners"]).rows
    }
    midlands = rows["East Midlands"]
    assert (midlands.value, midlands.symbol, midlands.whole, midlands.share) == (None, "x", None, None)
    assert (midlands.at_least, midlands.at_most) == (160 - 10, 160 + 10)
    whole = takeup("training", ["region"], {"level": ["Total"]}, ["learners"]).rows
    assert {row.value for row in whole} == {160, 180}
    assert all(row.share is None for row in whole)
