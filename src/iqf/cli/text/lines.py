"""The lines that every answer is made of at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from iqf.codes import level_words
from iqf.evidence.models import CERTAINTIES

if TYPE_CHECKING:
    from iqf.reports.entry_criteria import EmployerAsks, Employers
    from iqf.reports.holdings import CreditedStatement
    from iqf.reports.opinions import View, Views
    from iqf.reports.recognition import Recognised
    from iqf.reports.role import Allowed, BodyPart
    from iqf.reports.things import Fact, Ref, Said

MARKS = {
    "unverified": "not checked",
    "inferred": "our reading",
    "machine": "machine-made",
    "default": "default",
    "conflict": "sources disagree",
}


def marked(certainty: str) -> str:
    """The visible mark of a fact that was not checked, in square brackets."""
    return f" [{MARKS[certainty]}]" if certainty in MARKS else ""


def heading(ref: Ref) -> list[str]:
    """A thing by its title and every code."""
    return [ref.title, "  ".join([ref.code, *ref.aliases]), ""]


def fact_lines(facts: Iterable[Fact]) -> list[str]:
    """Known facts in two columns, with marks and disagreements; then what is not known."""
    shown = [f for f in facts if f.value not in (None, "")]
    width = max((len(f.label) for f in shown), default=0)
    lines = []
    for f in shown:
        lines.append(f"  {f.label:<{width}}  {f.value}{marked(f.mark)}")
        if f.disagreement and not f.disagreement.decided:
            lines.append(f"  {'':<{width}}  another source says {f.disagreement.other}: {f.disagreement.reason}")
        elif f.disagreement:
            d = f.disagreement
            lines.append(f"  {'':<{width}}  decided on {d.decided_on}: {d.reason} Another source said {d.other}.")
    missing = [f.label.lower() for f in facts if f.value is None]
    return lines + ([f"  Not known: {', '.join(missing)}."] if missing else [])


def named(ref: Ref) -> str:
    """A thing by its title and first alias."""
    return f"{ref.title} ({ref.aliases[0] if ref.aliases else ref.code})"


def section(title: str, lines: Sequence[str]) -> list[str]:
    """A titled list, or nothing where it is empty."""
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def held_lines(held: Iterable[Ref], credited: Iterable[CreditedStatement]) -> list[str]:
    """What is held: units and qualifications, then statements that an assessor credited."""
    lines = [named(each) for each in held]
    return lines + [f"{s.title} ({s.framework}:{s.code}), credited" for s in credited]


def source_lines(sources: Sequence[Said]) -> list[str]:
    """The sources that an answer rests on."""
    shown = [
        f"{s.title}{f', {s.locator}' if s.locator else ''}{' (copy held elsewhere)' if s.held_elsewhere else ''}"
        f"{'' if s.verified else f' [{CERTAINTIES[s.certainty].lower()}]'}"
        for s in sources[:8]
    ]
    return section(
        "Sources", shown + ([f"and {len(sources) - 8} more; --json lists them all"] if len(sources) > 8 else [])
    )


def joined(lines: Iterable[str]) -> str:
    """Lines as one text."""
    return "\n".join(lines) + "\n"


def allowed_lines(rows: Iterable[Allowed]) -> list[str]:
    """What holders may do, and where that stops."""
    return [f"{a.kind}: {a.text}{marked(a.said.certainty)}" for a in rows]


def body_lines(rows: Iterable[BodyPart]) -> list[str]:
    """Bodies and their parts."""
    return [f"{b.organisation.title}: {b.part}{marked(b.said.certainty)}" for b in rows]


def recognition_lines(of: Recognised) -> list[str]:
    """Who recognises it, since when and why; or that nobody does yet. Nothing where that is not asked."""
    done = {"places": f"placed at level {of.level}" if of.level else "placed"}
    lines = [": ".join(filter(None, (done.get(b.part, b.part), _whom(b), b.note))) for b in of.by]
    if not lines and of.verdict == "not yet":
        lines = ["not recognised yet"]
    return lines + ([f"its level rests on: {of.level_basis}"] if of.level_basis else [])


def _whom(body: BodyPart) -> str:
    return f"{body.organisation.title}, {body.on}" if body.on else body.organisation.title


def credits_words(words: str | None) -> str:
    """A credit value in words."""
    if not words:
        return "credit not known"
    return f"{words} credit" if words == "1" else f"{words} credits"


def view_lines(views: Views, pad: str = "  ") -> list[str]:
    """Who agrees and who disputes, counted, each with its reason; nothing where nobody says anything."""
    return [
        *_stance_lines("agreed by", views.agreed, views.agreeing, pad),
        *_stance_lines("disputed by", views.disputed, views.disputing, pad),
    ]


def _stance_lines(word: str, number: int, views: tuple[View, ...], pad: str) -> list[str]:
    if not number:
        return []
    said = (f"{v.organisation.title}{f' ({v.on})' if v.on else ''}: {' '.join(v.reason.split())}" for v in views)
    return [f"{pad}{word} {number}: {'; '.join(said)}"]


def employer_lines(employers: Employers) -> list[str]:
    """What single employers ask, beside what binds every employer; then where they differ from each other."""
    lines = []
    for a in employers.asks:
        lines.append(f"{a.employer.title}{asks_words(a)}{marked(a.said.certainty)}")
        lines.append(f"  beside what binds every employer: {a.verdict}. {a.because}")
    for d in employers.differ:
        posts = f"posts at {level_words(d.post_level).lower()}" if d.post_level else "posts at any level"
        said = [f"{x.words}: {', '.join(r.title for r in x.employers)}" for x in d.answers]
        said += [f"not named by {', '.join(r.title for r in d.silent)}"] if d.silent else []
        lines.append(f"they differ ({d.kind}, {posts}): {'; '.join(said)}")
    return lines


def asks_words(asks: EmployerAsks) -> str:
    """One thing that an employer asks for, after its name: for which posts, what, and what it takes instead."""
    posts = f", {level_words(asks.post_level).lower()} posts" if asks.post_level else ""
    wish = " (a wish)" if asks.strength == "desirable" else ""
    named_here = f" ({named(asks.qualification)})" if asks.qualification else ""
    instead = f"; taken instead: {asks.instead}" if asks.instead else ""
    return f"{posts}: {asks.asks}{wish}{named_here}{instead}"
