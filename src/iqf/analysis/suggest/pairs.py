"""What a text and a statement have in common, as numbers: every measure of likeness raw, standardised and ranked.

A likeness means little by itself: some texts are like everything, some statements are like nothing. So each is also
told against the others of its text and of its statement. A matrix has a row for each text and a
column for each statement.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from iqf.analysis.suggest.records import Framework, Matrix, Statement, Text
from iqf.analysis.suggest.segments import segments
from iqf.analysis.suggest.spaces import Spaces, alike, best_of, mean_of
from iqf.analysis.suggest.words import tokens

KINDS: Final = ("skill", "knowledge", "behaviour")
CHUNK: Final = 4_000
"""So many texts are measured at a time, so that a quarter of a million fit in memory."""
TINY: Final = 1e-6
NEAR: Final = 1.0
WIDE: Final = 3.0
"""How far, in places of the list, neighbours count: standard deviations of a bell curve."""


def measures(texts: Sequence[Text], statements: Sequence[Statement], spaces: Spaces) -> dict[str, Matrix]:
    """Likeness of each text and statement by each measure: of the wholes, and with the best part of the statement."""
    found = [
        _measured([t.whole for t in texts[start : start + CHUNK]], statements, spaces)
        for start in range(0, len(texts), CHUNK)
    ]
    return {name: np.concatenate([part[name] for part in found]) for name in found[0]}


def _measured(texts: Sequence[str], statements: Sequence[Statement], spaces: Spaces) -> dict[str, Matrix]:
    wholes = [s.text for s in statements]
    parts = [parts_of(s) for s in statements]
    each, sizes = [p for group in parts for p in group], [len(group) for group in parts]
    told = [s.whole for s in statements]
    words, characters = spaces.words(texts), spaces.characters(texts)
    found = {
        "words": alike(words, spaces.words(told)),
        "words, best part": best_of(alike(spaces.words(each), words), sizes).T,
        "characters": alike(characters, spaces.characters(told)),
        "characters, best part": best_of(alike(spaces.characters(each), characters), sizes).T,
        "text asks": spaces.bm25(texts, told),
        "statement asks": spaces.bm25(told, texts).T,
    }
    if spaces.encodes:
        found |= _by_meaning(texts, wholes, each, sizes, spaces)
    return found


def _by_meaning(
    texts: Sequence[str], wholes: Sequence[str], each: Sequence[str], sizes: Sequence[int], spaces: Spaces
) -> dict[str, Matrix]:
    clauses = [[text[a:b] for a, b in segments(text)] or [text] for text in texts]
    meant = spaces.meanings(texts)
    said = spaces.meanings([c for group in clauses for c in group])
    statements, parts = spaces.meanings(wholes), spaces.meanings(each)
    counts = [len(group) for group in clauses]
    return {
        "meaning": alike(meant, statements),
        "meaning, best part": best_of(alike(parts, meant), sizes).T,
        "meaning, best clause": best_of(alike(said, statements), counts),
        "meaning, parts met": mean_of(best_of(alike(said, parts), counts).T, sizes).T,
    }


def parts_of(statement: Statement) -> list[str]:
    """The clauses of a statement and what is told of it, each to be tried on its own."""
    return [statement.text[a:b] for a, b in segments(statement.text)] + list(statement.told) or [statement.text]


def told_of(matrix: Matrix) -> list[Matrix]:
    """One measure six ways: raw; standardised and ranked within the text and within the statement; double-centred."""
    centred = matrix - matrix.mean(0, keepdims=True) - matrix.mean(1, keepdims=True) + matrix.mean()
    return [matrix, standard(matrix, 1), standard(matrix, 0), ranks(matrix, 1), ranks(matrix, 0), centred]


def standard(matrix: Matrix, axis: int) -> Matrix:
    """Distance from the mean along the axis in standard deviations."""
    mean, spread = matrix.mean(axis=axis, keepdims=True), matrix.std(axis=axis, keepdims=True)
    return np.asarray((matrix - mean) / (spread + TINY))


def ranks(matrix: Matrix, axis: int) -> Matrix:
    """Places along the axis from 0 (least) to 1 (most); equals share the middle of their places."""
    rows = matrix if axis == 1 else matrix.T
    sorts = np.sort(rows, axis=1)
    below = np.stack(
        [np.searchsorted(s, r) + np.searchsorted(s, r, "right") for s, r in zip(sorts, rows, strict=True)]
    )
    placed = (below - 1) / 2 / max(1, rows.shape[1] - 1)
    return np.asarray(placed if axis == 1 else placed.T)


def features(framework: Framework, found: Mapping[str, Matrix]) -> list[Matrix]:
    """All that is told of the pairs of a framework without a verdict: a matrix for each feature."""
    shape = framework.verdicts.shape
    told = [way for matrix in found.values() for way in told_of(matrix)]
    return told + _about(framework, shape) + _central(found, shape) + _places(framework, found)


def _about(framework: Framework, shape: tuple[int, ...]) -> list[Matrix]:
    kinds = np.array([s.kind for s in framework.statements])
    lengths = np.log1p([len(tokens(s.text)) for s in framework.statements])
    longs = np.log1p([len(tokens(t.whole)) for t in framework.texts])[:, None]
    rows = [*((kinds == kind).astype(float) for kind in KINDS), lengths, np.log(shape[1]), np.log(shape[0]), longs]
    return [np.broadcast_to(np.asarray(row, dtype=float), shape) for row in rows]


def _central(found: Mapping[str, Matrix], shape: tuple[int, ...]) -> list[Matrix]:
    """How like everything the text and the statement are."""
    names = [name for name in ("characters", "meaning") if name in found]
    means = [found[n].mean(axis=axis, keepdims=True) for n in names for axis in (0, 1)]
    peaks = [found[n].max(axis=axis, keepdims=True) for n in names for axis in (0, 1)]
    return [np.broadcast_to(m, shape) for m in (*means, *peaks)]


def _places(framework: Framework, found: Mapping[str, Matrix]) -> list[Matrix]:
    """Places in the two lists and the likeness of neighbours there; nothing where the lists follow no plan."""
    count, width = framework.verdicts.shape
    of_texts = np.arange(count) / max(1, count - 1)
    of_kind = within_kind(framework)
    overall = np.arange(width) / max(1, width - 1)
    apart = of_texts[:, None] - of_kind[None]
    shape = framework.verdicts.shape
    rows = [of_texts[:, None], of_kind[None], np.abs(apart), apart, overall[None]]
    near = [
        n for name in ("characters", "text asks", "meaning") if name in found for n in _nearby(framework, found[name])
    ]
    told = [np.broadcast_to(np.asarray(row, dtype=float), shape) for row in rows] + near
    return told if framework.ordered else [np.zeros(shape) for _ in told]


def within_kind(framework: Framework) -> NDArray[np.float64]:
    """The place of each statement among those of its kind, 0 to 1."""
    kinds = np.array([s.kind for s in framework.statements])
    places = np.zeros(len(kinds))
    for kind in set(kinds.tolist()):
        at = np.flatnonzero(kinds == kind)
        places[at] = np.arange(len(at)) / max(1, len(at) - 1)
    return places


def _nearby(framework: Framework, matrix: Matrix) -> list[Matrix]:
    texts, near, wide = neighbourhoods(framework)
    return [
        way for mean in (matrix @ near.T, matrix @ wide.T, texts @ matrix)
        for way in (mean, standard(mean, 0), standard(mean, 1))
    ]  # fmt: skip


def neighbourhoods(framework: Framework) -> tuple[Matrix, Matrix, Matrix]:
    """Weights of the neighbours in the lists: of texts, of statements of one kind (near), and the same wider."""
    kinds = np.array([s.kind for s in framework.statements])
    same = kinds[:, None] == kinds[None]
    return bell(len(framework.texts), NEAR), bell(len(kinds), NEAR, same), bell(len(kinds), WIDE, same)


def bell(count: int, width: float, allowed: NDArray[np.bool_] | None = None) -> Matrix:
    """Weights by distance in a list, none for oneself, rows adding up to one (or to nothing where one is alone)."""
    places = np.arange(count)
    weights = np.exp(-0.5 * ((places[:, None] - places[None]) / width) ** 2)
    weights = weights if allowed is None else weights * allowed
    np.fill_diagonal(weights, 0.0)
    return np.asarray(weights / np.maximum(weights.sum(axis=1, keepdims=True), TINY))


def flat(told: Sequence[Matrix]) -> Matrix:
    """A row for each pair, a column for each matrix."""
    return np.stack([np.asarray(matrix, dtype=np.float32).ravel() for matrix in told], axis=1)
