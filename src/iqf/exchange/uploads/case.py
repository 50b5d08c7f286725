"""A package of CASE 1.1 or 1.0 read into a framework and its statements; nothing is written.

Statements keep their human coding scheme as code; one that has none gets a number from its place. Kinds that are not
ours become *skill*, with theirs in the note. Relations to items of other documents are read as crosswalks; other
associations are counted and passed over.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iqf.catalogue.models.frameworks import AXES, STATEMENT_KINDS
from iqf.exchange.formats.case import CHILD, DRAFT, EXTENSION
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.uploads.case_relations import CaseRelation, node, relations_in
from iqf.reports.package import PackagedStatement

MOST_BYTES = 64 * 1024 * 1024
MOST_TITLE, MOST_CODE, MOST_KEY = 400, 40, 60


@dataclass(frozen=True)
class CaseRead:
    """A package as it was read, parents before their parts; what was passed over, in sentences."""

    key: str
    title: str
    edition: str
    adopted: bool
    replaces: str
    statements: tuple[PackagedStatement, ...]
    notes: tuple[str, ...]
    relations: tuple[CaseRelation, ...] = ()


def read_case(data: bytes, file: str) -> CaseRead:
    """The framework of a package. Raises Refused with every fault: of its JSON, its ids, its parents."""
    package = _json(data, file)
    document = package.get("CFDocument")
    items = package.get("CFItems")
    if not isinstance(document, Mapping) or not isinstance(items, list):
        raise Refused([Fault("this is no CASE package: it needs CFDocument and CFItems.", file)])
    faults: list[Fault] = []
    held = _items(items, file, faults)
    document_id = str(document.get("identifier", ""))
    rows = package.get("CFAssociations") or []
    order, parents, others = _associations(rows, held, document_id, file, faults)
    codes = _codes(held, file, faults)
    if not str(document.get("title") or "").strip():
        faults.append(Fault("the document has no title.", file, column="CFDocument.title"))
    if faults:
        raise Refused(faults[:50])
    walked = _walked(held, parents, order, file)
    statements = tuple(
        _statement(held[name], codes, parents.get(name, ""), number) for number, name in enumerate(walked, start=1)
    )
    relations = relations_in(others, codes)
    passed = len(others) - len(relations)
    notes = (f"{passed} associations that are neither parents nor crosswalks were passed over.",) if passed else ()
    own = _own(document)
    title = " ".join(str(document["title"]).split())
    return CaseRead(
        key=str(own.get("key") or _slug(title))[:MOST_KEY],
        title=title[:MOST_TITLE],
        edition=str(document.get("version") or "")[:40],
        adopted=document.get("adoptionStatus") != DRAFT,
        replaces=str(own.get("replaces") or ""),
        statements=statements,
        notes=notes,
        relations=relations,
    )


def _json(data: bytes, file: str) -> Mapping[str, Any]:
    if len(data) > MOST_BYTES:
        raise Refused([Fault(f"the file is larger than {MOST_BYTES // 2**20} MB.", file)])
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused([Fault("the file is not in UTF-8, as JSON has to be.", file)]) from None
    except json.JSONDecodeError as error:
        raise Refused([Fault(f"this is no JSON: {error.msg}.", file, error.lineno)]) from None
    except RecursionError:
        raise Refused([Fault("this JSON is nested too deeply.", file)]) from None
    if not isinstance(found, Mapping):
        raise Refused([Fault("this is no CASE package: it needs CFDocument and CFItems.", file)])
    return found


def _items(items: Sequence[Any], file: str, faults: list[Fault]) -> dict[str, Mapping[str, Any]]:
    held: dict[str, Mapping[str, Any]] = {}
    for number, item in enumerate(items, start=1):
        name = str(item.get("identifier") or "") if isinstance(item, Mapping) else ""
        if not name:
            faults.append(Fault(f"item {number} has no identifier.", file, column="CFItems"))
        elif name in held:
            faults.append(
                Fault(f"item {number} has the identifier of an earlier one.", file, column="CFItems", value=name)
            )
        elif not str(item.get("fullStatement") or "").strip():
            faults.append(Fault(f"item {number} has no fullStatement.", file, column="CFItems", value=name))
        else:
            held[name] = item
    return held


def _associations(
    rows: Sequence[Any], held: Mapping[str, Any], document: str, file: str, faults: list[Fault]
) -> tuple[dict[str, float], dict[str, str], list[Any]]:
    """The sequence number and the parent of each item that has one; and the associations of other kinds."""
    order: dict[str, float] = {}
    parents: dict[str, str] = {}
    other: list[Any] = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping) or row.get("associationType") != CHILD:
            other.append(row)
            continue
        child, parent = (node(row, name).identifier for name in ("originNodeURI", "destinationNodeURI"))
        if child not in held:
            message = f"association {number} is about an item that is not in the package."
            faults.append(Fault(message, file, column="CFAssociations", value=child))
        elif parent not in held and parent != document:
            message = f"association {number} puts an item under one that is not in the package."
            faults.append(Fault(message, file, column="CFAssociations", value=parent))
        elif child in order:
            message = f"association {number} puts an item in a second place; each stands in one."
            faults.append(Fault(message, file, column="CFAssociations", value=child))
        else:
            sequence = row.get("sequenceNumber")
            order[child] = float(sequence) if isinstance(sequence, int | float) else float(number)
            if parent in held:
                parents[child] = parent
    return order, parents, other


def _codes(held: Mapping[str, Mapping[str, Any]], file: str, faults: list[Fault]) -> dict[str, str]:
    """The code of each item: its human coding scheme, or a number where it has none."""
    codes: dict[str, str] = {}
    seen: dict[str, str] = {}
    for number, (name, item) in enumerate(held.items(), start=1):
        code = " ".join(str(item.get("humanCodingScheme") or f"S{number}").split())
        if len(code) > MOST_CODE:
            faults.append(Fault(f'the code "{code[:50]}…" is longer than {MOST_CODE} characters.', file, value=name))
        if code in seen:
            faults.append(Fault(f'two items have the code "{code}".', file, column="humanCodingScheme", value=name))
        seen[code] = codes[name] = code
    return codes


def _walked(held: Mapping[str, Any], parents: Mapping[str, str], order: Mapping[str, float], file: str) -> list[str]:
    """Every item after its parent, in their order. Raises Refused where items stand under each other in a circle."""
    below: dict[str, list[str]] = {}
    for place, name in enumerate(held):
        below.setdefault(parents.get(name, ""), []).append(name)
        below[parents.get(name, "")].sort(key=lambda one: order.get(one, float(place)))
    found: list[str] = []
    waiting = below.get("", [])[::-1]
    while waiting:
        name = waiting.pop()
        found.append(name)
        waiting += below.get(name, [])[::-1]
    if len(found) < len(held):
        lost = next(name for name in held if name not in set(found))
        said = str(held[lost].get("humanCodingScheme") or lost)
        raise Refused([Fault(f'"{said}" stands under itself, by way of its parents.', file, column="CFAssociations")])
    return found


def _statement(item: Mapping[str, Any], codes: Mapping[str, str], parent: str, number: int) -> PackagedStatement:
    kind = str(item.get("CFItemType") or "").strip()
    known = kind.casefold() in STATEMENT_KINDS
    note = " ".join(str(item.get("notes") or "").split()) if not known else str(item.get("notes") or "")
    if kind and not known:
        note = f"{kind}. {note}".strip()
    text = " ".join(str(item["fullStatement"]).split())
    if len(text) > MOST_TITLE:
        note, text = f"{text} {note}".strip(), text[: MOST_TITLE - 1] + "…"
    own = _own(item)
    position, axis, row = own.get("position"), str(own.get("axis") or ""), str(own.get("row") or "")
    return PackagedStatement(
        codes[str(item["identifier"])],
        codes.get(parent, ""),
        kind.casefold() if known else "skill",
        text,
        note,
        position if isinstance(position, int) and 0 <= position < 2**31 else number,
        axis if axis in AXES else "",
        row if row in codes.values() else "",
    )


def _own(thing: Mapping[str, Any]) -> Mapping[str, Any]:
    extensions = thing.get("extensions")
    own = extensions.get(EXTENSION) if isinstance(extensions, Mapping) else None
    return own if isinstance(own, Mapping) else {}


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or "framework"
