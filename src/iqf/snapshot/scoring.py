"""From what is asked to the index's own query: what must match, and what comes first.

The order, strongest first: the code asked for; the framework's own things before official rows outside it; a whole
name equal to what was typed; words in titles over words in other names, owners and texts; words as typed over
abbreviations spelt out, misspellings and beginnings.
"""

from collections.abc import Sequence
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from iqf.snapshot.asking import Concept, Plan, Way
from iqf.snapshot.index import TITLE_START

CODE, OWN, WHOLE = 4000.0, 1000.0, 60.0
TOGETHER, BEGINS, NEAR, MEANT = 15.0, 6.0, 1.0, 25.0
FIELD_WEIGHTS: Final = {"title": 4.0, "names": 3.6, "owner_words": 2.0, "context": 1.2, "body": 0.8}
EXACT_WEIGHTS: Final = {"title_exact": 5.0, "names_exact": 4.5}
PRIORS: Final = (
    ("type", "role", 10.0),
    ("type", "framework", 10.0),
    ("type", "qualification", 8.0),
    ("type", "organisation", 6.0),
    ("type", "unit", 2.0),
    ("type", "cluster", 2.0),
    ("status", "available", 3.0),
)
"""Between things that match equally well, the one more often meant."""


class Asker:
    """Builds queries for one index schema."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema

    def strictness(self, plan: Plan) -> list[int]:
        """How many of the needed concepts must be held: all; until something is found, three in five; then one."""
        needed = sum(1 for c in plan.concepts if not c.is_filler)
        return list(dict.fromkeys(t for t in (needed, -(-needed * 3 // 5), 1) if t <= max(needed, 1)))

    def query(self, plan: Plan, enough: int, narrowed: Any = None) -> Any:
        """The whole query: what must match, what must hold besides (`narrowed`), and the order."""
        clauses = [(Occur.Must, self._matching(plan, enough))]
        clauses += [(Occur.Must, self._const(narrowed, 0.0))] if narrowed else []
        clauses += [(Occur.Should, self._const(self._term("in_framework", "yes"), OWN))]
        clauses += [(Occur.Should, self._const(self._term(f, v), weight)) for f, v, weight in PRIORS]
        clauses += [(Occur.Should, self._const(self._term("type", wanted), MEANT)) for wanted in plan.types]
        return Query.boolean_query(clauses)

    def matching(self, plan: Plan, enough: int) -> Any:
        """The things that match, in no order: everything where nothing was typed."""
        return self._matching(plan, enough) if plan.text else Query.all_query()

    def _matching(self, plan: Plan, enough: int) -> Any:
        """Things that are the code asked for, bear the whole name, or hold enough of the concepts."""
        clauses = []
        if plan.keys:
            clauses.append((Occur.Should, self._const(self._any_of("keys", plan.keys), CODE)))
        if not plan.only_code and plan.concepts:
            clauses.append((Occur.Should, self._words(plan, enough)))
            clauses += [
                (Occur.Should, self._const(self._term("whole", name), WHOLE / (1 + place / 3)))
                for place, name in enumerate(plan.names[:6])
            ]
        return Query.boolean_query(clauses) if clauses else Query.empty_query()

    def _words(self, plan: Plan, enough: int) -> Any:
        """Things that hold enough of the needed concepts; fillers and whole phrases only bring them forward."""
        needed = [(Occur.Should, self._concept(c)) for c in plan.concepts if not c.is_filler]
        clauses = [(Occur.Must, Query.boolean_query(needed, minimum_number_should_match=min(enough, len(needed))))]
        clauses += [(Occur.Should, self._concept(c)) for c in plan.concepts if c.is_filler]
        clauses += [(Occur.Should, phrase) for phrase in self._phrases(plan)]
        return Query.boolean_query(clauses)

    def _phrases(self, plan: Plan) -> list[Any]:
        """The words as typed, standing together in a name, or nearly so, or at the beginning of the title."""
        typed = [root for c in plan.concepts for way in c.ways[:1] for root in way.stems]
        begun = [self._const(self._phrase("title", [TITLE_START, *typed], 0), BEGINS)] if typed else []
        if len(typed) < 2:
            return begun
        near = [Query.boost_query(self._phrase(field, typed, 2), NEAR) for field in ("title", "names")]
        together = [self._const(self._phrase(field, typed, 0), TOGETHER) for field in ("title", "names")]
        return [*begun, *near, Query.disjunction_max_query(together)]

    def _concept(self, concept: Concept) -> Any:
        if concept.keys:
            return self._const(self._any_of("keys", concept.keys), CODE)
        if concept.levels:
            return self._level(concept)
        return Query.disjunction_max_query([self._way(way) for way in concept.ways], 0.1)

    def _level(self, concept: Concept) -> Any:
        """At the level, or with the level in a name: other names and frameworks carry theirs only as words."""
        number = concept.levels[-1].removeprefix("E")
        said = ["level", number] if concept.levels[0] != "E" else ["entri", "level"]
        named = [self._phrase(field, said, 0) for field in ("title", "names")]
        at_level = self._const(self._any_of("level", concept.levels), 3.0)
        return Query.disjunction_max_query([at_level, *(self._const(phrase, 4.0) for phrase in named)])

    def _way(self, way: Way) -> Any:
        if len(way.stems) == 1:
            read = self._single(way.stems[0], way.words)
        elif way.phrase:
            read = self._fields(lambda field: self._phrase(field, way.stems, 1))
        else:
            read = Query.boolean_query([(Occur.Must, self._single(*pair)) for pair in _pairs(way)])
        return Query.boost_query(read, way.weight)

    def _single(self, root: str, words: Sequence[str]) -> Any:
        parts = [self._boosted(self._term(field, root), weight) for field, weight in FIELD_WEIGHTS.items()]
        for field, weight in EXACT_WEIGHTS.items():
            parts += [self._boosted(self._term(field, word), weight) for word in words]
        return Query.disjunction_max_query(parts, 0.1)

    def _fields(self, make: Any) -> Any:
        return Query.disjunction_max_query([self._boosted(make(f), w) for f, w in FIELD_WEIGHTS.items()], 0.1)

    def _phrase(self, field: str, roots: Sequence[str], slop: int) -> Any:
        return Query.phrase_query(self._schema, field, [*roots], slop=slop)

    def _any_of(self, field: str, values: Sequence[str]) -> Any:
        return Query.boolean_query([(Occur.Should, self._term(field, value)) for value in values])

    def _term(self, field: str, value: str) -> Any:
        return Query.term_query(self._schema, field, value)

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
