"""A rule of combination in words, and the sentence behind a verdict.

Promise: the words say exactly what the group asks, in plain English, and say when the list or the split
is not fully known. They never add a number that the rule does not hold.
"""

from collections.abc import Mapping, Sequence

from iqf.analysis.rule_tree import Group, LevelFloor

_NAMED = 3
"""Up to this many units are named one by one when their titles are known."""


def words(group: Group, titles: Mapping[str, str] | None = None) -> str:
    """What one group asks for, in one phrase without a full stop.

    ``titles``: unit code → title; short lists are then written out. Examples: "All 11 units (27 credits)",
    "At least 16 credits from 23 listed units (the list is incomplete)",
    "One of these 3 pathways, every unit of it".
    """
    named = titles or {}
    if not group.structure_known:
        said = _unread(group)
    elif group.kind == "all":
        said = _all(group, named)
    elif group.kind == "pathway":
        said = _pathway(group)
    else:
        said = _choose(group, named)
    if not group.list_complete:
        said += " (the list is incomplete)"
    return said + _limits(group)


def number(count: int, one: str, many: str | None = None) -> str:
    """ "1 unit", "2 units"; ``many`` for plurals not made with an s."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def credits_asked(group: Group) -> str:
    """The credit part of a rule: "16 credits", "44 credits, 40 of them at level 3 or above"; "" if none."""
    floors = [_floor(floor, "of them ") for floor in group.credit_at_level]
    if group.min_credit is None:
        return " and ".join(_floor(floor, "credits ") for floor in group.credit_at_level)
    return ", ".join([number(group.min_credit, "credit"), *floors])


def listing(items: Sequence[str], joiner: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"


def name_units(codes: Sequence[str], titles: Mapping[str, str], joiner: str = "and") -> str:
    """Units by title (or code), the first few and how many more."""
    shown = [titles.get(code) or code for code in codes[:_NAMED]]
    rest = len(codes) - len(shown)
    return listing([*shown, f"{rest} more"] if rest else shown, joiner)


def _floor(floor: LevelFloor, between: str) -> str:
    level = f"Entry {floor.level[1]}" if floor.level[:1] == "E" and len(floor.level) == 2 else floor.level
    level = level if level.startswith("Entry") else f"level {level}"
    top = "" if floor.level == "8" else " or above"
    return f"{floor.at_least} {between}at {level}{top}"


def _all(group: Group, titles: Mapping[str, str]) -> str:
    units, credit = len(group.units), _in_brackets(group)
    if group.children and not units:
        asked = number(len(group.children), "part")
        return f"The whole of this part{credit}" if asked == "1 part" else f"All {asked}{credit}"
    parts = f" and all of {number(len(group.children), 'part')}" if group.children else ""
    if not group.list_complete:
        total = group.min_units or 0
        listed = f"All {total} units, {units} of them listed" if total > units else f"All units, {units} listed"
        return f"{listed}{parts}{credit}"
    if units == 1:
        title = titles.get(group.units[0])
        return f"The unit “{title}”{parts}{credit}" if title else f"The one unit{parts}{credit}"
    return f"{'Both' if units == 2 else f'All {units}'} units{parts}{credit}"


def _in_brackets(group: Group) -> str:
    asked = credits_asked(group)
    if not asked:
        return ""
    total = bool(group.children) or group.min_credit is None
    return f" ({'at least ' if total else ''}{asked})"


def _pathway(group: Group) -> str:
    listed = len(group.children)
    low, high = group.min_children or 1, group.max_children
    asked = f", with at least {credits_asked(group)}" if credits_asked(group) else ""
    if listed == 1 and low == 1:
        return f"This pathway, every part of it{asked}"
    each = "every unit" if all(c.kind == "all" and not c.children for c in group.children) else "every part"
    how_many = {1: "One"}.get(low, str(low))
    if high is None and low < listed:
        how_many = f"At least {how_many.lower()}"
    elif high is not None and high != low:
        how_many = f"{low} to {high}"
    return f"{how_many} of these {listed} pathways, {each} of {'it' if how_many == 'One' else 'each'}{asked}"


def _choose(group: Group, titles: Mapping[str, str]) -> str:
    asked = [number(group.min_units, "unit")] if group.min_units else []
    asked += [credits_asked(group)] if credits_asked(group) else []
    pool = _pool(group)
    names = [titles[code] for code in group.units if titles.get(code)]
    if group.min_units == 1 and len(asked) == 1 and not group.min_children and not group.children:
        if 1 < len(names) == len(group.units) <= _NAMED:
            return f"One of these {len(names)} units: {listing([f'“{name}”' for name in names], 'or')}"
        return f"At least one of {pool}" if group.max_units != 1 else f"One of {pool}"
    parts = f", with at least {number(group.min_children, 'part')} met" if group.min_children else ""
    if not asked:
        return f"Any of {pool}{parts}"
    comma = "," if group.credit_at_level and group.min_credit is not None else ""
    return f"At least {' and '.join(asked)}{comma} from {pool}{parts}"


def _pool(group: Group) -> str:
    units = [number(len(group.units), "listed unit")] if group.units else []
    parts = [number(len(group.children), "part")] if group.children else []
    return " and ".join(units + parts) or "no listed units"


def _unread(group: Group) -> str:
    asked = [number(group.min_units, "unit")] if group.min_units else []
    asked += [credits_asked(group)] if credits_asked(group) else []
    from_what = f"At least {' and '.join(asked)} from {_pool(group)}" if asked else _pool(group).capitalize()
    return f"{from_what}; which of them are mandatory was not read"


def _limits(group: Group) -> str:
    """What a maximum adds, where it is not simply the number asked for."""
    if group.kind == "all" or not group.structure_known:
        return ""
    said = []
    if group.max_units is not None and not (group.max_units == group.min_units == 1):
        said.append(number(group.max_units, "unit"))
    if group.max_credit is not None and group.max_credit != group.min_credit:
        said.append(number(group.max_credit, "credit"))
    if group.kind == "choose" and group.max_children is not None:
        said.append(number(group.max_children, "part"))
    return f"; at most {listing(said)} count" if said else ""
