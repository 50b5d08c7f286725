"""The size of the workforce in its JSON shape: every estimate with what makes it worth something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iqf.exchange.formats.plain import plain
from iqf.exchange.formats.supply import disagreements

if TYPE_CHECKING:
    from iqf.reports.workforce import SizesAnswer


def sizes(answer: SizesAnswer) -> dict[str, Any]:
    """Estimates by sector, the totals beside each other, and where the documents disagree."""
    return {
        "sectors": [{"sector": label, "estimates": plain(estimates)} for label, estimates in answer.sectors],
        "totals": plain(answer.totals),
        "disagreements": disagreements(answer.contradictions),
    }
