"""Statements retrieved for one text at a time, as plainly as it can be written: what the library must come to."""

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from iqf.analysis.suggest.retrieval import APART, BY_CHARACTERS, BY_WORDS, RETRIEVED, Found
from iqf.analysis.suggest.segments import segments
from iqf.analysis.suggest.words import grams, tokens


class Plain:
    def __init__(self, statements, corpus, windows):
        self.names = [APART.sub("", s.text).strip() or s.text for s in statements]
        settings = {"sublinear_tf": True, "dtype": np.float32}
        self.words = TfidfVectorizer(analyzer=grams, **settings).fit(corpus)
        self.characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), **settings).fit(corpus)
        self.windows = windows

    def found(self, text):
        spans = segments(text, self.windows) or [(0, len(text))]
        said = [text[a:b] for a, b in spans]
        tables = [
            (space.transform(said) @ space.transform(self.names).T).toarray()
            for space in (self.words, self.characters)
        ]
        together = BY_WORDS * tables[0] + BY_CHARACTERS * tables[1]
        columns = np.argsort(-together.max(axis=0), kind="stable")[:RETRIEVED]
        near = together[:, columns]
        at = near.argmax(axis=0)
        told = [row for column, s in enumerate(at) for row in [self.of(text, said, near, tables, columns, column, s)]]
        return Found(columns, np.array(told), tuple(spans[s] for s in at))

    def of(self, text, said, near, tables, columns, n, s):
        name, best = self.names[columns[n]], near.max(axis=0)
        stems, ours, whole = set(tokens(name)), set(tokens(said[s])), set(tokens(text))
        rival = near[s].max()
        told = [best[n], best[n] - best.max(), best[n] - rival, np.log1p(n)]
        for table in tables:
            peak = table.max(axis=0)
            told += [peak[columns[n]], table[0, columns[n]], (peak[columns[n]] - peak.mean()) / (peak.std() + 1e-6)]
        told += [
            float(near[s, n] >= rival - 1e-9),
            sum(row.argmax() == n for row in near) / len(said),
            len(stems & ours) / len(stems) if stems else 0.0,
            len(stems & ours) / len(ours) if ours else 0.0,
            len(stems & whole) / len(stems) if stems else 0.0,
            np.log(len(said[s].split())),
            np.log(len(name.split())),
            np.log(len(said[0].split())),
            best.max(),
        ]
        return [*told, 0.0, 0.0]
