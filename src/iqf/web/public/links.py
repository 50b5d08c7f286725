"""From a thing to its address."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from iqf.codes import parse_qan, parse_recognition_number, parse_unit_reference
from iqf.reports.things import Ref

PLACES = {
    "role": "roles",
    "qualification": "qualifications",
    "unit": "units",
    "organisation": "organisations",
    "framework": "frameworks",
}


def name_in_address(thing: Ref) -> str:
    """The part of the address that names the thing: its permanent code, or a framework's key."""
    return thing.aliases[0] if thing.kind == "framework" and thing.aliases else thing.code


def href(thing: Ref) -> str:
    """The one address of a thing."""
    return f"/{PLACES[thing.kind]}/{quote(name_in_address(thing))}"


def number(thing: Ref) -> str:
    """The official number of a thing, blank where it has none."""
    return next((a for a in thing.aliases if is_official(a)), "")


def is_official(alias: str) -> bool:
    """True for a qualification number, a unit reference or a recognition number."""
    return bool(parse_qan(alias) or parse_unit_reference(alias) or parse_recognition_number(alias))


def query(**values: str | Sequence[str]) -> str:
    """A query string of the values that are not blank, with its question mark; blank for none."""
    kept = {name: value for name, value in values.items() if value}
    return f"?{urlencode(kept, doseq=True)}" if kept else ""


def row_href(register: str, reference: str) -> str:
    """The address of a row of an official list."""
    return f"/register/{quote(register)}/{quote(reference)}"


def found_href(kind: str, code: str) -> str:
    """The address of something that search found: a thing, a statement, or a cluster; blank for what has no page."""
    if kind in PLACES:
        return f"/{PLACES[kind]}/{quote(code)}"
    whole, _, part = code.partition(":")
    if kind == "official row":
        return row_href(whole, part)
    if kind == "statement":
        return f"/frameworks/{quote(whole)}?statement={quote(part)}#{quote(part)}"
    return f"/clusters/{quote(whole)}/{quote(part)}" if kind == "cluster" else ""
