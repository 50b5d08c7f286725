"""What official lists of qualifications have in common: the number as a reference, and what is doubtful in a row."""

from collections.abc import Mapping
from typing import Any

from iqf.exchange.sources.levels import level_doubt
from iqf.exchange.sources.notations import read_number, squeeze
from iqf.exchange.sources.notes import Notes
from iqf.exchange.sources.pattern import Row


def reference_of(printed: str) -> str:
    """The qualification number as stored; as printed where it is not shaped like one."""
    number = read_number(printed)
    return number.stored if number else squeeze(printed).upper()


def number_facts(printed: str) -> dict[str, Any]:
    """The qualification number as shown, blank where there is none, and whether its check character holds."""
    number = read_number(printed)
    return {"number": number.shown if number else "", "number_holds": number.check_holds if number else None}


def note_doubts(row: Row, printed: str, facts: Mapping[str, Any], notes: Notes) -> None:
    """Note a number that is none or fails its check, and a level that is missing or not the title's."""
    name = facts["number"] or squeeze(printed)
    if name and not facts["number"]:
        notes.doubt(row, "number-shape", f"{name} is not shaped like a qualification number; kept as printed.")
    elif facts["number_holds"] is False:
        notes.doubt(row, "number-check", f"{name} fails its check character; loaded all the same.")
    if not facts["level"]:
        notes.doubt(row, "level-missing", f"{name}: the level is blank; loaded as not known.")
    elif doubt := level_doubt(facts["title"], facts["level"]):
        notes.doubt(row, "level-title", f"{name}: {doubt}")
