"""What tables print of people in post, area by area and year by year, under the codes that areas have now.

An area that only got another code keeps its years. One that was divided or merged ends: nothing is carried over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from iqf.catalogue.queries import NotFoundError
from iqf.indicators import measures
from iqf.indicators.queries import HeldTable, dataset, datasets
from iqf.places.queries import renamed_codes
from iqf.reports.cutting import AREAS, LEVEL, LONDON, PARTS_OF_LONDON, cut

IN_POST: Final = "inpost_fte"
Cell = tuple[float | None, str]
"""A number, and the symbol that stands where there is none."""
NOTHING: Final[Cell] = (None, "")


@dataclass(frozen=True)
class Place:
    """An area as a table names it: the code it has now and those it had, its region, the periods it is in."""

    code: str
    name: str
    kind: str
    region: str
    codes: tuple[str, ...]
    periods: tuple[str, ...]


@dataclass(frozen=True)
class Cells:
    """Every area by its code of now, and every number by indicator, area and period."""

    places: Mapping[str, Place]
    numbers: Mapping[tuple[str, str, str], Cell]
    last: str

    def of(self, indicator: str, code: str, period: str) -> Cell:
        """One cell; no number and no symbol where the table has no such row."""
        return self.numbers.get((indicator, code, period), NOTHING)

    def named(self, text: str) -> Place:
        """The area of a code, one that it has or had, or of a name: of two, the one that is in the latest period.

        Raises NotFoundError with names that are near.
        """
        asked = text.casefold().strip()
        held = sorted(self.places.values(), key=lambda p: p.periods[-1], reverse=True)
        for place in held:
            if asked in (place.name.casefold(), *(code.casefold() for code in place.codes)):
                return place
        near = [place.name for place in held if asked and asked in place.name.casefold()][:5]
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise NotFoundError(f'The workforce data have no area "{text}"{hint}')


def workforce_tables() -> tuple[HeldTable, ...]:
    """The data sets that have people in post by area."""
    return tuple(t for t in datasets() if IN_POST in {i.name for i in t.indicators})


def workforce_table(code: str = "") -> HeldTable:
    """The table of people in post: the one named (`CODE@1.0`), else the first. Raises NotFoundError."""
    if code:
        held = dataset(code)
        if IN_POST not in {i.name for i in held.indicators}:
            raise NotFoundError(f"{held.dataset} does not count people in post ({IN_POST}).")
        return held
    tables = workforce_tables()
    if not tables:
        raise NotFoundError("No data set here counts people in post; read one in with: iqf ingest statistics PATH")
    return tables[0]


def cells_of(held: HeldTable, indicators: Sequence[str]) -> Cells:
    """The printed cells of every area and period."""
    rows = _rows(held, indicators)
    now = _codes_of_now({row["code"] for row in rows})
    numbers = {
        (i, now[row["code"]], row["period"]): (row[i], row[f"{i}{measures.SYMBOL}"] or "")
        for row in rows
        for i in indicators
    }
    return Cells(_places(rows, now), numbers, max((row["period"] for row in rows), default=""))


def _rows(held: HeldTable, indicators: Sequence[str]) -> list[dict[str, Any]]:
    """The printed rows, the latest first, with the kind, code and name of the area: one question."""
    columns = [c.name for c in held.of_kind("place")]
    time = held.of_kind("time")[0].name
    symbols = [f"{i}{measures.SYMBOL}" for i in indicators]
    asked = cut(held, ["period", *columns])
    rows = measures.answer(asked.table.select(time, *columns, *indicators, *symbols))
    found = []
    for row in rows:
        kind = next((k for k, (levels, _, _) in AREAS.items() if row[LEVEL] in levels), "")
        if kind and row[AREAS[kind][1]] and row[AREAS[kind][1]] not in PARTS_OF_LONDON:
            code, name = row[AREAS[kind][1]], row[AREAS[kind][2]]
            found.append({**row, "kind": kind, "code": code, "name": name, "period": row[time]})
    return sorted(found, key=lambda row: row["period"], reverse=True)


def _codes_of_now(codes: set[str]) -> dict[str, str]:
    """For each code the one that the same area has now, as far as the table has that."""
    later = renamed_codes(codes)
    found = {}
    for code in codes:
        now = code
        while later.get(now, now) in codes and later.get(now, now) != now:
            now = later[now]
        found[code] = now
    return found


def _places(rows: Sequence[Mapping[str, Any]], now: Mapping[str, str]) -> dict[str, Place]:
    """Every area, named as in the latest period. Inner and Outer London are parts of one region."""
    together: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        together.setdefault(now[row["code"]], []).append(row)
    found = {}
    for code, own in together.items():
        above = own[0].get("region_code") or ""
        above = LONDON[0] if above in PARTS_OF_LONDON else above
        found[code] = Place(
            code=code,
            name=own[0]["name"],
            kind=own[0]["kind"],
            region=above if own[0]["kind"] == "authority" else "",
            codes=tuple(dict.fromkeys((code, *(row["code"] for row in own)))),
            periods=tuple(sorted({row["period"] for row in own})),
        )
    return found
