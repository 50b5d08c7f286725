"""What a person typed for one field of a thing, read and checked as the field asks; and put back as it was."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model

from iqf.catalogue.models.organisations import Organisation
from iqf.catalogue.models.things import Thing
from iqf.catalogue.queries import AmbiguousError, NotFoundError, find, kind_of
from iqf.codes import alias_key, parse_level

FIXED = ("id", "code", "citation", "retired_on", "retired_because")


class WrongValue(ValueError):
    """A value that a field cannot have, in one plain sentence."""


def read_value(thing: Thing, field: str, typed: str) -> Any:
    """What was typed as the field's own value: a level in any notation, an organisation by any of its names.

    Raises WrongValue where it is blank, or not a value that the field can have.
    """
    typed = " ".join(typed.split())
    if not typed:
        raise WrongValue("Say which value is to be shown.")
    column = _column(thing, field)
    value = _related(column, typed) if column.is_relation else _plain(field, typed)
    before = getattr(thing, field)
    try:
        if not column.is_relation:
            value = column.clean(value, thing)
        setattr(thing, field, value)
        thing.validate_constraints()
    except ValidationError:
        raise WrongValue(
            f'"{typed}" is not a value that the {field_words(field)} of a {kind_of(thing)} can have.'
        ) from None
    finally:
        setattr(thing, field, before)
    return value


def text_before(value: Any) -> str:
    """A value as a decision keeps it, to be put back: a code for a thing, an id for another row, else text."""
    if isinstance(value, Thing):
        return value.code
    if isinstance(value, Model):
        return str(value.pk)
    return "" if value is None else str(value)


def restored_value(thing: Thing, field: str, kept: str) -> Any:
    """The value that `text_before` kept."""
    column = _column(thing, field)
    if column.is_relation:
        by = "code" if issubclass(column.related_model, Thing) else "pk"
        return column.related_model._default_manager.get(**{by: kept}) if kept else None
    if not kept:
        return None if column.null else ""
    return column.to_python(kept)


def _column(thing: Thing, field: str) -> Any:
    try:
        column = thing._meta.get_field(field)
    except FieldDoesNotExist:
        column = None
    if column is None or field in FIXED or not column.concrete:
        raise WrongValue(f'A {kind_of(thing)} has no "{field}" that can be decided.')
    return column


def _related(column: Any, typed: str) -> Any:
    if not issubclass(column.related_model, Thing):
        return _listed(column, typed)
    try:
        return find(typed, [column.related_model._meta.model_name])
    except (NotFoundError, AmbiguousError) as error:
        if isinstance(error, NotFoundError) and column.related_model is Organisation:
            what = f'"{typed}" is no organisation of the framework; bring it in first, or give one that is.'
            raise WrongValue(what) from None
        raise WrongValue(str(error)) from None


def _listed(column: Any, typed: str) -> Model:
    """A cluster or an area, by what it is called."""
    found = [row for row in column.related_model._default_manager.all() if alias_key(str(row)) == alias_key(typed)]
    if len(found) != 1:
        raise WrongValue(f'"{typed}" is the name of {len(found) or "no"} {column.related_model._meta.verbose_name}.')
    row: Model = found[0]
    return row


def _plain(field: str, typed: str) -> Any:
    if field != "level":
        return typed
    level = parse_level(typed)
    if not level:
        raise WrongValue(f'"{typed}" is no level; write 1 to 8, Entry 1 to Entry 3, or none.')
    return level


def field_words(field: str) -> str:
    """A field as a sentence names it: `stated_status` is "status"."""
    return field.removeprefix("stated_").replace("_", " ")
