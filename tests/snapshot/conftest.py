"""A home folder of its own for each test, and small entries to build from."""

import pytest

from iqf.snapshot import Entry, reading


@pytest.fixture
def home(settings, tmp_path, monkeypatch):
    """An empty IQF_HOME, and a process that has opened nothing yet."""
    settings.IQF_HOME = tmp_path / "home"
    monkeypatch.setattr(reading, "_held", None)
    return settings.IQF_HOME


@pytest.fixture
def few():
    """Three entries."""
    return [
        Entry("role", "IQF-R-000001", "Nursery nurse", (("starter", "nursery-nurse"),), body="Cares for children."),
        Entry("qualification", "IQF-Q-000001", "Diploma in Playwork", (("qan", "603/5829/4"),), level="3"),
        Entry("official row", "early-years:1", "Certificate in Playwork", in_framework=False, level="2"),
    ]
