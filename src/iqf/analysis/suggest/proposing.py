"""Suggestions as people see them: the likeliest statements of a text, each with a probability and its words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.suggest.learning import Learned
from iqf.analysis.suggest.own import enough, learn_own
from iqf.analysis.suggest.pairs import measures, parts_of
from iqf.analysis.suggest.records import Framework, Matrix, Statement, Suggestion, Words
from iqf.analysis.suggest.segments import Span, segments
from iqf.analysis.suggest.spaces import Spaces, alike
from iqf.analysis.suggest.starting import first_day

AT_ONCE: Final = 500
"""So many texts are looked into at a time."""
MEANING: Final = 2.0
"""The encoder's word counts twice that of words and characters when the supporting words are looked for."""


@dataclass(frozen=True)
class Parts:
    """Which parts of a text a suggestion may rest on: clauses, windows of so many words; each of `least` words."""

    windows: tuple[int, ...]
    least: int


ANY: Final = Parts((4, 6, 9), 1)
QUOTABLE: Final = Parts((), 3)
"""Clauses that say something by themselves, so that a person may quote them."""


def corpus(frameworks: Iterable[Framework]) -> list[str]:
    """Every wording of frameworks: what `Spaces` needs to tell rare words from common ones."""
    return [
        wording
        for f in frameworks
        for wording in (*(t.whole for t in f.texts), *(p for s in f.statements for p in (s.text, *s.told)))
    ]


def probabilities(framework: Framework, spaces: Spaces, learned: Learned | None = None) -> Matrix:
    """The probability of each pair, from the best that can be learned: texts × statements.

    Few statements and enough own verdicts: from those. Else across frameworks, where `learned` is given (own verdicts
    then count as votes). Else from likeness alone: the first day.
    """
    if enough(framework):
        return learn_own(framework, measures(framework.texts, framework.statements, spaces), spaces)
    if learned is not None:
        return learned.probabilities(framework)
    return first_day(measures(framework.texts, framework.statements, spaces))


def propose(
    framework: Framework,
    probability: Matrix,
    spaces: Spaces,
    rows: Sequence[int],
    most: int = 5,
    least: float = 0.0,
    parts: Parts = ANY,
) -> list[Suggestion]:
    """For the texts in these rows the likeliest statements, best first: at most `most`, none below `least`.

    `parts`: which parts of a text a suggestion may rest on.
    """
    support = Support(framework.statements, spaces, parts)
    found = []
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        chosen = [_likeliest(probability[row], most, least) for row in part]
        resting = support.words([framework.texts[row].whole for row in part], chosen)
        for row, columns, several in zip(part, chosen, resting, strict=True):
            for rank, (n, words) in enumerate(zip(columns, several, strict=True), start=1):
                keys = framework.texts[row].key, framework.statements[n].key
                found.append(Suggestion(*keys, float(probability[row, n]), rank, words))
    return found


def _likeliest(probability: Matrix, most: int, least: float) -> list[int]:
    order = np.argsort(-probability, kind="stable")[:most]
    return [int(n) for n in order if probability[n] >= least]


class Support:
    """The parts of statements in the spaces, made once; asked for the words of texts that statements rest on."""

    def __init__(self, statements: Sequence[Statement], spaces: Spaces, parts: Parts = ANY) -> None:
        told = [parts_of(statement) for statement in statements]
        each = [part for group in told for part in group]
        self._spaces, self._allowed = spaces, parts
        self._ends = np.cumsum([len(group) for group in told])
        self._words, self._characters = spaces.words(each), spaces.characters(each)
        self._meant = spaces.meanings(each) if spaces.encodes else None

    def words(self, texts: Sequence[str], wanted: Sequence[Sequence[int]]) -> list[list[Words]]:
        """For each text and each statement wanted of it (by column): the clause or window most like any part of it.

        Short ones come first; the whole text is told only where it has no smaller part.
        """
        spans = [_smaller(text, self._allowed) for text in texts]
        said = [text[a:b] for text, group in zip(texts, spans, strict=True) for a, b in group]
        words, characters = self._spaces.words(said), self._spaces.characters(said)
        meant = self._spaces.meanings(said) if self._meant is not None else None
        found, begin = [], 0
        for text, group, columns in zip(texts, spans, wanted, strict=True):
            rows = slice(begin, begin + len(group))
            begin = rows.stop
            parts = self._parts(columns)
            near = alike(words[rows], self._words[parts]) + alike(characters[rows], self._characters[parts])
            if meant is not None and self._meant is not None:
                near = near + MEANING * alike(meant[rows], self._meant[parts])
            found.append([Words(text[a:b], a, b) for a, b in self._nearest(near, group, columns)])
        return found

    def _parts(self, columns: Sequence[int]) -> NDArray[np.intp]:
        """The places of all parts of these statements, statement by statement."""
        empty = np.empty(0, dtype=np.intp)
        return np.concatenate([empty, *(np.arange(*self._bounds(n)) for n in columns)]).astype(np.intp)

    def _bounds(self, column: int) -> tuple[int, int]:
        return int(self._ends[column - 1]) if column else 0, int(self._ends[column])

    def _nearest(self, near: Matrix, spans: Sequence[Span], columns: Sequence[int]) -> Iterator[Span]:
        """Of each statement, the span that is most like the best of its parts."""
        place = 0
        for column in columns:
            start, end = self._bounds(column)
            here = near[:, place : place + end - start]
            place += end - start
            yield spans[int(here.max(axis=1).argmax())]


def _smaller(text: str, parts: Parts) -> list[Span]:
    """The allowed parts of a text; where there is none, whichever there are; the whole where it has no part."""
    spans = segments(text, parts.windows)
    found = spans[1:] or spans or [(0, len(text))]
    return [(a, b) for a, b in found if len(text[a:b].split()) >= parts.least] or found
