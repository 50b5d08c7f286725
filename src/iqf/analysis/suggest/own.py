"""What a framework's own verdicts teach, where a few statements are judged on many texts (areas, levels, outcomes).

One logistic regression over all pairs. How alike text and statement are weighs the same for every statement; on top
of that each statement learns which texts it is touched by: their themes, their meaning, their likeness. The themes
are those of all texts, judged or not. Judging a statement helps the others, and the rare ones most.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from scipy import sparse
from scipy.linalg import eigh
from scipy.optimize import minimize
from sklearn.decomposition import TruncatedSVD

from iqf.analysis.suggest.learning import chance, log_odds
from iqf.analysis.suggest.pairs import standard
from iqf.analysis.suggest.records import MOST_STATEMENTS, Framework, Matrix, Statement
from iqf.analysis.suggest.segments import segments
from iqf.analysis.suggest.spaces import Spaces, alike, best_of
from iqf.analysis.suggest.starting import first_day, standing
from iqf.analysis.suggest.threads import one_thread

LEAST_JUDGED: Final = 8
"""With more statements, or fewer judged texts than this, learning across frameworks says more."""
THEMES: Final = 100
MOST_EXACT: Final = 1_000
"""With at most so many texts their themes are found exactly, from how like each two of them are: that is quicker."""
SHARED, ITS_LIKENESS, ITS_THEMES, ITS_MEANING, ITS_PROFILE, ITS_OWN = 0.5, 0.3, 1.0, 1.0, 0.1, 0.5
"""How freely each group of weights may grow, found by leaving groups of near-same titles out."""
STRENGTH: Final = 4.0


def enough(framework: Framework) -> bool:
    """Whether a framework's own verdicts suffice to learn from: both answers, few statements, many texts."""
    known = ~np.isnan(framework.verdicts)
    said = framework.verdicts[known]
    few = len(framework.statements) <= MOST_STATEMENTS
    return few and int(known.any(axis=1).sum()) >= LEAST_JUDGED and bool((said > 0).any()) and bool((said < 1).any())


@one_thread
def learn_own(framework: Framework, told: Mapping[str, Matrix], spaces: Spaces, seed: int = 0) -> Matrix:
    """Probability of every pair, learned from the judged ones starting from the first day's: texts × statements.

    `told` are the measures of the framework. Raises ValueError where `enough` says no.
    """
    if not enough(framework):
        raise ValueError(f"“{framework.key}” has too few verdicts to learn from them alone.")
    stand, about = standing(told), _of_texts(framework, spaces, seed)
    start, known, width = log_odds(first_day(told)), ~np.isnan(framework.verdicts), len(framework.statements)
    blocks = [_block(stand[:, n], about, n, width) for n in range(width)]
    weights = _departure(
        sparse.vstack([block[known[:, n]] for n, block in enumerate(blocks)]).tocsr(),
        start.T[known.T],
        framework.verdicts.T[known.T],
    )
    return np.stack([chance(start[:, n] + block @ weights) for n, block in enumerate(blocks)], axis=1)


def _departure(table: sparse.csr_matrix, start: Matrix, verdicts: Matrix) -> Matrix:
    """Weights that turn the log-odds one starts with into those of the verdicts: logistic regression with an offset,
    its weights held near nothing (ridge), so that little is changed where little was judged."""

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        odds = start + table @ weights
        lost = np.logaddexp(0, odds) - verdicts * odds
        slope = table.T @ (chance(odds) - verdicts)
        return float(lost.sum() + weights @ weights / 2 / STRENGTH), slope + weights / STRENGTH

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(found.x)


def _block(likeness: Matrix, themes: Matrix, n: int, width: int) -> sparse.csr_matrix:
    """Rows of one statement: what is shared, then its own columns among those of the others, which are empty."""
    own = np.hstack([np.full((len(themes), 1), ITS_OWN), ITS_LIKENESS * likeness, themes])
    empty = sparse.csr_matrix((len(themes), own.shape[1]))
    places = [sparse.csr_matrix(own) if m == n else empty for m in range(width)]
    shared = np.hstack([np.ones((len(themes), 1)), SHARED * likeness])
    return sparse.hstack([sparse.csr_matrix(shared), *places]).tocsr()


def _of_texts(framework: Framework, spaces: Spaces, seed: int) -> Matrix:
    """What each text is about: themes of its words and its title's, its likeness to all that is told of any

    statement, and its meaning where there is an encoder.
    """
    wholes = [t.whole for t in framework.texts]
    titles = [t.title or t.text for t in framework.texts]
    about: list[Matrix] = [ITS_THEMES * _themes(wholes, spaces, seed), ITS_THEMES * _themes(titles, spaces, seed)]
    about.append(ITS_PROFILE * _profile(wholes, framework.statements, spaces))
    if spaces.encodes:
        about += [np.asarray(ITS_MEANING * spaces.meanings(said), dtype=float) for said in (wholes, titles)]
    return np.hstack(about)


def _profile(texts: Sequence[str], statements: Sequence[Statement], spaces: Spaces) -> Matrix:
    """How near each text's best clause comes to each thing told of any statement, standardised: texts × things."""
    clauses = [[text[a:b] for a, b in segments(text)] or [text] for text in texts]
    each, sizes = [c for group in clauses for c in group], [len(group) for group in clauses]
    told = [thing for s in statements for thing in (s.text, *s.told)]
    ways = [spaces.words, spaces.characters, *([spaces.meanings] if spaces.encodes else [])]
    near = [standard(best_of(alike(way(each), way(told)), sizes), 0) for way in ways]
    return np.asarray(np.mean(near, axis=0))


def _themes(texts: Sequence[str], spaces: Spaces, seed: int) -> Matrix:
    """Rows of length one: the texts by their main themes (latent semantic analysis, Deerwester and others 1990)."""
    weighted = sparse.hstack([spaces.words(texts), 0.7 * spaces.characters(texts)]).tocsr()
    count = max(1, min(THEMES, len(texts) - 1, weighted.shape[1] - 1))
    found = _exactly(weighted, count) if len(texts) <= MOST_EXACT else _nearly(weighted, count, seed)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9))


def _exactly(weighted: sparse.csr_matrix, count: int) -> Matrix:
    """The main themes from the products of all pairs of rows: texts × themes."""
    last = weighted.shape[0] - 1
    sizes, themes = eigh((weighted @ weighted.T).toarray().astype(float), subset_by_index=(last - count + 1, last))
    return np.asarray(themes * np.sqrt(np.maximum(sizes, 0)))


def _nearly(weighted: sparse.csr_matrix, count: int, seed: int) -> Matrix:
    """The main themes by random projections, where there are too many rows to compare each two: texts × themes."""
    return np.asarray(TruncatedSVD(n_components=count, random_state=seed).fit_transform(weighted))
