"""What every official list does with what is no file of it: one sentence, its place, nothing written."""

import zipfile
from pathlib import Path

import pytest

from iqf.exchange.sources import pattern
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.registry import SOURCES, Asked

from .lists import everything

pytestmark = pytest.mark.django_db
FOLDER = Path(pattern.__file__).parent
LISTS = (
    "approved-qualifications",
    "ofqual-register",
    "ofqual-organisations",
    "ofqual-titles",
    "lars",
    "ncs-roles",
    "skills-england",
)
TABLES = ("approved-qualifications", "ofqual-register", "ofqual-organisations", "ncs-roles")


def zip_bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)


def path_for(source, folder, content):
    """A file that the source will open: the aim register knows its tables by their names."""
    path = folder / ("Standard.csv" if source == "lars" else "given.csv")
    if content is not None:
        path.write_bytes(content)
    return path


@pytest.fixture
def refused(tmp_path, db):
    def run(source, content):
        path = path_for(source, tmp_path, content)
        before = everything()
        with pytest.raises(Refused) as refusal:
            SOURCES[source].read(Asked(path=path, by="tests"))
        assert everything() == before
        return refusal.value.faults

    return run


@pytest.mark.parametrize("source", LISTS)
@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"\n",
        b"a,b\n1,2\n",
        b"PK\x03\x04" + bytes(200),
        "Für".encode("latin-1") + b",b\n",
        b'{"a": ',
        b"[]",
    ],
)
def test_what_is_no_file_of_the_list_is_refused_in_a_sentence(refused, source, content):
    faults = refused(source, content)
    assert faults
    for fault in faults:
        assert str(fault).endswith((".", ". Nothing was written."))
        assert "Traceback" not in str(fault)


@pytest.mark.parametrize("source", LISTS)
def test_a_spreadsheet_that_would_swell_is_not_unpacked(refused, source, tmp_path):
    zip_bomb(tmp_path / "bomb.xlsx")
    message = refused(source, (tmp_path / "bomb.xlsx").read_bytes())[0].message
    assert any(words in message for words in ("binary data", "not UTF-8", "this is neither"))


@pytest.mark.parametrize("source", TABLES)
def test_a_cell_of_a_million_characters(refused, source):
    (fault,) = refused(source, b'"' + b"x" * 1_000_000 + b'"\n')
    assert "a cell is longer than any that belongs here" in fault.message


@pytest.mark.parametrize("source", TABLES)
def test_an_open_quote_at_the_end_of_half_a_file(refused, source):
    message = refused(source, b'a,b\n1,"half')[0].message
    assert "the row is broken" in message or "is missing" in message


@pytest.mark.parametrize("source", [*LISTS, "early-years"])
def test_every_list_is_registered_with_its_words_and_its_readme(source):
    assert SOURCES[source].needs_path
    assert len(SOURCES[source].what) > 20
    readme = FOLDER / source.replace("-", "_") / "README.md"
    assert readme.read_text().startswith(f"# {source}")
