"""Checks of places: levels are known and filled in, codes match names, reorganised authorities are pointed out."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from iqf.exchange.sources.statistics.screening.finding import (
    FAIL,
    FIRST,
    NOTHING,
    WARNING,
    Asked,
    Found,
    found,
    nearest_of,
    worst,
)
from iqf.indicators.standard import COUNTRIES, INNER_OUTER, LEVEL_COLUMNS, LEVEL_NOTATIONS, NOT_KNOWN, REGIONS
from iqf.indicators.store import quoted, text
from iqf.places.queries import lists_held, names_by_code

AUTHORITIES = {"Local authority": ("new_la_code", "la_name"), "Local authority district": ("lad_code", "lad_name")}
ADMINISTRATIVE = ("National", "Regional", *AUTHORITIES)
"""Levels at which a code has one name for good; a provider or a school may take another, which warns."""


def geographic_level(asked: Asked) -> Found:
    """A geographic level is one of the published list."""
    known = ", ".join(map(text, LEVEL_COLUMNS))
    count, rows = asked.where(f"coalesce(geographic_level, '') NOT IN ({known})", "geographic_level")
    by_code = "geographic_level" in asked.table.theirs
    what = "a code of places known here (E06 to E10, E12, E14, E37, E47, E69)" if by_code else "a geographic level"
    places = [
        asked.fault(
            f'"{value or ""}" is not {what}{"" if by_code else f"; write {_level_meant(value)}"}.',
            row,
            "geographic_level",
            value,
            "such as Regional",
        )
        for row, value in rows
    ]
    return found(FAIL, count, places)


def _level_meant(value: str | None) -> str:
    """The level that was probably meant."""
    other = {notation.casefold(): level for notation, level in LEVEL_NOTATIONS.items()}
    meant = other.get("".join((value or "").casefold().split()))
    return meant or nearest_of(value, LEVEL_COLUMNS, "National, Regional, Local authority or another published word")


BELOW: Final = {
    level: tuple(column for below in ADMINISTRATIVE[at + 1 :] for column in LEVEL_COLUMNS[below])
    for at, level in enumerate(ADMINISTRATIVE[:2])
}
"""For the country and a region, the columns of smaller places: blank in their rows."""


def level_alone(asked: Asked) -> Found:
    """A row of the country names no region, and one of a region no authority: else it says two places at once."""
    findings = []
    for level, columns in BELOW.items():
        for column in [c for c in columns if c in asked.table.names("place")]:
            said = f"trim(coalesce({quoted(column)}, ''))"
            blank = ", ".join(map(text, NOT_KNOWN))
            count, rows = asked.where(f"geographic_level = {text(level)} AND {said} NOT IN ({blank})", quoted(column))
            message = (
                f'a row of the level {level} leaves {column} blank, and here it is "{{}}"; is it of another level?'
            )
            findings.append(found(FAIL, count, [asked.fault(message.format(v), row, column, v) for row, v in rows]))
    return worst(findings)


def level_filled(asked: Asked) -> Found:
    """A row of a level has the code and the name of its place."""
    findings = []
    held = set(asked.table.names("place"))
    for level in (r[0] for r in asked.rows("SELECT DISTINCT geographic_level FROM t")):
        for column in LEVEL_COLUMNS.get(level, ()):
            blank = f"trim(coalesce({quoted(column)}, '')) = ''" if column in held else "true"
            count, rows = asked.where(f"geographic_level = {text(level)} AND {blank}")
            findings.append(
                found(
                    FAIL if column.endswith("_name") or level in ("National", "Regional") else WARNING,
                    count,
                    [asked.fault(f"a row of the level {level} needs {column}.", row, column) for (row,) in rows],
                )
            )
    return worst(findings)


def codes_match_names(asked: Asked) -> Found:
    """A country's or region's code stands beside its own name, and a code has one name throughout."""
    held = set(asked.table.names("place"))
    findings = []
    for level, (code, name) in LEVEL_COLUMNS.items():
        if {code, name} <= held:
            known = {"National": COUNTRIES, "Regional": REGIONS}.get(level, {})
            another = _of_another(asked, code, name) if level in AUTHORITIES else NOTHING
            outcome = FAIL if level in ADMINISTRATIVE else WARNING
            findings.append(another if another.count else _pairs(asked, code, name, known, outcome))
    return worst(findings)


def _of_another(asked: Asked, code: str, name: str) -> Found:
    """Codes of areas that are held here, beside the name of another area that is held."""
    held = names_by_code()
    theirs = {_folded(said): other for other, said in held.items()}
    sql = f"SELECT {quoted(code)}, {quoted(name)}, min(__row), count(*) FROM t GROUP BY 1, 2 ORDER BY 3"  # noqa: S608
    faults, count = [], 0
    for value, said, row, rows in asked.rows(sql):
        ours, other = held.get(value or ""), theirs.get(_folded(said or ""))
        if ours and other and _folded(ours) != _folded(said):
            faults.append(asked.fault(f'{value} is the code of {ours}, not of "{said}".', row, code, value, other))
            count += rows
    return found(FAIL, count, faults[:FIRST])


def known_areas(asked: Asked) -> Found:
    """Districts and single-tier authorities are on the lists of areas, where those are held."""
    if not lists_held():
        return NOTHING
    held = names_by_code()
    faults = []
    for code, name in AUTHORITIES.values():
        if {code, name} <= set(asked.table.names("place")):
            sql = (
                f"SELECT {quoted(code)}, min({quoted(name)}), min(__row) FROM t "  # noqa: S608
                f"WHERE regexp_full_match(trim({quoted(code)}), 'E0[6-9]\\d{{6}}') GROUP BY 1 ORDER BY 3"
            )
            faults += [
                asked.fault(f"{said} ({value}) is on no list of areas held here; taken as printed.", row, code, value)
                for value, said, row in asked.rows(sql)
                if value not in held
            ]
    return found(WARNING, len(faults), faults)


def _pairs(asked: Asked, code: str, name: str, known: Mapping[str, str], outcome: str) -> Found:
    sql = (
        f"SELECT {quoted(code)}, {quoted(name)}, min(__row), count(*) FROM t "  # noqa: S608
        f"WHERE coalesce({quoted(code)}, '') <> '' AND coalesce({quoted(name)}, '') <> '' GROUP BY 1, 2 ORDER BY 3"
    )
    faults, count = [], 0
    first: dict[str, tuple[str, int]] = {}
    theirs = {_folded(v): k for k, v in known.items()}
    for value, said, row, rows in asked.rows(sql):
        ours = known.get(value)
        if value in NOT_KNOWN:
            continue
        before = first.setdefault(value, (said, row))
        if ours is not None and _folded(ours) != _folded(said):
            message = f'{value} is the code of {ours}, not of "{said}".'
            faults.append(asked.fault(message, row, code, value, theirs.get(_folded(said), ours)))
        elif ours is None and known and _folded(said) in theirs:
            message = f'"{said}" has the code {theirs[_folded(said)]}, not {value}.'
            faults.append(asked.fault(message, row, code, value, theirs[_folded(said)]))
        elif ours is None and _folded(before[0]) != _folded(said):
            faults.append(
                asked.fault(f'{value} is "{before[0]}" in row {before[1]} and "{said}" here.', row, code, value)
            )
        else:
            continue
        count += rows
    return found(outcome, count, faults[:FIRST])


def _folded(name: str) -> str:
    return " ".join(name.lower().replace("&", "and").replace(",", "").split())


def inner_outer_london(asked: Asked) -> Found:
    """Inner and Outer London stand beside London: parts of a region, never added to it."""
    if "region_code" not in asked.table.names("place"):
        return found(WARNING, 0, [])
    codes = ", ".join(map(text, INNER_OUTER))
    count, rows = asked.where(f"geographic_level = 'Regional' AND region_code IN ({codes})", "region_name")
    message = "is a part of London: taken as published, and not counted as one of the nine regions."
    return found(WARNING, count, [asked.fault(f"{name} {message}", row, "region_code") for row, name in rows])


def reorganised(asked: Asked) -> Found:
    """Authorities that are not there in every period, or that change their code: reorganised, taken as published."""
    findings = []
    held = set(asked.table.names("place"))
    for level, (code, name) in AUTHORITIES.items():
        if {code, name} <= held:
            findings.append(_through_time(asked, level, code, name))
    return worst(findings)


def _through_time(asked: Asked, level: str, code: str, name: str) -> Found:
    periods = [r[0] for r in asked.rows("SELECT DISTINCT time_period FROM t ORDER BY 1")]
    sql = (
        f"SELECT {quoted(code)}, min({quoted(name)}), min(__row), min(time_period), max(time_period), "  # noqa: S608
        f"count(DISTINCT time_period) FROM t WHERE geographic_level = {text(level)} GROUP BY 1 ORDER BY 3"
    )
    partly = [r for r in asked.rows(sql) if r[5] < len(periods)]
    codes: dict[str, list[str]] = defaultdict(list)
    for value, said, *_ in partly:
        codes[said].append(value or "")
    places = [
        asked.fault(
            f"{said} ({value or 'no code'}) is there from {start} to {end} only"
            + (
                f"; its other code is {', '.join(c for c in codes[said] if c != value)}."
                if len(codes[said]) > 1
                else "."
            ),
            row,
            code,
            value,
        )
        for value, said, row, start, end, _ in partly
    ]
    return found(WARNING, len(places), places)
