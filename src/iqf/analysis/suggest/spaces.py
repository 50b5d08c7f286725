"""How alike two texts are: by words, by characters, by BM25 and, where there is an encoder, by meaning.

Word and character weights are those of the corpus at hand: what is common in it counts little.
"""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from iqf.analysis.suggest.records import Encode, Matrix
from iqf.analysis.suggest.words import character_grams, grams, tokens

SATURATION, LENGTHS = 1.2, 0.75
"""k1 and b of BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework)."""
MOST_PIECES: Final = 65_536
"""So many words, and texts, that were looked up last are kept as the columns that they fill."""


class Spaces:
    """Vectors of texts in the spaces of one corpus. Every text is encoded once."""

    def __init__(self, corpus: Sequence[str], encode: Encode | None = None) -> None:
        """`corpus` gives the weights of words; an empty one raises ValueError."""
        if not any(tokens(text) for text in corpus):
            raise ValueError("There are no words to compare: every text is empty.")
        self._words = _Weighed(corpus, grams, _whole)
        self._characters = _Weighed(corpus, character_grams, _split)
        self._corpus = corpus
        self._encode = encode
        self._encoded: dict[str, NDArray[np.float32]] = {}

    @cached_property
    def _rarity(self) -> tuple[CountVectorizer, NDArray[np.float32]]:
        """What counts the words of a text, and how rare each is in the corpus."""
        counter = CountVectorizer(analyzer=tokens, dtype=np.float32)
        seen = counter.fit_transform(self._corpus)
        held = np.asarray((seen > 0).sum(axis=0)).ravel()
        return counter, np.log1p((len(self._corpus) - held + 0.5) / (held + 0.5)).astype(np.float32)

    @property
    def encodes(self) -> bool:
        """Whether there is an encoder."""
        return self._encode is not None

    def words(self, texts: Sequence[str]) -> Any:
        """Sparse rows of length one: word and word-pair TF-IDF."""
        return self._words.transform(texts)

    def characters(self, texts: Sequence[str]) -> Any:
        """Sparse rows of length one: TF-IDF of three to five characters within words."""
        return self._characters.transform(texts)

    def meanings(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length one by the encoder; ValueError where there is none."""
        if self._encode is None:
            raise ValueError("There is no encoder to ask for meanings.")
        new = [text for text in dict.fromkeys(texts) if text not in self._encoded]
        if new:
            self._encoded.update(zip(new, self._encode(new), strict=True))
        return np.stack([self._encoded[text] for text in texts])

    def bm25(self, asked: Sequence[str], answers: Sequence[str]) -> Matrix:
        """How well each of `answers` answers each of `asked`, by BM25: asked × answers."""
        counter, rarity = self._rarity
        counts = sparse.csr_matrix(counter.transform(answers))
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        norm = SATURATION * (1 - LENGTHS + LENGTHS * lengths / max(1.0, float(lengths.mean())))
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        weights = rarity[counts.indices] * counts.data * (SATURATION + 1) / (counts.data + norm[rows])
        weighted = sparse.csr_matrix((weights, counts.indices, counts.indptr), counts.shape)
        questions = sparse.csr_matrix(counter.transform(asked)).sign()
        return np.asarray((questions @ weighted.T).toarray(), dtype=np.float64)


class _Weighed:
    """TF-IDF of whatever `cut` cuts a text into, as scikit-learn reckons it; what is cut alone is looked up once.

    `alone` parts a text into pieces that are cut each by itself: words, or the whole of it.
    """

    def __init__(
        self, corpus: Sequence[str], cut: Callable[[str], Sequence[str]], alone: Callable[[str], Sequence[str]]
    ) -> None:
        pieces = dict.fromkeys(piece for text in corpus for piece in alone(text))
        known = sorted({part for piece in pieces for part in cut(piece)})
        self._columns = {part: n for n, part in enumerate(known)}
        self._cut, self._alone = cut, alone
        self._of = lru_cache(maxsize=MOST_PIECES)(self._looked_up)
        self._weights = TfidfTransformer(sublinear_tf=True).fit(self._counted(corpus))

    def transform(self, texts: Sequence[str]) -> Any:
        """A sparse row of length one for each text."""
        return self._weights.transform(self._counted(texts), copy=False)

    def _counted(self, texts: Sequence[str]) -> Any:
        columns = [[n for piece in self._alone(text) for n in self._of(piece)] for text in texts]
        ends = np.cumsum([0, *map(len, columns)])
        flat = np.fromiter(chain.from_iterable(columns), np.int32, int(ends[-1]))
        counts = sparse.csr_matrix((np.ones(len(flat), np.float32), flat, ends), (len(texts), len(self._columns)))
        counts.sum_duplicates()
        return counts

    def _looked_up(self, piece: str) -> tuple[int, ...]:
        known = (self._columns.get(part) for part in self._cut(piece))
        return tuple(n for n in known if n is not None)


def _split(text: str) -> Sequence[str]:
    return text.lower().split()


def _whole(text: str) -> Sequence[str]:
    return (text,)


def alike(left: Any, right: Any) -> Matrix:
    """Products of rows, dense: cosines where rows have length one."""
    product = left @ right.T
    return np.asarray(product.toarray() if hasattr(product, "toarray") else product, dtype=np.float64)


def best_of(parts: Matrix, sizes: Sequence[int]) -> Matrix:
    """The largest of each run of rows; `sizes` are the lengths of the runs, none of them 0."""
    starts = np.r_[0, np.cumsum(sizes)[:-1]].astype(int)
    return np.asarray(np.maximum.reduceat(parts, starts, axis=0))


def mean_of(parts: Matrix, sizes: Sequence[int]) -> Matrix:
    """The mean of each run of rows; `sizes` are the lengths of the runs, none of them 0."""
    starts = np.r_[0, np.cumsum(sizes)[:-1]].astype(int)
    return np.asarray(np.add.reduceat(parts, starts, axis=0) / np.asarray(sizes, dtype=float)[:, None])
