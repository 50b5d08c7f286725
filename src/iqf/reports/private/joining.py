"""What would joining two entries do: what moves, what stays behind, which names lead where, what will wait?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from iqf.catalogue.joining import CannotJoin, Plan, Value, plan
from iqf.catalogue.models.things import Thing
from iqf.catalogue.pointing import Pointing
from iqf.reports.things import Ref, ref
from iqf.review.sides import things_of

SHOWN = 20
"""So many links of one kind are named; of the rest only how many there are is told."""


CALLED = {
    "leveldescriptor-qualification relationship": "example of a level",
    "equivalence": "equivalent",
    "group unit": "unit in a group",
    "qualification body": "body with a part in it",
    "role body": "body with a part in it",
    "role cluster": "place in a cluster",
    "role function": "job function",
    "rule group": "group of a rule",
    "unit outcome": "outcome",
}
"""What tables of links are called, where their own name says too little."""
SEVERAL = {
    "entry criterion": "entry criteria",
    "entry": "entries",
    "body": "bodies",
    "unit in": "units in",
    "place in": "places in",
}


@dataclass(frozen=True)
class Links:
    """Links of one kind: what they are called, how many, and the first of them in words."""

    kind: str
    count: int
    first: tuple[str, ...]

    @property
    def words(self) -> str:
        """How many of what: `2 requirements`."""
        return f"{self.count:,} {self.kind if self.count == 1 else _several(self.kind)}"


def _several(kind: str) -> str:
    for one, many in SEVERAL.items():
        if kind.startswith(one):
            return many + kind.removeprefix(one)
    head, _, rest = kind.partition(" of ")
    return f"{head}s of {rest}" if rest else f"{kind}s"


@dataclass(frozen=True)
class JoiningAnswer:
    """What joining `gone` into `kept` would do. `cannot` says in a sentence why it cannot be done, else blank.

    `moves`: links that will be of the entry that stands. `stays`: links that it has already. `names`: by which it
    will be found too. `fills`: what only the other knew. `differs`, `waits`: what will wait for a decision.
    `too_long`: fields whose texts are too long to be set side by side; the one that stands keeps its own.
    """

    kept: Ref
    gone: Ref
    cannot: str
    moves: tuple[Links, ...] = ()
    stays: tuple[Links, ...] = ()
    names: tuple[str, ...] = ()
    fills: tuple[Value, ...] = ()
    differs: tuple[Value, ...] = ()
    waits: tuple[Value, ...] = ()
    too_long: tuple[str, ...] = ()


def joining(kept: str, gone: str) -> JoiningAnswer | None:
    """What joining the entry of one code into that of another would do; None where one of them is not held."""
    things = things_of([kept, gone])
    if kept not in things or gone not in things:
        return None
    return _joining(things[kept], things[gone], Pointing())


def both_ways(first: Thing | None, second: Thing | None) -> tuple[JoiningAnswer, ...]:
    """What joining either into the other would do, that in which the first stands first; nothing without both."""
    if first is None or second is None:
        return ()
    pointing = Pointing()
    return _joining(first, second, pointing), _joining(second, first, pointing)


def _joining(kept: Thing, gone: Thing, pointing: Pointing) -> JoiningAnswer:
    try:
        return _told(plan(kept, gone, pointing))
    except CannotJoin as error:
        return JoiningAnswer(ref(kept), ref(gone), str(error))


def _told(made: Plan) -> JoiningAnswer:
    return JoiningAnswer(
        kept=ref(made.kept),
        gone=ref(made.gone),
        cannot="",
        moves=_links(move.row for move in made.moves),
        stays=_links(stay.row for stay in made.stays),
        names=(made.gone.code, *_title(made.kept, made.gone), *(alias.value for alias in made.aliases)),
        fills=tuple(made.fills),
        differs=tuple(made.differs),
        waits=tuple(Value(c.field, c.value_shown, c.value_other) for c in made.moving),
        too_long=tuple(value.field for value in made.too_long),
    )


def _title(kept: Thing, gone: Thing) -> tuple[str, ...]:
    return (gone.title,) if gone.title.casefold() != kept.title.casefold() else ()


def _links(rows: Iterable[Model]) -> tuple[Links, ...]:
    """Rows by what they are called; the first of each in words."""
    kinds: Counter[str] = Counter()
    first: dict[str, list[str]] = {}
    for row in rows:
        kind = CALLED.get(str(row._meta.verbose_name), str(row._meta.verbose_name))
        kinds[kind] += 1
        if kinds[kind] <= SHOWN:
            first.setdefault(kind, []).append(str(row))
    return tuple(Links(kind, count, tuple(first[kind])) for kind, count in sorted(kinds.items()))
