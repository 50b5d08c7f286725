"""From what is asked to the index's own query: what must match, and what comes first.

The order, strongest first: the code asked for; what bears all that was asked for in its names or its owner's before
what only mentions it, and of each the framework's own before official rows, with classifications that were only
loaded (a list of 13,939 skills) behind them; a whole name equal to what was typed; words in titles over words in
other names, owners and texts; words as typed over abbreviations spelt out, misspellings and beginnings.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from iqf.snapshot.asking import Concept, Plan, Way
from iqf.snapshot.index import ANYWHERE, CALLED, MOST_BEGUN

CODE, NAMED, OWN, WHOLE = 4000.0, 1000.0, 500.0, 60.0
TOGETHER, BEGINS, NEAR, MEANT = 15.0, 6.0, 1.0, 25.0
OTHERS: Final = 0.1
FIELD_WEIGHTS: Final = {"title": 4.0, "names": 3.6, "owner_words": 2.0, "context": 1.2, "body": 0.8}
EXACT_WEIGHTS: Final = {"title_exact": 5.0, "names_exact": 4.5}
PRIORS: Final = (
    ("type", "role", 8.0),
    ("type", "framework", 8.0),
    ("type", "qualification", 6.0),
    ("type", "organisation", 4.0),
    ("type", "official row", 1.0),
    ("kind", "qualification", 2.0),
    ("status", "available", 3.0),
)
"""Between things that match equally well, the one more often meant. Units, of which there are most, get nothing. The
kind `qualification` is an official row with facts, which comes before a bare title."""


class Asker:
    """Builds queries for one open index.

    What matches is asked of the one field that has every word, so that it can be counted fast; the fields are asked
    only to score what matches, and each only for words that it holds.
    """

    def __init__(self, schema: Any, searcher: Any) -> None:
        self._schema = schema
        self._searcher = searcher

    def strictness(self, plan: Plan) -> list[int]:
        """How many of the needed concepts must be held: all; until something is found, three in five; then one."""
        needed = sum(1 for c in plan.concepts if not c.is_filler)
        return list(dict.fromkeys(t for t in (needed, -(-needed * 3 // 5), 1) if t <= max(needed, 1)))

    def query(self, plan: Plan, enough: int, narrowed: Any = None) -> Any:
        """The whole query: what must match, what must hold besides (`narrowed`), and the order.

        That a thing is named so, and that it is the framework's own, is asked of each thing that matches, one after
        the other: nearly all may be, and together with the rest they would all be walked through.
        """
        must = [self._matching(plan, enough), *([narrowed] if narrowed else [])]
        found = [(Occur.Must, self._const(query, 0.0)) for query in must]
        ranked = Query.boolean_query([*found, *((Occur.Should, query) for query in self._order(plan))])
        if needed := [c for c in plan.concepts if not c.is_filler]:
            named = self._const(self._all_of([self._held(c, CALLED) for c in needed]), NAMED)
            ranked = Query.boolean_query([(Occur.Must, ranked), (Occur.Should, named)])
        own = self._const(self._term("in_framework", "yes"), OWN)
        return Query.boolean_query([(Occur.Must, ranked), (Occur.Should, own)])

    def matching(self, plan: Plan, enough: int) -> Any:
        """The things that match, in no order: everything where nothing was typed."""
        return self._matching(plan, enough) if plan.text else Query.all_query()

    def _matching(self, plan: Plan, enough: int) -> Any:
        """Things that are the code asked for, bear the whole name, or hold enough of the needed concepts."""
        clauses = [self._term("keys", key) for key in plan.keys]
        if not plan.only_code and plan.concepts:
            held = [self._held(c) for c in plan.concepts if not c.is_filler]
            clauses += [self._term("whole", name) for name in plan.names[:6]]
            if 1 < enough < len(held):
                either = [(Occur.Should, one) for one in held]
                clauses.append(Query.boolean_query(either, minimum_number_should_match=enough))
            elif held:
                clauses += [self._all_of(held)] if enough >= len(held) else held
        return self._either(clauses)

    def _order(self, plan: Plan) -> Iterator[Any]:
        """What brings a thing forward: its code, its words, its whole name, what it is."""
        if plan.keys:
            yield self._const(self._any_of("keys", plan.keys), CODE)
        if not plan.only_code and plan.concepts:
            yield from (self._concept(c) for c in plan.concepts)
            yield from self._phrases(plan)
            for place, name in enumerate(plan.names[:6]):
                yield self._const(self._term("whole", name), WHOLE / (1 + place / 3))
        yield from (self._const(self._term(f, v), weight) for f, v, weight in PRIORS if self._holding((f,), (v,)))
        yield from (self._const(self._term("type", wanted), MEANT) for wanted in plan.types)

    def _phrases(self, plan: Plan) -> Iterator[Any]:
        """The words as typed, standing together in a name, or nearly so, or at the beginning of the title."""
        typed = [root for c in plan.concepts for way in c.ways[:1] for root in way.stems]
        if typed:
            begun = [self._term("begins", " ".join(typed[:MOST_BEGUN]))]
            begun += [self._phrase("title", typed, 0)] if len(typed) > MOST_BEGUN else []
            yield self._const(self._all_of(begun), BEGINS)
        if len(typed) > 1 and (fields := self._holding(("title", "names"), typed)):
            yield from (Query.boost_query(self._phrase(field, typed, 2), NEAR) for field in fields)
            together = [self._const(self._phrase(field, typed, 0), TOGETHER) for field in fields]
            yield Query.disjunction_max_query(together)

    def _held(self, concept: Concept, where: str = ANYWHERE) -> Any:
        """The things that hold one concept, however it is read: anywhere, or in what they are called."""
        if concept.keys:
            return self._any_of("keys", concept.keys)
        if concept.levels:
            return self._either([self._any_of("level", concept.levels), *self._level_named(concept)])
        loose = [way.stems for way in concept.ways if where == CALLED or not way.phrase or len(way.stems) == 1]
        ways = [self._all_of([self._term(where, root) for root in dict.fromkeys(roots)]) for roots in loose]
        for way in concept.ways:
            if not any(set(roots) <= set(way.stems) for roots in loose):
                fields = self._holding(FIELD_WEIGHTS, way.stems)
                ways += [self._phrase(field, way.stems, 1) for field in fields]
        return self._either(ways)

    def _concept(self, concept: Concept) -> Any:
        """What one concept adds to the score."""
        if concept.keys:
            return self._const(self._any_of("keys", concept.keys), CODE)
        if concept.levels:
            return self._level(concept)
        return self._best([self._way(way) for way in concept.ways])

    def _level(self, concept: Concept) -> Any:
        """At the level, or with the level in a name: other names and frameworks carry theirs only as words."""
        at_level = self._const(self._any_of("level", concept.levels), 3.0)
        named = [self._const(phrase, 4.0) for phrase in self._level_named(concept)]
        return Query.disjunction_max_query([at_level, *named])

    def _level_named(self, concept: Concept) -> list[Any]:
        number = concept.levels[-1].removeprefix("E")
        said = ["level", number] if concept.levels[0] != "E" else ["entri", "level"]
        return [self._phrase(field, said, 0) for field in self._holding(("title", "names"), said)]

    def _way(self, way: Way) -> Any:
        if len(way.stems) == 1:
            read = self._single(way.stems[0], way.words)
        elif way.phrase:
            parts = [
                self._boosted(self._phrase(field, way.stems, 1), FIELD_WEIGHTS[field])
                for field in self._holding(FIELD_WEIGHTS, way.stems)
            ]
            read = self._best(parts)
        else:
            read = Query.boolean_query([(Occur.Must, self._single(*pair)) for pair in _pairs(way)])
        return self._boosted(read, way.weight)

    def _single(self, root: str, words: Sequence[str]) -> Any:
        """One word: by its stem in each field; where other words have that stem, by the word itself as well."""
        weights = dict(FIELD_WEIGHTS)
        wanted = []
        for field, weight in EXACT_WEIGHTS.items():
            stemmed = field.removesuffix("_exact")
            for word in words:
                if self._searcher.doc_freq(field, word) == self._searcher.doc_freq(stemmed, root):
                    weights[stemmed] = weight + weights[stemmed] * OTHERS
                else:
                    wanted.append((field, word, weight))
        wanted += [(field, root, weight) for field, weight in weights.items()]
        parts = [self._boosted(self._term(f, v), weight) for f, v, weight in wanted if self._holding((f,), (v,))]
        return self._best(parts)

    def _holding(self, fields: Iterable[str], roots: Sequence[str]) -> list[str]:
        """The fields that hold all of these stems, in whatever things."""
        return [field for field in fields if all(self._searcher.doc_freq(field, root) for root in roots)]

    def _phrase(self, field: str, roots: Sequence[str], slop: int) -> Any:
        return Query.phrase_query(self._schema, field, [*roots], slop=slop)

    def _any_of(self, field: str, values: Sequence[str]) -> Any:
        return self._either([self._term(field, value) for value in values])

    def _term(self, field: str, value: str) -> Any:
        return Query.term_query(self._schema, field, value)

    @staticmethod
    def _either(queries: Sequence[Any]) -> Any:
        return Query.boolean_query([(Occur.Should, one) for one in queries]) if queries else Query.empty_query()

    @staticmethod
    def _all_of(queries: Sequence[Any]) -> Any:
        return Query.boolean_query([(Occur.Must, one) for one in queries])

    @staticmethod
    def _best(queries: Sequence[Any]) -> Any:
        """The best of several counts, the others a tenth."""
        return Query.disjunction_max_query([*queries], OTHERS) if queries else Query.empty_query()

    @staticmethod
    def _boosted(query: Any, weight: float) -> Any:
        return Query.boost_query(query, weight)

    @staticmethod
    def _const(query: Any, score: float) -> Any:
        return Query.const_score_query(query, score)


def _pairs(way: Way) -> list[tuple[str, tuple[str, ...]]]:
    full = way.words if len(way.words) == len(way.stems) else ("",) * len(way.stems)
    return [(root, (word,) if word else ()) for root, word in zip(way.stems, full, strict=True)]


def lists_order() -> tuple[str, Any]:
    """The field and direction of an alphabetical list."""
    return "title_order", tantivy.Order.Asc
