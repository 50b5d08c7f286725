"""The rule of inclusion as a person reads it at a terminal."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime

from iqf.catalogue.actions.admission import Admitted
from iqf.cli.text.lines import joined, section
from iqf.reports.inclusion import InclusionAnswer, Line

FIRST = 12


def inclusion(answer: InclusionAnswer) -> str:
    """What the rule would change, its clauses with what each decides, then rows with the reason."""
    enters, leaves, waits = len(answer.enters), len(answer.leaves), len(answer.borderline)
    lines = [
        _head(answer),
        f"{answer.rows:,} rows of official lists judged: {enters} enter, {leaves} leave, {len(answer.stays)} stay; "
        f"{waits} wait for a reviewer; {answer.refused} refused by a reviewer; {answer.held} here already.",
    ]
    lines += section("Clauses (rows each decides, and how many of them no other clause decides)", _clauses(answer))
    areas = [f"{a.area}: {a.admitted} in, {a.borderline} wait, of {a.rows:,}" for a in answer.areas]
    lines += section("Subject areas", _first(areas))
    for title, rows in (("Enters", answer.enters), ("Leaves", answer.leaves), ("Waits", answer.borderline)):
        lines += section(f"{title} ({len(rows)})", _first([_row(x) for x in rows]))
    lines += section(
        "Admitted, and on no list any more (they stay)", _first([f"{q.code} {q.title}" for q in answer.gone])
    )
    if not answer.changes_nothing:
        lines += ["", "Put in force with: iqf inclusion --apply"]
    return joined(lines)


def _head(answer: InclusionAnswer) -> str:
    if answer.draft:
        return f"A draft of the rule of inclusion, beside version {answer.version}. Nothing was changed."
    if answer.since is None:
        return "The rule of inclusion as it comes with the product. It was never applied here."
    day = date_format(localtime(answer.since), "j F Y")
    return f"The rule of inclusion, version {answer.version}, in force since {day} ({answer.by}: {answer.reason})"


def _clauses(answer: InclusionAnswer) -> list[str]:
    return [f"{c.rows:>5} ({c.alone})  {c.name}: {c.words}" for c in answer.clauses]


def _row(line: Line) -> str:
    owner = f" ({line.owner})" if line.owner else ""
    return f"{line.number or line.subject}  {line.title}{owner}\n      {line.because}"


def _first(lines: Sequence[str]) -> list[str]:
    more = [f"and {len(lines) - FIRST} more; --json or --csv lists them all"] if len(lines) > FIRST else []
    return [*lines[:FIRST], *more]


def admitted(done: Admitted, title: str = "") -> str:
    """What a change did."""
    if not done.writes:
        return "Nothing was changed: the framework is in step with the rule.\n"
    said = f"{title}: " if title else f"Version {done.version} of the rule of inclusion is in force: "
    changed = len({c.code for c in done.changes})
    lines = [f"{said}{len(done.entered)} entered, {len(done.left)} left, {changed} changed."]
    for what, codes in (("Entered", done.entered), ("Left", done.left)):
        if codes:
            listed = ", ".join(codes[:FIRST]) + (f" and {len(codes) - FIRST} more" if len(codes) > FIRST else "")
            lines.append(f"  {what}: {listed}")
    return joined(lines)
