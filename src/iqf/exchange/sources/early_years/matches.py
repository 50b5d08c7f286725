"""Rows without a number: which catalogue qualification each may be. Proposals only; nothing is tied by them."""

from collections.abc import Iterable
from typing import Any

from iqf.analysis.likeness import Titled
from iqf.catalogue.titled import titled_qualifications
from iqf.exchange.sources.matching import matched
from iqf.register.actions import PrintedRow


def propose(rows: Iterable[PrintedRow]) -> list[dict[str, Any]]:
    """For each row without a number, the qualifications of the same level that it may be, best first.

    Compared by title, owner, level and dates. Never across levels, never across kinds of award (a certificate is no
    diploma).
    """
    read = [_titled(row) for row in rows if not row.number and row.level]
    return matched(read, (q for q in titled_qualifications() if q.level))


def _titled(row: PrintedRow) -> Titled:
    owners = tuple(name for name in (row.owner, row.facts["owner_now"]) if name)
    starts, ends = row.facts["started_from"], row.facts["started_to"]
    return Titled(row.reference, row.title, owners, row.level, starts=starts, ends=ends)
