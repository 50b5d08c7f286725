"""Getting an official file: whole and dated with its record, or one sentence and nothing kept."""

import hashlib
import json
import socket
from datetime import date, datetime
from pathlib import Path

import pytest

from iqf.exchange.sources import registry
from iqf.exchange.sources.fetching import RECORD, NotFetched, Wanted, fetch, file_in, latest
from iqf.exchange.sources.known import KNOWN
from iqf.exchange.sources.registry import SOURCES

from .publisher import publishing

README = Path(registry.__file__).parent
TODAY = date(2026, 11, 21)
CSV = b"Recognition Number,Name\r\nRN5133,NCFE\r\n"


@pytest.fixture
def publisher():
    with publishing() as publisher:
        yield publisher


@pytest.fixture
def unused_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture
def get(tmp_path):
    def run(address, today=TODAY, **how):
        how = {"licence": "Open Government Licence v3.0", "timeout": 5, **how}
        return fetch(Wanted("ofqual-organisations", address, **how), tmp_path / "held", today)

    return run


@pytest.fixture
def refused(get, tmp_path):
    """The sentence; nothing is kept under any name."""

    def run(address, **how):
        with pytest.raises(NotFetched) as refusal:
            get(address, **how)
        assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
        said = str(refusal.value)
        assert "\n" not in said
        assert "Traceback" not in said
        return said

    return run


def test_the_file_lies_in_a_folder_of_its_day_with_its_record(publisher, get, tmp_path):
    headers = {"Content-Type": "text/csv", "ETag": '"1"', "Last-Modified": "Fri, 20 Nov 2026 06:00:00 GMT"}
    address = publisher.says("/extracts/Organisations.csv", CSV, headers=headers)
    fetched = get(address)
    folder = tmp_path / "held" / "2026-11-21"
    assert (fetched.new, fetched.path) == (True, folder / "Organisations.csv")
    assert fetched.path.read_bytes() == CSV
    assert sorted(p.name for p in folder.iterdir()) == ["Organisations.csv", RECORD]
    record = json.loads((folder / RECORD).read_text())
    assert datetime.fromisoformat(record.pop("fetched_at")).tzinfo is not None
    assert record == {
        "source": "ofqual-organisations",
        "address": address,
        "status": 200,
        "file": "Organisations.csv",
        "size": len(CSV),
        "sha256": hashlib.sha256(CSV).hexdigest(),
        "content_type": "text/csv",
        "licence": "Open Government Licence v3.0",
        "last_modified": "Fri, 20 Nov 2026 06:00:00 GMT",
        "etag": '"1"',
    }
    assert sorted(p.name for p in (tmp_path / "held").iterdir()) == ["2026-11-21"]


def test_not_modified_is_nothing_new(publisher, get):
    address = publisher.says("/a.csv", CSV, headers={"ETag": '"1"', "Last-Modified": "yesterday"})
    first = get(address)
    again = get(address, date(2026, 11, 22))
    assert (again.new, again.path, again.record) == (False, first.path, first.record)
    asked = publisher.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', "yesterday")


def test_the_same_bytes_without_a_mark_are_nothing_new(publisher, get, tmp_path):
    address = publisher.says("/a.csv", CSV)
    first, again = get(address), get(address, date(2026, 11, 22))
    assert (again.new, again.path) == (False, first.path)
    assert [p.name for p in (tmp_path / "held").iterdir()] == ["2026-11-21"]


def test_other_bytes_get_a_folder_of_their_own_also_on_one_day(publisher, get, tmp_path):
    address = publisher.says("/a.csv", CSV)
    get(address)
    for n in range(2, 12):
        publisher.says("/a.csv", CSV + b"%d" % n)
        assert get(address).path.parent.name == f"2026-11-21-{n:02}"
    assert latest(tmp_path / "held", address).path.parent.name == "2026-11-21-11"


def test_a_fetched_file_that_was_lost_or_changed_is_fetched_anew(publisher, get):
    address = publisher.says("/a.csv", CSV, headers={"ETag": '"1"'})
    get(address).path.unlink()
    again = get(address)
    assert again.new
    assert "If-None-Match" not in publisher.asked[-1][1]


def test_another_address_is_another_file(publisher, get):
    get(publisher.says("/a.csv", CSV, headers={"ETag": '"1"'}))
    assert get(publisher.says("/b.csv", CSV + b"x", headers={"ETag": '"1"'})).new


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "is not there (404); the publisher may have moved it: give its address with --from."),
        (403, "does not give the file (status 403)"),
        (500, "has trouble of its own (500); try again later."),
        (503, "has trouble of its own (503)"),
        (204, "answered with status 204 and no file."),
    ],
)
def test_what_the_publisher_refuses(publisher, refused, status, said):
    assert said in refused(publisher.says("/a.csv", b"" if status == 204 else b"sorry", status=status))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"<p>Sign in</p>", {"Content-Type": "text/html; charset=utf-8"}),
        (b"<!DOCTYPE html><title>Oops</title>", {"Content-Type": "text/csv"}),
        (b"\xef\xbb\xbf \n<HTML lang=en>", {}),
    ],
)
def test_a_web_page_is_no_file(publisher, refused, body, headers):
    said = refused(publisher.says("/a.csv", body, headers=headers))
    assert "the publisher answered with a web page instead of a file" in said


