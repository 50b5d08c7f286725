"""What a column may hold: how text is read into a value, and how the value is shown as text.

One reading for forms, spreadsheets and proposals: what `show` prints, `read` takes back unchanged.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from iqf.catalogue import models as m
from iqf.catalogue.inclusion import named
from iqf.catalogue.models.things import LIVE, PARTIAL_DATE, Thing
from iqf.catalogue.queries import AmbiguousError, NotFoundError, find
from iqf.codes import LEVELS, NO_LEVEL, parse_level, parse_qan, parse_unit_reference
from iqf.places.models import Area

MOST_NUMBER = 100_000


class WrongValue(ValueError):
    """A value that a column cannot have, in one plain sentence."""


@dataclass(frozen=True)
class Near:
    """What else is known while one cell is read: the row's cells read before it, things that do not stand yet, and
    how a thing is found by what it is called. `retired`: it may name a part that stands no longer.
    """

    cells: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Thing] = field(default_factory=dict)
    find: Callable[[str, Iterable[str]], Thing] = find
    retired: bool = False


class Holds:
    """What a column holds. `blank` is its value where nothing is known."""

    blank: Any = ""
    words = "text"

    def read(self, text: str, near: Near) -> Any:
        """The value of a text that is not blank. Raises WrongValue."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """The value as text; blank where nothing is known."""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Text(Holds):
    """Plain text of one line, or of several where it is long."""

    most: int = 400
    long: bool = False
    words = "text"

    def read(self, text: str, near: Near) -> str:
        """One line has its spaces put in order; several keep their lines. No longer than the column takes."""
        lines = [" ".join(line.split()) for line in text.replace("\x00", "").splitlines()]
        said = "\n".join(lines).strip() if self.long else " ".join(filter(None, lines))
        if len(said) > self.most:
            raise WrongValue(f"This is {len(said)} characters long; at most {self.most} fit here.")
        return said


@dataclass(frozen=True)
class Level(Holds):
    """A level in any notation."""

    words = f"a level: {', '.join(LEVELS)} or {NO_LEVEL}"

    def read(self, text: str, near: Near) -> str:
        """`Level 3`, `L3` and `3` are one."""
        level = parse_level(text)
        if not level:
            raise WrongValue(f'"{text}" is no level; write 1 to 8, Entry 1 to Entry 3, or none.')
        return level


@dataclass(frozen=True)
class Number(Holds):
    """A whole number, not negative. Unknown is none, never zero."""

    blank: Any = None
    words = "a whole number"

    def read(self, text: str, near: Near) -> int:
        """`1,200` and `1200.0` (as spreadsheets print it) are 1200."""
        plain = re.sub(r"\.0+$", "", text.replace(",", "").strip())
        if not re.fullmatch(r"\d{1,9}", plain, re.ASCII) or int(plain) > MOST_NUMBER:
            raise WrongValue(f'"{text}" is not a whole number from 0 to {MOST_NUMBER:,}.')
        return int(plain)


@dataclass(frozen=True)
class Day(Holds):
    """A date known to the year, the month or the day."""

    words = "a date: 2024, 2024-09 or 2024-09-30"
    _british = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
    _spreadsheet = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00:00", re.ASCII)

    def read(self, text: str, near: Near) -> str:
        """`30/9/2024` is 2024-09-30; the date must be one of the calendar."""
        said = text.strip()
        if british := self._british.fullmatch(said):
            said = f"{british[3]}-{int(british[2]):02d}-{int(british[1]):02d}"
        elif sheet := self._spreadsheet.fullmatch(said):
            said = sheet[1]
        if not re.fullmatch(PARTIAL_DATE, said, re.ASCII) or not _in_calendar(said):
            raise WrongValue(f'"{text}" is not a date; write 2024, 2024-09 or 2024-09-30.')
        return said


def _in_calendar(said: str) -> bool:
    year, month, day = (*map(int, said.split("-")), 1, 1)[:3]
    try:
        return date(year, month, day).year >= 1900
    except ValueError:
        return False


@dataclass(frozen=True)
class OneOf(Holds):
    """One of a closed list. `blank`: what it is where nothing is said."""

    values: tuple[str, ...] = ()
    blank: Any = ""

    @property
    def words(self) -> str:  # type: ignore[override]
        """The list, as a person reads it."""
        return "one of: " + ", ".join(v for v in self.values if v)

    def read(self, text: str, near: Near) -> str:
        """Upper and lower case are the same."""
        said = " ".join(text.split())
        for value in self.values:
            if value.casefold() == said.casefold():
                return value
        raise WrongValue(f'"{text}" is not one of: {", ".join(v for v in self.values if v)}.')


@dataclass(frozen=True)
class YesNo(Holds):
    """Yes or no. `blank`: which of them nothing said means; None for neither."""

    blank: Any = False
    words = "yes or no"

    def read(self, text: str, near: Near) -> bool:
        """Yes, no, true, false, 1 and 0."""
        said = text.strip().casefold()
        if said in ("yes", "y", "true", "1"):
            return True
        if said in ("no", "n", "false", "0"):
            return False
        raise WrongValue(f'"{text}" is neither yes nor no.')

    def show(self, value: Any) -> str:
        """Yes or no."""
        return "" if value is None else "yes" if value else "no"


@dataclass(frozen=True)
class Code(Holds):
    """An official number in its own notation; the check character is not insisted on."""

    kind: str = "qan"

    @property
    def words(self) -> str:  # type: ignore[override]
        """What it looks like."""
        return "a number such as " + ("603/5829/4" if self.kind == "qan" else "Y/601/1437")

    def read(self, text: str, near: Near) -> str:
        """The number as stored, from any notation."""
        number = parse_qan(text) if self.kind == "qan" else parse_unit_reference(text)
        if number is None:
            raise WrongValue(f'"{text}" is not {self.words}.')
        return number.stored


@dataclass(frozen=True)
class ThingOf(Holds):
    """A thing of the catalogue, by any of its names; shown by its permanent code."""

    kinds: tuple[str, ...] = ()
    blank: Any = None

    @property
    def words(self) -> str:  # type: ignore[override]
        """Of which kind."""
        return f"{' or '.join(self.kinds)}: its IQF code, official code or title"

    def read(self, text: str, near: Near) -> Thing:
        """The thing that stands by this name, or one that the same proposal brings."""
        if text in near.new:
            return near.new[text]
        try:
            thing = near.find(text, self.kinds)
        except (NotFoundError, AmbiguousError) as error:
            raise WrongValue(str(error)) from None
        return thing

    def show(self, value: Any) -> str:
        """The permanent code."""
        return "" if value is None else str(value.code)


@dataclass(frozen=True)
class NamedThing(ThingOf):
    """A thing of the catalogue by any of its names, held as its permanent code."""

    blank: Any = ""

    def read(self, text: str, near: Near) -> Any:
        """The permanent code."""
        return super().read(text, near).code

    def show(self, value: Any) -> str:
        """The permanent code."""
        return str(value or "")


@dataclass(frozen=True)
class ListedRow(Holds):
    """An official row that describes a qualification: by its number, or `list:reference` where it has none."""

    words = "a qualification number such as 603/5829/4, or a list and its reference such as early-years:EYQ-018"

    def read(self, text: str, near: Near) -> str:
        """What the row is judged under."""
        try:
            return named(text)[0]
        except NotFoundError as error:
            raise WrongValue(str(error)) from None


@dataclass(frozen=True)
class AreaOf(Holds):
    """A country or region, by its code or name; shown by its code."""

    blank: Any = None
    words = "an area: its code or name"

    def read(self, text: str, near: Near) -> Area:
        """By code, else by name."""
        said = " ".join(text.split())
        area = Area.objects.filter(code__iexact=said).first() or Area.objects.filter(name__iexact=said).first()
        if area is None:
            raise WrongValue(f'There is no area "{text}"; give its code (E12000007) or its name (London).')
        return area

    def show(self, value: Any) -> str:
        """The code."""
        return "" if value is None else str(value.code)


@dataclass(frozen=True)
class ClusterOf(Holds):
    """A cluster as `scheme/cluster`."""

    blank: Any = None
    words = "a cluster, as scheme/cluster"

    def read(self, text: str, near: Near) -> m.Cluster:
        """By the keys of its scheme and of itself."""
        scheme, _, key = (part.strip() for part in text.partition("/"))
        found = m.Cluster.objects.filter(LIVE, scheme__key__iexact=scheme, key__iexact=key)
        cluster = found.select_related("scheme").first()
        if cluster is None:
            raise WrongValue(f'There is no cluster "{text}"; write it as scheme/cluster.')
        return cluster

    def show(self, value: Any) -> str:
        """`scheme/cluster`."""
        return "" if value is None else f"{value.scheme.key}/{value.key}"


@dataclass(frozen=True)
class FunctionOf(Holds):
    """A job function, by its key or title."""

    blank: Any = None
    words = "a job function"

    def read(self, text: str, near: Near) -> m.JobFunction:
        """By key, else by title."""
        said = " ".join(text.split())
        found = m.JobFunction.objects.filter(LIVE)
        function = found.filter(key__iexact=said).first() or found.filter(title__iexact=said).first()
        if function is None:
            raise WrongValue(f'There is no job function "{text}".')
        return function

    def show(self, value: Any) -> str:
        """Its key."""
        return "" if value is None else str(value.key)


@dataclass(frozen=True)
class StatementOf(Holds):
    """A statement: as `framework/code`, or by its code alone where the row names the framework."""

    blank: Any = None
    within: str = ""

    @property
    def words(self) -> str:  # type: ignore[override]
        """How it is written."""
        return "a statement: its code" if self.within else "a statement, as framework/code"

    def read(self, text: str, near: Near) -> m.Statement:
        """In the framework of the row, or the one that the text names."""
        framework, code = near.cells.get(self.within), text.strip()
        if not self.within:
            key, _, code = (part.strip() for part in text.partition("/"))
            framework = m.Framework.objects.filter(key__iexact=key).first()
        found = m.Statement.objects.filter(framework=framework, code=code) if framework and framework.pk else None
        statement = _one_of(found.select_related("framework"), near) if found is not None else None
        if statement is None:
            raise WrongValue(
                f'There is no statement "{text}"; write {self.words.removeprefix("a statement").strip(": ,")}.'
            )
        return statement

    def show(self, value: Any) -> str:
        """Its code, with the framework's key before it where the row does not name that."""
        if value is None:
            return ""
        return str(value.code) if self.within else f"{value.framework.key}/{value.code}"


Row = TypeVar("Row", bound=Model)


def _one_of(rows: QuerySet[Row], near: Near) -> Row | None:
    """The row that stands; the retired one where none does and one may be named."""
    return rows.filter(LIVE).first() or (rows.first() if near.retired else None)


@dataclass(frozen=True)
class GroupOf(Holds):
    """A group of the rules of the qualification that the row names, by its key."""

    blank: Any = None
    words = "a group of the same qualification: its key"

    def read(self, text: str, near: Near) -> m.RuleGroup:
        """By its key in the qualification of the row."""
        qualification = near.cells.get("qualification")
        known = qualification is not None and qualification.pk is not None
        groups = m.RuleGroup.objects.filter(qualification=qualification, key=text.strip()) if known else None
        group = _one_of(groups, near) if groups is not None else None
        if group is None:
            raise WrongValue(f'The rules of this qualification have no group "{text}".')
        return group

    def show(self, value: Any) -> str:
        """Its key."""
        return "" if value is None else str(value.key)
