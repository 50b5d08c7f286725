"""The answers of reports in the JSON shapes that every door shares."""

from collections.abc import Callable, Mapping
from typing import Any

from iqf.analysis.agreement import Agreement, Estimate
from iqf.exchange.formats import compositions, nobody_takes, supply, taken, ways, workforce
from iqf.exchange.formats.figures import datasets_json, figures_json
from iqf.exchange.formats.plain import plain
from iqf.exchange.formats.things import fact, thing
from iqf.reports.agreement import AgreementAnswer
from iqf.reports.coverage import CoverageAnswer
from iqf.reports.duplicates import DuplicatesAnswer
from iqf.reports.official import Official
from iqf.reports.overlap import OverlapAnswer
from iqf.reports.register_row import RowAnswer
from iqf.reports.rules import RulesAnswer
from iqf.reports.search import SearchAnswer
from iqf.reports.suggest import SuggestAnswer
from iqf.reports.things import Ref


def answer_json(shape: str, answer: Any) -> Mapping[str, Any]:
    """An answer under the keys of its shape; shapes without an entry of their own are the answer as it is."""
    build = SHAPES.get(shape)
    return build(answer) if build else plain(answer)


def show(answer: Any) -> dict[str, Any]:
    """A thing: code, aliases, title and kind at the top, then its facts, then everything else the page says."""
    if isinstance(answer, RowAnswer):
        return row(answer)
    names = ("role", "qualification", "unit", "organisation", "framework")
    name = next(n for n in names if isinstance(getattr(answer, n, None), Ref))
    ref: Ref = getattr(answer, name)
    rest = {k: v for k, v in plain(answer).items() if k not in (name, "facts", "as_of")}
    facts = [fact(f) for f in getattr(answer, "facts", ())]
    return {**thing(ref), "kind": name, "level": ref.level, "owner": ref.owner, "facts": facts, **rest}  # type: ignore[dict-item]


def row(answer: RowAnswer) -> dict[str, Any]:
    """A row of an official list, in the shape of a thing: its code is `list:reference`."""
    own: Official = answer.official
    rest = {k: v for k, v in plain(answer).items() if k not in ("official", "facts", "as_of", "code", "owner")}
    return {
        "code": answer.code,
        "aliases": [a for a in (own.number, own.reference) if a],
        "title": own.title,
        "kind": "official row",
        "level": own.level,
        "owner": own.owner,
        "in_framework": bool(answer.things),
        "facts": [fact(f) for f in answer.facts],
        "official": [plain(own)],
        "owner_here": thing(answer.owner),
        **rest,
    }


def coverage(answer: CoverageAnswer) -> dict[str, Any]:
    """Coverage by row, touches and fully apart, with their range and what is not yet judged."""
    return {
        "framework": thing(answer.framework),
        "by": answer.by,
        "rule": answer.rule,
        "rule_words": answer.rule_words,
        "statements": [{"code": a.code, "aliases": [], "title": a.title} for a in answer.statements],
        "rows": [
            {
                **plain(row.counts),
                "key": row.counts.key,
                "label": row.label,
                "aliases": list(row.thing.aliases) if row.thing else [],
                "units_not_judged": row.counts.units_total - row.counts.units_judged,
            }
            for row in answer.rows
        ],
        "areas_reached": {str(k): n for k, n in answer.areas_reached},
        "not_judged": answer.not_judged,
        "all_units": plain(answer.totals),
        "other_rules": [
            {"rule": rule, "rule_words": words, "areas_reached": {str(k): n for k, n in reached}}
            for rule, words, reached in answer.other_rules
        ],
        "side_by_side": [
            {"rule": line.rule, "rule_words": line.words, "rows": line.rows, "shares": dict(line.shares)}
            for line in answer.side_by_side
        ],
        "best_unproven": answer.best_unproven,
        "raters": [{"kind": kind, "number": number} for kind, number in answer.raters],
        "path": plain(answer.path),
    }


