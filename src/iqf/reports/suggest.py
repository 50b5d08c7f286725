"""Which statements of a framework does each unit probably touch, and by which of its words? Suggestions, never facts.

Learned from accepted and closed judgements where there are enough; on the first day from the wording of the framework
alone. A statement of a large framework is retrieved before it is ranked, and has no probability before anything was
judged: nearness is not a probability.
"""

import csv
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np

from iqf.analysis.suggest.proposing import AT_ONCE, Support, corpus, probabilities, propose
from iqf.analysis.suggest.records import Encode, Framework, Statement, Text
from iqf.analysis.suggest.retrieval import Found, Library, nearness
from iqf.analysis.suggest.spaces import Spaces
from iqf.analysis.verdicts import settle
from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.catalogue.queries import find
from iqf.mapping import queries
from iqf.mapping.models import ADJUDICATE
from iqf.reports.claims import claims_for, judged_units
from iqf.reports.things import Ref, ref

MOST_RANKED = 300
"""A framework of more statements is searched for the nearest of them; of one with fewer every pair is weighed."""
MOST_TOPS = 60
BEST = 50
"""So many statements of a large framework are given for each unit."""


@dataclass(frozen=True)
class Suggested:
    """A unit may touch a statement: how probable it is that raters would say so, and the words it rests on.

    `probability` None: nothing was judged yet from which a probability could be learned; `rank` says what is nearer.
    """

    unit: str
    statement: str
    probability: float | None
    rank: int
    words: str
    start: int


@dataclass(frozen=True)
class SuggestAnswer:
    """Suggestions for units against a framework. `trained_on`: verdicts, of units on statements, learned from."""

    framework: Ref
    key: str
    trained_on: int
    encoder: str
    units: Mapping[str, Ref]
    titles: Mapping[str, str]
    suggestions: tuple[Suggested, ...]


def suggest(
    text: str, *, units: Collection[str] | None = None, encode: Encode | None = None, encoder: str = ""
) -> SuggestAnswer:
    """Suggestions for every standing unit, or those of these codes, against the framework called `text`.

    `encode`, `encoder`: a sentence encoder and its version, where there is one. Raises NotFoundError, AmbiguousError.
    """
    framework = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    rows = list(m.Unit.objects.filter(LIVE).order_by("code").prefetch_related("aliases", "outcomes"))
    asked = [at for at, row in enumerate(rows) if units is None or row.code in units]
    statements = _statements(framework)
    known = _framework(framework, rows, statements)
    spaces = Spaces(corpus([known]), encode)
    ranked = len(statements) <= MOST_RANKED
    found = _weighed(known, spaces, asked) if ranked else _retrieved(known, spaces, asked)
    return SuggestAnswer(
        framework=ref(framework),
        key=framework.key,
        trained_on=int(np.isfinite(known.verdicts).sum()),
        encoder=encoder,
        units={rows[at].code: ref(rows[at]) for at in asked},
        titles={statement.key: statement.text for statement in statements},
        suggestions=tuple(found),
    )


def _statements(framework: m.Framework) -> tuple[Statement, ...]:
    """What is suggested: the areas at the top with what stands below them, or every statement of a flat list."""
    rows = list(m.Statement.objects.filter(LIVE, framework=framework).order_by("position", "pk"))
    below: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.parent_id:
            below[row.parent_id] += [part for part in (row.title, row.note) if part]
    tops = [row for row in rows if row.parent_id is None]
    shown = tops if below and len(tops) <= MOST_TOPS else rows
    criteria = _criteria(framework.key)
    return tuple(
        Statement(row.code, row.title, row.kind, (*below.get(row.pk, ()), *criteria.get(row.code, ())))
        for row in shown
    )


def _criteria(key: str) -> dict[str, list[str]]:
    """The criteria for a verdict that are shipped with a framework, by statement."""
    found: dict[str, list[str]] = defaultdict(list)
    with resources.files("iqf").joinpath("handbook", "criteria.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["framework_id"] == key:
                found[row["statement_id"]].append(row["criterion"])
    return found


def _framework(framework: m.Framework, rows: Sequence[m.Unit], statements: tuple[Statement, ...]) -> Framework:
    """Texts, statements and what has been judged, as the analysis takes them."""
    texts = tuple(Text(row.code, _said(row), row.title) for row in rows)
    verdicts = np.full((len(texts), len(statements)), np.nan)
    place = {row.code: at for at, row in enumerate(rows)}
    column = {statement.key: at for at, statement in enumerate(statements)}
    for unit in judged_units(framework) & place.keys():
        verdicts[place[unit]] = 0.0
    for claim in claims_for(framework):
        if claim.strength and claim.unit in place and claim.statement in column:
            verdicts[place[claim.unit], column[claim.statement]] = 1.0
    for (unit, statement), share in _shares(framework).items():
        if unit in place and statement in column:
            verdicts[place[unit], column[statement]] = share
    return Framework(framework.key, statements, texts, verdicts, framework.title)


def _said(unit: m.Unit) -> str:
    """What a unit says besides its title."""
    outcomes = sorted((row for row in unit.outcomes.all() if not row.is_retired), key=lambda row: row.position)
    return ". ".join(part.rstrip(". ") for part in (unit.summary, *(row.text for row in outcomes)) if part)


def _shares(framework: m.Framework) -> dict[tuple[str, str], float]:
    """Of each unit and statement that closed batches judged, the share of raters who say it is touched.

    What a third settled counts as settled.
    """
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    third: dict[tuple[str, str], int] = {}
    for row in queries.judged(framework):
        if row.verb == "teaches":
            given[row.unit, row.statement].append(row.verdict)
    for row in queries.judged(framework, task=ADJUDICATE):
        if row.verb == "teaches":
            third[row.unit, row.statement] = row.verdict
    return {place: _share(verdicts, third.get(place)) for place, verdicts in given.items()}


def _share(verdicts: Sequence[int], third: int | None) -> float:
    settled = settle(verdicts, third)
    if settled.verdict is not None:
        return float(settled.verdict > 0)
    return sum(verdict > 0 for verdict in verdicts) / len(verdicts)


def _weighed(known: Framework, spaces: Spaces, asked: Sequence[int]) -> list[Suggested]:
    """Every pair with its probability, the likeliest statement of each unit first."""
    found = propose(known, probabilities(known, spaces), spaces, asked, most=len(known.statements))
    return [
        Suggested(one.text, one.statement, one.probability, one.rank, one.words.words, one.words.start)
        for one in found
    ]


def _retrieved(known: Framework, spaces: Spaces, asked: Sequence[int]) -> list[Suggested]:
    """The nearest statements of each unit, nearest first; of how probable each is, nothing is said."""
    library, support = Library(known.statements, spaces), Support(known.statements, spaces)
    made: list[Suggested] = []
    for start in range(0, len(asked), AT_ONCE):
        texts = [known.texts[at] for at in asked[start : start + AT_ONCE]]
        chosen = [_nearest(found) for found in library.each(texts)]
        resting = support.words([text.whole for text in texts], chosen)
        for text, columns, several in zip(texts, chosen, resting, strict=True):
            for rank, (column, words) in enumerate(zip(columns, several, strict=True), start=1):
                key = known.statements[column].key
                made.append(Suggested(text.key, key, None, rank, words.words, words.start))
    return made


def _nearest(found: Found) -> list[int]:
    order = np.argsort(-nearness(found), kind="stable")[:BEST]
    return [int(found.columns[n]) for n in order]
