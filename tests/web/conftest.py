"""The public site over the packaged starter, which is loaded once per session."""

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def held(starter, tmp_path_factory, settings):
    """Every test here reads the starter; what search builds goes to a folder of its own for each worker."""
    settings.IQF_HOME = settings.DATA_ROOT = tmp_path_factory.getbasetemp() / "home"
    return starter


@pytest.fixture
def client():
    return Client(headers={"host": "localhost"})
