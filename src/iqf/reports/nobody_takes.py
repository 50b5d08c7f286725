"""What is listed, and nobody takes it? Of what each held table covers, beside what the documents count of theirs.

A table covers a standard or qualification where it prints it, or prints everything that anybody takes by number. What
it may print under another name, and what it keeps back, is told apart from what nobody takes.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import NotFoundError
from iqf.codes import shown_qan
from iqf.indicators.queries import HeldTable, dataset
from iqf.indicators.subjects import COLUMNS, Kind, column_of
from iqf.reports.aims_taken import aim_keys
from iqf.reports.as_cited import AsCited, mark_of
from iqf.reports.figures import asked_at, citation
from iqf.reports.standards_taken import Standard, standards_into
from iqf.reports.supply_documents import ListedCourses, listed_courses
from iqf.reports.taken import Counted, counted_in, names_declined, still_perhaps
from iqf.reports.taken_tables import Table, tables_of
from iqf.reports.things import Ref, refs


@dataclass(frozen=True)
class Listed:
    """A standard or qualification that is listed here, what one table says of it, and the things that it is for."""

    counted: Counted
    things: tuple[Ref, ...]


@dataclass(frozen=True)
class Covered:
    """What one table says of all that is listed here: how many somebody takes, nobody, kept back, and not known.

    `unprinted`: those that it prints nothing of under their name, each with what it may call them.
    """

    table: Table
    of: Kind
    listed: int
    taken: int
    kept_back: int
    idle: tuple[Listed, ...]
    unprinted: tuple[Listed, ...]

    @property
    def unknown(self) -> int:
        """How many it prints nothing of under their name."""
        return len(self.unprinted)


@dataclass(frozen=True)
class NobodyAnswer:
    """Each table that covers what is listed here, and the courses that the documents list; None where not held."""

    tables: tuple[Covered, ...]
    documents: ListedCourses | None
    cited: AsCited


@dataclass(frozen=True)
class _Sought:
    """What is looked for in a table: its title, code, keys, how it is tied, and the codes of the things it is for."""

    title: str
    code: str
    keys: frozenset[str]
    because: str
    things: tuple[str, ...]


def nobody_takes(releases: Sequence[str] = (), mark: str = "") -> NobodyAnswer:
    """Every standard that leads into a role, and every qualification with a number, that nobody takes or starts.

    `releases`: by these tables (`CODE@1.0`); none: by the current one of each that counts any. `mark`: that of the
    rows that were cited. Raises NotFoundError for a table that is not there or counts neither.
    """
    found: list[Covered] = []
    named = _named(releases)
    for of, sought in (("standard", _standards), ("aim", _aims)):
        tables = tables_of(of, named)  # type: ignore[arg-type]
        wanted = tuple(sought()) if tables else ()
        known = refs({code for one in wanted for code in one.things})
        found += [_covered(table, of, wanted, known) for table in tables if wanted]  # type: ignore[arg-type]
    return NobodyAnswer(tuple(found), listed_courses(), _cited(found, mark))


def _named(releases: Sequence[str]) -> list[HeldTable]:
    """The releases that were asked for. Raises NotFoundError."""
    named = [dataset(each) for each in dict.fromkeys(releases)]
    for held in named:
        if not any(column_of(held.columns, kind) for kind in COLUMNS):
            raise NotFoundError(f"{held.dataset} counts neither standards nor qualifications by number.")
    return named


def _cited(found: Sequence[Covered], mark: str) -> AsCited:
    """How the list is cited: by the releases it rests on, and the mark of its rows."""
    tables = [dataset(*pair) for pair in dict.fromkeys((one.table.dataset, one.table.version) for one in found)]
    now = mark_of(
        [
            *((one.of, one.table.dataset, one.listed, one.taken, one.kept_back) for one in found),
            *(
                (each.counted.subject, each.counted.code, each.counted.verdict, [ref.code for ref in each.things])
                for one in found
                for each in (*one.idle, *one.unprinted)
            ),
        ]
    )
    asked = [("of", f"{held.dataset}@{held.version}") for held in tables]
    return AsCited(
        address=asked_at("/takeup", [*asked, ("listed", now)]) if tables else "",
        citations=tuple(citation(held) for held in tables),
        mark=now,
        changed=mark not in ("", now),
    )


def _standards() -> Iterator[_Sought]:
    """The standards that lead into roles, each once, with those roles."""
    codes = dict(m.Role.objects.filter(LIVE).values_list("pk", "code"))
    whole: list[tuple[Standard, list[str]]] = []
    for role, standards in standards_into(codes).items():
        for one in standards:
            same = next((roles for other, roles in whole if other.keys & one.keys), None)
            if same is None:
                whole.append((one, [codes[role]]))
            else:
                same.append(codes[role])
    for one, roles in sorted(whole, key=lambda pair: pair[0].title.casefold()):
        yield _Sought(one.title, one.code, one.keys, one.because, tuple(roles))


def _aims() -> Iterator[_Sought]:
    """The qualifications that go by a number, each with the aims that it is."""
    for thing, keys in aim_keys().items():
        first = sorted(keys)[0]
        yield _Sought(shown_qan(first) or first, first, keys, "Its own number, or one tied to it", (thing,))


def _covered(table: Table, of: Kind, wanted: Collection[_Sought], known: dict[str, Ref]) -> Covered:
    found = [(one, counted_in(table, of, one.title, one.code, one.because, one.keys)) for one in wanted]
    declined = names_declined((counted, one.things) for one, counted in found)
    said = _settled(
        [
            Listed(
                still_perhaps(counted, declined, one.things),
                tuple(known[code] for code in one.things if code in known),
            )
            for one, counted in found
        ]
    )
    idle = tuple(one for one in said if one.counted.no_start)
    rest = [one.counted.verdict for one in said if not one.counted.no_start]
    return Covered(
        table=table,
        of=of,
        listed=len(said),
        taken=rest.count("counted"),
        kept_back=rest.count("not published"),
        idle=idle,
        unprinted=tuple(one for one in said if one.counted.verdict == "no data"),
    )


def _settled(said: list[Listed]) -> list[Listed]:
    """The same without those that a decision has tied: the name they go by in the table counts for the same role."""
    printed = {(one.counted.subject, thing.code) for one in said if one.counted.rows for thing in one.things}
    return [
        one
        for one in said
        if not any((name, thing.code) in printed for name in one.counted.perhaps for thing in one.things)
    ]
