"""What texts and their clauses are about: their themes, their meaning, how near they come to what is told.

Themes, and what counts as near, are taken from some of the texts, judged or not, spread over the list; by them it is
told what any other text is about. So a clause, a whole text and a rater's remark can be put beside each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.linalg import eigh

from iqf.analysis.suggest.records import Framework, Matrix, Text
from iqf.analysis.suggest.segments import segments
from iqf.analysis.suggest.spaces import Spaces, alike, best_of

THEMES: Final = 100
SAMPLE: Final = 1_000
"""So many texts at most give the themes."""
CHARACTERS: Final = 0.7
"""What characters weigh beside words where themes are looked for."""
ITS_PROFILE, ITS_NEAREST, IN_CLAUSES = 0.1, 0.5, 0.7
"""How freely weights may grow on nearness to each thing told of any statement; on nearness to a statement's own; and
on all that clauses are about, beside what wholes are about."""
LEAST_SPREAD: Final = 0.02
"""What no text of the sample is like has no spread; what comes near it all the same is not told as endlessly far."""
TINY: Final = 1e-9


@dataclass(frozen=True)
class Clauses:
    """The clauses of several texts, one after another: what each is about, how near each comes to each thing told and
    to each statement.

    `sizes`: how many each text has.
    """

    about: Matrix
    nearness: Matrix
    near: Matrix
    sizes: list[int]


class _Usual:
    """What is usual of each column, so that others can be told in standard deviations from it."""

    def __init__(self, matrix: Matrix) -> None:
        self._mean, self._spread = matrix.mean(axis=0), np.maximum(matrix.std(axis=0), LEAST_SPREAD)

    def told(self, matrix: Matrix) -> Matrix:
        return np.asarray((matrix - self._mean) / self._spread)


class About:
    """Asked what texts are about, in the spaces and by the themes of one framework."""

    def __init__(self, framework: Framework, spaces: Spaces) -> None:
        texts = framework.texts[:: -(-len(framework.texts) // SAMPLE)]
        self._spaces = spaces
        self._of_wholes = self._themes([t.whole for t in texts])
        self._of_titles = self._themes([t.title or t.text for t in texts])
        told = [(s.text, *s.told) for s in framework.statements]
        self._ends = [len(group) for group in told]
        self._told = [way([thing for group in told for thing in group]) for way in self._ways()]
        groups = [clauses(text) for text in texts]
        each, sizes = [c for group in groups for c in group], [len(group) for group in groups]
        self._usual = [_Usual(self._likeness(each, n)) for n in range(len(self._told))]
        near = self._nearness(each)
        self._usual_best, self._usual_nearest = _Usual(best_of(near, sizes)), _Usual(self._nearest(near))

    def wholes(self, texts: Sequence[Text], parts: Clauses) -> Matrix:
        """What each text is about, by its words and by its title's, and how near its best clause comes."""
        wholes, titles = [t.whole for t in texts], [t.title or t.text for t in texts]
        about = [self._placed(wholes, self._of_wholes), self._placed(titles, self._of_titles)]
        about.append(ITS_PROFILE * self._usual_best.told(best_of(parts.nearness, parts.sizes)))
        if self._spaces.encodes:
            about += [np.asarray(self._spaces.meanings(said), dtype=float) for said in (wholes, titles)]
        return np.hstack(about)

    def clauses(self, groups: Sequence[Sequence[str]]) -> Clauses:
        """What the clauses of each group are about: first how near each comes to each thing told, then the rest."""
        each, sizes = [c for group in groups for c in group], [len(group) for group in groups]
        near = self._nearness(each)
        about = [ITS_PROFILE * near, self._placed(each, self._of_wholes)]
        if self._spaces.encodes:
            about.append(np.asarray(self._spaces.meanings(each), dtype=float))
        nearest = ITS_NEAREST * self._usual_nearest.told(self._nearest(near))
        return Clauses(IN_CLAUSES * np.hstack(about), near, IN_CLAUSES * nearest, sizes)

    def _nearness(self, each: Sequence[str]) -> Matrix:
        """How near texts come to each thing told of any statement, all ways together: texts × things."""
        return np.asarray(np.mean([u.told(self._likeness(each, n)) for n, u in enumerate(self._usual)], axis=0))

    def _nearest(self, near: Matrix) -> Matrix:
        return best_of(near.T, self._ends).T

    def _ways(self) -> list[Any]:
        return [
            self._spaces.words,
            self._spaces.characters,
            *([self._spaces.meanings] if self._spaces.encodes else []),
        ]

    def _likeness(self, texts: Sequence[str], way: int) -> Matrix:
        return alike(self._ways()[way](texts), self._told[way])

    def _weighed(self, texts: Sequence[str]) -> sparse.csr_matrix:
        return sparse.csr_matrix(
            sparse.hstack([self._spaces.words(texts), CHARACTERS * self._spaces.characters(texts)])
        )

    def _themes(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """The main themes of texts (latent semantic analysis, Deerwester and others 1990): pieces of words × themes.

        Found from how like each two of the texts are, which are far fewer than their pieces.
        """
        weighed = self._weighed(texts)
        last = len(texts) - 1
        least = max(0, last + 1 - THEMES)
        sizes, themes = eigh((weighed @ weighed.T).toarray().astype(float), subset_by_index=(least, last))
        return sparse.csr_matrix(weighed.T @ sparse.csr_matrix(themes / np.sqrt(np.maximum(sizes, TINY))))

    def _placed(self, texts: Sequence[str], themes: sparse.csr_matrix) -> Matrix:
        """Rows of length one: texts × themes."""
        found = (self._weighed(texts) @ themes).toarray()
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), TINY))


def clauses(text: Text) -> list[str]:
    """The title, then what is said besides it and the clauses of that."""
    said = [text.text[a:b] for a, b in segments(text.text)]
    return [text.title, *said] if text.title else said or [text.text]
