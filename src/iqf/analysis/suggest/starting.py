"""The first day, with no verdict anywhere: what likeness to the statements' own words is worth.

Measures are put together before they are weighed: each is standardised, and the mean of all tells how a pair stands
among the others of its statement and of its text. That holds in any framework, with an encoder or without.
"""

from collections.abc import Mapping

import numpy as np

from iqf.analysis.suggest.learning import chance
from iqf.analysis.suggest.pairs import standard
from iqf.analysis.suggest.records import Matrix

BASE, AMONG_TEXTS, AMONG_STATEMENTS = -1.30, 0.55, 0.35
"""Log-odds of an average pair, and what a standard deviation adds, among the texts and among the statements.

Set by hand, for frameworks in which about a quarter of all pairs are touched, as in apprenticeship standards.
Where fewer or more are, these first probabilities are too high or too low until some units have been judged.
"""


def standing(told: Mapping[str, Matrix]) -> Matrix:
    """How each pair stands, all measures together: texts × statements × 3.

    Among the texts of its statement, by measures standardised there; among the statements of its text, likewise; and
    the first again within the text.
    """
    among_texts = np.mean([standard(m, 0) for m in told.values()], axis=0)
    among_statements = np.mean([standard(m, 1) for m in told.values()], axis=0)
    return np.stack([standard(among_texts, 0), standard(among_statements, 0), standard(among_texts, 1)], axis=2)


def first_day(told: Mapping[str, Matrix]) -> Matrix:
    """The probability of each pair before anybody has judged anything: texts × statements."""
    stand = standing(told)
    return chance(BASE + AMONG_TEXTS * stand[:, :, 0] + AMONG_STATEMENTS * stand[:, :, 1])
