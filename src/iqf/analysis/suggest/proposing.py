"""Suggestions as people see them: the likeliest statements of a text, each with a probability and its words."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from iqf.analysis.suggest.learning import Learned
from iqf.analysis.suggest.own import enough, learn_own
from iqf.analysis.suggest.pairs import measures, parts_of
from iqf.analysis.suggest.records import Framework, Matrix, Statement, Suggestion, Words
from iqf.analysis.suggest.segments import segments
from iqf.analysis.suggest.spaces import Spaces, alike
from iqf.analysis.suggest.starting import first_day

WINDOWS: Final = (4, 6, 9)
MEANING: Final = 2.0
"""The encoder's word counts twice that of words and characters when the supporting words are looked for."""


def corpus(frameworks: Iterable[Framework]) -> list[str]:
    """Every wording of frameworks: what `Spaces` needs to tell rare words from common ones."""
    return [
        wording
        for f in frameworks
        for wording in (*(t.whole for t in f.texts), *(p for s in f.statements for p in (s.text, *s.told)))
    ]


def probabilities(framework: Framework, spaces: Spaces, learned: Learned | None = None, seed: int = 0) -> Matrix:
    """The probability of each pair, from the best that can be learned: texts × statements.

    Few statements and enough own verdicts: from those. Else across frameworks, where `learned` is given (own verdicts
    then count as votes). Else from likeness alone: the first day.
    """
    if enough(framework):
        return learn_own(framework, measures(framework.texts, framework.statements, spaces), spaces, seed)
    if learned is not None:
        return learned.probabilities(framework)
    return first_day(measures(framework.texts, framework.statements, spaces))


def propose(
    framework: Framework, probability: Matrix, spaces: Spaces, rows: Sequence[int], most: int = 5, least: float = 0.0
) -> list[Suggestion]:
    """For the texts in these rows the likeliest statements, best first: at most `most`, none below `least`."""
    found = []
    for row in rows:
        order = np.argsort(-probability[row], kind="stable")[:most]
        chosen = [int(n) for n in order if probability[row, n] >= least]
        resting = words_for(framework.texts[row].whole, [framework.statements[n] for n in chosen], spaces)
        found += [
            Suggestion(
                framework.texts[row].key, framework.statements[n].key, float(probability[row, n]), rank + 1, words
            )
            for rank, (n, words) in enumerate(zip(chosen, resting, strict=True))
        ]
    return found


def words_for(text: str, statements: Sequence[Statement], spaces: Spaces) -> list[Words]:
    """For each statement the clause or window of the text that is most like any part of it, short ones first.

    The whole text is told only where it has no smaller part.
    """
    spans = segments(text, WINDOWS)
    spans = spans[1:] or spans or [(0, len(text))]
    said = [text[a:b] for a, b in spans]
    words, characters = spaces.words(said), spaces.characters(said)
    meant = spaces.meanings(said) if spaces.encodes else None
    found = []
    for statement in statements:
        parts = parts_of(statement)
        near = alike(words, spaces.words(parts)) + alike(characters, spaces.characters(parts))
        if meant is not None:
            near = near + MEANING * alike(meant, spaces.meanings(parts))
        start, end = spans[int(near.max(axis=1).argmax())]
        found.append(Words(text[start:end], start, end))
    return found
