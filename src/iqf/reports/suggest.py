"""Which statements of a framework does each unit probably touch, and by which of its words? Suggestions, never facts.

Learned from accepted and closed judgements where there are enough; on the first day from the wording of the framework
alone. A statement of a large framework is retrieved before it is ranked, and has no probability before anything was
judged: nearness is not a probability.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from iqf.analysis.suggest.records import MOST_STATEMENTS, Encode, Framework
from iqf.catalogue import models as m
from iqf.catalogue.queries import find
from iqf.reports.judged_texts import Elsewhere, judged_elsewhere, known_framework, shown_statements, standing_units
from iqf.reports.things import Ref, ref

if TYPE_CHECKING:
    from iqf.analysis.suggest.retrieval import Found
    from iqf.analysis.suggest.spaces import Spaces

# What learns is loaded where it is used: it takes three seconds to load, and every command would pay for it.
MOST_RANKED = 300
"""A framework of more statements is searched for the nearest of them; of one with fewer every pair is weighed."""
MOST_COMPARED = 2_000
"""With more units than this they are not compared each with each, which learning across frameworks takes."""
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
    """Suggestions for units against a framework. `trained_on`: its own verdicts learned from, of units on statements.

    `learned_from`: other frameworks whose verdicts were learned from too.
    """

    framework: Ref
    key: str
    trained_on: int
    encoder: str
    units: Mapping[str, Ref]
    titles: Mapping[str, str]
    suggestions: tuple[Suggested, ...]
    learned_from: tuple[Ref, ...] = ()


def suggest(
    text: str, *, units: Collection[str] | None = None, encode: Encode | None = None, encoder: str = ""
) -> SuggestAnswer:
    """Suggestions for every standing unit, or those of these codes, against the framework called `text`.

    `encode`, `encoder`: a sentence encoder and its version, where there is one. Raises NotFoundError, AmbiguousError.
    """
    from iqf.analysis.suggest.proposing import corpus
    from iqf.analysis.suggest.spaces import Spaces

    framework = m.Framework.objects.get(pk=find(text, ("framework",)).pk)
    rows = standing_units()
    asked = [at for at, row in enumerate(rows) if units is None or row.code in units]
    statements = shown_statements(framework)
    known = known_framework(framework, rows, statements)
    ranked = len(statements) <= MOST_RANKED
    others = judged_elsewhere(framework, rows, MOST_RANKED) if ranked and _learns_from_others(known) else []
    spaces = Spaces(corpus([known, *(other.known for other in others)]), encode)
    found = _weighed(known, others, spaces, asked) if ranked else _retrieved(known, spaces, asked)
    return SuggestAnswer(
        framework=ref(framework),
        key=framework.key,
        trained_on=int(np.isfinite(known.verdicts).sum()),
        encoder=encoder,
        units={rows[at].code: ref(rows[at]) for at in asked},
        titles={statement.key: statement.text for statement in statements},
        suggestions=tuple(found),
        learned_from=tuple(ref(other.framework) for other in others),
    )


def _learns_from_others(known: Framework) -> bool:
    """Whether verdicts on other frameworks tell something: where many statements say little each, as in lists of
    skills and knowledge. A few wide areas are told less by them than by their own words (bench/SUGGEST.md).
    """
    return len(known.statements) > MOST_STATEMENTS and len(known.texts) <= MOST_COMPARED


def _weighed(
    known: Framework, others: Sequence[Elsewhere], spaces: "Spaces", asked: Sequence[int]
) -> list[Suggested]:
    """Every pair with its probability, the likeliest statement of each unit first."""
    from iqf.analysis.suggest.learning import learn
    from iqf.analysis.suggest.proposing import probabilities, propose
    from iqf.analysis.suggest.votes import Comparisons

    learned = learn([o.known for o in others], [o.family for o in others], Comparisons(spaces)) if others else None
    found = propose(known, probabilities(known, spaces, learned), spaces, asked, most=len(known.statements))
    return [
        Suggested(one.text, one.statement, one.probability, one.rank, one.words.words, one.words.start)
        for one in found
    ]


def _retrieved(known: Framework, spaces: "Spaces", asked: Sequence[int]) -> list[Suggested]:
    """The nearest statements of each unit, nearest first; of how probable each is, nothing is said."""
    from iqf.analysis.suggest.proposing import AT_ONCE, Support
    from iqf.analysis.suggest.retrieval import Library

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


def _nearest(found: "Found") -> list[int]:
    from iqf.analysis.suggest.retrieval import nearness

    order = np.argsort(-nearness(found), kind="stable")[:BEST]
    return [int(found.columns[n]) for n in order]
