"""Compositions and transition modules in their JSON shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iqf.exchange.formats.plain import plain
from iqf.exchange.formats.things import thing
from iqf.exchange.formats.ways import amount, costs

if TYPE_CHECKING:
    from iqf.analysis.composed import Share
    from iqf.reports.compose import ComposeAnswer, Part
    from iqf.reports.targets import Wanted
    from iqf.reports.transitions import Piece, Shared, Transition, TransitionsAnswer


def compose(answer: ComposeAnswer) -> dict[str, Any]:
    """The units, their proof, what they are like beside what there is, and what people must decide."""
    return {
        "target": thing(answer.target),
        "held": [thing(h) for h in answer.held],
        "credited": [plain(s) for s in answer.credited],
        "unsized": [thing(u) for u in answer.unsized],
        "limits": {
            "max_credit": answer.limits.most_credit,
            "owners": [thing(o) for o in answer.limits.owners],
            "levels": list(answer.limits.levels),
            "only_open": answer.limits.only_open,
            "fully": answer.limits.fully,
        },
        "status": answer.status,
        "gap": answer.gap,
        "words": answer.words,
        "items": [_part(part) for part in answer.parts],
        "credit": plain(answer.credit),
        "glh": plain(answer.hours),
        "size": answer.sizes[0] if len(answer.sizes) == 1 else None,
        "size_may_be": list(answer.sizes),
        "levels": [_share("level", s) for s in answer.levels],
        "owners": [_share("owner", s) for s in answer.owners],
        "coverage": _coverage(answer),
        "overlap": {
            "repeats": [{**_statement(r.statement), "units": [thing(u) for u in r.units]} for r in answer.repeats],
            "removed": [
                {**(thing(u) or {}), "instead_of": [thing(o) for o in others]} for u, others in answer.instead
            ],
            "units_left_out": answer.left_out,
        },
        "like_existing": [
            {**(thing(e.qualification) or {}), "score": e.score, "inside": e.inside, "near": e.near}
            for e in answer.existing
        ],
        "assessment": plain(answer.assessed),
        "offers": answer.offers,
        "decisions_needed": list(answer.decisions),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        **(thing(part.unit) or {}),
        "level": part.unit.level,
        "owner": part.unit.owner,
        **amount("credit", part.credit),
        **amount("glh", part.hours),
        "covers": [{**_statement(w), "part": far} for w, far in part.covers],
        "only_in_closed_qualifications": part.closed,
    }


def _share(name: str, share: Share) -> dict[str, Any]:
    return {name: share.key, "units": share.units, "credit": plain(share.credit), "share": share.part}


def _statement(wanted: Wanted) -> dict[str, Any]:
    return {"framework": wanted.framework, "statement": wanted.code, "title": wanted.title}


def _coverage(answer: ComposeAnswer) -> dict[str, Any]:
    return {
        "asked": len(answer.wanted),
        "reached": [_statement(w) for w in answer.covered],
        "held": [_statement(w) for w in answer.by_held],
        "not_reached": [{**_statement(n.statement), "no_unit": n.gap, "why": n.why} for n in answer.missing],
        "frameworks": [
            {
                "framework": f.key,
                "title": f.title,
                "areas": f.areas,
                "reached": f.reached,
                "fully": f.fully,
                "units_judged": f.judged,
                "statements": [{"code": c, "title": t, "part": far or None} for c, t, far in f.codes],
            }
            for f in answer.frameworks
        ],
    }


def transitions(answer: TransitionsAnswer) -> dict[str, Any]:
    """What carries holders of each role into each other, or of one into another; the sets that serve most pairs."""
    return {
        "rule": answer.rule,
        "roles": answer.roles,
        "counts": dict(answer.counts),
        "solved": answer.solved,
        "shared": [_shared(s) for s in answer.shared],
        "transitions": [_transition(t) if len(answer.transitions) == 1 else _brief(t) for t in answer.transitions],
    }


def _brief(transition: Transition) -> dict[str, Any]:
    """A pair among all: codes only, for there are tens of thousands."""
    return {
        "from": transition.start.code,
        "to": transition.goal.code,
        "status": transition.status,
        "gap": transition.gap,
        "credit": plain(transition.cost["credit"]) if transition.cost is not None else None,
        "items": [piece.thing.code for piece in transition.pieces],
        "owner": [body.code for body in transition.home.bodies],
        "crosses_bodies": transition.home.crosses,
    }


def _transition(transition: Transition) -> dict[str, Any]:
    return {
        "from": thing(transition.start),
        "to": thing(transition.goal),
        "status": transition.status,
        "gap": transition.gap,
        "words": transition.words,
        "cost": costs(transition.cost) if transition.cost is not None else None,
        "items": [_piece(piece) for piece in transition.pieces],
        "brought": list(transition.brought),
        "why": list(transition.why),
        "owner": {
            "bodies": [thing(body) for body in transition.home.bodies],
            "missing": not transition.home.bodies,
            "crosses_bodies": transition.home.crosses,
            "words": transition.home.words,
        },
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        **(thing(piece.thing) or {}),
        "type": piece.thing.kind,
        "owner": piece.thing.owner,
        **amount("credit", piece.credit),
        **amount("glh", piece.hours),
        "because": piece.because,
    }


def _shared(shared: Shared) -> dict[str, Any]:
    return {
        "items": [thing(piece.thing) for piece in shared.pieces],
        "cost": costs(shared.cost),
        "pairs": shared.pairs,
        "from_roles": shared.starts,
        "to": [thing(goal) for goal in shared.goals],
    }
