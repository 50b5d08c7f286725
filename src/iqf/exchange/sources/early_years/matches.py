"""Rows without a number: which catalogue qualification each may be. Proposals only; nothing is tied by them."""

from collections.abc import Collection
from typing import Any

from iqf.analysis.likeness import Titled
from iqf.catalogue.titled import titled_qualifications
from iqf.exchange.sources.early_years.rows import REGISTER
from iqf.exchange.sources.matching import matched
from iqf.register.models import OfficialRow
from iqf.register.queries import standing


def propose(looked_at: Collection[str]) -> list[dict[str, Any]]:
    """For each of these rows without a number, the qualifications of the same level that it may be, best first.

    Compared by title, owner, level and dates. Never across levels, never across kinds of award (a certificate is no
    diploma).
    """
    unnumbered = standing(REGISTER).filter(number="").exclude(level="")
    read = [_titled(row) for row in unnumbered if row.reference in looked_at]
    return matched(read, (q for q in titled_qualifications() if q.level))


def _titled(row: OfficialRow) -> Titled:
    owners = tuple(name for name in (row.owner, row.facts["owner_now"]) if name)
    starts, ends = row.facts["started_from"], row.facts["started_to"]
    return Titled(row.reference, row.title, owners, row.level, starts=starts, ends=ends)
