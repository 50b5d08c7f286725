"""Answers as JSON: one envelope for every door, one shape for every error."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from iqf.accounts.queries import data_version


def plain(value: Any) -> Any:
    """A frozen answer as dicts, lists and text. Properties are left out; dates are ISO text; numbers unrounded."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return [plain(v) for v in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return value.isoformat() if isinstance(value, date) else value


def envelope(shape: str, as_of: date, answer: Any, warnings: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The envelope of every answer: shape and its version, data version, date, warnings, then the answer's own keys.

    `shape` is the short name, as in `coverage` for `iqf.coverage/1`.
    """
    return {
        "schema": f"iqf.{shape}/1",
        "data_version": data_version(),
        "as_of": as_of.isoformat(),
        "warnings": [dict(w) for w in warnings],
        **plain(answer),
    }


def error(kind: str, title: str, detail: str = "", where: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The one error shape (problem details, RFC 9457): type, one sentence, detail, places in the reader's file."""
    return {
        "schema": "iqf.error/1",
        "type": kind,
        "title": title,
        "detail": detail,
        "where": [dict(w) for w in where],
    }


def dumps(payload: Mapping[str, Any]) -> str:
    """JSON text as every door prints it."""
    return json.dumps(payload, ensure_ascii=False, indent=2)
