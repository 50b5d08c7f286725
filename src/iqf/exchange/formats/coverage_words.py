"""What a table of coverage comes to, in a sentence: which areas most things reach, and which fewest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from iqf.mapping.claims import Area

if TYPE_CHECKING:
    from iqf.reports.coverage import CoverageAnswer
    from iqf.reports.crosswalks import Path, Related

NOUNS: Final[Mapping[str, str]] = {
    "qualification": "qualifications",
    "unit": "units",
    "level": "levels",
    "cluster": "clusters",
    "role": "roles",
    "owner": "awarding organisations",
    "kind": "kinds of qualification",
}
STATES: Final[Mapping[str, str]] = {
    "fully": "taught fully",
    "touches": "touched (partly)",
    "none": "judged, none",
    "unjudged": "not yet judged",
    "unsure": "cannot say: a unit not yet judged could change it",
}


def finding(answer: CoverageAnswer) -> str:
    """The definite answer of a table: the areas that fewest rows reach, and the one that most do.

    Rows without a judged unit are left out of the count. Under *credit* it is the share of credit that counts.
    """
    line = next(each for each in answer.side_by_side if each.rule == answer.rule)
    shares = {code: share for code, share in line.shares.items() if share is not None}
    if not shares and answer.path:
        return f"{answer.path.legs[0].start.title} says nothing of {answer.framework.title}."
    if not shares:
        return f"No unit has been judged against {answer.framework.title} yet."
    titles = {area.code: area.title for area in answer.statements}
    low, high = min(shares.values()), max(shares.values())
    least = [code for code, share in shares.items() if share == low]
    most = next(code for code, share in shares.items() if share == high)
    if low == high:
        return f"Each area of {answer.framework.title} is touched by {_many(answer, low, line.rows)}."
    which = f"{titles[least[0]]} ({least[0]})" if len(least) == 1 else " and ".join(least)
    verb = "is" if len(least) == 1 else "are each"
    first = f"{which} {verb} touched by {_many(answer, low, line.rows)}"
    return f"{first}; {titles[most]} ({most}) by {_some(answer, high, line.rows)}."


RELATION_WORDS: Final[Mapping[str, str]] = {
    "equal": "says the same as",
    "subset": "is a part of",
    "superset": "includes",
    "intersects": "overlaps with",
    "none": "has nothing in common with",
}
STRENGTH_WORDS: Final[Mapping[str, str]] = {
    "strong": "the texts were compared",
    "weak": "the texts were not compared",
    "": "nobody says how it was compared",
}


def way(path: Path) -> list[str]:
    """How what is known came from another framework's judgements, and what that leaves open, in sentences."""
    steps = " to ".join([path.legs[0].start.title, *(leg.end.title for leg in path.legs)])
    lines = [f"Not judged itself: derived from {steps}. The weakest relation on the way decides."]
    if path.at_least:
        lines.append(f"At least so much is taught of {_codes(path.at_least)}: the relations do not hold all of them.")
    if path.without:
        lines.append(f"Nothing can be said of {_codes(path.without)}: no relation leads there.")
    return lines


def hop_words(related: Related) -> str:
    """One relation in a sentence, with how it was found, by whom and why."""
    who = f"{STRENGTH_WORDS[related.strength]}; by {related.author}"
    return f"{related.first} {RELATION_WORDS[related.relation]} {related.second} ({who}). {related.note}".strip()


def _codes(areas: Sequence[Area]) -> str:
    return ", ".join(area.code for area in areas)


def _many(answer: CoverageAnswer, share: float, rows: int) -> str:
    if answer.rule == "credit":
        return f"{share:.0%} of the credit of judged units"
    return f"{round(share * rows)} of {rows} {NOUNS[answer.by]}"


def _some(answer: CoverageAnswer, share: float, rows: int) -> str:
    return f"{share:.0%}" if answer.rule == "credit" else str(round(share * rows))


class Judged(Protocol):
    """An answer that says who judged."""

    @property
    def raters(self) -> tuple[tuple[str, int], ...]:
        """Each kind of rater, and how many of it judged a unit at most."""


def judges(answer: Judged) -> str:
    """Who judged, in a sentence: people and machines are never mixed up."""
    if not answer.raters:
        return "Nobody has judged a unit yet."
    words = {"machine": "by machine", "person": "by people"}
    kinds = " and ".join(f"{words[kind]} ({n} to a unit at most)" for kind, n in answer.raters)
    checked = " No person has checked them." if all(kind == "machine" for kind, _ in answer.raters) else ""
    return f"Judged {kinds}.{checked}"
