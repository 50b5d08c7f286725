"""A portfolio as its owner reads it at a terminal."""

from iqf.cli.text.lines import named, section
from iqf.reports.private.portfolio import Credited, EvidenceSeen, ItemSeen, PortfolioAnswer


def portfolio(answer: PortfolioAnswer) -> str:
    """All of it: what is held, what was learned, what was credited."""
    if answer.is_empty:
        return f"Portfolio of {answer.name}: nothing is in it yet.\n"
    lines = [f"Portfolio of {answer.name}"]
    lines += section("Works as", [named(each.role) for each in answer.roles])
    lines += section("Held", [_item(item) for item in answer.items])
    lines += section("Evidence of learning", [_evidence(each) for each in answer.evidence])
    lines += section("Credited by assessors", [_credited(row) for row in answer.credited])
    lines += ["", f"{len(answer.holding)} of it count in iqf rules, topup and routes; what is only claimed does not."]
    return "\n".join(lines) + "\n"


def _item(item: ItemSeen) -> str:
    named = f"{item.title} ({item.thing.code})" if item.thing else item.title
    rest = [item.achieved_words, item.awarded_by, item.country]
    doubt = ["what it counts for: cannot say"] if item.verdict != "counts" else []
    return ", ".join(filter(None, [named, *rest, *doubt]))


def _evidence(each: EvidenceSeen) -> str:
    became = each.claims[0].words.lower() if each.claims else "not put to an assessor"
    hours = f"{each.hours} hours" if each.hours else ""
    return ", ".join(filter(None, [each.title, each.kind, each.date_words, hours, became]))


def _credited(row: Credited) -> str:
    return (
        f"{row.what.number}  {row.what.title} ({row.what.called}), by {row.assessor} on {row.on}, for: {row.evidence}"
    )
