"""JSON files of official lists: read whole, numbers kept as printed, broken ones refused in a sentence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from iqf.exchange.sources.opening import MAX_CELL, decode
from iqf.exchange.sources.pattern import Fault, Refused


@dataclass(frozen=True)
class Pairs:
    """An object as printed: its names and values in order, repeated names included."""

    items: tuple[tuple[str, Any], ...]


def read_json(data: bytes, file: str, *, pairs: bool = False) -> Any:
    """The value of a JSON file; numbers as text. `pairs`: objects as `Pairs`. Raises Refused."""
    text = decode(data, file)
    hook = _pairs if pairs else None
    try:
        return json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=hook)
    except json.JSONDecodeError as error:
        message = f"the text is not JSON ({error.msg}); was the file cut short? Get it again from its publisher."
        raise Refused([Fault(message, file, error.lineno)]) from None
    except RecursionError:
        raise Refused([Fault("the lists in it are nested too deep for an official file.", file)]) from None


def _pairs(items: list[tuple[str, Any]]) -> Pairs:
    return Pairs(tuple(items))


def as_cell(value: Any) -> str | None:
    """A value as the cell of a table: nothing for null, True and False in words; None for what is no cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and len(value) <= MAX_CELL else None


def flat(value: Mapping[str, Any]) -> dict[str, str]:
    """An object of an official list as printed cells; lists and objects inside it as JSON text."""
    return {
        name: json.dumps(v, ensure_ascii=False) if isinstance(v, list | dict) else as_cell(v) or ""
        for name, v in value.items()
    }
