"""What should raters be told of the units of a batch, and which units should be judged next?

Learned from accepted and closed judgements of other units: nothing that anybody said of the batch's own units is in a
suggestion for them, so a rater who is blind to another stays so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from iqf.analysis.suggest.choosing import choose
from iqf.analysis.suggest.proposing import QUOTABLE, corpus, probabilities, propose
from iqf.analysis.suggest.records import Encode, Framework, Matrix
from iqf.analysis.suggest.spaces import Spaces
from iqf.catalogue import models as m
from iqf.catalogue.queries import find
from iqf.mapping import queries
from iqf.mapping.claims import judged_units
from iqf.mapping.models import AREAS, Batch
from iqf.mapping.suggested import Chosen, Suggested, Suggestions
from iqf.mapping.trouble import CannotMap
from iqf.reports.judged_texts import judged_statements, known_framework, standing_units
from iqf.reports.things import Ref, ref

MOST_TEXTS = 2_000
MOST_LEARNED = 1_000
"""With more units than the first, those asked about are weighed beside so many judged ones: more tell little."""
MOST_PAIRS = 300_000
"""More units than `MOST_TEXTS`, or more pairs than this, take over a quarter of a minute of a processor: too long for
somebody who waits for a page."""
MOST_WAITING = 1_000
"""Of so many units that wait the next are chosen."""
BEST = 50
"""So many statements of each unit are kept, the likeliest first."""


@dataclass(frozen=True)
class Weighed:
    """Units against the statements of a batch: what is known without them, and how probable each pair is."""

    known: Framework
    spaces: Spaces
    probability: Matrix
    asked: tuple[int, ...]
    version: str
    encoder: str

    @property
    def trained_on(self) -> int:
        """How many verdicts, of units on statements, were learned from."""
        return int(np.isfinite(self.known.verdicts).sum())


def suggestions(
    key: str, *, encode: Encode | None = None, encoder: str = "", waited_for: bool = False
) -> Suggestions:
    """Suggestions for the units of the batch called `key`, the likeliest statements of each.

    `encode`, `encoder`: a sentence encoder and its version. `waited_for`: somebody waits for a page. Raises
    NotFoundError, and CannotMap where it would take too long for a page.
    """
    batch = queries.batch_called(key)
    units = frozenset(batch.units.values_list("unit_id", flat=True))
    weighed = _weighed(batch, units, encode, encoder, f"run: iqf batch suggest {key}" if waited_for else "")
    return _proposed(weighed, weighed.asked)


@dataclass(frozen=True)
class NextUnits:
    """Units to judge next (primary keys), why each was chosen, and what is suggested for them."""

    seed: int
    chosen: Mapping[int, Chosen]
    suggestions: Suggestions


def next_units(batch: Batch, count: int, seed: int) -> NextUnits:
    """`count` units that nobody has judged and that a batch like this one should hold: the least sure, some drawn.

    The batch need not be saved yet: its framework and depth count. Of very many units those used most are looked at.
    Raises CannotMap where it would take too long for a page.
    """
    waiting = queries.unjudged(batch.framework)[:MOST_WAITING]
    weighed = _weighed(batch, frozenset(waiting), None, "", "name units, or take the most used")
    keys = dict(m.Unit.objects.filter(pk__in=waiting).values_list("code", "pk"))
    mask = np.zeros(len(weighed.known.texts), dtype=bool)
    mask[list(weighed.asked)] = True
    found = choose(weighed.probability, mask, count, seed)
    chosen = {keys[weighed.known.texts[one.row].key]: Chosen(one.margin, one.drawn) for one in found}
    return NextUnits(seed, chosen, _proposed(weighed, [one.row for one in found]))


@dataclass(frozen=True)
class NextUnit:
    """A unit to judge next: how far suggestions are from doubt (0: none could be less sure; 0.5: all are sure), or
    that it was drawn, and the statement it most probably touches.
    """

    unit: Ref
    margin: float
    drawn: bool
    statement: str
    probability: float


@dataclass(frozen=True)
class NextAnswer:
    """Which units of a framework should be judged next, those in most doubt first, then those drawn at random."""

    framework: Ref
    seed: int
    trained_on: int
    units: tuple[NextUnit, ...]


def chosen_next(text: str, count: int, seed: int = 0) -> NextAnswer:
    """`count` units that nobody has judged against the areas of the framework called `text`, and why these.

    The same for the same seed. Raises NotFoundError or AmbiguousError, and CannotMap where there are too many units.
    """
    framework = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    found = next_units(Batch(framework=framework, depth=AREAS), count, seed)
    rows = {
        row.pk: row
        for row in m.Unit.objects.filter(pk__in=found.chosen).select_related("owner").prefetch_related("aliases")
    }
    first = {one.unit: one for one in found.suggestions.rows if one.rank == 1}
    made = [
        NextUnit(ref(rows[pk]), why.margin, why.drawn, likeliest.statement, likeliest.probability)
        for pk, why in found.chosen.items()
        for likeliest in [first[rows[pk].code]]
    ]
    made.sort(key=lambda one: (one.drawn, one.margin, one.unit.code))
    return NextAnswer(ref(framework), seed, found.suggestions.trained_on, tuple(made))


def _proposed(weighed: Weighed, rows: Sequence[int]) -> Suggestions:
    found = propose(weighed.known, weighed.probability, weighed.spaces, rows, most=BEST, parts=QUOTABLE)
    made = (Suggested(o.text, o.statement, o.probability, o.rank, o.words.words) for o in found)
    return Suggestions(weighed.version, weighed.encoder, weighed.trained_on, tuple(made))


def _weighed(batch: Batch, units: frozenset[int], encode: Encode | None, encoder: str, instead: str) -> Weighed:
    """`instead`: what somebody who waits for a page is told to do if it would take too long; blank: nobody waits."""
    statements = judged_statements(batch.framework, queries.statements_judged(batch))
    rows = _texts(batch.framework, units)
    if instead and (len(rows) > MOST_TEXTS or len(rows) * len(statements) > MOST_PAIRS):
        many = f"{len(rows):,} units against {len(statements):,} statements"
        raise CannotMap(f"To weigh {many} takes too long for a page; {instead}.")
    asked = tuple(at for at, row in enumerate(rows) if row.pk in units)
    known = known_framework(batch.framework, rows, statements)
    others = np.ones(len(rows), dtype=bool)
    others[list(asked)] = False
    known = known.keeping(others)
    spaces = Spaces(corpus([known]), encode)
    return Weighed(known, spaces, probabilities(known, spaces), asked, known.fingerprint(encoder), encoder)


def _texts(framework: m.Framework, units: frozenset[int]) -> Sequence[m.Unit]:
    """Every standing unit; where they are very many, those asked about and some of those judged, always the same."""
    rows = standing_units()
    if len(rows) <= MOST_TEXTS:
        return rows
    judged = judged_units(framework) | {row.unit for row in queries.judged(framework)}
    others = [row.code for row in rows if row.code in judged and row.pk not in units]
    some = {others[at] for at in np.random.default_rng(0).permutation(len(others))[:MOST_LEARNED]}
    return [row for row in rows if row.pk in units or row.code in some]
