"""The importer pattern's own parts: tables, digests, reports."""

import hashlib

import pytest

from iqf.exchange.sources.opening import read_bytes
from iqf.exchange.sources.pattern import Doubt, Fault, IngestReport, Refused, digest
from iqf.exchange.sources.tables import read_table


def test_rows_carry_the_number_a_spreadsheet_shows():
    data = b'\xef\xbb\xbfa,b\r\n1,"x\r\ny"\r\n\r\n2,z\r\n'
    assert [(r.number, dict(r.cells)) for r in read_table(data, "f", ["a"])] == [
        (2, {"a": "1", "b": "x\r\ny"}),
        (4, {"a": "2", "b": "z"}),
    ]


def test_a_broken_record_is_told_under_the_row_number_a_spreadsheet_shows():
    with pytest.raises(Refused) as refusal:
        read_table(b'a,b\n1,"x\ny\nz"\n2,"z', "f", ["a"])
    assert refusal.value.faults[0].row == 3


def test_a_column_that_the_header_lacks_reads_as_blank():
    (row,) = read_table(b"a\n1\n", "f", ["a"])
    assert (row["a"], row["b"]) == ("1", "")
    assert row.fault("is wrong.", "a", "2") == Fault("is wrong.", "f", 2, "a", "1", "2")


def test_the_digest_of_one_file_is_its_own_sha256_and_of_several_depends_on_their_order():
    assert digest([b"x"]) == hashlib.sha256(b"x").hexdigest()
    assert digest([b"x", b"y"]) != digest([b"y", b"x"])


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("iqf.exchange.sources.opening.MAX_FILE_BYTES", 2**20)
    path = tmp_path / "big.csv"
    path.write_bytes(b"x" * (2**20 + 1))
    with pytest.raises(Refused, match="the file is larger than 1 MB; split it"):
        read_bytes(path)


def test_the_quality_report_groups_warnings_and_keeps_every_proposed_match():
    report = IngestReport("s", "0", 1, False)
    report.warnings = [Doubt("b", f"m{n}", "f", n) for n in range(25)] + [Doubt("a", "m", "f")]
    report.matches = [{"reference": str(n)} for n in range(30)]
    found = report.quality()
    assert [(e["id"], e["count"], len(e["examples"])) for e in found] == [
        ("a", 1, 1),
        ("b", 25, 20),
        ("proposed-match", 30, 30),
    ]
    assert found[0]["examples"] == [{"code": "a", "message": "m", "file": "f", "row": None}]
