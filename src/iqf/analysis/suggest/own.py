"""What a framework's own verdicts teach, where a few statements are judged on many texts (areas, levels, outcomes).

One logistic regression over all pairs, that departs from the first day's log-odds. How alike text and statement are
weighs the same for every statement; on top of that each statement learns what texts are about that touch it: as a
whole, and in their best clause, since one outcome of several is enough. What raters wrote of the texts they judged is
learned from like a clause. Judging a statement helps the others, and the rare ones most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from iqf.analysis.suggest.about import About, Clauses, clauses
from iqf.analysis.suggest.learning import chance, log_odds
from iqf.analysis.suggest.records import MOST_STATEMENTS, Framework, Matrix
from iqf.analysis.suggest.segments import segments
from iqf.analysis.suggest.spaces import Spaces, best_of, mean_of
from iqf.analysis.suggest.starting import first_day, standing
from iqf.analysis.suggest.threads import one_thread

LEAST_JUDGED: Final = 8
"""With more statements, or fewer judged texts than this, learning across frameworks says more."""
SHARED: Final = np.array([0.5, 0.5, 0.5, 1.0, 2.0])
ITS_OWN: Final = np.array([0.3, 0.3, 0.3, 0.5, 2.0])
"""How freely weights may grow on the three measures of likeness, on being a text, on being a remark: those that all
statements share, and each one's own. Found by leaving groups of near-same titles out, as are the three below.
"""
STRENGTH: Final = 4.0
ALL_OF_IT_FROM: Final = 50
"""How freely all weights may grow, once so many texts are judged; with fewer, so much less."""
REMARKED: Final = 0.4
"""What a remark weighs beside a judged text."""
SHARPNESS: Final = 3.0
"""How far the best clause of a text outweighs its others: 0 is their mean, without end the best alone."""
MOST_STEPS: Final = 150
AT_ONCE: Final = 4_000
"""So many texts are asked about at a time."""


@dataclass(frozen=True)
class Rows:
    """Texts or remarks as the regression takes them, and their clauses.

    `start`: rows × statements, the log-odds one starts with; `pairs`: rows × statements × the five of `SHARED`;
    `wholes`: rows × columns, the same for each statement.
    """

    start: Matrix
    pairs: Matrix
    wholes: Matrix
    clauses: Clauses


@dataclass(frozen=True)
class Said:
    """Rows with the verdicts on them (not a number where there is none), and what each of them weighs."""

    rows: Rows
    verdicts: Matrix
    weight: float


@dataclass(frozen=True)
class Weights:
    """A row for each statement; `near` has one number for each."""

    pairs: Matrix
    near: Matrix
    wholes: Matrix
    clauses: Matrix


def enough(framework: Framework) -> bool:
    """Whether a framework's own verdicts suffice to learn from: both answers, few statements, many texts."""
    known = ~np.isnan(framework.verdicts)
    said = framework.verdicts[known]
    few = len(framework.statements) <= MOST_STATEMENTS
    return few and int(known.any(axis=1).sum()) >= LEAST_JUDGED and bool((said > 0).any()) and bool((said < 1).any())


@one_thread
def learn_own(framework: Framework, told: Mapping[str, Matrix], spaces: Spaces) -> Matrix:
    """Probability of every pair, learned from the judged ones starting from the first day's: texts × statements.

    `told` are the measures of the framework. Raises ValueError where `enough` says no.
    """
    if not enough(framework):
        raise ValueError(f"“{framework.key}” has too few verdicts to learn from them alone.")
    about, stand, start = About(framework, spaces), standing(told), log_odds(first_day(told))

    def rows(places: NDArray[np.intp]) -> Rows:
        texts = [framework.texts[n] for n in places]
        parts = about.clauses([clauses(text) for text in texts])
        pairs = np.pad(stand[places], ((0, 0), (0, 0), (0, 2)))
        pairs[:, :, 3] = 1
        return Rows(start[places], pairs, about.wholes(texts, parts), parts)

    judged = np.flatnonzero(~np.isnan(framework.verdicts).all(axis=1))
    said = [Said(rows(judged), framework.verdicts[judged], 1.0)]
    if framework.remarks:
        said.append(_remarked(framework, about, start.mean(axis=0), said[0].rows.wholes.shape[1]))
    weights = _departure(said)
    parts = np.split(np.arange(len(framework.texts)), range(AT_ONCE, len(framework.texts), AT_ONCE))
    return np.concatenate([chance(_odds(rows(part), weights)[0]) for part in parts])


