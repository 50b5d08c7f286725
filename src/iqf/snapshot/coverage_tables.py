"""What a generation holds for coverage: who holds which units, what is claimed of them, as tables mapped from disk.

Every table is an Arrow file that processes share: opening costs nothing, and only what is asked for is read. Things
are named by their place in the table of holders of their own cut; `tables.json` says where each part begins and ends.
"""

import json
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from iqf.analysis.coverage import Rule
from iqf.analysis.coverage_counts import Ints, Known, matrix, ordered_matrix, through

HOLDERS: Final = pa.schema(
    [
        ("key", pa.string()),
        ("label", pa.string()),
        ("kind", pa.string()),
        ("level", pa.string()),
        ("owner", pa.string()),
        ("aliases", pa.list_(pa.string())),
    ]
)
"""The rows of every cut in the order in which they are shown; `kind` is blank for what is no thing."""
NUMBERS: Final[Mapping[str, tuple[tuple[str, Any], ...]]] = {
    "units": (("credit", pa.int32()),),
    "links": (("holder", pa.int32()), ("unit", pa.int32()), ("mandatory", pa.int8())),
    "under": (("holder", pa.int32()), ("member", pa.int32())),
    "claims": (("unit", pa.int32()), ("area", pa.int16()), ("strength", pa.int8()), ("agreed", pa.int8())),
    "judged": (("unit", pa.int32()),),
    "left_out": (("link", pa.int32()),),
}
"""`links`: units in qualifications. `under`: qualifications in the other holders, or units in levels. `left_out`: the
links that the best choice of a qualification leaves out."""
Range = tuple[int, int]


@dataclass(frozen=True)
class Part:
    """What is held of one framework: its areas, where its rows are, and what was noted when they were filled in.

    `unproven`: qualifications whose best choice is of the units known. `raters`: each kind, and how many at most.
    """

    areas: tuple[str, ...]
    claims: Range
    judged: Range
    left_out: Range
    unproven: int
    raters: tuple[tuple[str, int], ...]


@dataclass
class Contents:
    """Where each cut and framework stands in the tables."""

    holders: dict[str, Range] = field(default_factory=dict)
    under: dict[str, Range] = field(default_factory=dict)
    frameworks: dict[str, Part] = field(default_factory=dict)


MOST_KNOWN: Final = 2
"""Of so many frameworks what is known of every unit stays in memory: some 80 MB for six areas of a country."""
MOST_MATRICES: Final = 24
"""So many matrices of who holds what stay in memory: some 5 MB each for a country."""
NO_NUMBERS: Final[NDArray[Any]] = np.empty(0, np.int64)
NOTHING: Final = Part((), (0, 0), (0, 0), (0, 0), 0, ())


@dataclass(frozen=True)
class Holder:
    """A row of a cut as it is shown."""

    key: str
    label: str
    kind: str
    level: str | None
    owner: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Counted:
    """Links that count: `kept` of them (all, where it is a slice). `name` tells them apart; blank: not to be kept."""

    name: str
    kept: Any


EVERY: Final = Counted("every", slice(None))


