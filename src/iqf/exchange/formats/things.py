"""How any answer refers to a thing, a citation and a fact, in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iqf.exchange.formats.plain import plain

if TYPE_CHECKING:
    from iqf.reports.things import Fact, Ref, Said


def thing(ref: Ref | None) -> dict[str, Any] | None:
    """How any answer refers to a thing: code, aliases, title."""
    return {"code": ref.code, "aliases": list(ref.aliases), "title": ref.title} if ref else None


def citation(said: Said) -> dict[str, Any]:
    """Who says so."""
    return {**plain(said), "url": "" if said.held_elsewhere else said.url, "verified": said.verified}


def fact(stated: Fact) -> dict[str, Any]:
    """One fact with its citations and whether it was checked."""
    return {
        "name": stated.name,
        "label": stated.label,
        "value": plain(stated.value),
        "verified": stated.verified,
        "certainty": stated.certainty,
        "note": stated.note,
        "citations": [citation(stated.said)],
        "disagreement": plain(stated.disagreement),
    }
