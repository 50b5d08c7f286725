"""The current generation, open: `current` opens it, `ensure_current` first builds it where it is out of date."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet

from iqf.accounts.models import AuditEvent
from iqf.accounts.prepared import Prepared
from iqf.accounts.queries import trail
from iqf.snapshot.abbreviations import Expansions
from iqf.snapshot.coverage_filling import fill
from iqf.snapshot.coverage_tables import CoverageTables
from iqf.snapshot.entries import gather
from iqf.snapshot.generations import (
    COVERAGE,
    Manifest,
    SnapshotError,
    Stamp,
    code_version,
    locked,
    plain_errors,
    pointed_to,
    read_manifest,
    renew,
)
from iqf.snapshot.index import open_index

NOT_HELD: Final = (
    *("user", "invitation", "proposal", "match", "matches", "inclusion", "inclusionrule", "level"),
    *("rater", "judgement", "dataset", "unprotected", "portfolio", "team"),
)
"""Kinds of changes, by the beginning of their subjects, after which the same is held: who may sign in, what was
proposed or decided (what follows from a decision is written down beside it), examples, single verdicts (those of
closed batches are read; to close one, or to read one in, is a change of the batch). Only kinds that people make by
hand: the latest change of another kind is sought behind them. A change of any kind not listed may be held."""


@dataclass(frozen=True)
class Snapshot:
    """One open generation. Safe to share between threads; it stays readable after a newer one is pointed to."""

    folder: Path
    manifest: Manifest
    index: Any
    searcher: Any
    expansions: Expansions
    vocabulary: Mapping[str, int]
    coverage: CoverageTables

    @property
    def generation(self) -> str:
        """Its name."""
        return self.manifest.generation

    @property
    def data_version(self) -> str:
        """The version of the data that it shows: the number of the latest change to anything that it holds."""
        return self.manifest.stamp.data_version

    @property
    def is_behind(self) -> bool:
        """True where something that it holds was changed since it was built."""
        return self.manifest.stamp != stamp_now()

    @cached_property
    def word_list(self) -> list[str]:
        """Every word, the most used first."""
        return list(self.vocabulary)

    @cached_property
    def sorted_words(self) -> list[str]:
        """Every word in alphabetical order."""
        return sorted(self.vocabulary)


_held: Snapshot | None = None
_opening = threading.Lock()


def root() -> Path:
    """The folder of the snapshots, `IQF_HOME/snapshots`."""
    return Path(settings.IQF_HOME) / "snapshots"


def current() -> Snapshot:
    """The current generation, opened once per process and again when the pointer has moved.

    Raises SnapshotError where none was built yet or it is damaged.
    """
    global _held
    with _opening:
        name = _pointed_to()
        if _held is None or _held.folder != root() / name:
            _held = _open_lasting(name)
        return _held


def ensure_current() -> Snapshot:
    """The current generation, after building it where the data or the code have changed since it was built.

    A change made while it is being built is picked up by the next call. Raises SnapshotError where the folder cannot
    be written.
    """
    if held := fresh(stamp_now()):
        return held
    with locked(root()):
        stamp = stamp_now()
        if held := fresh(stamp):
            return held
        renew(root(), stamp, gather, fill)
    return current()


def generation_now() -> str:
    """The name of the generation that readers use, blank where there is none: changes whenever answers may."""
    return pointed_to(root())


def stamp_now() -> Stamp:
    """What a generation built now would be made of. Read before the data, so that it never claims to be newer."""
    number, at = _latest.first() or (0, None)
    return Stamp(str(number), at.isoformat() if at else "", code_version())


def _held_changes() -> QuerySet[AuditEvent]:
    passed_over = Q()
    for kind in NOT_HELD:
        passed_over |= Q(subject__startswith=f"{kind}:")
    return trail().exclude(passed_over)


_latest: Prepared[tuple[int, datetime]] = Prepared(lambda: _held_changes().values_list("id", "at")[:1])


def fresh(stamp: Stamp) -> Snapshot | None:
    """The current generation where it is made of just that; None where it is not, or there is none."""
    try:
        held = current()
    except SnapshotError:
        return None
    return held if held.manifest.stamp == stamp else None


def _pointed_to() -> str:
    with plain_errors(root()):
        name = pointed_to(root())
    if not name:
        raise SnapshotError(f"There is no snapshot in {root()} yet; any reading command builds it.")
    return name


def _open_lasting(name: str) -> Snapshot:
    """Open a generation; where it was replaced and cleared away in the meantime, the one pointed to now."""
    try:
        return open_generation(root() / name)
    except SnapshotError:
        again = _pointed_to()
        if again == name:
            raise
        return open_generation(root() / again)


def open_generation(folder: Path) -> Snapshot:
    """Open the generation in a folder. Raises SnapshotError where it is damaged."""
    manifest = read_manifest(folder)
    try:
        index = open_index(folder / "index")
        words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        table = {tuple(key): [(tuple(v), said) for v, said in meanings] for key, meanings in words["expansions"]}
        coverage = CoverageTables.open(folder / COVERAGE)
        return Snapshot(folder, manifest, index, index.searcher(), table, words["vocabulary"], coverage)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"The snapshot in {folder} is damaged; it will be built again.") from error