@dataclass(frozen=True)
class CoverageTables:
    """The tables of one generation, open."""

    folder: Path
    contents: Contents
    _kept: dict[tuple[Any, ...], Any] = field(default_factory=dict, compare=False, repr=False)
    _lock: Any = field(default_factory=threading.RLock, compare=False, repr=False)

    @classmethod
    def open(cls, folder: Path) -> "CoverageTables":
        """Open the tables in a folder. Raises OSError, ValueError, KeyError or TypeError where they are damaged."""
        said = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
        parts = {code: Part(*(_tuple(part[name]) for name in part)) for code, part in said["frameworks"].items()}
        ranges = {name: {cut: _tuple(ends) for cut, ends in said[name].items()} for name in ("holders", "under")}
        return cls(folder, Contents(ranges["holders"], ranges["under"], parts))

    def cuts(self) -> list[str]:
        """Every cut that is held; those by cluster are `cluster:` and the scheme."""
        return list(self.contents.holders)

    def holders(self, cut: str, places: Sequence[int]) -> list[Holder]:
        """Rows of a cut, by their places in it."""
        first = self.contents.holders[cut][0]
        found = self._holders.take(pa.array([first + place for place in places], pa.int64())).to_pylist()
        return [Holder(**{**row, "aliases": tuple(row["aliases"])}) for row in found]

    def keys(self, cut: str) -> list[str]:
        """The key of every row of a cut."""
        begin, end = self.contents.holders[cut]
        found: list[str] = self._holders.column("key").slice(begin, end - begin).to_pylist()
        return found

    def place(self, cut: str, key: str) -> int | None:
        """Where a row of a cut stands; None where there is no such row."""
        begin, end = self.contents.holders[cut]
        found: int = self._holders.column("key").slice(begin, end - begin).index(pa.scalar(key)).as_py()
        return found if found >= 0 else None

    def size(self, cut: str) -> int:
        """How many rows a cut has."""
        begin, end = self.contents.holders[cut]
        return end - begin

    def part(self, framework: str) -> Part:
        """What is held of the framework of this code."""
        return self.contents.frameworks.get(framework, NOTHING)

    def known(self, framework: str, areas: tuple[str, ...]) -> Known:
        """What is known of every unit for these areas of a framework, by code. The last few are kept."""
        found: Known = self._lasting(("known", framework, areas), MOST_KNOWN, lambda: self._known(framework, areas))
        return found

    def _known(self, framework: str, areas: tuple[str, ...]) -> Known:
        part = self.part(framework)
        place = np.array([areas.index(a) if a in areas else -1 for a in part.areas] or [-1])
        unit, area, strength, agreed = (
            self._numbers("claims", name)[slice(*part.claims)] for name, _ in NUMBERS["claims"]
        )
        kept = place[area] >= 0
        claims = (unit[kept], place[area[kept]], strength[kept], agreed[kept])
        judged = self._numbers("judged", "unit")[slice(*part.judged)]
        return Known.of(claims, judged, self.credit, (self.size("unit"), len(areas)))

    def best(self, framework: str) -> Counted:
        """The links that the best choices for a framework keep: all, where none was reckoned."""
        left_out = self._numbers("left_out", "link")[slice(*self.part(framework).left_out)]
        kept = np.ones(len(self._numbers("links", "unit")), bool)
        kept[left_out] = False
        return Counted(f"best {framework}", kept) if len(left_out) else EVERY

    def keeping(self, qualifications: Collection[str], chosen: Iterable[tuple[str, str]]) -> Counted:
        """The links that choices keep: what is mandatory, what is chosen (qualification and unit, by code), and
        everything of the qualifications for which nothing was chosen.
        """
        held, units = self._numbers("links", "holder"), self._numbers("links", "unit")
        holders = {code: place for place, code in enumerate(self.keys("qualification"))}
        places = {code: place for place, code in enumerate(self.keys("unit"))}
        free = np.ones(len(holders), bool)
        free[[holders[code] for code in qualifications if code in holders]] = False
        pairs = [holders[q] * len(places) + places[u] for q, u in chosen if q in holders and u in places]
        wanted = np.isin(held.astype(np.int64) * len(places) + units, np.array(pairs, np.int64))
        return Counted("", wanted | free[held] | (self._numbers("links", "mandatory") > 0))

    def counted(self, rule: Rule, best: Counted) -> Counted:
        """The links that count under a rule, where best choices keep these."""
        if rule == "mandatory":
            return Counted(rule, self._numbers("links", "mandatory") > 0)
        return best if rule == "best-option" else EVERY

    def under(self, cut: str, counted: Counted = EVERY) -> Any:
        """The matrix of the holders of a cut by the units that count for them, as these links say.

        By level a unit counts where it does in any qualification; a unit counts for itself.
        """
        if cut == "unit":
            return matrix(np.arange(self.size(cut)), np.arange(self.size(cut)), (self.size(cut), self.size(cut)))
        if not counted.name:
            return self._under(cut, counted)
        return self._lasting(("under", cut, counted.name), MOST_MATRICES, lambda: self._under(cut, counted))

    def _under(self, cut: str, counted: Counted) -> Any:
        if cut == "qualification":
            holder, unit = (self._numbers("links", name)[counted.kept] for name in ("holder", "unit"))
            return ordered_matrix(holder, unit, (self.size(cut), self.size("unit")))
        begin, end = self.contents.under[cut]
        holder, member = (self._numbers("under", name)[begin:end] for name in ("holder", "member"))
        links = self.under("qualification", counted)
        if cut != "level":
            return through(matrix(holder, member, (self.size(cut), self.size("qualification"))), links)
        kept = np.ones(len(member), bool) if counted is EVERY else links.getnnz(axis=0)[member] > 0
        return matrix(holder[kept], member[kept], (self.size(cut), self.size("unit")))

    def present(self, cut: str) -> NDArray[Any]:
        """The places of the rows of a cut that hold any unit, whatever the rule."""
        return np.nonzero(self.under(cut).getnnz(axis=1))[0]

    def _lasting(self, name: tuple[Any, ...], most: int, make: Callable[[], Any]) -> Any:
        """What was made under this name, kept while it is among the last few of its kind."""
        with self._lock:
            if name not in self._kept:
                same = [kept for kept in self._kept if kept[0] == name[0]]
                for old in same[: len(same) + 1 - most]:
                    del self._kept[old]
                self._kept[name] = make()
            return self._kept[name]

    @cached_property
    def credit(self) -> Ints:
        """The credit of each unit; -1 where it is not known."""
        return self._numbers("units", "credit")

    @cached_property
    def _holders(self) -> Any:
        return _opened(self.folder / "holders.arrow")

    @cached_property
    def _tables(self) -> dict[str, Any]:
        return {name: _opened(self.folder / f"{name}.arrow") for name in NUMBERS}

    def _numbers(self, table: str, column: str) -> NDArray[Any]:
        found: NDArray[Any] = self._tables[table].column(column).to_numpy()
        return found


