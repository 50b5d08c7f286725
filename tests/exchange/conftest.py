"""What tests of one official list share: they name their `LIST`, and read rows or refuse texts as files of it."""

import pytest

from iqf.exchange.sources.registry import LISTS

from .lists import refusal_of, write


@pytest.fixture
def ingest(request):
    """How the list that the test's module names is read."""
    return next(each.ingest for each in LISTS if each.name == request.module.LIST)


@pytest.fixture
def load(ingest, tmp_path, starter):
    """Read a table of these rows."""

    def run(*rows, name="list.csv", encoding="utf-8", **kwargs):
        return ingest(write(tmp_path / name, *rows, encoding=encoding), by="tests", **kwargs)

    return run


@pytest.fixture
def refused(ingest, tmp_path, starter):
    """The faults for which a text or bytes are refused; None is no file. Nothing was written."""

    def run(content, name="list.csv"):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return refusal_of(lambda: ingest(path, by="tests"))

    return run