def _remarked(framework: Framework, about: About, start: Matrix, columns: int) -> Said:
    """Remarks as rows that are nothing but their clauses."""
    words = [remark.words for remark in framework.remarks]
    pairs = np.zeros((len(words), len(start), len(SHARED)))
    pairs[:, :, 4] = 1
    parts = about.clauses([[text[a:b] for a, b in segments(text)] or [text] for text in words])
    rows = Rows(np.tile(start, (len(words), 1)), pairs, np.zeros((len(words), columns)), parts)
    return Said(rows, np.array([remark.verdicts for remark in framework.remarks], dtype=float), REMARKED)


def _departure(said: Sequence[Said]) -> Weights:
    """Weights that turn the log-odds one starts with into those of the verdicts: logistic regression with an offset,
    its weights held near nothing (ridge), so that little is changed where little was judged."""
    rows = said[0].rows
    strength = STRENGTH * min(1.0, len(rows.start) / ALL_OF_IT_FROM)
    width, kinds = rows.start.shape[1], len(SHARED)
    shapes = [
        (1, kinds),
        (1,),
        (width, kinds),
        (width,),
        (width, rows.wholes.shape[1]),
        (width, rows.clauses.about.shape[1]),
    ]
    ends = np.cumsum([np.prod(shape) for shape in shapes])

    def weights(flat: Matrix) -> Weights:
        parts = [part.reshape(shape) for part, shape in zip(np.split(flat, ends[:-1]), shapes, strict=True)]
        return Weights(SHARED * parts[0] + ITS_OWN * parts[2], parts[1] + parts[3], parts[4], parts[5])

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        each = [_lost(one, weights(flat)) for one in said]
        lost = sum(value for value, _ in each)
        slopes = [sum(getattr(slope, part) for _, slope in each) for part in ("pairs", "near", "wholes", "clauses")]
        pairs, near, wholes, parts = slopes
        slope = [SHARED * pairs.sum(axis=0), [near.sum()], ITS_OWN * pairs, near, wholes, parts]
        return float(lost + flat @ flat / 2 / strength), np.concatenate(
            [np.ravel(s) for s in slope]
        ) + flat / strength

    found = minimize(loss, np.zeros(ends[-1]), jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
    return weights(found.x)


def _lost(said: Said, weights: Weights) -> tuple[float, Weights]:
    """How badly weights tell the verdicts (cross-entropy), and how that changes with each weight."""
    rows, known = said.rows, ~np.isnan(said.verdicts)
    odds, share = _odds(rows, weights)
    verdicts = np.where(known, said.verdicts, 0.0)
    lost = float(np.where(known, np.logaddexp(0, odds) - verdicts * odds, 0.0).sum())
    over = said.weight * np.where(known, chance(odds) - verdicts, 0.0)
    parts = share * np.repeat(over, rows.clauses.sizes, axis=0)
    slope = Weights(
        np.einsum("rn,rnk->nk", over, rows.pairs), (parts * rows.clauses.near).sum(axis=0),
        over.T @ rows.wholes, parts.T @ rows.clauses.about,
    )  # fmt: skip
    return said.weight * lost, slope


def _odds(rows: Rows, weights: Weights) -> tuple[Matrix, Matrix]:
    """Log-odds of each pair, and how far each clause has a share in them.

    The clauses of a text count by ln(mean(exp(k × theirs))) / k: near the best of them, and smooth.
    """
    parts, sizes = rows.clauses, rows.clauses.sizes
    scores = SHARPNESS * (parts.about @ weights.clauses.T + parts.near * weights.near)
    best = best_of(scores, sizes)
    heights = np.exp(scores - np.repeat(best, sizes, axis=0))
    mean = mean_of(heights, sizes)
    pooled = (np.log(mean) + best) / SHARPNESS
    whole = rows.wholes @ weights.wholes.T + np.einsum("rnk,nk->rn", rows.pairs, weights.pairs)
    return rows.start + whole + pooled, heights / np.repeat(mean * np.array(sizes)[:, None], sizes, axis=0)
