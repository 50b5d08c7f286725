"""What every source has: its words, its README, and an answer to half a file."""

from pathlib import Path

import pytest

from iqf.exchange.sources import pattern
from iqf.exchange.sources.pattern import Refused
from iqf.exchange.sources.registry import LISTS, SAY_THEMSELVES, SOURCES, Asked, NoSuchSource, source_called

from .samples import TABLES, lines, sample

FOLDER = Path(pattern.__file__).parent


@pytest.mark.django_db
@pytest.mark.parametrize("source", TABLES)
def test_an_open_quote_at_the_end_of_half_a_file(source, tmp_path):
    above, header, rows = lines(source)
    path = sample(source, tmp_path, (above + header + rows[0] + '"half').encode())
    with pytest.raises(Refused) as refusal:
        SOURCES[source].read(Asked(path=path, by="tests"))
    (fault,) = refusal.value.faults
    assert (
        fault.message
        == "the row is broken (unexpected end of data); open the file in a spreadsheet and look at " + ("this row.")
    )
    assert fault.row == (4 if above else 3)


@pytest.mark.parametrize("source", [s for s in SOURCES if s != "starter"])
def test_every_list_is_registered_with_its_words_and_its_readme(source):
    assert SOURCES[source].needs_path
    assert len(SOURCES[source].what) > 20
    readme = FOLDER / source.replace("-", "_") / "README.md"
    assert readme.read_text().startswith(f"# {source}")


def test_every_list_is_called_as_it_is_known():
    assert {each.name for each in LISTS} == set(SOURCES) - {"starter", *SAY_THEMSELVES}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("early-year", "early-years"),
        ("LARS", "lars"),
        ("ncsroles", "ncs-roles"),
        ("ofqual-registr", "ofqual-register"),
    ],
)
def test_a_source_that_is_not_there_names_the_nearest(typed, meant):
    with pytest.raises(
        NoSuchSource, match=f'There is no source "{typed}"; did you mean {meant}\\? The sources are: '
    ):
        source_called(typed)
    with pytest.raises(NoSuchSource, match='There is no source "zzz"; the sources are: approved-qualifications, '):
        source_called("zzz")
