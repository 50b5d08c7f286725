"""The size of the workforce in its JSON shape, every estimate with what makes it worth something; pay as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from iqf.exchange.formats.listed import package
from iqf.exchange.formats.plain import plain
from iqf.exchange.formats.supply import disagreements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iqf.reports.salaries import SalariesAnswer
    from iqf.reports.workforce import SizesAnswer

PAY: Final = ("role", "code", "cluster", "starter", "experienced", "profile", "address")
PAY_NAME: Final = "what-roles-pay"


def pay_table(answer: SalariesAnswer) -> tuple[Sequence[str], list[list[Any]]]:
    """What roles pay as a table, in pounds a year; blank where a profile does not say."""
    return PAY, [
        [p.role.title, p.role.code, p.cluster, p.starter, p.experienced, p.profile, p.url] for p in answer.rows
    ]


def pay_package(answer: SalariesAnswer) -> bytes:
    """The same table as a package: the rows, and a descriptor that cites the files of profiles."""
    return package(PAY_NAME, "What roles pay, pounds a year", answer.cited, *pay_table(answer))


def sizes(answer: SizesAnswer) -> dict[str, Any]:
    """Estimates by sector, the totals beside each other, and where the documents disagree."""
    return {
        "sectors": [{"sector": label, "estimates": plain(estimates)} for label, estimates in answer.sectors],
        "totals": plain(answer.totals),
        "disagreements": disagreements(answer.contradictions),
    }
