"""What the documents of 2005 say of regions: learners' share beside people's, and what that can and cannot show.

They print two shares for one region, and no number of learners. So the ratio can be had, its limits cannot: they are
given only for a number of learners that the reader assumes, and say so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from iqf.analysis.limits import Limits, of_share
from iqf.analysis.supply import Area, Supply, Whole, not_assessable, of_shares
from iqf.analysis.supply import supply as compared
from iqf.evidence.models import Contradiction, Finding, StatedFigure
from iqf.places import models as places
from iqf.reports.things import Said, said

TABLE: Final = "funded_learning"
SHARE: Final = "share_of_england"
THEME: Final = "training-supply"
SETTLES: Final = "The number of funded learners behind figure 6.1 of Short Report 5, by region, in 2003-04."


def regions() -> list[tuple[str, str]]:
    """Codes and names of the English regions, by code."""
    return list(places.Area.objects.filter(kind="region").order_by("code").values_list("code", "name"))


def printed() -> dict[str, tuple[float, float, tuple[Said, ...]]]:
    """Regions of which both shares are printed: of learners and of people, from 0 to 1, and where that stands."""
    rows = StatedFigure.objects.filter(table=TABLE, indicator=SHARE).select_related(
        "citation__source", "citation__retrieval"
    )
    found: dict[str, dict[str, StatedFigure]] = {}
    for row in rows:
        found.setdefault(row.area, {})["people" if "population" in row.label.casefold() else "learners"] = row
    return {
        area: (float(two["learners"].value) / 100, float(two["people"].value) / 100, _cited(two.values()))
        for area, two in found.items()
        if len(two) == 2
    }


def _cited(figures: Iterable[StatedFigure]) -> tuple[Said, ...]:
    return tuple(said(figure.citation) for figure in figures)


@dataclass(frozen=True)
class ListedCourses:
    """How many courses that the documents list had any learner: of how many, the share with its 95 % limits.

    `printed`: the share as they print it, from 0 to 1, where that differs. Which courses they are is not printed.
    """

    listed: int
    with_learners: int
    share: float
    limits: Limits
    printed: float | None
    period: str
    said: tuple[Said, ...]


def listed_courses() -> ListedCourses | None:
    """The courses of the study of 2005, with and without learners; None where the documents are not held."""
    rows = StatedFigure.objects.filter(table=TABLE).select_related("citation__source", "citation__retrieval")
    found = {row.indicator: row for row in rows}
    if not {"courses_identified", "courses_with_learners"} <= found.keys():
        return None
    listed, taken = int(found["courses_identified"].value), int(found["courses_with_learners"].value)
    printed_share = found.get("share_of_courses")
    return ListedCourses(
        listed=listed,
        with_learners=taken,
        share=taken / listed,
        limits=of_share(taken, listed),
        printed=float(printed_share.value) / 100 if printed_share else None,
        period=found["courses_with_learners"].period,
        said=_cited([found["courses_with_learners"]]),
    )


def remarks() -> dict[str, list[str]]:
    """What findings about the supply of training say of single regions, in their words."""
    found: dict[str, list[str]] = {}
    for finding in Finding.objects.filter(theme=THEME).order_by("key"):
        for area in finding.geography.split("; "):
            found.setdefault(area.strip(), []).append(finding.statement)
    return found


def disagreements(areas: Sequence[str]) -> tuple[Contradiction, ...]:
    """Where the documents contradict themselves about the supply of training in regions."""
    rows = Contradiction.objects.select_related("citation_a__source", "citation_b__source").order_by("key")
    named = ("Regions in", *areas)
    return tuple(row for row in rows if row.topic.startswith(named))


def of_documents(assumed: float | None = None) -> list[tuple[str, str, Supply]]:
    """Every region (code, name) with its answer: a ratio where both shares are printed, limits only if assumed.

    `assumed`: how many learners England is taken to have had, for the limits; 1 or more.
    """
    shares, remarked = printed(), remarks()
    answers = []
    for code, name in regions():
        if name in shares:
            answer = _compared(code, *shares[name][:2], assumed)
        else:
            answer = _not_printed(code, remarked.get(name, []))
        answers.append((code, name, answer))
    return answers


def _compared(code: str, learners: float, people: float, assumed: float | None) -> Supply:
    """One region's share beside that of people in the whole country."""
    if assumed is None:
        return of_shares(code, learners, people, SETTLES)
    found = compared([Area(code, learners * assumed, people)], whole=Whole(assumed, 1.0)).areas[0]
    return replace(found, reason=f"If England had {assumed:,.0f} learners: {_lower(found.reason)}")


def _not_printed(code: str, remarked: Sequence[str]) -> Supply:
    words = " ".join(remarked)
    reason = f"No share is printed for this region. The documents say: {words}" if words else "Nothing is printed."
    return not_assessable(Area(code, None, None), reason, SETTLES)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
