"""Is a table fit to be held? Named checks, each pass, warning or fail, with guidance. A fail refuses the file.

The checks are our own, written to the published rules for open data of Explore Education Statistics.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from iqf.exchange.sources.pattern import Doubt, Fault
from iqf.exchange.sources.statistics.screening import adding, cells, columns, places, rows, times
from iqf.exchange.sources.statistics.screening.finding import FAIL, NOTHING, PASSED, WARNING, Asked, Found
from iqf.exchange.sources.statistics.shaping import Shaped
from iqf.indicators.store import asked, text


@dataclass(frozen=True)
class Check:
    """A check: its name, what holds where it passes, and what to do where it does not."""

    id: str
    holds: str
    guidance: str
    ask: Callable[[Asked], Found]


@dataclass(frozen=True)
class Screened:
    """The outcome of one check of one table."""

    id: str
    outcome: str
    message: str
    guidance: str
    count: int
    places: tuple[Fault, ...]

    def as_json(self) -> dict[str, Any]:
        """Its shape in every answer."""
        return {
            "id": self.id,
            "outcome": self.outcome,
            "message": self.message,
            "guidance": self.guidance,
            "count": self.count,
            "examples": [
                {"message": p.message, "row": p.row, "column": p.column, "value": p.value, "expected": p.expected}
                for p in self.places[:10]
            ],
        }


FIRST_CHECKS: Final = (
    Check(
        "mandatory-columns",
        "Time, geographic level and country have their columns.",
        "Add the columns time_period, time_identifier, geographic_level, country_code and country_name.",
        columns.mandatory_columns,
    ),
    Check(
        "has-indicator",
        "There is a column of numbers.",
        "Describe at least one column as Indicator in the meta file.",
        columns.has_indicator,
    ),
    Check(
        "header-once",
        "The names of the columns stand in the first row only.",
        "Take out the rows that repeat the header, as files that were put together have them.",
        rows.header_once,
    ),
)
"""Where one of these fails, the others cannot be asked."""
CHECKS: Final = (
    Check(
        "column-names",
        "Names of columns are short, in small letters with underscores.",
        "Name columns in small letters with underscores, at most 50 signs; the label says the rest.",
        columns.column_names,
    ),
    Check(
        "labels",
        "Labels of columns are short, and no two are the same.",
        "Keep labels to 80 signs, and give every column one of its own.",
        columns.labels,
    ),
    Check(
        "time-period",
        "Every period is a year, or two years that follow each other.",
        "Write a period as 2024, or as 202324 where it spans two years.",
        times.time_period,
    ),
    Check(
        "time-identifier",
        "Every time identifier is known.",
        "Use the published words: Academic year, Calendar year, Financial year, Reporting year, Autumn term, Week 1…",
        times.time_identifier,
    ),
    Check(
        "one-year-type",
        "All periods are of one type of year.",
        "Divide the table: one file for each type of year.",
        times.one_year_type,
    ),
    Check(
        "geographic-level",
        "Every geographic level is known.",
        "Use the published words: National, Regional, Local authority, Local authority district, Provider…",
        places.geographic_level,
    ),
    Check(
        "place-filled",
        "Every row has the code and the name of its place.",
        "Fill in the columns of the row's level: region_code and region_name for a region; x where there is no code.",
        places.level_filled,
    ),
    Check(
        "place-alone",
        "Rows of the country name no region, and rows of a region no authority.",
        "Leave region_code and region_name blank in National rows, or write the level that the row is of.",
        places.level_alone,
    ),
    Check(
        "codes-match-names",
        "Codes stand beside their own names.",
        "Put the code and the name of the same place into one row, and write a name in one way only.",
        places.codes_match_names,
    ),
    Check(
        "known-areas",
        "Districts and authorities are on the lists of areas held here.",
        "Correct the code, or read in newer lists of areas: iqf ingest geography.",
        places.known_areas,
    ),
    Check(
        "inner-outer-london",
        "No part of London stands among the regions.",
        "Nothing to do: Inner and Outer London are taken as parts of London.",
        places.inner_outer_london,
    ),
    Check(
        "reorganised-authorities",
        "Every authority is there in every period.",
        "Nothing to do: authorities are taken as they were in each period, and not joined across a reorganisation.",
        places.reorganised,
    ),
    Check(
        "duplicate-rows",
        "No row stands twice.",
        "Keep one row for each period, place and combination of filters.",
        rows.duplicate_rows,
    ),
    Check(
        "complete-matrix",
        "Every combination of filters is there for every place and period.",
        "Add the missing rows with z (not applicable), x (not available) or 0, whichever is true.",
        rows.complete_matrix,
    ),
    Check(
        "filter-items",
        "Values of filters are short and not too many.",
        "Keep a value to 120 signs, and a filter to 25,000 values.",
        columns.filter_items,
    ),
    Check(
        "filter-blanks",
        "Every row has a value in every filter.",
        "Write the value, or Total where the row is of all of them.",
        columns.filter_blanks,
    ),
    Check(
        "filter-totals",
        "Every filter has a value for all of them.",
        "Add rows with Total, so that nobody has to add up.",
        columns.filter_totals,
    ),
    Check(
        "plain-numbers",
        "Numbers are printed bare.",
        "Print 1234 and 12.5; the unit belongs in the meta file.",
        cells.plain_numbers,
    ),
    Check(
        "known-symbols",
        "What stands in place of a number is a known marker.",
        "Use c (confidential), x (not available), z (not applicable), low (rounds to zero), u (unreliable) or k.",
        cells.known_symbols,
    ),
    Check(
        "counts-not-negative",
        "What is counted is 0 or more.",
        "Correct the count; a change or a difference is a column of its own, named so.",
        cells.counts_below_zero,
    ),
    Check(
        "totals-add-up",
        "A total is no less than any of its parts, and no more than all of them.",
        "Correct the total or its parts; where some stand in no part, add a row for them, such as Unknown.",
        adding.totals_add_up,
    ),
    Check(
        "blank-cells",
        "No number cell is blank.",
        "Write the marker that says why there is no number.",
        cells.blank_cells,
    ),
)


def screen(table: Shaped) -> tuple[Screened, ...]:
    """The outcome of every check of a table, in order."""
    with asked() as db:
        db.execute(f"CREATE TEMP VIEW t AS SELECT * FROM read_parquet({text(table.cells)})")  # noqa: S608
        one = Asked(table, db)
        outcomes = [_outcome(check, check.ask(one), table) for check in FIRST_CHECKS]
        if all(o.outcome == PASSED for o in outcomes):
            outcomes += [_outcome(check, check.ask(one), table) for check in CHECKS]
    return (_meta(table), *outcomes)


def _outcome(check: Check, seen: Found, table: Shaped) -> Screened:
    if seen == NOTHING:
        return Screened(check.id, PASSED, check.holds, "", 0, ())
    reason = table.tolerates.get(check.id, "")
    outcome = WARNING if reason else seen.outcome
    message = str(seen.places[0]) if seen.places else check.holds
    if reason:
        message = f"{check.holds} Not so here, and taken all the same: {reason}."
    if seen.count > 1 and str(seen.count) not in message:
        message = f"{message} ({seen.count} in all.)"
    guidance = f"Taken as it is: {reason}." if reason else check.guidance
    return Screened(check.id, outcome, message, guidance, seen.count, seen.places)


GUESSED: Final = "meta-agrees"
"""The check of what columns are: where they were guessed, the guess is told too."""


def _meta(table: Shaped) -> Screened:
    if table.meta is not None:
        return Screened(GUESSED, PASSED, f"The meta file {table.meta.file} describes every column.", "", 0, ())
    if table.described:
        return Screened(GUESSED, PASSED, "The columns of such a table are known.", "", 0, ())
    message = "No meta file stands beside it; what each column is was read from its name and cells."
    return Screened(GUESSED, WARNING, message, "Put NAME.meta.csv beside NAME.csv.", 1, ())


def faults(screened: Sequence[Screened]) -> list[Fault]:
    """One sentence for each fault that refuses the table, with its row; the last says how many more there are."""
    return [place for each in screened if each.outcome == FAIL for place in _counted(each)]


def _counted(each: Screened) -> tuple[Fault, ...]:
    *first, last = each.places
    more = each.count - len(each.places)
    if not more:
        return each.places
    rows = "1 more row is" if more == 1 else f"{more:,} more rows are"
    return (*first, replace(last, message=f"{last.message} {rows} like that."))


def doubts(screened: Sequence[Screened], file: str) -> list[Doubt]:
    """What is doubtful, one for each check that warns."""
    return [
        Doubt(each.id, _bare(each.message, file), file, each.places[0].row if each.places else None)
        for each in screened
        if each.outcome == WARNING
    ]


def _bare(message: str, file: str) -> str:
    """A message without the place in front of it, which a doubt has beside it."""
    return message.partition(": ")[2] if message.startswith(file) else message