def test_a_file_cut_short(publisher, refused):
    assert "was cut short" in refused(publisher.says("/a.csv", CSV, length=len(CSV) + 100))


def test_a_chunked_file_cut_short(publisher, refused):
    body = b"5\r\nabcde\r\n"
    address = publisher.says("/a.csv", body, headers={"Transfer-Encoding": "chunked"}, length=-1)
    assert "was cut short" in refused(address)


def test_too_large_by_its_own_word_and_by_its_bytes(publisher, refused):
    address = publisher.says("/a.csv", b"x" * 3000)
    assert "is larger than 0.00190735 MB; nothing was kept." in refused(address, most_bytes=2000)
    address = publisher.says("/b.csv", b"x" * 3000, length=-1)
    assert "is larger than" in refused(address, most_bytes=2000)


def test_a_publisher_that_says_nothing(publisher, refused):
    address = publisher.says("/a.csv", CSV, silent=20)
    assert "took longer than 0.3 seconds; try again later." in refused(address, timeout=0.3)


def test_a_publisher_that_never_ends(publisher, refused):
    address = publisher.says("/a.csv", b"x" * 20_000, slow=0.1)
    assert "took longer than 0.5 seconds" in refused(address, timeout=5, patience=0.5)


def test_nobody_is_there(refused, unused_port):
    assert "cannot be reached" in refused(f"http://127.0.0.1:{unused_port}/a.csv")


def test_an_empty_file(publisher, refused):
    assert "answered with an empty file" in refused(publisher.says("/a.csv", b""))


def test_a_redirect_is_followed_and_named_after_where_it_leads(publisher, get):
    there = publisher.says("/files/2026%20list.csv", CSV)
    fetched = get(publisher.says("/latest", status=302, headers={"Location": there}))
    assert (fetched.path.name, fetched.path.read_bytes()) == ("2026-list.csv", CSV)


def test_redirects_in_a_circle_and_without_end(publisher, refused):
    publisher.says("/a", status=302, headers={"Location": "/b"})
    publisher.says("/b", status=302, headers={"Location": "/a"})
    assert "leads round in a circle" in refused(publisher.address("/a"))
    for n in range(10):
        publisher.says(f"/{n}", status=302, headers={"Location": f"/{n + 1}"})
    assert "leads round in a circle" in refused(publisher.address("/0"))


@pytest.mark.parametrize("there", ["http://example.com/a.csv", "file:///etc/passwd", "ftp://127.0.0.1/a"])
def test_a_redirect_to_where_nothing_is_fetched_from(publisher, refused, there):
    said = refused(publisher.says("/a.csv", status=302, headers={"Location": there}))
    assert said.endswith("give one that begins with https://")


@pytest.mark.parametrize(
    "address", ["", "a.csv", "http://example.com/a", "file:///etc/passwd", "https://", "http://["]
)
def test_only_safe_addresses(refused, address):
    assert refused(address).endswith("give one that begins with https://")


def test_names_from_addresses_cannot_leave_the_folder(publisher, get, tmp_path):
    for n, path in enumerate(("/..%2f..%2fetc%2fpasswd", "/fetched.json", "/", "/.hidden")):
        fetched = get(publisher.says(path, CSV + b"%d" % n))
        assert fetched.path.parent.parent == tmp_path / "held"
        assert fetched.path.name in ("etc-passwd", "ofqual-organisations", "hidden")


def test_a_dated_folder_stands_for_its_file(publisher, get, tmp_path):
    fetched = get(publisher.says("/a.csv", CSV))
    assert file_in(fetched.path.parent) == fetched.path
    assert file_in(fetched.path) == fetched.path
    assert file_in(tmp_path) == tmp_path
    (fetched.path.parent / RECORD).write_text("{broken")
    assert file_in(fetched.path.parent) == fetched.path.parent


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_has_an_address_or_says_where_to_get_it_and_its_readme_says_the_same(name):
    known = KNOWN[name]
    assert SOURCES[name].known is known
    assert bool(known.address) != bool(known.by_hand)
    assert known.address.startswith("https://") or known.by_hand
    if name != "starter":
        text = (README / name.replace("-", "_") / "README.md").read_text()
        assert (known.address or "There is no `fetch`") in " ".join(text.split())
