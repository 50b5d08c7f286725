"""What waits and what was decided, as a person reads it at a terminal and as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from iqf.codes import level_words
from iqf.reports.private.affected import CONFLICT, DUPLICATE, INCLUSION, MATCH, SIMILAR
from iqf.reports.private.conflict import ConflictAnswer, Side
from iqf.reports.private.decided import Decided
from iqf.reports.private.inbox import InboxAnswer, Item, Wanted
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


def row_json(candidates: Sequence[ProposedMatch], things: Mapping[str, Ref]) -> dict[str, Any]:
    """A row that waits, or (with a blank `register`) an entry, and everything that it may be, most alike first."""
    first = candidates[0]
    names = ("number", "thing", "code", "matched_title", "score", "why", "earlier")
    said = [match_json(match, things) for match in candidates]
    return {
        "register": first.register,
        "reference": first.reference,
        "title": first.title,
        "candidates": [{name: one[name] for name in names} for one in said],
    }


def item_json(item: Item) -> dict[str, Any]:
    """One thing that waits, of any kind."""
    names = ("kind", "key", "code", "title", "asks", "roles", "qualifications", "alike")
    return {name: getattr(item, name) for name in names} | {"values": list(item.values)}


def inbox(answer: InboxAnswer, wanted: Wanted, offset: int) -> str:
    """What waits, each with the command that decides it."""
    total = sum(answer.counts.values())
    parts = ", ".join(f"{count} {KINDS[kind]}" for kind, count in answer.counts.items() if count)
    one = total == 1
    listed = f": {parts}" if parts else ""
    lines = [f"{total} thing{'' if one else 's'} wait{'s' if one else ''} for a decision{listed}."]
    for place, item in enumerate(answer.items, offset + 1):
        asked = f"{item.roles} role{'' if item.roles == 1 else 's'}"
        lines += ["", f"{place}. {item.code} {item.title} ({asked})", f"   {_asks(item)}", f"   {_how(item)}"]
    shown = offset + len(answer.items)
    more = answer.items and not wanted.alike and shown < answer.counts.get(wanted.kind, total)
    return "\n".join([*lines, *(["", f"More: --offset {shown}"] if more else [])]) + "\n"


KINDS = {
    CONFLICT: "about which sources disagree",
    DUPLICATE: "possible duplicates",
    INCLUSION: "borderline rows",
    MATCH: "rows that may be held",
    SIMILAR: "pairs that are only similar",
}


def _asks(item: Item) -> str:
    first, *rest = item.values
    if item.kind == CONFLICT:
        return f"{item.asks.replace('_', ' ')}: {' or '.join(item.values)}"
    if item.kind == INCLUSION:
        return first
    if item.kind == SIMILAR:
        return f"similar to {item.asks} {first}, {item.weight:.0%} alike"
    if item.kind == DUPLICATE:
        return f"is it one with {item.asks} {first}? {item.weight:.0%} alike"
    return f"row {item.asks} {first} may be {'any of ' if len(rest) > 1 else ''}{'; '.join(rest)}"


def _how(item: Item) -> str:
    """The command that decides it."""
    if item.kind == CONFLICT:
        return f"iqf decide {item.code} {item.asks} --show VALUE --reason TEXT"
    if item.kind == INCLUSION:
        return f"iqf include {item.key} --reason TEXT, or iqf refuse {item.key} --reason TEXT"
    keep = " [--keep CODE]" if item.kind in (DUPLICATE, SIMILAR) else ""
    return f"iqf match {item.key} accept{keep} --reason TEXT, or iqf match {item.key} decline --reason TEXT"


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


def conflicts(waiting: Sequence[ConflictAnswer], done: Sequence[Decided], totals: tuple[int, int]) -> str:
    """Where sources disagree, then what was decided: those asked for of so many."""
    lines = [_count(totals[0], "field", "about which sources disagree") + _part(len(waiting), totals[0])]
    for answer in waiting:
        asked = f"{answer.roles} role{'' if answer.roles == 1 else 's'}"
        lines.append(f"\n{answer.thing.code} {answer.field}: {answer.thing.title} ({asked})")
        if answer.before:
            lines.append(f"  decided before: {answer.before.because}")
        lines += [f"  {_shown(side)}" for side in answer.sides]
    return "\n".join([*lines, "", *_decided_lines(done, totals[1])]) + "\n"


def _shown(side: Side) -> str:
    where = side.where
    place = f"{where.file}, row {where.row}" if where.file and where.row else where.file
    mark = " (shown now)" if side.shown_now else ""
    return f"{side.value}{mark}: {where.source_title}{f' ({place})' if place else ''}"


def matches(waiting: Sequence[Sequence[ProposedMatch]], done: Sequence[Decided], totals: tuple[int, int]) -> str:
    """Rows and entries with everything that each may be, then what was decided: those asked for of so many."""
    lines = [_count(totals[0], "match", "proposed") + _part(len(waiting), totals[0])]
    for first, *rest in waiting:
        lines.append(f"\n{first.reference} {first.title}")
        for match in (first, *rest):
            lines.append(f"  {match.pk}  may be {match.code} {match.matched_title}")
            lines.append(f"      {match.score:.0%} alike: {match.why}")
            lines += [f"      {match.earlier}"] if match.earlier else []
    return "\n".join([*lines, "", *_decided_lines(done, totals[1])]) + "\n"


def _part(shown: int, total: int) -> str:
    return "" if shown == total else f" {shown} of them here; see --limit and --offset."


def _count(n: int, noun: str, what: str) -> str:
    plural = noun if n == 1 else f"{noun}{'es' if noun.endswith('ch') else 's'}"
    return f"{n} {plural} {what} wait{'s' if n == 1 else ''} for a decision."


def _decided_lines(done: Sequence[Decided], total: int) -> list[str]:
    return [f"{total} decided.{_part(len(done), total)}"] + [f"  {decided_line(d)}" for d in done]


def _over(done: Decided) -> tuple[str, ...]:
    """The other candidates of a row that is none of them; those of a row that is one are not spoken of."""
    return done.passed_over if done.taken == "declined" else ()


def decided_line(done: Decided) -> str:
    """One decision in a sentence, with its number."""
    thing = done.thing if isinstance(done.thing, str) else f"{done.thing.code} {done.thing.title}"
    why = f"decision {done.number}, {done.on}, by {done.by}: {done.reason}"
    if done.kind == INCLUSION:
        verb = "belongs" if done.taken == "chosen" else "does not belong"
        return f"{done.about} {thing} {verb} to the framework ({why})"
    if done.kind != CONFLICT:
        verb = "is not" if done.taken == "declined" else "is"
        stands = f", which stands as {done.code}" if done.taken == "joined" else ""
        return f"{done.about} {verb} {' or '.join([thing, *_over(done)])}{stands} ({why})"
    values = [level_words(v) if done.about == "level" else v for v in (done.taken, *done.passed_over)]
    rest = f", not {' or '.join(values[1:])}" if values[1:] else ""
    return f"{thing}: {done.about.replace('_', ' ')} is {values[0]}{rest} ({why})"
