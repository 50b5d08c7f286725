"""Generations on disk: built apart under a lock, moved into place, then pointed to by one rename.

`snapshots/<generation>/` holds `index/`, `coverage/`, `words.json`, `entries.json` and `manifest.json`;
`snapshots/current` names the generation that readers use.

A build that dies leaves only a `building` folder, which the next build clears away.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import iqf
from iqf.snapshot.abbreviations import by_hand, expansions
from iqf.snapshot.coverage_tables import write_nothing
from iqf.snapshot.entries import Entry
from iqf.snapshot.filling import Filled, NotPatchableError, write_all, write_changes

POINTER = "current"
BUILDING = "building"
COVERAGE = "coverage"


class SnapshotError(Exception):
    """The snapshot cannot be read or built; the message is one plain sentence."""


@dataclass(frozen=True)
class Stamp:
    """What a generation is made of: the version of the data, when that came about, and the version of the code."""

    data_version: str
    changed_at: str
    code_version: str

    @property
    def name(self) -> str:
        """The name of its generation: the data version, and a few letters for the rest."""
        rest = hashlib.sha256(f"{self.changed_at} {self.code_version}".encode()).hexdigest()[:8]
        return f"{self.data_version}-{rest}"


@dataclass(frozen=True)
class Manifest:
    """What a generation says of itself. `previous` is the generation it replaced, kept for those still reading it.

    `counts` are things by type; `clusters` are the titles of clusters by `scheme:key`, `roles` those of roles by
    code. `patched` is how many entries were taken out since all were last written anew.
    """

    generation: str
    stamp: Stamp
    built_at: str
    previous: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    clusters: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    patched: int = 0


@lru_cache(maxsize=1)
def code_version() -> str:
    """The version of the code that decides what a snapshot holds: the package's, and a hash of this room's files."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.iterdir()):
        if file.suffix in (".py", ".csv"):
            digest.update(file.read_bytes())
    return f"{iqf.__version__}+{digest.hexdigest()[:12]}"


def pointed_to(root: Path) -> str:
    """The name of the current generation, or blank where there is none yet."""
    try:
        return (root / POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest. Raises SnapshotError where it is missing or damaged."""
    try:
        held = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return Manifest(**{**held, "stamp": Stamp(**held["stamp"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SnapshotError(f"The snapshot in {folder} is damaged; it will be built again.") from error


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the right to build. Waits for a build that is under way; a dead builder's lock is free at once."""
    with plain_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        file = (root / "lock").open("a")
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def plain_errors(root: Path) -> Iterator[None]:
    """Say in one sentence what is wrong with the folder, whatever the system calls it."""
    try:
        yield
    except OSError as error:
        raise SnapshotError(
            f"The snapshot folder {root} cannot be used ({error.strerror or error}); give this user the right "
            "to write there, or set IQF_HOME to another folder."
        ) from error


Beside = Callable[[Path, Path], None]
"""Fills an empty folder with what is held beside the index, upon the same folder of the generation before."""


def publish(root: Path, stamp: Stamp, entries: Iterable[Entry], coverage: Beside = write_nothing) -> str:
    """Build a generation from entries and make it the current one. Call it with `locked` held.

    Clears away what dead builds left and all generations but the new one and the one before it. Returns its name.
    """

    def fill(folder: Path) -> Filled:
        return write_all(folder / "index", entries)

    return _publish(root, stamp, fill, coverage)


def renew(root: Path, stamp: Stamp, gather: Callable[[], Iterable[Entry]], coverage: Beside = write_nothing) -> str:
    """As `publish`, but write only the entries that changed where the generation before can be built upon.

    It can where the same code made it, it is not damaged, and few entries changed since all were written anew.
    """
    before = root / pointed_to(root)

    def fill(folder: Path) -> Filled:
        return write_changes(folder / "index", before / "index", _kept(before), gather())

    try:
        if read_manifest(before).stamp.code_version == stamp.code_version:
            return _publish(root, stamp, fill, coverage)
    except (SnapshotError, NotPatchableError):
        pass
    return publish(root, stamp, gather(), coverage)


def _kept(folder: Path) -> Filled:
    """What a generation was filled with. Raises NotPatchableError where that cannot be read."""
    try:
        manifest = read_manifest(folder)
        words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        marks = json.loads((folder / "entries.json").read_text(encoding="utf-8"))
        return Filled(Counter(words["vocabulary"]), dict(marks), patched=manifest.patched)
    except (SnapshotError, OSError, ValueError, TypeError, KeyError) as error:
        raise NotPatchableError(str(error)) from error


def _publish(root: Path, stamp: Stamp, fill: Callable[[Path], Filled], coverage: Beside) -> str:
    with plain_errors(root):
        before = pointed_to(root)
        building = root / BUILDING
        shutil.rmtree(building, ignore_errors=True)
        for part in ("index", COVERAGE):
            (building / part).mkdir(parents=True)
        name = _free_name(root, stamp.name)
        _build(building, Manifest(name, stamp, datetime.now(UTC).isoformat(timespec="seconds"), before), fill)
        coverage(building / COVERAGE, root / before / COVERAGE)
        building.rename(root / name)
        _point_to(root, name)
        _clear(root, keep={name, before})
    return name


def _build(folder: Path, manifest: Manifest, fill: Callable[[Path], Filled]) -> None:
    try:
        filled = fill(folder)
    except ValueError as error:
        raise OSError(str(error)) from error
    table = list(expansions([*by_hand(), *filled.pairs]).items())
    ordered = sorted(filled.vocabulary.items(), key=lambda item: (-item[1], item[0]))
    _write(folder / "words.json", {"expansions": table, "vocabulary": {w: n for w, n in ordered if n > 0}})
    _write(folder / "entries.json", filled.marks)
    told = {"counts": dict(filled.types), "clusters": filled.clusters, "roles": filled.roles}
    _write(folder / "manifest.json", asdict(manifest) | told | {"patched": filled.patched})


def _free_name(root: Path, name: str) -> str:
    """The name, or `name.2`, `name.3` … where a generation of that name is there already (a restored backup)."""
    number, free = 1, name
    while (root / free).exists():
        number += 1
        free = f"{name}.{number}"
    return free


def _write(file: Path, held: object) -> None:
    with file.open("w", encoding="utf-8") as out:
        json.dump(held, out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())


def _point_to(root: Path, name: str) -> None:
    fresh = root / f"{POINTER}.new"
    with fresh.open("w", encoding="utf-8") as out:
        out.write(name)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(root / POINTER)


def _clear(root: Path, keep: set[str]) -> None:
    """Remove generations no longer kept. One that cannot be removed now is removed by a later build."""
    for folder in root.iterdir():
        if folder.is_dir() and folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
