"""A busy site goes on with what it has while one process builds, and waits only where that is too old."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from iqf.accounts.actions import audit
from iqf.accounts.queries import data_version
from iqf.snapshot import ensure_current, generation_now, reading, renewing

SRC = Path(__file__).parents[2] / "src"


def change():
    audit(by="tests", action="change nothing", subject="test", before={}, after={})


@pytest.fixture
def site(starter, home, settings, monkeypatch):
    """A site that may be a minute behind, whose builders are counted and not started."""
    settings.IQF_STALE_SECONDS = 60
    monkeypatch.setattr(renewing, "_noticed", {})
    started = []
    monkeypatch.setattr(renewing, "start_builder", lambda folder: started.append(folder))
    return started


def test_the_first_reader_builds_and_the_next_share_it(site):
    first = renewing.serving()
    assert renewing.serving() is first
    assert not site


def test_after_a_change_readers_go_on_and_a_builder_is_started(site, home):
    first = renewing.serving()
    change()
    assert renewing.serving() is first
    assert site == [home / "snapshots"]
    ensure_current()  # what the builder does
    fresh = renewing.serving()
    assert fresh.data_version == data_version() != first.data_version
    assert len(site) == 1


def test_what_was_out_of_date_for_too_long_is_not_shown(site, settings, monkeypatch):
    first = renewing.serving()
    change()
    assert renewing.serving() is first
    settings.IQF_STALE_SECONDS = 0
    assert renewing.serving().data_version == data_version()


def test_what_other_code_made_is_not_shown(site, monkeypatch):
    first = renewing.serving()
    monkeypatch.setattr(reading, "code_version", lambda: "another")
    assert renewing.serving() is not first
    assert not site


def test_only_one_builder_at_a_time_whoever_starts_it(tmp_path, settings, monkeypatch):
    settings.IQF_HOME = tmp_path
    lasting = "import time; time.sleep(60)"
    monkeypatch.setattr(renewing, "BUILD", lasting)
    monkeypatch.setattr(renewing, "_builder", None)
    assert renewing.start_builder(tmp_path)
    builder = renewing._builder
    try:
        assert not renewing.start_builder(tmp_path)
        monkeypatch.setattr(renewing, "_builder", None)  # as another worker sees it
        assert not renewing.start_builder(tmp_path)
        builder.kill()
        builder.wait()
        monkeypatch.setattr(renewing, "BUILD", "pass")
        assert renewing.start_builder(tmp_path)
        assert renewing._builder.wait(30) == 0
    finally:
        builder.kill()
        builder.wait()


def test_a_builder_waits_until_the_changes_have_settled(starter, monkeypatch):
    clock, versions = [0.0], iter(["1", "2", "3", "4", "4"] + ["4"] * 100)
    monkeypatch.setattr(renewing.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(renewing.time, "sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds))
    monkeypatch.setattr(renewing, "data_version", lambda: next(versions))
    renewing.wait_until_settled()
    assert 2.0 <= clock[0] - 3 * 0.25 < 2.5


def test_a_builder_does_not_wait_for_ever(starter, monkeypatch):
    clock, counter = [0.0], iter(range(10**6))
    monkeypatch.setattr(renewing.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(renewing.time, "sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds))
    monkeypatch.setattr(renewing, "data_version", lambda: str(next(counter)))
    renewing.wait_until_settled()
    assert clock[0] == pytest.approx(20.0, abs=0.5)


SHOWN = """
import django, time
django.setup()
from iqf.accounts.actions import audit
from iqf.accounts.queries import data_version
from iqf.snapshot import serving
first = serving()
audit(by="tests", action="change nothing", subject="test", before={}, after={})
assert serving().generation == first.generation, "waited"
until = time.monotonic() + 300
while serving().data_version != data_version():
    assert time.monotonic() < until, "never built"
    time.sleep(0.25)
print("followed")
"""


def test_a_real_builder_builds_for_a_real_reader(tmp_path):
    env = os.environ | {
        "PYTHONPATH": str(SRC),
        "IQF_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "iqf.config.settings",
        "IQF_STALE_SECONDS": "600",
        "DATABASE_URL": "",
    }
    made = "from iqf.cli.main import main; raise SystemExit(main(['migrate']))"
    assert subprocess.run([sys.executable, "-c", made], env=env, capture_output=True).returncode == 0
    done = subprocess.run([sys.executable, "-c", SHOWN], env=env, capture_output=True, text=True)
    assert done.stdout == "followed\n", done.stderr + (tmp_path / "snapshots/builder").read_text()


def test_the_name_of_the_generation_changes_with_it(site):
    assert generation_now() == ""
    first = renewing.serving()
    assert generation_now() == first.generation


def test_threads_share_one_generation(site):
    renewing.serving()
    found = []
    threads = [threading.Thread(target=lambda: found.append(reading.current())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(held) for held in found}) == 1