class Writing:
    """Tables being filled, part after part, and written at the end."""

    def __init__(self) -> None:
        self.contents = Contents()
        self._rows: list[Holder] = []
        self._parts: dict[str, list[tuple[NDArray[Any], ...]]] = {name: [] for name in NUMBERS}
        self._counts = dict.fromkeys(NUMBERS, 0)

    def holders(self, cut: str, rows: Sequence[Holder]) -> None:
        """The rows of a cut, in their order."""
        self.contents.holders[cut] = (len(self._rows), len(self._rows) + len(rows))
        self._rows += rows

    def keys(self, cut: str) -> list[str]:
        """The key of every row of a cut."""
        return [row.key for row in self._rows[slice(*self.contents.holders[cut])]]

    def add(self, table: str, *columns: Any) -> Range:
        """More rows of a table of numbers; where they stand."""
        self._parts[table].append(tuple(np.asarray(column) for column in columns))
        begin = self._counts[table]
        self._counts[table] += len(columns[0])
        return begin, self._counts[table]

    def write(self, folder: Path) -> None:
        """Write everything into an empty folder. Raises OSError."""
        columns = {name: [getattr(row, name) for row in self._rows] for name in HOLDERS.names}
        _write(folder / "holders.arrow", pa.table(columns, schema=HOLDERS))
        for name, schema in NUMBERS.items():
            parts = [np.concatenate([p[n] for p in self._parts[name]] or [NO_NUMBERS]) for n in range(len(schema))]
            arrays = [pa.array(p.astype(kind.to_pandas_dtype())) for (_, kind), p in zip(schema, parts, strict=True)]
            _write(folder / f"{name}.arrow", pa.table(arrays, names=[column for column, _ in schema]))
        (folder / "tables.json").write_text(json.dumps(asdict(self.contents)), encoding="utf-8")


def write_nothing(folder: Path, before: Path) -> None:
    """Tables in which nothing stands, whatever stood in those `before`."""
    Writing().write(folder)


def _write(path: Path, table: Any) -> None:
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as out:
        out.write_table(table)


def _opened(path: Path) -> Any:
    """A table mapped into memory; a column is one chunk, so that it becomes an array without being copied."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def _tuple(value: Any) -> Any:
    return tuple(_tuple(each) for each in value) if isinstance(value, list) else value
