"""What is wrong with a file is answered for every source: in a sentence, in its place; nothing written or lost."""

import codecs
import csv
import io
import subprocess
import sys
import zipfile

import pytest
from django.db.models import Count, Max
from tests.crashing import environment

from iqf.catalogue import models as m
from iqf.exchange.sources.known import KNOWN
from iqf.exchange.sources.opening import MAX_LINE, read_bytes
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.registry import SAY_THEMSELVES, SOURCES, Asked
from iqf.register.models import OfficialRow

from .lists import TABLES as ALL
from .lists import refusal_of, text_of
from .samples import TABLES, TEXTS, TITLED, lines, many, sample

pytestmark = pytest.mark.django_db
FILES = tuple(TEXTS)
TITLES = {
    "early-years": ("Qualification Name", "NVQ in"),
    "approved-qualifications": ("QualificationName", ""),
    "ofqual-register": ("Qualification Title", ""),
    "ofqual-organisations": ("Legal Name", ""),
    "ofqual-titles": ("text", "Award in Playwork"),
    "lars": ("StandardName", "Early years educator"),
    "ncs-roles": ("title", "Nursery worker"),
    "skills-england": ("Name", "Early years educator"),
    "esco": ("description", "Calm a child who is upset."),
    "uk-skills": ("description", "Plan what children may play."),
}
"""A column of each source that is no part of a reference, and what stands in it in the first row."""
DAY, LEVEL, NEGATIVE = "31/02/2024", "3/4", "-3"
CELLS = [
    ("early-years", "From which date", DAY, '"31/02/2024" is not a date.'),
    ("early-years", "Qualification Level", LEVEL, '"3/4" is not a level.'),
    ("approved-qualifications", "Age1619_FundingApprovalStartDate", DAY, '"31/02/2024" is not a date.'),
    ("approved-qualifications", "Level", LEVEL, '"3/4" is not a level.'),
    ("ofqual-register", "Operational Start Date", DAY, '"31/02/2024" is not a moment.'),
    ("ofqual-register", "Qualification Level", LEVEL, '"3/4" is not a level.'),
    ("ofqual-register", "Total Credits", NEGATIVE, '"-3" is not a number of credits or hours.'),
    ("ofqual-organisations", "Ofqual Recognised From", DAY, '"31/02/2024" is not a day.'),
    ("lars", "EffectiveFrom", DAY, '"31/02/2024" is not a day.'),
    ("lars", "NotionalEndLevel", LEVEL, '"3/4" is not a level.'),
    ("ncs-roles", "salary_starter", NEGATIVE, '"-3" is not a salary.'),
    ("skills-england", "Approved for Delivery Date", DAY, '"31/02/2024" is not a day.'),
    ("skills-england", "Level", LEVEL, '"3/4" is not a level.'),
    ("skills-england", "Typical Duration", NEGATIVE, '"-3" is not a whole number.'),
]
DATED = (
    "early-years",
    "approved-qualifications",
    "ofqual-register",
    "ofqual-organisations",
    "lars",
    "skills-england",
)
WITH = {
    DAY: DATED,
    LEVEL: [name for name in DATED if name != "ofqual-organisations"],
    NEGATIVE: ["ofqual-register", "ncs-roles", "skills-england"],
}
OPEN = """
import re, sys
from pathlib import Path
from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.tables import open_table
try:
    open_table(read_bytes(Path(sys.argv[1])), "list.csv", ["Qualification Ref"])
except Exception as refusal:
    print(refusal)
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def table_of(name, *changes, of=(0, 1)):
    """The text of a source's table: rows of its sample, the first or the second, each with these cells changed."""
    above, header, rows = lines(name)
    columns = next(csv.reader([header]))
    table = [dict(zip(columns, next(csv.reader([rows[n]])), strict=True)) for n in of]
    assert all(column in columns for change in changes for column in change)
    return above + text_of([row | change for row, change in zip(table, changes, strict=True)], columns)


def held():
    """How much stands in every table that an ingest may touch, and every official row and statement it brought."""
    counts = [table.objects.aggregate(Count("pk"), Max("pk")) for table in (*ALL, m.Framework, m.Statement)]
    brought = m.Statement.objects.exclude(citation__collection="starter")
    return counts, list(OfficialRow.objects.order_by("pk").values()), list(brought.order_by("pk").values())


def load(name, path, **kwargs):
    return SOURCES[name].read(Asked(path=path, by="tests", **kwargs))


