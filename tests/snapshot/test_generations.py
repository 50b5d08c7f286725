"""A generation is whole or not there: builds that die, folders that cannot be written, readers of older ones."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tantivy import Query

from iqf.snapshot import Entry, filling, generations
from iqf.snapshot.generations import Stamp, locked, pointed_to, publish, read_manifest, renew
from iqf.snapshot.index import stored
from iqf.snapshot.reading import open_generation

SRC = Path(__file__).parents[2] / "src"
DYING = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from iqf.snapshot import Entry, filling, generations
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


def lots(count, changed=()):
    words = ("play", "care", "nursery", "foster", "youth")
    for n in range(count):
        title = f"{words[n % 5].title()} work {n}{' altered' if n in changed else ''}"
        yield Entry("role", f"IQF-R-{n:06d}", title, names=(f"Worker {n}",), body=f"Does {words[n % 3]}.")


def said(folder):
    """Everything that a generation says, in any order."""
    held = open_generation(folder)
    found = held.searcher.search(Query.all_query(), held.searcher.num_docs).hits
    cards = sorted(str(stored(held.searcher.doc(address))) for _, address in found)
    return cards, list(held.vocabulary.items()), held.expansions, held.manifest.counts, held.manifest.roles


def asked(folder, word):
    held = open_generation(folder)
    query = Query.term_query(held.index.schema, "title", word)
    return {stored(held.searcher.doc(address)).code for _, address in held.searcher.search(query, 5000).hits}


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (lambda: lots(300, {3, 200}), "two changed"),
        (lambda: lots(290), "ten gone"),
        (lambda: lots(310, {7}), "ten new, one changed"),
        (lambda: lots(300), "nothing changed"),
    ],
)
def test_a_generation_of_what_changed_says_what_one_written_anew_says(tmp_path, monkeypatch, after, why):
    with locked(tmp_path / "patched"):
        publish(tmp_path / "patched", Stamp("1", "now", "code"), lots(300))
        monkeypatch.setattr(generations, "write_all", lambda *a: pytest.fail("all was written anew"))
        patched = tmp_path / "patched" / renew(tmp_path / "patched", Stamp("2", "now", "code"), after)
    monkeypatch.undo()
    anew = tmp_path / "anew" / build(tmp_path / "anew", after())
    assert said(patched) == said(anew)
    for word in ("play", "nurseri", "alter"):
        assert asked(patched, word) == asked(anew, word)


def test_generations_of_changes_follow_each_other_until_a_tenth_was_taken_out(tmp_path, monkeypatch):
    monkeypatch.setattr(filling, "FEW", 0)
    build(tmp_path, lots(600))
    patched = []
    for step in range(1, 5):
        with locked(tmp_path):
            name = renew(tmp_path, Stamp(str(step), "now", "code"), lambda step=step: lots(600, range(25 * step)))
        patched.append(read_manifest(tmp_path / name).patched)
        anew = tmp_path / f"anew{step}"
        assert said(tmp_path / name) == said(anew / build(anew, lots(600, range(25 * step))))
    assert patched == [25, 50, 0, 25]


def test_what_other_code_made_is_written_anew(tmp_path, monkeypatch):
    build(tmp_path, lots(100))
    monkeypatch.setattr(generations, "write_changes", lambda *a: pytest.fail("built upon"))
    with locked(tmp_path):
        renew(tmp_path, Stamp("2", "now", "other code"), lambda: lots(100))


@pytest.mark.parametrize("damaged", ["manifest.json", "words.json", "entries.json", "index/meta.json"])
def test_what_is_damaged_is_written_anew(tmp_path, damaged):
    (tmp_path / build(tmp_path, lots(100)) / damaged).write_text("{")
    with locked(tmp_path):
        name = renew(tmp_path, Stamp("2", "now", "code"), lambda: lots(100, {1}))
    assert asked(tmp_path / name, "alter") == {"IQF-R-000001"}


def test_the_generation_before_is_left_as_it_was(tmp_path):
    before = tmp_path / build(tmp_path, lots(300))
    files = {f.name: f.read_bytes() for f in (before / "index").iterdir() if f.suffix != ".lock"}
    with locked(tmp_path):
        renew(tmp_path, Stamp("2", "now", "code"), lambda: lots(300, {3}))
    assert {f.name: f.read_bytes() for f in (before / "index").iterdir() if f.suffix != ".lock"} == files
    assert not asked(before, "alter")
