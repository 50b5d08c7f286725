"""What a role requires and what teaches it, as pages say it: the sum in a sentence, then statement by statement."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from iqf.analysis.role_coverage import HOW, VERDICTS
from iqf.exchange.formats.coverage_words import judges
from iqf.reports.role_coverage import RoleCoverage, Taught
from iqf.web.public.links import href, query

SAID: Final = {
    "met": "taught to every holder of at least one of its qualifications",
    "in part": "taught to every holder of at least one, but only in part",
    "by choice": "taught only by units that a holder may leave out",
    "cannot say": "not known, because units are not judged or not listed",
    "none": "taught by none of them",
    "nothing serves": "without a qualification that could teach them",
}
TONES: Final = {"met": "good", "in part": "info", "by choice": "warn", "none": "bad"}
SHORT: Final = {
    "met": "Every holder of one",
    "in part": "Every holder, in part",
    "by choice": "By choice only",
    "cannot say": "Cannot say",
    "none": "Taught by none",
    "nothing serves": "Nothing serves it",
}
WAYS: Final = {
    "every holder": "Every holder",
    "some holders": "Some holders, by choice of units",
    "cannot say": "Cannot say yet",
    "none": "Judged, and not taught",
}


def sentence(answer: RoleCoverage) -> str:
    """What becomes of the required statements, in one sentence."""
    counts = Counter(need.verdict for need in answer.needs)
    parts = [f"{n} {'is' if n == 1 else 'are'} {SAID[v]}" for v in VERDICTS[::-1] if (n := counts[v])]
    total = len(answer.needs)
    return (
        f"Of {total} required statement{'' if total == 1 else 's'} of {answer.framework.title}: {'; '.join(parts)}."
    )


def covered(answer: RoleCoverage) -> dict[str, Any]:
    """One framework as the page shows it, what needs attention first."""
    order = sorted(answer.needs, key=lambda need: VERDICTS.index(need.verdict))
    return {
        "framework": answer.framework,
        "words": sentence(answer),
        "judges": judges(answer),
        "qualifications": answer.qualifications,
        "only_relevant": answer.only_relevant,
        "machine": bool(answer.raters) and all(kind == "machine" for kind, _ in answer.raters),
        "default": all(need.said.certainty == "default" for need in answer.needs),
        "needs": [_need(answer, need) for need in order],
    }


def _need(answer: RoleCoverage, need: Taught) -> dict[str, Any]:
    return {
        "said": need,
        "short": SHORT[need.verdict],
        "tone": TONES.get(need.verdict, ""),
        "ways": _ways(answer, need),
    }


def _ways(answer: RoleCoverage, need: Taught) -> Sequence[dict[str, Any]]:
    """The qualifications by for whom they teach the statement, each with the units behind it."""
    ways = []
    for how in HOW:
        found = [
            {
                "qualification": answer.ref_of(met.qualification),
                "state": {"fully": "fully", "partly": "touches"}.get(met.strength or ""),
                "units": len(met.units),
                "behind": f"{href(answer.framework)}/coverage/units{query(area=need.code, row=met.qualification)}",
            }
            for met in need.by
            if met.how == how
        ]
        if found:
            ways.append({"title": WAYS[how], "quiet": how in ("cannot say", "none"), "found": found})
    return ways
