"""What each item of an answer is there for, and why, in a sentence.

Promise: said from the rules themselves, evaluated anew for the holder who has taken the items: an answer that they do
not confirm is never given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iqf.analysis.rule_programme import SolverError
from iqf.analysis.rules import Group, Holding, evaluate
from iqf.analysis.topup.presolve import Open, reaches
from iqf.analysis.topup.records import Candidate, Choice, Cover, Item, Option


@dataclass(frozen=True)
class Explained:
    """The items, and for each requirement the code of the qualification that meets it."""

    items: tuple[Item, ...]
    via: Mapping[str, str]


def explained(found: Open, chosen: Sequence[str]) -> Explained:
    """What each of the chosen candidates is there for. Raises SolverError where they do not reach the target."""
    taken = [c for c in found.candidates if c.code in set(chosen)]
    covers: dict[str, list[Cover]] = {c.code: [] for c in taken}
    kinds: dict[tuple[str, str], str] = {}
    via = {choice.id: _requirement(found, choice, taken, covers, kinds) for choice in found.choices}
    _statements(found, taken, covers)
    items = (Item(c, tuple(covers[c.code]), _because(c, covers[c.code], kinds)) for c in taken)
    return Explained(tuple(items), via)


def _requirement(
    found: Open,
    choice: Choice,
    taken: list[Candidate],
    covers: dict[str, list[Cover]],
    kinds: dict[tuple[str, str], str],
) -> str:
    for option in choice.options:
        if option.code in covers:
            covers[option.code].append(Cover("rule", option.code, option.title))
            return option.code
        if _by_units(found, option, taken, covers, kinds):
            return option.code
    raise SolverError(f"The set found does not meet {choice.title}.")


def _by_units(
    found: Open,
    option: Option,
    taken: list[Candidate],
    covers: dict[str, list[Cover]],
    kinds: dict[tuple[str, str], str],
) -> bool:
    """Whether the rule of an option is met by units; what each item counts for is added to `covers`."""
    if option.rules is None:
        return False
    brought = frozenset(unit for c in taken for unit in c.brings)
    answer = evaluate(option.rules, found.question.facts, Holding(found.question.held_for(option.code) | brought))
    if answer.verdict != "met":
        return False
    groups = {group.id: group for group in option.rules.root.walk()}
    kinds |= {(option.code, name(group)): group.kind for group in groups.values()}
    for candidate in taken:
        own = candidate.brings - found.question.held_for(option.code)
        covers[candidate.code] += [
            Cover("rule", option.code, option.title, name(groups[c.group]), c.unit)
            for c in answer.counted
            if c.held in own
        ]
    return True


def name(group: Group) -> str:
    """What a group is called."""
    return group.title or group.id


def _statements(found: Open, taken: list[Candidate], covers: dict[str, list[Cover]]) -> None:
    for need in found.needs:
        by = found.reaching(need)
        for candidate in taken:
            units = [u for u in sorted(candidate.brings) if found.item.get(u, u) in by]
            if units or candidate.code in by:
                far = _how_far(found, candidate, need.code)
                unit = units[0] if units else ""
                covers[candidate.code].append(Cover("statement", need.code, need.title, far, unit, need.name))
        if not any(reaches(c.part, need) for own in covers.values() for c in own if c.code == need.code):
            _reached_by_the_held(found, need.code)


def _how_far(found: Open, candidate: Candidate, statement: str) -> str:
    """*fully* where anything it brings, or an equivalent of it, reaches the statement fully."""
    own = found.items_of(candidate) | {candidate.code}
    far = {
        reach[statement]
        for code, reach in found.question.reach.items()
        if statement in reach and found.item.get(code, code) in own
    }
    return "fully" if "fully" in far else "partly"


def _reached_by_the_held(found: Open, statement: str) -> None:
    """A statement that no item reaches must be reached by something held that is in a barred set."""
    need = next(n for n in found.needs if n.code == statement)
    if not found.reaching(need) & found.held_items() & found.contested:
        raise SolverError(f"The set found does not reach {statement}.")


def _because(candidate: Candidate, covers: Sequence[Cover], kinds: Mapping[tuple[str, str], str]) -> str:
    said = [_in_rule(cover, kinds) for cover in covers if cover.kind == "rule"]
    for far in ("fully", "partly"):
        codes = [c.name for c in covers if c.kind == "statement" and c.part == far]
        if codes:
            said.append(f"Reaches {', '.join(codes)} {far}.")
    return " ".join(dict.fromkeys(said))


def _in_rule(cover: Cover, kinds: Mapping[tuple[str, str], str]) -> str:
    if not cover.part:
        return "It is what is asked for."
    if kinds.get((cover.code, cover.part)) == "all":
        return f"Required in “{cover.part}” of {cover.title}."
    return f"Counts towards “{cover.part}” of {cover.title}."
