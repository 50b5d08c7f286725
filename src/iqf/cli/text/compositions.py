"""Compositions and transition modules as a person reads them at a terminal."""

from collections.abc import Sequence

from iqf.analysis.composed import Share
from iqf.analysis.rule_words import listing
from iqf.cli.text.lines import joined, named, section
from iqf.cli.text.ways import amount_words, credits_words, total_words
from iqf.reports.compose import ComposeAnswer, Part
from iqf.reports.transitions import Piece, TransitionsAnswer

MOST_SHOWN = 8


def compose(answer: ComposeAnswer, proposal: int | None = None) -> str:
    """The definite answer, the units, what they are like, and what people must decide."""
    lines = [f"{answer.status.capitalize()}: a qualification for {answer.target.title or answer.target.code}"]
    lines += [answer.words, ""]
    near = [e for e in answer.existing if e.near]
    if near:
        lines += ["This exists already, or nearly:", *(f"  {named(e.qualification)}" for e in near), ""]
    lines += [line for part in answer.parts for line in _part(part)]
    if answer.parts:
        size = " or ".join(answer.sizes)
        lines.append(f"Together: {total_words(answer.credit)} ({size}); {_reached(answer)} statements reached")
    lines += section("Not reached", [f"{n.statement.code} {n.statement.title}: {n.why}" for n in answer.missing])
    unsized = [named(u) for u in answer.unsized[:MOST_SHOWN]]
    if len(answer.unsized) > MOST_SHOWN:
        unsized.append(f"and {len(answer.unsized) - MOST_SHOWN} more; --json lists them all")
    lines += section("Left out because their credit is not known, so whether they fit cannot be said", unsized)
    lines += section("Reached by what is held or credited", [f"{w.code} {w.title}" for w in answer.by_held])
    lines += section("Levels", _shares(answer.levels)) + section("Owners", _shares(answer.owners))
    lines += section("Reached more than once", [f"{r.statement.code}: {len(r.units)} units" for r in answer.repeats])
    lines += section(
        "Left out as the same", [f"{u.title}: {listing([o.code for o in others])}" for u, others in answer.instead]
    )
    lines += section(
        "Beside it", [f"{f.title}: {f.reached} of {f.areas} areas, {f.fully} fully" for f in answer.frameworks]
    )
    like = [f"{e.score:.0%} alike: {named(e.qualification)}" for e in answer.existing[:MOST_SHOWN]]
    lines += section("Qualifications like it", like)
    about = answer.assessed
    lines += section("To be assessed", [f"{about.units} units; {about.outcomes} outcomes on record"])
    lines += section("Offers", [answer.offers]) + section("To be decided by people", answer.decisions)
    if proposal is not None:
        lines += ["", f"Proposal {proposal} waits for a reviewer; nothing is changed until one accepts it."]
    return joined(lines)


def _reached(answer: ComposeAnswer) -> str:
    return f"{len(answer.covered)} of {len(answer.wanted) - len(answer.by_held)}"


def _part(part: Part) -> list[str]:
    reached = ", ".join(f"{w.code} {far}" for w, far in part.covers)
    costs = f"{credits_words(part.credit)}, {amount_words(part.hours)} guided learning hours"
    closed = ["    It stands only in qualifications that cannot be begun now."] if part.closed else []
    return [f"{named(part.unit)}: {costs}", f"    Reaches {reached}.", *closed]


def _shares(shares: Sequence[Share]) -> list[str]:
    return [
        f"{s.key}: {s.units} unit{'' if s.units == 1 else 's'}, {total_words(s.credit)}"
        + (f", {s.part:.0%}" if s.part is not None else "")
        for s in shares
    ]


def transition(answer: TransitionsAnswer) -> str:
    """What carries holders of one role into another, why, and whose module that would be."""
    (one,) = answer.transitions
    lines = [f"{one.status.capitalize()}: from {one.start.title} to {one.goal.title}", one.words]
    lines += [line for piece in one.pieces for line in _piece(piece)]
    if one.cost and one.pieces:
        lines.append(f"Together: {total_words(one.cost['credit'])}")
    lines += section("What stands in the way", one.why)
    lines += section("Brought along", [", ".join(one.brought)] if one.brought else [])
    return joined([*lines, *section("Where the module would live", [one.home.words, answer.rule])])


def transitions(answer: TransitionsAnswer) -> str:
    """How many pairs of roles are carried across by what, and the sets that serve most pairs."""
    pairs = len(answer.transitions)
    lines = [f"{answer.roles} roles, {pairs:,} pairs.", *(f"  {n:,}: {what}" for what, n in answer.counts.items())]
    for shared in answer.shared[:MOST_SHOWN]:
        titles = [f"{named(p.thing)}: {credits_words(p.credit)}" for p in shared.pieces]
        goals = listing([goal.title for goal in shared.goals[:3]])
        lines += section(
            f"{shared.pairs:,} pairs, into {goals}{' and others' if len(shared.goals) > 3 else ''}", titles
        )
    missing = sum(1 for t in answer.transitions if not t.home.bodies)
    crosses = sum(1 for t in answer.transitions if t.home.crosses)
    said = f"{crosses:,} pairs cross the remits of two bodies; for {missing:,} no body is on record."
    return joined([*lines, *section("Where modules would live", [answer.rule, said])])


def _piece(piece: Piece) -> list[str]:
    return [f"{named(piece.thing)}: {credits_words(piece.credit)}", f"    {piece.because}"]
