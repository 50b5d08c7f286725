"""The rows of an entity as plain text: what a row says, which row is meant, and what was typed read into values."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BaseConstraint, CheckConstraint, Model, Q, QuerySet, UniqueConstraint

from iqf.catalogue.editable.entities import ALL, CODE, Entity
from iqf.catalogue.editable.holds import Near, ThingOf, WrongValue
from iqf.catalogue.models.things import LIVE, Thing
from iqf.catalogue.queries import find
from iqf.codes import alias_key

MOST_NAME = 200
"""So long is the name of a row in the audit trail at most."""
TOGETHER = {
    "unit_credit_range": "The least credit of a unit must not be more than the most; give both or neither.",
    "qualification_number_shape": "The number is not that of a regulated qualification.",
    "role_not_own_successor": "A role cannot be its own successor.",
    "progression_leads_elsewhere": "A qualification cannot lead to itself.",
    "comparison_of_two": "A qualification cannot be compared with itself.",
    "barred_pair_of_two": "A unit cannot bar itself.",
    "equivalence_of_two": "A unit cannot be the equivalent of itself.",
    "crosswalk_of_two": "A statement cannot be related to itself.",
    "rule_group_floor_paired": "A floor needs both the level and how much credit at it.",
}
"""What each rule of the database about several columns says to people."""


_BY_MODEL: dict[type[Model], list[Entity]] = defaultdict(list)
for _entity in ALL:
    _BY_MODEL[_entity.model].append(_entity)


class WrongCells(ValueError):
    """Cells that cannot be what they say: a plain sentence for each column; `""` for the row as a whole."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


def entity_of(row: Model) -> Entity | None:
    """The entity that a row is of; None for rows that nobody edits."""
    for entity in _BY_MODEL.get(type(row), ()):
        if not entity.where or _is_set(row, entity.where):
            return entity
    return None


def _is_set(row: Any, path: str) -> bool:
    *above, last = path.split("__")
    for step in above:
        row = getattr(row, step)
    return row is not None and getattr(row, f"{last}_id") is not None


def cells_of(entity: Entity, row: Any) -> dict[str, str]:
    """What a row says, column by column."""
    cells = {column.name: column.show(row) for column in entity.columns}
    return {CODE: row.code, **cells} if entity.is_thing else cells


def key_of(entity: Entity, row: Any) -> dict[str, str]:
    """The cells that name a row."""
    if entity.is_thing:
        return {CODE: row.code}
    return {name: entity.column(name).show(row) for name in entity.key}


def row_name(entity: Entity, key: Mapping[str, str]) -> str:
    """A row as the audit trail names it: the permanent code of a thing, else its kind and what names it.

    A long one is cut and ends in a fingerprint of the whole, so that no two rows have one name.
    """
    if entity.is_thing:
        return key[CODE]
    name = f"{entity.kind}:{' > '.join(key[name] for name in entity.key)}"
    if len(name) <= MOST_NAME:
        return name
    return f"{name[: MOST_NAME - 14]}… {hashlib.sha256(name.encode()).hexdigest()[:12]}"


def read_cells(
    entity: Entity,
    texts: Mapping[str, str],
    *,
    new: Mapping[str, Thing] | None = None,
    all_needed: bool = False,
    finding: Callable[[str, Iterable[str]], Thing] = find,
    retired: bool = False,
) -> dict[str, Any]:
    """What was typed, as values, by column; columns that are not given are left out, unless `all_needed`.

    Columns are read in their order, so that a later one may depend on an earlier. `finding`: how things are found.
    `retired`: cells may name a group or statement that stands no longer.
    Raises WrongCells with a sentence for each cell that is wrong.
    """
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name in texts:
        if name not in entity.names and not (entity.is_thing and name == CODE):
            faults[name] = f'A {entity.kind} has no column "{name}".'
    for column in entity.columns:
        if column.name in texts or (all_needed and column.needed):
            try:
                near = Near(values, new or {}, finding, retired)
                values[column.name] = column.read(texts.get(column.name, ""), near)
            except WrongValue as error:
                faults[column.name] = str(error)
    if faults:
        raise WrongCells(faults)
    return values


