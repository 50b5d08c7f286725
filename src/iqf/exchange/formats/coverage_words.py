"""What a table of coverage comes to, in a sentence: which areas most things reach, and which fewest."""

from collections.abc import Mapping
from typing import Final, Protocol

from iqf.reports.coverage import CoverageAnswer

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
