"""Take-up and supply as a person reads them at a terminal: the finding, then the table, then what it rests on."""

from collections.abc import Sequence

from iqf.cli.text.lines import joined, section
from iqf.exchange.formats import nobody_takes as say_nobody
from iqf.exchange.formats import supply_words as say
from iqf.exchange.formats import taken as say_taken
from iqf.reports.nobody_takes import Listed, NobodyAnswer
from iqf.reports.supply import SupplyAnswer
from iqf.reports.taken import Taken
from iqf.reports.takeup import TakeUpAnswer


def takeup(answer: TakeUpAnswer) -> str:
    """The table that was asked for, and what it counts."""
    lines = [say.takeup_finding(answer), "", f"{answer.title}, version {answer.version}."]
    lines += [f"What is counted: {answer.counting_words}. Areas: {answer.location_words}.", *answer.notes, ""]
    groups = [say.group(row) for row in answer.rows]
    width = max((len(g) for g in groups), default=0)
    labels = max((len(row.label) for row in answer.rows), default=0)
    parts = say.has_parts(answer)
    for group, row in zip(groups, answer.rows, strict=True):
        share = f"  {say.share(row.share)}" if parts and row.share is not None else ""
        if parts and row.limits:
            share += f" ({say.share(row.limits.low)} to {say.share(row.limits.high)})"
        lines.append(f"  {group:<{width}}  {row.label:<{labels}}  {say.cell(row)}{share}")
    return joined([*lines, "", *cited(answer.address, (answer.citation,))])


def cited(address: str, citations: Sequence[str]) -> list[str]:
    """How the figures are cited: the releases they rest on, and the address that always gives them."""
    return [*(f"Cite as: {words}" for words in citations), *([f"Address on the site: {address}"] if address else [])]


def taken(answer: Taken) -> str:
    """How many take a thing: the answer, what each table says and how it was tied, what would settle the rest."""
    lines = [f"{answer.title}. {say_taken.finding(answer)}", ""]
    for one in answer.counted:
        lines += [f"  {say_taken.sentence(one)}", f"    {one.because}"]
    lines += [f"  {say_taken.subject_sentence(one)}" for one in answer.subject]
    for table in answer.tables:
        lines += ["", f"{table.title}, version {table.version} ({table.dataset}).", *table.notes]
    lines += section("What would settle it", [answer.would_settle_it] if say_taken.is_open(answer) else [])
    return joined(lines)


def nobody(answer: NobodyAnswer) -> str:
    """What is listed and nobody takes: table by table, with the things it is for."""
    lines = [say_nobody.finding(answer), ""]
    for table in answer.tables:
        for one in table.idle:
            things = ", ".join(ref.title for ref in one.things)
            lines.append(f"  {say_nobody.line(one)} For: {things}.")
        if table.unprinted:
            lines += [
                "",
                f"Not printed under their name. {say_nobody.unprinted(table)} See what waits with: iqf matches",
            ]
        for one in table.unprinted:
            lines.append(f"  {one.counted.subject}{_perhaps(one)} For: {', '.join(r.title for r in one.things)}.")
    lines += ["", say_nobody.courses(answer.documents)]
    return joined([*lines, "", *cited(answer.cited.address, answer.cited.citations)])


def _perhaps(one: Listed) -> str:
    names = " or ".join(f"“{name}”" for name in one.counted.perhaps)
    return f", perhaps {names}." if names else "."


def supply(answer: SupplyAnswer) -> str:
    """Areas compared: shares, ratio with limits, grade, the reason, and what would settle it."""
    lines = [say.supply_finding(answer), "", say.basis(answer), *answer.notes, *say.method(answer), ""]
    width = max((len(row.name) for row in answer.rows), default=0)
    # What holds for every area is said once, in the finding.
    told = len({row.found.reason for row in answer.rows}) == 1 and len(answer.rows) > 1
    for row in answer.rows:
        found = row.found
        shares = f"{say.share(found.share):>7} of {answer.whom} {say.share(found.base_share):>7} of people"
        without = f"; {plain}" if (plain := say.plain_ratio(row)) else ""
        lines.append(f"  {row.name:<{width}}  {shares}  ratio {say.ratio(row)}{without}  {found.grade}")
        short = say.shortfall(row)
        reason = "" if told else found.reason
        said = " ".join(filter(None, (reason, f"Short of its share: {short}." if short else "")))
        lines += [f"  {'':<{width}}  {said}"] if said else []
    settles = dict.fromkeys(r.found.would_settle_it for r in answer.rows if r.found.would_settle_it)
    lines += section("What would settle it", list(settles))
    lines += section("Listed courses", [words] if (words := say.courses(answer)) else [])
    disagreements = [f"{c.topic}: {c.statement_a}; but: {c.statement_b}. {c.handling}" for c in answer.contradictions]
    lines += section("The documents disagree", disagreements)
    lines += section("Can be asked of", [f"iqf supply --of {code}" for code in answer.usable])
    lines += ["", *cited(answer.address, answer.citations)]
    return joined(lines)
