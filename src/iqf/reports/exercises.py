"""Exercises for people who enter data: a text, one row to be made of it, and what is wrong with each answer."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from iqf.catalogue.editable.columns import Column
from iqf.catalogue.editable.entities import ENTITIES
from iqf.catalogue.editable.holds import Near, Text, WrongValue

BLANK = "The text does not say this, so the field stays blank."
MISSING = "The text says it, so it must not be left blank."


@dataclass(frozen=True)
class Asked:
    """One column that is asked for: how the cell should be, and why. `anything`: in one's own words."""

    column: Column
    right: tuple[str, ...]
    why: str
    anything: bool = False


@dataclass(frozen=True)
class Exercise:
    """A text as it comes to a desk, and the row that is to be made of it."""

    key: str
    title: str
    about: str
    text: str
    kind: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Marked:
    """One answer: whether it is right, what is wrong with it in a sentence, and why it should be what it should."""

    column: Column
    typed: str
    right: bool
    wrong: str
    should: str
    why: str


class NoExerciseError(LookupError):
    """There is no such exercise, in one plain sentence."""


@cache
def exercises() -> tuple[Exercise, ...]:
    """The exercises of the handbook, in their order."""
    read = tomllib.loads((files("iqf") / "handbook" / "exercises.toml").read_text(encoding="utf-8"))
    return tuple(
        Exercise(
            key=row["key"],
            title=row["title"],
            about=row["about"],
            text=row["text"].strip(),
            kind=row["entity"],
            asked=tuple(_asked(ENTITIES[row["entity"]].column(column["name"]), column) for column in row["columns"]),
        )
        for row in read["exercise"]
    )


def _asked(column: Column, said: Mapping[str, object]) -> Asked:
    also = said.get("also", ())
    right = (str(said["right"]), *(str(text) for text in also)) if isinstance(also, list) else (str(said["right"]),)
    return Asked(column, right, str(said["why"]), bool(said.get("any")))


def exercise(key: str) -> Exercise:
    """One exercise. Raises NoExerciseError."""
    for each in exercises():
        if each.key == key:
            return each
    raise NoExerciseError("There is no such exercise.")


def marked(of: Exercise, typed: Mapping[str, str]) -> tuple[Marked, ...]:
    """Every answer with what is wrong with it, read as the column would read it when it is entered in earnest."""
    return tuple(_marked(asked, " ".join(typed.get(asked.column.name, "").split())) for asked in of.asked)


def _marked(asked: Asked, typed: str) -> Marked:
    wrong = _wrong(asked, typed)
    return Marked(asked.column, typed, not wrong, wrong, asked.right[0], asked.why)


def _wrong(asked: Asked, typed: str) -> str:
    if not typed:
        return MISSING if asked.right[0] else ""
    if not asked.right[0]:
        return BLANK
    try:
        said = _said(asked.column, typed)
    except WrongValue as error:
        return str(error)
    if asked.anything or said in [_said(asked.column, text) for text in asked.right]:
        return ""
    return "That is not what the text says."


def _said(column: Column, text: str) -> object:
    value = column.read(text, Near())
    return value.casefold().rstrip(".") if isinstance(column.holds, Text) else value
