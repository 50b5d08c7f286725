"""What official lists say of a thing, as a person reads it at a terminal: briefly, list by list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from iqf.cli.text.lines import fact_lines, section

if TYPE_CHECKING:
    from iqf.reports.official import Funding, ListsDisagree, Official
    from iqf.reports.profile import Profile, Standard
    from iqf.reports.register_row import RowAnswer
    from iqf.reports.role import RoleAnswer

BRIEF = ("owner", "status", "level", "recognised_from", "recognised_to", "subject_area", "last_new_start")


def official_lines(rows: Sequence[Official]) -> list[str]:
    """Each official row in a line, the main facts and approvals below it."""
    lines = []
    for row in rows:
        lines.append(f"{row.list_name}, {row.reference}: {row.title}{_gone(row)}")
        brief = [f"{f.label.lower()} {f.words}" for f in row.facts if f.name in BRIEF]
        lines += [f"  {'; '.join(brief)}"] if brief else []
        lines += [f"  funded, {_funded(f)}" for f in row.funding]
        lines += [
            f"  said otherwise until {b.until} ({len(b.changes)} cells changed)" for b in row.before if b.changes
        ]
    return section("On official lists", lines)


def _gone(row: Official) -> str:
    return "" if row.standing else " [no longer on the list]"


def _funded(funding: Funding) -> str:
    window = " ".join(
        x for x in (funding.start and f"from {funding.start}", funding.end and f"to {funding.end}") if x
    )
    return f"{funding.stream}: {window or 'dates not given'}"


def disagreement_lines(found: Iterable[ListsDisagree]) -> list[str]:
    """Where lists disagree with each other: each value with the list that prints it."""
    lines = [f"{d.label}: {' | '.join(f'{value} ({name})' for value, name, _, _ in d.values)}" for d in found]
    return section("Lists that disagree with each other", lines)


def profile_lines(answer: RoleAnswer) -> list[str]:
    """What the official job profile says, the codes, and the standards that lead into the role."""
    lines = _profile(answer.profile) if answer.profile else []
    lines += section("Official codes", [f"{c.scheme}: {c.code}" for c in answer.official_codes])
    return lines + section("Apprenticeship standards", [_standard(s) for s in answer.standards])


def _profile(profile: Profile) -> list[str]:
    pay = [f"£{n:,} {word}" for n, word in _pay(profile) if n]
    dated = profile.dated or f"the list gives no year; read on {profile.said.retrieved}"
    lines = [f"salary a year: {' to '.join(pay)} ({dated})"] if pay else []
    lines += [f"does: {task}" for task in profile.tasks]
    lines += [f"restriction: {text}" for text in profile.restrictions]
    lines += [f"registration: {text}" for text in profile.registrations]
    lines += [f"progression: {profile.progression}"] if profile.progression else []
    return section(f"Official job profile ({profile.url})", lines)


def _pay(profile: Profile) -> tuple[tuple[int | None, str], ...]:
    return (profile.salary_starter, "starter"), (profile.salary_experienced, "experienced")


def _standard(standard: Standard) -> str:
    level = f", level {standard.level}" if standard.level else ""
    return f"{standard.code} {standard.title}{level} ({standard.because.lower()})".strip()


def row_lines(answer: RowAnswer) -> list[str]:
    """One official row: whether it is in this framework, its facts, and what other lists print under its number."""
    row = answer.official
    here = ", ".join(f"{t.title} ({t.code})" for t in answer.things)
    where = f"In this framework: {here}." if here else "On an official register, not in this framework."
    if answer.choice:
        verb = "belongs" if answer.choice.outcome == "chosen" else "does not belong"
        where += f" It {verb} here, as decided on {answer.choice.on}, because: {answer.choice.reason}"
    lines = [row.title, f"{row.list_name}, {row.reference}{_gone(row)}", "", where, "", *fact_lines(answer.facts)]
    lines += section("Funded", [_funded(f) for f in row.funding])
    changes = [f"{c.column}: {c.before or 'blank'} until {b.until}" for b in row.before for c in b.changes]
    lines += section("Said before", changes)
    lines += section(
        "Under the same number", [f"{o.list_name}, {o.reference}: {o.title}" for o in answer.same_number]
    )
    return lines + disagreement_lines(answer.lists_disagree)
