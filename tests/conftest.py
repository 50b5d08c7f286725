"""What every test may use: a database with the starter in it, and the folder of real files."""

import os
from pathlib import Path

import pytest
import tests.trying  # noqa: F401  how property tests draw, for those too that say nothing of it

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the packaged starter once per session, outside the tests' transactions; returns what the load reported."""
    from iqf.exchange.sources.starter.ingest import ingest

    with django_db_blocker.unblock():
        return ingest(by="tests")


@pytest.fixture
def starter(django_db_setup, db):
    """The database holding the packaged starter, whatever the test writes undone at its end. The load's report."""
    return django_db_setup


@pytest.fixture(scope="session")
def real_data():
    """The folder of real files (`IQF_REAL_DATA`). Missing is a failure, never a silent skip."""
    folder = Path(os.environ.get("IQF_REAL_DATA") or ROOT / "../shared/data").resolve()
    if not folder.is_dir():
        pytest.fail(f"The real files are not at {folder}; set IQF_REAL_DATA to their folder.")
    return folder


@pytest.fixture(autouse=True)
def read_anew():
    """What an earlier test wrote is not what this one reads, though both may be the same state of the data."""
    from iqf.accounts.kept import Kept
    from iqf.web.public.kept_pages import PAGES

    Kept.forget()
    PAGES.forget()


@pytest.fixture(autouse=True)
def searched_at_once(settings):
    """Search waits for what a test wrote; what it shows meanwhile on a busy site has tests of its own."""
    settings.IQF_STALE_SECONDS = 0
