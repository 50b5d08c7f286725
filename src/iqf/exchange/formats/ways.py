"""Top-ups, ways from role to role and dead ends in their JSON shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from iqf.exchange.formats.plain import plain
from iqf.exchange.formats.things import thing

if TYPE_CHECKING:
    from iqf.analysis.topup.records import Amount, Total
    from iqf.reports.deadends import DeadEndsAnswer, End
    from iqf.reports.reach import ArriveAnswer, Reachable, ReachAnswer
    from iqf.reports.routes import RoutesAnswer
    from iqf.reports.routes import Way as RouteWay
    from iqf.reports.topup import TopUpAnswer, Way


def topup(answer: TopUpAnswer) -> dict[str, Any]:
    """The least set, its proof and its cost within bounds; the next best different ones; what cannot be met."""
    best = _way(answer.best) if answer.best else {"status": answer.status, "gap": None, "cost": None, "items": []}
    return {
        "target": thing(answer.target),
        "held": [thing(h) for h in answer.held],
        "credited": [plain(s) for s in answer.credited],
        "without": [thing(w) for w in answer.without],
        "minimised": answer.cost,
        "fully": answer.fully,
        **best,
        "words": answer.words,
        "alternatives": [_way(way) for way in answer.alternatives],
        "unmet": [
            {
                "kind": u.kind,
                "rule": u.thing.code if u.thing else None,
                "statement": u.statement or None,
                "title": u.title,
                "why": u.why,
                "possible_if": u.possible_if,
                "missing": [thing(m) for m in u.missing],
            }
            for u in answer.unmet
        ],
        "statements": [
            {"framework": w.framework, "code": w.code, "title": w.title, "strength": w.strength, "default": w.default}
            for w in answer.wanted
        ],
        "also_asked": [{**(thing(a.qualification) or {}), "strength": a.strength} for a in answer.shown],
        "notes": list(answer.notes),
    }


def _way(way: Way) -> dict[str, Any]:
    return {
        "status": way.status,
        "gap": way.gap,
        "cost": costs(way.cost),
        "through": [thing(q) for q in way.through],
        "items": [
            {
                **(thing(item.thing) or {}),
                "type": item.thing.kind,
                "level": item.thing.level,
                "owner": item.thing.owner,
                **amount("credit", item.credit),
                **amount("glh", item.hours),
                **amount("pounds", item.pounds),
                "because": item.because,
                "covers": [
                    {
                        "kind": c.kind,
                        "rule": c.thing.code if c.thing else None,
                        "statement": c.statement or None,
                        "framework": c.framework or None,
                        "title": c.title,
                        "part": c.part,
                        "as_unit": thing(c.as_unit),
                    }
                    for c in item.covers
                ],
            }
            for item in way.items
        ],
    }


def routes(answer: RoutesAnswer) -> dict[str, Any]:
    """The best ways, each step with what is taken for it; whether they are proven the best."""
    return {
        "from": thing(answer.start),
        "to": thing(answer.goal),
        "held": [thing(h) for h in answer.held],
        "credited": [plain(s) for s in answer.credited],
        "salary": _salary(answer.salary),
        "minimised": answer.cost,
        "proven": answer.proven,
        "bound": answer.bound,
        "words": answer.words,
        "ranked_by": list(answer.rank),
        "routes": [_route(way) for way in answer.routes],
        "stops": [{**(thing(place) or {}), "why": why} for place, why in answer.stops],
        "notes": list(answer.notes),
    }


def _salary(salary: tuple[int | None, int | None] | None) -> dict[str, int | None] | None:
    return {"starter": salary[0], "experienced": salary[1]} if salary else None


def _route(way: RouteWay) -> dict[str, Any]:
    return {
        "status": way.status,
        "gap": way.gap,
        "cost": costs(way.cost),
        "years_part_time": way.years,
        "crosses_groups": way.crossings,
        "steps": [
            {
                "kind": step.thing.kind,
                **(thing(step.thing) or {}),
                "stated": step.stated,
                "direction": step.direction or None,
                "crosses_groups": step.crosses,
                "topup": {
                    "cost": costs(step.cost),
                    "items": [{**(thing(t.thing) or {}), **amount("credit", t.credit)} for t in step.takes],
                },
                "salary": _salary(step.salary),
                "entry": list(step.entry),
                "asks_on_record": not step.silent,
                "open_to_all": step.open,
                "entry_in_sum": not step.uncounted,
            }
            for step in way.steps
        ],
    }


def costs(of: Mapping[Any, Total]) -> dict[str, Any]:
    """Sums by kind of cost."""
    return {"glh" if name == "hours" else name: plain(total) for name, total in of.items()}


def reach(answer: ReachAnswer) -> dict[str, Any]:
    """Every role that one can get to, least effort first."""
    return {
        "from": thing(answer.start),
        "held": [thing(h) for h in answer.held],
        "credited": [plain(s) for s in answer.credited],
        "minimised": answer.cost,
        "roles": [_reachable(r) for r in answer.roles],
        "qualifications": [_reachable(r) for r in answer.qualifications],
    }


def _reachable(r: Reachable) -> dict[str, Any]:
    return {
        **(thing(r.thing) or {}),
        "kind": r.thing.kind,
        "sort": r.sort,
        "direction": r.direction or None,
        "crosses_groups": r.crosses,
        "status": r.status,
        "cost": costs(r.cost) if r.cost is not None else None,
        "stated_steps": r.stated_steps,
        "why": r.why,
    }


def arrive(answer: ArriveAnswer) -> dict[str, Any]:
    """What leads to a role by stated steps, nearest first."""
    return {
        "to": thing(answer.goal),
        "most_steps": answer.most_steps,
        "origins": [
            {"kind": o.thing.kind, **(thing(o.thing) or {}), "steps": o.steps, "by": [thing(b) for b in o.by]}
            for o in answer.origins
        ],
    }


def deadends(answer: DeadEndsAnswer) -> dict[str, Any]:
    """What leads nowhere up, and what only a full degree leads on from."""

    def listed(ends: Sequence[End]) -> list[dict[str, Any]]:
        return [
            {"kind": e.thing.kind, **(thing(e.thing) or {}), "level": e.thing.level, "to": [thing(t) for t in e.to]}
            for e in ends
        ]

    return {
        "looked_at": answer.looked_at,
        "rule": answer.rule,
        "dead_ends": listed(answer.dead),
        "only_a_degree": listed(answer.only_a_degree),
    }


def amount(name: str, amount: Amount) -> dict[str, Any]:
    """A known amount as a number, else null; and its bounds (high null: no upper bound is known)."""
    known = amount.low if amount.known else None
    return {name: known, f"{name}_low": amount.low, f"{name}_high": amount.high}
