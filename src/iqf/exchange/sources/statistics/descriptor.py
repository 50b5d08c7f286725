"""What a `datapackage.json` beside a table says of it: its title, what it counts and where (Frictionless Data)."""

import json
from pathlib import Path
from typing import Any

from iqf.exchange.sources.opening import decode
from iqf.exchange.sources.pattern import Fault, Refused
from iqf.exchange.sources.statistics.notations import PARTS, WHOLE
from iqf.exchange.sources.statistics.shaping import Said
from iqf.indicators.words import COUNTING, LOCATIONS

OURS = ("counting", "location_basis", "named_by", "complete_for")


def said_beside(path: Path) -> Said:
    """What a descriptor says of the data file at `path`; nothing where there is none, or it is of another file."""
    beside = path.with_name("datapackage.json")
    if not beside.is_file():
        return Said()
    try:
        package = json.loads(decode(beside.read_bytes(), beside.name))
        of = [r["path"] for r in package["resources"]]
    except (ValueError, KeyError, TypeError):
        raise Refused(
            [Fault("this is no descriptor of a data package; take it away or put it right.", beside.name)]
        ) from None
    return _said(package, beside.name) if path.name in of else Said()


def _said(package: dict[str, Any], file: str) -> Said:
    own = package.get("iqf") or {}
    contributors = package.get("contributors") or [{}]
    licences = package.get("licenses") or [{}]
    said = Said(
        code=str(package.get("name", "")),
        title=str(package.get("title", "")),
        definition=str(package.get("description", "")),
        publisher=str(contributors[0].get("title", "")),
        licence=str(licences[0].get("title", "")),
        **{name: str(own.get(name, "")) for name in OURS},
    )
    return checked(said, file)


def checked(said: Said, file: str) -> Said:
    """The same, where what it says of counting and places is known. Raises Refused."""
    for name, value, known in (
        ("counting", said.counting, COUNTING),
        ("location_basis", said.location_basis, LOCATIONS),
        ("part", said.part, (WHOLE, *PARTS.values())),
    ):
        if value and value not in known:
            message = f'"{value}" is not known here; write one of: {", ".join(known)}.'
            raise Refused([Fault(message, file, None, name, value)])
    return said
