"""A generation is whole or not there: builds that die, folders that cannot be written, readers of older ones."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tantivy import Query

from iqf.snapshot.generations import Stamp, locked, pointed_to, publish, read_manifest
from iqf.snapshot.reading import open_generation

SRC = Path(__file__).parents[2] / "src"
DYING = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from iqf.snapshot import Entry, generations
die = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
def entries():
    for number in range(2000):
        if sys.argv[2] == "entries" and number == 1500:
            die()
        yield Entry("role", f"IQF-R-{number:06d}", f"Role {number}")
if sys.argv[2] in ("_write", "_point_to", "_clear"):
    setattr(generations, sys.argv[2], die)
root = Path(sys.argv[1])
with generations.locked(root):
    generations.publish(root, generations.Stamp("2", "later", "code"), entries())
"""


def build(root, entries, version="1"):
    with locked(root):
        return publish(root, Stamp(version, "now", "code"), entries)


def folders(root):
    return {p.name for p in root.iterdir() if p.is_dir()}


def test_a_generation_says_what_it_holds(tmp_path, few):
    name = build(tmp_path, few)
    manifest = read_manifest(tmp_path / name)
    assert pointed_to(tmp_path) == name == manifest.generation
    assert name.startswith("1-")
    assert manifest.counts == {"role": 1, "qualification": 1, "official row": 1}
    assert manifest.stamp == Stamp("1", "now", "code")
    assert open_generation(tmp_path / name).searcher.num_docs == 3


def test_the_one_before_is_kept_and_older_ones_go(tmp_path, few):
    names = [build(tmp_path, few, version) for version in "123"]
    assert folders(tmp_path) == set(names[1:])
    assert read_manifest(tmp_path / names[2]).previous == names[1]


def test_a_reader_of_a_removed_generation_goes_on_reading(tmp_path, few):
    held = open_generation(tmp_path / build(tmp_path, few))
    for version in "234":
        build(tmp_path, few[:1], version)
    assert not held.folder.exists()
    found = held.searcher.search(Query.all_query(), 10)
    assert len([held.searcher.doc(address) for _, address in found.hits]) == 3


def test_the_same_stamp_again_makes_a_new_folder(tmp_path, few):
    first, second = build(tmp_path, few), build(tmp_path, few[:1])
    assert second == f"{first}.2" == pointed_to(tmp_path)
    assert open_generation(tmp_path / second).searcher.num_docs == 1


@pytest.mark.parametrize("moment", ["entries", "_write", "_point_to"])
def test_a_build_killed_half_way_is_never_pointed_to_and_is_cleared_away(tmp_path, few, moment):
    before = build(tmp_path, few)
    killed = _die_at(tmp_path, moment)
    assert killed.returncode == -9, killed.stderr
    assert pointed_to(tmp_path) == before
    assert open_generation(tmp_path / before).searcher.num_docs == 3
    assert folders(tmp_path) > {before}, "the dead build left something"
    after = build(tmp_path, few, "3")
    assert folders(tmp_path) == {before, after}
    assert pointed_to(tmp_path) == after


def test_a_build_killed_after_the_pointer_moved_is_current(tmp_path, few):
    build(tmp_path, few)
    assert _die_at(tmp_path, "_clear").returncode == -9
    assert open_generation(tmp_path / pointed_to(tmp_path)).searcher.num_docs == 2000


def _die_at(root, moment):
    env = os.environ | {
        "PYTHONPATH": str(SRC),
        "IQF_HOME": str(root),
        "DJANGO_SETTINGS_MODULE": "iqf.config.settings",
    }
    return subprocess.run([sys.executable, "-c", DYING, str(root), moment], env=env, capture_output=True, text=True)


def test_an_error_while_building_leaves_the_pointer(tmp_path, few):
    before = build(tmp_path, few)

    def broken():
        yield few[0]
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        build(tmp_path, broken(), "2")
    assert pointed_to(tmp_path) == before


def test_only_one_builds_at_a_time(tmp_path):
    inside, most = [], []

    def work():
        with locked(tmp_path):
            inside.append(1)
            most.append(len(inside))
            threading.Event().wait(0.02)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]
