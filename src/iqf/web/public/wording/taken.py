"""How many take a thing, as its own page says it: the answer first, then each table with the way to its figures."""

from typing import Any

from iqf.exchange.formats import taken as say
from iqf.reports.taken import Taken

NOBODY = "Listed, and nobody takes it"


def taken(answer: Taken) -> dict[str, Any]:
    """The finding, a line for each aim or standard, the tables it rests on, and what would settle what is open."""
    several = len(answer.counted) > 1
    return {
        "verdict": NOBODY if answer.verdict == "nobody" and not say.is_open(answer) else "",
        "finding": say.finding(answer),
        "lines": [
            {
                "words": say.sentence(one) if several else "",
                "because": one.because,
                "subject": one.subject,
                "href": say.address(one),
                "exact": bool(one.rows),
            }
            for one in answer.counted
        ],
        "subject": [
            {"words": say.subject_sentence(one), "because": one.because, "href": say.address(one)}
            for one in answer.subject
        ],
        "tables": [
            {
                "title": table.title,
                "version": table.version,
                "href": f"/figures/{table.dataset}/{table.version}",
                "counting": table.counting_words,
                "location": table.location_words,
                "notes": table.notes,
            }
            for table in answer.tables
        ],
        "settles": answer.would_settle_it if say.is_open(answer) else "",
    }