@pytest.fixture
def refused(tmp_path, starter):
    """The faults of a file that must be refused, as sentences; checks that nothing was written."""

    def run(name, content, as_name=None):
        path = sample(name, tmp_path / "given", content if isinstance(content, bytes) else content.encode())
        sentences = [str(fault) for fault in refusal_of(lambda: load(as_name or name, path), held)]
        assert all(s.endswith(".") and "\n" not in s and "Traceback" not in s for s in sentences), sentences
        return sentences

    return run


def test_every_source_with_a_file_is_tried_here():
    elsewhere = {"starter", *SAY_THEMSELVES}
    assert set(FILES) == set(SOURCES) - elsewhere == set(KNOWN) - elsewhere


@pytest.mark.parametrize("name", FILES)
def test_the_sample_is_good_and_the_second_time_writes_nothing(name, tmp_path, starter):
    path = sample(name, tmp_path)
    first = load(name, path)
    assert (first.added, first.rows, first.rest, first.writes > 0) == (2, 2, 0, True)
    assert load(name, path, dry_run=True).writes == load(name, path).writes == 0


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_source_is_named_by_its_kind(name, refused):
    for other in FILES:
        if other == name:
            continue
        (said,) = refused(other, TEXTS[other][1], as_name=name)
        assert f"this is not a file of {name}: it looks like one of {other}, " in said
        assert said.endswith(f"use iqf ingest {other}.")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "content", ["name,age\r\nJo,4\r\n", "Dear all\n\nplease find attached", "a\tb\n1\t2\n", '{"a": 1}\n']
)
def test_a_file_of_nobody_is_told_by_its_first_line(name, content, refused):
    (said,) = refused(name, content)
    assert f"this is not a file of {name}: its first line says " in said
    assert said.endswith("check which file you gave.")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", ["\n", "[]", "{}", '{"a": ', "[[[[", "null", '"'])
def test_odd_ends_are_one_sentence(name, content, refused):
    assert len(refused(name, content)) == 1


def packed():
    """A spreadsheet that would swell a thousand times were it unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(20_000_000))
    return out.getvalue()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "a spreadsheet or an archive (.xlsx, .ods, .zip)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old spreadsheet or document (.xls, .doc)"),
        (b"\x1f\x8b\x08\x00" + bytes(60), "a packed file (.gz)"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<!DOCTYPE html><title>Sign in</title>", "a web page"),
    ],
)
def test_what_is_no_text_is_told_by_its_kind_and_never_unpacked(name, content, what, refused):
    (said,) = refused(name, packed() if content is None else content)
    assert f"this is {what}, not a table of text; unpack it, or open it and save it as CSV UTF-8" in said


@pytest.mark.parametrize("name", FILES)
def test_utf_16_and_a_mark_are_read(name, tmp_path, starter):
    for encoding in ("utf-8-sig", "utf-16"):
        path = sample(name, tmp_path / encoding, TEXTS[name][1].encode(encoding))
        report = load(name, path, dry_run=True)
        assert report.added == 2
    assert path.read_bytes()[:2] == codecs.BOM_UTF16_LE


@pytest.mark.parametrize("name", FILES)
def test_text_in_another_encoding_is_refused_in_its_row(name, refused):
    text = TEXTS[name][1].encode()
    said = refused(name, text[:-4] + b"\xe9\x28" + text[-4:])
    assert "the text is not UTF-8; save the file as CSV UTF-8 and try again." in said[0]


@pytest.mark.parametrize("name", TABLES)
def test_mixed_line_endings_are_read(name, tmp_path, starter):
    above, header, (one, two) = lines(name)
    mixed = above + header.rstrip() + "\r" + one.rstrip() + "\n" + two.rstrip() + "\r\n\n"
    report = load(name, sample(name, tmp_path, mixed.encode()))
    assert (report.rows, report.added) == (2, 2)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("cells", [["x"], ["x"] * 99])
def test_ragged_rows(name, cells, refused):
    above, header, rows = lines(name)
    said = refused(name, above + header + "".join(rows) + ",".join(cells) + "\r\n")
    number = len(rows) + (3 if above else 2)
    expected = len(next(csv.reader([header])))
    assert said == [
        f"{TEXTS[name][0]}, row {number}: the row has {len(cells)} cells where the header has {expected}."
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_column_is_named(name, refused):
    above, header, rows = lines(name)
    table = [next(csv.reader([line])) for line in (header, *rows)]
    said = refused(name, above + "".join(",".join(f'"{c}"' for c in row[1:]) + "\n" for row in table))
    assert any(f'the column "{table[0][0]}" is missing.' in s for s in said)
    assert len(said) <= 2


@pytest.mark.parametrize("name", TABLES)
def test_a_strange_column_is_named_or_passed_over_and_one_twice_is_named(name, refused, tmp_path):
    above, header, rows = lines(name)
    more = above + header.rstrip() + ",Colour\n" + "".join(row.rstrip("\r\n") + ",red\n" for row in rows)
    if name == "esco":
        assert load(name, sample(name, tmp_path, more.encode())).added == 2
    else:
        assert any('the column "Colour" ' in s for s in refused(name, more))
    first = next(csv.reader([header]))[0]
    twice = above + header.rstrip() + f",{first}\n" + "".join(row.rstrip("\r\n") + ",red\n" for row in rows)
    assert any(f'the column "{first}" stands there twice.' in s for s in refused(name, twice))


@pytest.mark.parametrize("name", TABLES)
def test_one_reference_twice_with_other_content(name, refused):
    column, _ = TITLES[name]
    said = refused(name, table_of(name, {}, {}, {column: "Something else"}, of=(0, 1, 0)))
    assert any("in row " in s and "too, with other content; keep one of them." in s for s in said), said


@pytest.mark.parametrize(("name", "column", "value", "sentence"), CELLS)
def test_a_cell_that_cannot_be_is_named_with_its_place(name, column, value, sentence, refused):
    above = 1 if name in TITLED else 0
    said = refused(name, table_of(name, {}, {column: value}))
    assert said == [f"{TEXTS[name][0]}, row {3 + above}, column {column}: {sentence}"]


def test_every_source_with_days_levels_or_numbers_is_tried_with_bad_ones():
    for kind, names in WITH.items():
        tried = {name for name, _, value, _ in CELLS if value == kind}
        assert tried == set(names), kind


def refusal_or_report(name, path):
    try:
        return load(name, path, dry_run=True)
    except Refused as refusal:
        return refusal


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_at_every_tenth_of_its_bytes_loses_nothing(name, tmp_path, starter):
    """Refused; or the cut fell in the last cell or between rows, and then few rows at the end are not spoken of."""
    whole = many(name, 60)
    assert load(name, sample(name, tmp_path, whole)).added == 60
    before, refusals = held(), 0
    for tenth in range(1, 10):
        path = sample(name, tmp_path, whole[: len(whole) * tenth // 10])
        report = refusal_or_report(name, path)
        assert held() == before
        if isinstance(report, Refused):
            refusals += 1
            assert all(str(fault).endswith(".") for fault in report.faults)
        else:
            assert (report.added, report.retired <= 12) == (0, True)
            assert len({change["code"] for change in report.changes}) <= 1
    assert refusals >= 4


@pytest.mark.parametrize("name", FILES)
def test_a_cell_of_200_kilobytes_and_more(name, refused):
    title = TITLES[name][1]
    text = TEXTS[name][1].replace(title, "x" * 250_000, 1)
    assert len(refused(name, text)) == 1


@pytest.mark.parametrize("line", ["x" * 80, "x" * 79 + "\n"], ids=["in one line", "over many lines"])
def test_a_cell_of_200_megabytes_is_refused_in_little_memory(line, tmp_path):
    path = tmp_path / "list.csv"
    with path.open("w") as out:
        out.write(lines("early-years")[1] + '"')
        for _ in range(250):
            out.write(line * 10_000)
    ran = subprocess.run(
        [sys.executable, "-c", OPEN, str(path)], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    said, peak = ran.stdout.splitlines()
    assert said == "list.csv, row 2: a cell is longer than any that belongs here; " + (
        "open the file in a spreadsheet and look at this row."
    )
    assert int(peak) * 1024 < path.stat().st_size + 150 * 2**20
    if "\n" not in line:
        assert int(peak) * 1024 < 150 * 2**20


def test_a_line_may_be_as_long_as_a_row_of_long_cells(tmp_path):
    row = dict.fromkeys(("title", "description"), "x" * 199000)
    path = tmp_path / "list.csv"
    path.write_text(text_of([row] * (MAX_LINE // 199_000 // 2 - 1), list(row)).replace("\r\n", ",") + "\n")
    cells = read_bytes(path)
    assert MAX_LINE * 0.8 < len(cells) < MAX_LINE


@pytest.mark.parametrize("what", ["nothing", "folder", "empty", "header"])
@pytest.mark.parametrize("name", FILES)
def test_what_is_not_there_or_holds_no_rows(name, what, tmp_path, starter):
    path = tmp_path / TEXTS[name][0]
    if what == "folder":
        path.mkdir()
    elif what != "nothing":
        path.write_text("" if what == "empty" or name not in TABLES else "".join(lines(name)[:2]))
    with pytest.raises(Refused) as refusal:
        load(name, path)
    (fault,) = refusal.value.faults
    assert fault.message.endswith(".")
