"""`iqf fetch`: where the file is, what to run next, and one sentence where it cannot be had."""

import json
import shlex

import pytest
from tests.exchange.publisher import publishing
from tests.exchange.samples import TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    with publishing() as publisher:
        yield publisher


def test_a_file_is_fetched_and_the_next_command_reads_it_in(iqf, publisher, tmp_path):
    address = publisher.says("/extracts/Organisations.csv", TEXTS["ofqual-organisations"][1], headers={"ETag": '"1"'})
    ran = iqf("fetch", "ofqual-organisations", "--from", address, "--to", str(tmp_path))
    assert ran.status == 0
    said = ran.out.splitlines()
    assert said[0].startswith("ofqual-organisations: ")
    assert said[2].startswith("Read it in with: iqf ingest ofqual-organisations ")
    program, *arguments = shlex.split(said[2].removeprefix("Read it in with: "))
    assert program == "iqf"
    assert "2 added" in iqf(*arguments).out
    (dated,) = (tmp_path / "ofqual-organisations").iterdir()
    assert "0 added, 0 changed, 2 unchanged" in iqf("ingest", "ofqual-organisations", str(dated)).out
    again = iqf("fetch", "ofqual-organisations", "--from", address, "--to", str(tmp_path))
    assert (again.status, "nothing new since 20" in again.out) == (0, True)


def test_the_record_as_json(iqf, publisher, tmp_path):
    address = publisher.says("/a b.csv".replace(" ", "%20"), "x,y\n1,2\n")
    answer = json.loads(iqf("fetch", "lars", "--from", address, "--to", str(tmp_path), "--json").out)
    assert answer["schema"] == "iqf.fetch/1"
    assert (answer["source"], answer["address"], answer["new"], answer["size"]) == ("lars", address, True, 8)
    assert answer["next"] == f"iqf ingest lars {shlex.quote(answer['path'])}"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fetch", "esco"], "The publisher sends the files after a form was filled in; "),
        (["fetch", "starter"], "The starter comes with iqf; read it in with: iqf ingest starter"),
        (["fetch", "astrology"], 'There is no source "astrology"; the sources are: '),
        (["fetch", "lars", "--from", "http://example.com/"], "is not an address that is fetched from"),
        (["fetch", "lars", "--from", "http://127.0.0.1:1/a.csv"], "cannot be reached"),
    ],
)
def test_what_cannot_be_fetched_is_one_sentence(iqf, arguments, said):
    ran = iqf(*arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err
    answer = iqf(*arguments, "--json").answer
    assert said in answer["title"]


def test_help_lists_every_source(iqf, capsys):
    for command in ("fetch", "ingest"):
        with pytest.raises(SystemExit):
            iqf(command, "--help")
        listed = capsys.readouterr().out
        assert all(f"  {name} " in listed for name in (*TEXTS, "starter"))