def agreement(answer: AgreementAnswer) -> dict[str, Any]:
    """Agreement by statement and overall: each coefficient, and its interval under `_low` and `_high`."""

    def row(found: Agreement) -> dict[str, Any]:
        said: dict[str, Any] = {"n": found.n, "reached": found.reached}
        for name in ("percent", "kappa", "fleiss", "alpha", "pabak"):
            estimate: Estimate = getattr(found, name)
            said |= {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
        return said

    return {
        "framework": thing(answer.framework),
        "scale": answer.scale,
        "scale_words": answer.scale_words,
        "verb": answer.verb,
        "raters": [plain(rater) for rater in answer.raters],
        "statements": [{"code": line.code, "title": line.title, **row(line.found)} for line in answer.statements],
        "overall": row(answer.found.overall),
        "pairs": [
            {"a": p.first, "b": p.second, "n": p.n, "confusion": plain(p.confusion), "kappa": plain(p.kappa)}
            for p in answer.found.pairs
        ],
        "divided": [
            {
                "unit": thing(each.unit),
                "differing": each.found.differing,
                "compared": each.found.compared,
                "statements": list(each.found.statements),
            }
            for each in answer.divided
        ],
    }


def suggest(answer: SuggestAnswer) -> dict[str, Any]:
    """Suggestions: each unit, statement, probability (null: nothing to learn it from), and the words it rests on."""
    return {
        "framework": thing(answer.framework),
        "trained_on": answer.trained_on,
        "learned_from": [thing(other) for other in answer.learned_from],
        "encoder": answer.encoder,
        "suggestions": [
            {
                "unit": thing(answer.units[one.unit]),
                "statement": one.statement,
                "probability": one.probability,
                "rank": one.rank,
                "words": [one.words] if one.words else [],
                "start": one.start,
            }
            for one in answer.suggestions
        ],
    }


def overlap(answer: OverlapAnswer) -> dict[str, Any]:
    """Two qualifications: units of both, like units, statements of both, and what each adds."""
    return {
        "a": thing(answer.a),
        "b": thing(answer.b),
        "shared_units": [thing(u.unit) for u in answer.shared_units],
        "equivalent_units": [{"a": thing(x), "b": thing(y)} for x, y in answer.equivalent_units],
        "alike_units": [{"a": thing(p.a), "b": thing(p.b), "score": p.score} for p in answer.alike_units],
        "statements_both": list(answer.statements_both),
        "only_a": [thing(u.unit) for u in answer.only_a],
        "only_b": [thing(u.unit) for u in answer.only_b],
        "statements_only_a": list(answer.statements_only_a),
        "statements_only_b": list(answer.statements_only_b),
        "units_a": answer.units_a,
        "units_b": answer.units_b,
        "facts": [{**plain(f), "same": f.same} for f in answer.facts],
    }


def duplicates(answer: DuplicatesAnswer) -> dict[str, Any]:
    """Pairs that may be one thing, each with both things, the score, the verdict and the reason."""
    return {
        "of": answer.of,
        "verdict": answer.verdict,
        "looked_at": answer.looked_at,
        "total": answer.total,
        "pairs": [{**plain(p), "a": _owned(p.a), "b": _owned(p.b)} for p in answer.pairs],
        "capped": plain(answer.capped),
    }


def _owned(ref: Ref) -> dict[str, Any]:
    return {**(thing(ref) or {}), "level": ref.level, "owner": ref.owner}


def rules(answer: RulesAnswer) -> dict[str, Any]:
    """The verdict, node by node."""
    return {
        "target": thing(answer.target),
        "held": [thing(h) for h in answer.held],
        "verdict": answer.verdict,
        "because": answer.because,
        "notes": list(answer.notes),
        "nodes": [
            {
                **plain(n),
                "missing": [thing(u) for u in n.missing],
                "could_add": [thing(u) for u in n.could_add],
            }
            for n in answer.nodes
        ],
        "employers": plain(answer.employers),
    }


def search(answer: SearchAnswer) -> dict[str, Any]:
    """What was found, best first, with the counts of each filter's values."""
    return {
        "query": answer.query,
        "total": answer.total,
        "facets": answer.facet_counts(),
        "results": plain(answer.results),
        "suggestion": answer.suggestion,
        "help": answer.help,
        "filters": {name: list(values) for name, values in answer.filters.items()},
        "available_on": answer.available_on,
        "scheme": answer.scheme,
        "without": {dropped.name: dropped.total for dropped in answer.without},
        "data_version": answer.data_version,
    }


SHAPES: dict[str, Callable[[Any], Mapping[str, Any]]] = {
    "show": show,
    "agreement": agreement,
    "suggest": suggest,
    "coverage": coverage,
    "duplicates": duplicates,
    "overlap": overlap,
    "rules": rules,
    "search": search,
    "topup": ways.topup,
    "routes": ways.routes,
    "reach": ways.reach,
    "arrive": ways.arrive,
    "deadends": ways.deadends,
    "figures": figures_json,
    "datasets": datasets_json,
    "takeup": taken.takeup_json,
    "takeup-nobody": nobody_takes.nobody_json,
    "supply": supply.supply,
    "compose": compositions.compose,
    "transitions": compositions.transitions,
    "workforce": workforce.sizes,
}