def key_fields(entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the model that name a row, out of the values of its key. Raises WrongValue."""
    return entity.fields({name: values[name] for name in entity.key})


def find_row(entity: Entity, values: Mapping[str, Any], *, locked: bool = False) -> Any | None:
    """The row that these values of the key name, standing or retired; None where there is none."""
    try:
        fields = key_fields(entity, values)
    except WrongValue:
        return None
    if any(isinstance(value, Model) and value.pk is None for value in fields.values()):
        return None
    rows = entity.model._default_manager.filter(**fields)
    return (rows.select_for_update() if locked else rows).first()


def find_thing(entity: Entity, text: str, *, locked: bool = False) -> Thing | None:
    """A thing by its permanent code or an official code, standing or retired; None where there is none."""
    things: Any = entity.model._default_manager
    rows = things.select_for_update() if locked else things.all()
    found = rows.filter(code=text.strip().upper()).first()
    if found is None and hasattr(entity.model, "aliases"):
        named = list(rows.filter(pk__in=things.filter(aliases__key=alias_key(text)).values("pk"))[:2])
        found = named[0] if len(named) == 1 else None
    if found is None and entity.kind == "framework":
        found = rows.filter(key__iexact=text.strip()).first()
    return found  # type: ignore[no-any-return]


Known = dict[tuple[Any, ...], bool]
"""Whether a rule of the database holds for these values of its columns: what was found once, row after row."""


def check_together(
    row: Model,
    *,
    fresh: bool,
    columns: Collection[str] | None = None,
    free: Collection[str] = (),
    known: Known | None = None,
) -> None:
    """Whether the values of a row go together, by the rules of the database. Raises WrongCells.

    `fresh`: it is a new row. `columns`: those that have changed, where it is not all; a rule that they do not touch
    holds already. `free`: columns of which no other row says the same, as was found a moment ago. `known`: handed on
    from row to row.
    """
    known = {} if known is None else known
    faults: dict[str, list[str]] = defaultdict(list)
    if fresh:
        _unique(row, faults)
    for constraint in row._meta.constraints:
        touched = _touched(constraint)
        if columns is not None and touched and not touched & set(columns):
            continue
        if free and isinstance(constraint, UniqueConstraint) and set(free) <= set(constraint.fields):
            continue
        if isinstance(constraint, CheckConstraint) and _is_about_itself(row, touched):
            if not _holds_known(constraint, row, touched, known):
                faults[""].append(TOGETHER.get(constraint.name, str(constraint.get_violation_error_message())))
        else:
            _validate(constraint, row, faults)
    if faults:
        raise WrongCells({where: " ".join(said) for where, said in faults.items()})


def _unique(row: Model, faults: dict[str, list[str]]) -> None:
    """Values that no two rows may have; a permanent code was given a moment ago and is no other's."""
    try:
        row.validate_unique(exclude={CODE} if isinstance(row, Thing) else None)
    except ValidationError as error:
        _tell(error, faults)


def _validate(constraint: BaseConstraint, row: Model, faults: dict[str, list[str]]) -> None:
    try:
        constraint.validate(type(row), row)
    except ValidationError as error:
        _tell(error, faults)


def _tell(error: ValidationError, faults: dict[str, list[str]]) -> None:
    for name, wrong in error.update_error_dict({}).items():
        faults["" if name == "__all__" else name] += [_sentence(one) for one in wrong]


def _touched(constraint: BaseConstraint) -> set[str]:
    """The columns that a rule is about; none where that cannot be told."""
    if getattr(constraint, "expressions", ()):
        return set()
    condition = getattr(constraint, "condition", None)
    return {*getattr(constraint, "fields", ()), *getattr(condition, "referenced_base_fields", ())}


def _is_about_itself(row: Model, touched: set[str]) -> bool:
    """True where a rule is about columns of the row alone."""
    return bool(touched) and touched <= {f.name for f in row._meta.concrete_fields}


def _holds_known(constraint: CheckConstraint, row: Model, touched: set[str], known: Known) -> bool:
    """Asked of the database once for the same values, with no more columns than the rule is about."""
    values = (constraint.name, *(row.serializable_value(name) for name in sorted(touched)))
    if values not in known:
        known[values] = _holds(constraint, row, touched)
    return known[values]


def check_columns(row: Model, columns: Collection[str], known: Known) -> None:
    """As `check_together`, of those rules alone that cells read one by one leave open and that these columns touch.

    Raises WrongCells.
    """
    for constraint in row._meta.constraints:
        touched = _touched(constraint)
        if constraint.name not in TOGETHER or len(touched) < 2 or not touched & set(columns):
            continue
        if isinstance(constraint, CheckConstraint) and not _holds_known(constraint, row, touched, known):
            raise WrongCells({"": TOGETHER[constraint.name]})


def _holds(constraint: CheckConstraint, row: Model, touched: set[str]) -> bool:
    others = {f.name for f in row._meta.concrete_fields} - touched | {"pk"}
    try:
        constraint.validate(type(row), row, exclude=others)
    except ValidationError:
        return False
    return True


def _sentence(error: ValidationError) -> str:
    said = " ".join(error.messages)
    for constraint, sentence in TOGETHER.items():
        if constraint in said:
            return sentence
    return said


def every(entity: Entity) -> QuerySet[Any]:
    """The rows of an entity, standing and retired, with what their cells need, in the order of their making."""
    paths = [
        (column.path or column.name).replace(".", "__") for column in entity.columns if column.holds.blank is None
    ]
    relations = [p for p in paths if _is_relation(entity.model, p)]
    more = [
        f"{p}__{end}"
        for p in relations
        for end in ("scheme", "framework")
        if _is_relation(entity.model, f"{p}__{end}")
    ]
    rows = entity.model._default_manager.select_related(*relations, *more)
    if entity.where:
        rows = rows.filter(**{f"{entity.where}__isnull": False})
    return rows.order_by("pk")


def standing(entity: Entity) -> QuerySet[Any]:
    """The rows of an entity that stand, with what their cells need, in the order of their making."""
    return every(entity).filter(LIVE)


def joined(thing: Thing) -> dict[Entity, list[Any]]:
    """The rows that join a thing to others, by entity; entities that could, but do not, with an empty list."""
    kind = str(thing._meta.model_name)
    found: dict[Entity, list[Any]] = {}
    for entity in ALL:
        ends = [c for n in entity.key if isinstance((c := entity.column(n)).holds, ThingOf) and kind in c.holds.kinds]
        if ends:
            wanted = Q()
            for column in ends:
                wanted |= Q(**{(column.path or column.name).replace(".", "__"): thing})
            found[entity] = list(standing(entity).filter(wanted))
    return found


def _is_relation(model: type[Model], path: str) -> bool:
    try:
        for step in path.split("__"):
            field = model._meta.get_field(step)
            if not field.is_relation or not field.concrete:
                return False
            model = field.related_model  # type: ignore[assignment]
    except FieldDoesNotExist:
        return False
    return True
