"""A rule of combination out of the text cells of its groups and units, and what of it cannot be read as a rule."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from iqf.analysis.rule_tree import Group, LevelFloor, RuleError, Ruleset

Cells = Mapping[str, str]


@dataclass(frozen=True)
class ReadRule:
    """The rule as a tree, None where there is none; and a sentence for each thing that no reader of it would find."""

    root: Group | None
    faults: tuple[str, ...]


def rule_of(target: str, groups: Sequence[Cells], units: Sequence[Cells]) -> ReadRule:
    """The rule of one qualification. Rows in the order in which they were made; each has the columns of its entity.

    A rule has one group at its top, and every other group stands below it: what does not is a fault.
    """
    rows = {row["key"]: row for row in sorted(groups, key=_position)}
    parts: dict[str, list[str]] = defaultdict(list)
    for key, row in rows.items():
        parts[row.get("parent", "")].append(key)
    listed: dict[str, list[str]] = defaultdict(list)
    for row in sorted(units, key=_position):
        listed[row["group"]].append(row["unit"])
    tops = parts[""]
    root = _group(rows, parts, listed, tops[0]) if tops else None
    return ReadRule(root, tuple(_faults(target, rows, root)))


def _position(row: Cells) -> int:
    return int(row.get("position") or 0)


def _number(row: Cells, name: str) -> int | None:
    return int(row[name]) if row.get(name) else None


def _group(
    rows: Mapping[str, Cells], parts: Mapping[str, Sequence[str]], listed: Mapping[str, Sequence[str]], key: str
) -> Group:
    row = rows[key]
    floor = _number(row, "floor_credit")
    kind = row.get("kind", "")
    return Group(
        id=key,
        title=row.get("title", ""),
        kind=kind,  # type: ignore[arg-type]
        units=tuple(listed.get(key, ())),
        children=tuple(_group(rows, parts, listed, part) for part in parts.get(key, ())),
        min_units=_number(row, "min_units"),
        max_units=_number(row, "max_units"),
        min_credit=_number(row, "min_credit"),
        max_credit=_number(row, "max_credit") if kind != "all" else None,
        min_children=_number(row, "min_parts"),
        max_children=_number(row, "max_parts"),
        credit_at_level=(LevelFloor(row.get("floor_level", ""), floor),) if floor is not None else (),
        list_complete=row.get("list_complete", "yes") != "no",
        structure_known=row.get("structure_known", "yes") != "no",
        note=row.get("note", ""),
    )


def _faults(target: str, rows: Mapping[str, Cells], root: Group | None) -> Iterator[str]:
    reached = {group.id for group in root.walk()} if root else set()
    for key, row in rows.items():
        if key in reached:
            continue
        parent = row.get("parent", "")
        named = f'The group "{row.get("title") or key}"'
        if root is None:
            yield f"{named} stands in a circle of groups, none of which is at the top; let one group have no parent."
        elif not parent:
            yield f'{named} is at the top beside "{root.title or root.id}", where nobody reads it; give it a parent.'
        elif parent not in rows:
            yield f'{named} is a part of "{parent}", which does not stand; give it another parent.'
        else:
            yield f"{named} is not below the top of the rule; give it another parent."
    if root:
        try:
            Ruleset(target, root)
        except RuleError as error:
            yield str(error)
