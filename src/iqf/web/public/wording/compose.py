"""A composition in plain words: how large, at which levels, whose units, and is there one like it already?"""

from typing import Any

from iqf.analysis.composed import Share
from iqf.analysis.rule_words import listing
from iqf.reports.compose import ComposeAnswer, Part
from iqf.reports.targets import Wanted
from iqf.web.public.links import href
from iqf.web.public.wording.topup import amount_words, item_words, total_words


def worded(answer: ComposeAnswer) -> dict[str, Any]:
    """What the page says first, and everything it draws."""
    asked = len(answer.wanted) - len(answer.by_held)
    return {
        "verdict": "no" if answer.missing else "yes",
        "line": _line(answer, asked),
        "parts": [_part(part) for part in answer.parts],
        "size": " or ".join(answer.sizes),
        "sum": total_words(answer.credit, "credit", "credits"),
        "levels": [_share(s, f"Level {s.key}" if s.key[:1].isdigit() else s.key) for s in answer.levels],
        "owners": [_share(s, s.key) for s in answer.owners],
        "near": [e for e in answer.existing if e.near],
        "like": [
            {"thing": e.qualification, "score": f"{e.score:.0%}", "inside": f"{e.inside:.0%}"}
            for e in answer.existing
        ],
        "aim": href(answer.target) if answer.target.kind in ("role", "framework") else "",
    }


def _line(answer: ComposeAnswer, asked: int) -> str:
    if not answer.parts:
        return answer.words
    number = len(answer.parts)
    units = "1 unit" if number == 1 else f"{number} units"
    reached = f"{len(answer.covered)} of {asked} statement{'' if asked == 1 else 's'}"
    size = " or ".join(answer.sizes)
    article = "an" if size[0] == "a" else "a"
    verb = "reaches" if number == 1 else "reach"
    said = f"{units} {verb} {reached}, {article} {size} of {total_words(answer.credit, 'credit', 'credits')}."
    partly = [w.code for w in answer.covered if not _fully(answer, w)]
    return f"{said} Only in part: {listing(partly)}." if partly else said


def _fully(answer: ComposeAnswer, wanted: Wanted) -> bool:
    return any(w == wanted and far == "fully" for part in answer.parts for w, far in part.covers)


def _part(part: Part) -> dict[str, Any]:
    return {
        "thing": part.unit,
        "credit": item_words(part.credit),
        "hours": amount_words(part.hours),
        "covers": part.covers,
        "closed": part.closed,
    }


def _share(share: Share, name: str) -> dict[str, Any]:
    units = f"{share.units} unit{'' if share.units == 1 else 's'}"
    return {
        "name": name,
        "units": units,
        "credit": total_words(share.credit, "credit", "credits"),
        "part": f"{share.part:.0%}" if share.part is not None else "share not known",
    }
