"""How alike two texts are: by words, by characters, by BM25 and, where there is an encoder, by meaning.

Word and character weights are those of the corpus at hand: what is common in it counts little.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer

from iqf.analysis.suggest.records import Encode, Matrix
from iqf.analysis.suggest.words import character_grams, grams, tokens

SATURATION, LENGTHS = 1.2, 0.75
"""k1 and b of BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework)."""


class Spaces:
    """Vectors of texts in the spaces of one corpus. Every text is encoded once."""

    def __init__(self, corpus: Sequence[str], encode: Encode | None = None) -> None:
        """`corpus` gives the weights of words; an empty one raises ValueError."""
        if not any(tokens(text) for text in corpus):
            raise ValueError("There are no words to compare: every text is empty.")
        self._words = TfidfVectorizer(analyzer=grams, sublinear_tf=True, dtype=np.float32).fit(corpus)
        self._characters = _Characters(corpus)
        self._counts = CountVectorizer(analyzer=tokens, dtype=np.float32)
        seen = self._counts.fit_transform(corpus)
        held = np.asarray((seen > 0).sum(axis=0)).ravel()
        self._rarity = np.log1p((len(corpus) - held + 0.5) / (held + 0.5)).astype(np.float32)
        self._encode = encode
        self._encoded: dict[str, NDArray[np.float32]] = {}

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
        counts = sparse.csr_matrix(self._counts.transform(answers))
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        norm = SATURATION * (1 - LENGTHS + LENGTHS * lengths / max(1.0, float(lengths.mean())))
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        weights = self._rarity[counts.indices] * counts.data * (SATURATION + 1) / (counts.data + norm[rows])
        weighted = sparse.csr_matrix((weights, counts.indices, counts.indptr), counts.shape)
        questions = sparse.csr_matrix(self._counts.transform(asked)).sign()
        return np.asarray((questions @ weighted.T).toarray(), dtype=np.float64)


class _Characters:
    """TF-IDF of three to five characters within words, as scikit-learn reckons it. A word is looked up once."""

    def __init__(self, corpus: Sequence[str]) -> None:
        counts = CountVectorizer(analyzer=character_grams, dtype=np.float32)
        self._weights = TfidfTransformer(sublinear_tf=True).fit(counts.fit_transform(corpus))
        self._columns: dict[str, int] = counts.vocabulary_
        self._of_words: dict[str, NDArray[np.int32]] = {}

    def transform(self, texts: Sequence[str]) -> Any:
        """A sparse row of length one for each text."""
        words = [[self._of(word) for word in text.lower().split()] for text in texts]
        ends = np.cumsum([0, *(sum(map(len, group)) for group in words)])
        flat = np.concatenate([np.empty(0, dtype=np.int32), *(columns for group in words for columns in group)])
        counts = sparse.csr_matrix((np.ones(len(flat), np.float32), flat, ends), (len(texts), len(self._columns)))
        counts.sum_duplicates()
        return self._weights.transform(counts, copy=False)

    def _of(self, word: str) -> NDArray[np.int32]:
        found = self._of_words.get(word)
        if found is None:
            known = (self._columns.get(gram) for gram in character_grams(word))
            found = self._of_words[word] = np.array([n for n in known if n is not None], dtype=np.int32)
        return found


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
