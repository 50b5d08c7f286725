"""The command line run inside the test process, on the database that the tests share, and pages read as text."""

import html
import json
import re
from dataclasses import dataclass

import pytest

from iqf.cli.main import main

UNSEEN = re.compile(r"(?s)<(script|style|head)\b.*?</\1>|<!--.*?-->")


@dataclass(frozen=True)
class Ran:
    """What a command said."""

    status: int
    out: str
    err: str

    @property
    def answer(self):
        """Its JSON."""
        return json.loads(self.out)


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory):
    """One home folder for the session, so that its search index is built once."""
    return tmp_path_factory.mktemp("iqf-home")


@pytest.fixture
def home(shared_home, settings, monkeypatch):
    """The session's home folder, for this test and for nothing after it."""
    settings.IQF_HOME = shared_home
    monkeypatch.setenv("IQF_HOME", str(shared_home))
    return shared_home


@pytest.fixture
def iqf(home, starter, capsys):
    """Run a command on the starter: `iqf("show", "playworker")`."""

    def run(*argv):
        capsys.readouterr()
        status = main(argv)
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture
def page(client, home, starter):
    """A page as the words that a reader sees: `page("/roles/playworker")`."""

    def read(address):
        response = client.get(address, follow=True)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", UNSEEN.sub(" ", response.content.decode()))).split())

    return read
