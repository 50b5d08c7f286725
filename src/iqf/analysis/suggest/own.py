"""What a framework's own verdicts teach, where a few statements are judged on many texts (areas, levels, outcomes).

One logistic regression over all pairs. How alike text and statement are weighs the same for every statement; on top of
that each statement learns which texts it is touched by: their themes, their meaning, their likeness. The themes are
those of all texts, judged or not. Judging a statement helps the others, and the rare ones most.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression

from iqf.analysis.suggest.records import Framework, Matrix, Text
from iqf.analysis.suggest.spaces import Spaces

MOST_STATEMENTS: Final = 20
LEAST_JUDGED: Final = 8
"""With more statements, or fewer judged texts than this, learning across frameworks says more."""
THEMES: Final = 100
SHARED, ITS_LIKENESS, ITS_THEMES, ITS_MEANING, ITS_OWN = 0.5, 0.15, 1.0, 2.0, 0.5
"""How freely each group of weights may grow, found by leaving groups of near-same titles out."""
STRENGTH: Final = 10.0


def enough(framework: Framework) -> bool:
    """Whether a framework's own verdicts suffice to learn from them alone: both answers, few statements, many texts."""
    said = framework.verdicts[framework.judged]
    few = len(framework.statements) <= MOST_STATEMENTS
    return few and len(said) >= LEAST_JUDGED and bool((said > 0).any()) and bool((said < 1).any())


def learn_own(framework: Framework, likeness: Matrix, spaces: Spaces, seed: int = 0) -> Matrix:
    """Probability of every pair, learned from the judged ones: texts × statements.

    `likeness` is texts × statements × features, standardised. Raises ValueError where `enough` says no.
    """
    if not enough(framework):
        raise ValueError(f"“{framework.key}” has too few verdicts to learn from them alone.")
    themes = _of_texts(framework.texts, spaces, seed)
    width = len(framework.statements)
    rows = framework.judged
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    table, said, weights = [], [], []
    for n in range(width):
        given, block = framework.verdicts[rows, n], _block(likeness[rows, n], themes[rows], n, width)
        for answer, weight in ((1, given), (0, 1 - given)):
            table.append(block[weight > 0])
            said.append(np.full(int((weight > 0).sum()), answer))
            weights.append(weight[weight > 0])
    model.fit(sparse.vstack(table).tocsr(), np.concatenate(said), sample_weight=np.concatenate(weights))
    return np.stack(
        [model.predict_proba(_block(likeness[:, n], themes, n, width))[:, 1] for n in range(width)], axis=1
    )


def _block(likeness: Matrix, themes: Matrix, n: int, width: int) -> sparse.csr_matrix:
    """Rows of one statement: what is shared, then its own columns among those of the others, which are empty."""
    own = np.hstack([np.full((len(themes), 1), ITS_OWN), ITS_LIKENESS * likeness, themes])
    empty = sparse.csr_matrix((len(themes), own.shape[1]))
    places = [sparse.csr_matrix(own) if m == n else empty for m in range(width)]
    return sparse.hstack([sparse.csr_matrix(SHARED * likeness), *places]).tocsr()


def _of_texts(texts: Sequence[Text], spaces: Spaces, seed: int) -> Matrix:
    """What each text is about: themes of its words and its title's, and its meaning where there is an encoder."""
    wholes, titles = [t.whole for t in texts], [t.title or t.text for t in texts]
    about = [ITS_THEMES * _themes(wholes, spaces, seed), ITS_THEMES * _themes(titles, spaces, seed)]
    if spaces.encodes:
        about += [ITS_MEANING * spaces.meanings(wholes), ITS_MEANING * spaces.meanings(titles)]
    return np.hstack(about)


def _themes(texts: Sequence[str], spaces: Spaces, seed: int) -> Matrix:
    """Rows of length one: the texts by their main themes (latent semantic analysis, Deerwester and others 1990)."""
    weighted = sparse.hstack([spaces.words(texts), 0.7 * spaces.characters(texts)]).tocsr()
    count = min(THEMES, len(texts) - 1, weighted.shape[1] - 1)
    found = TruncatedSVD(n_components=max(1, count), random_state=seed).fit_transform(weighted)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9))


def likeness_of(told: dict[str, Matrix]) -> Matrix:
    """Measures as features that mean the same in any framework: standardised within the text and the statement."""
    from iqf.analysis.suggest.pairs import standard

    return np.stack([way for m in told.values() for way in (standard(m, 0), standard(m, 1), m - m.mean())], axis=2)


