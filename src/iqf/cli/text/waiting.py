"""What waits and what was decided, as a person reads it at a terminal and as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from iqf.codes import level_words
from iqf.reports.private.conflict import ConflictAnswer, Side
from iqf.reports.private.decided import Decided
from iqf.reports.private.inbox import CONFLICT
from iqf.reports.things import Ref
from iqf.review.models import ProposedMatch


def conflict_json(answer: ConflictAnswer) -> dict[str, Any]:
    """A disagreement that waits: the thing, the field, every value with its place, the shown one first."""
    return {
        "thing": _thing(answer.thing, answer.thing.code),
        "field": answer.field,
        "values": [_side(side) for side in answer.sides],
        "reasons": list(answer.reasons),
        "roles": answer.roles,
        "decided_before": answer.before.because if answer.before else "",
    }


def _side(side: Side) -> dict[str, Any]:
    where = side.where
    place = {"source": where.source_title, "file": where.file, "row": where.row}
    return {"value": side.value, "shown": side.shown_now, **place, "published_on": where.published_on}


def match_json(match: ProposedMatch, things: Mapping[str, Ref]) -> dict[str, Any]:
    """A match that waits: the thing that it may be; and the official row, or (with a blank `register`) the entry."""
    names = ("register", "reference", "title", "code", "matched_title", "score", "why", "earlier")
    thing = _thing(things.get(match.code, match.matched_title), match.code)
    return {"number": match.pk, "thing": thing, **{name: getattr(match, name) for name in names}}


def decided_json(done: Decided) -> dict[str, Any]:
    """A decision that stands."""
    return {
        "number": done.number,
        "thing": _thing(done.thing, done.code),
        "about": done.about,
        "taken": done.taken,
        "passed_over": list(done.passed_over),
        "reason": done.reason,
        "by": done.by,
        "on": done.on.isoformat(),
    }


def _thing(thing: Ref | str, code: str) -> dict[str, Any]:
    if isinstance(thing, str):
        return {"code": code, "aliases": [], "title": thing}
    return {"code": thing.code, "aliases": list(thing.aliases), "title": thing.title}


def conflicts(waiting: Sequence[ConflictAnswer], done: Sequence[Decided]) -> str:
    """Where sources disagree, then what was decided."""
    lines = [_count(len(waiting), "field", "about which sources disagree")]
    for answer in waiting:
        asked = f"{answer.roles} role{'' if answer.roles == 1 else 's'}"
        lines.append(f"\n{answer.thing.code} {answer.field}: {answer.thing.title} ({asked})")
        if answer.before:
            lines.append(f"  decided before: {answer.before.because}")
        lines += [f"  {_shown(side)}" for side in answer.sides]
    return "\n".join([*lines, "", *_decided_lines(done)]) + "\n"


def _shown(side: Side) -> str:
    where = side.where
    place = f"{where.file}, row {where.row}" if where.file and where.row else where.file
    mark = " (shown now)" if side.shown_now else ""
    return f"{side.value}{mark}: {where.source_title}{f' ({place})' if place else ''}"


def matches(waiting: Sequence[ProposedMatch], done: Sequence[Decided]) -> str:
    """Proposed matches, then what was decided."""
    lines = [_count(len(waiting), "match", "proposed")]
    for match in waiting:
        lines.append(f"\n{match.pk}  {match.reference} {match.title}")
        lines.append(f"  may be {match.code} {match.matched_title}")
        lines.append(f"  {match.score:.0%} alike: {match.why}")
        if match.earlier:
            lines.append(f"  {match.earlier}")
    return "\n".join([*lines, "", *_decided_lines(done)]) + "\n"


def _count(n: int, noun: str, what: str) -> str:
    plural = noun if n == 1 else f"{noun}{'es' if noun.endswith('ch') else 's'}"
    return f"{n} {plural} {what} wait{'s' if n == 1 else ''} for a decision."


def _decided_lines(done: Sequence[Decided]) -> list[str]:
    return [f"{len(done)} decided."] + [f"  {decided_line(d)}" for d in done]


def _over(done: Decided) -> tuple[str, ...]:
    """The other candidates of a row that is none of them; those of a row that is one are not spoken of."""
    return done.passed_over if done.taken == "declined" else ()


def decided_line(done: Decided) -> str:
    """One decision in a sentence, with its number."""
    thing = done.thing if isinstance(done.thing, str) else f"{done.thing.code} {done.thing.title}"
    why = f"decision {done.number}, {done.on}, by {done.by}: {done.reason}"
    if done.kind != CONFLICT:
        verb = "is not" if done.taken == "declined" else "is"
        stands = f", which stands as {done.code}" if done.taken == "joined" else ""
        return f"{done.about} {verb} {' or '.join([thing, *_over(done)])}{stands} ({why})"
    values = [level_words(v) if done.about == "level" else v for v in (done.taken, *done.passed_over)]
    rest = f", not {' or '.join(values[1:])}" if values[1:] else ""
    return f"{thing}: {done.about.replace('_', ' ')} is {values[0]}{rest} ({why})"
