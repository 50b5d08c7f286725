"""A framework as a package of CASE 1.1 (1EdTech, Competencies and Academic Standards Exchange): CFPackage in JSON.

Identifiers are made from our codes, so that the same statement has the same one in every export. What CASE has no
place for (our key, and whether the order of the list is ours) travels in `extensions`.
"""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from iqf.exchange.formats.case_relations import association
from iqf.reports.package import Package, PackagedRelation, PackagedStatement

VERSION = "1.1"
CHILD = "isChildOf"
EXTENSION = "iqf"
ADOPTED, DRAFT = "Adopted", "Draft"


def case_package(package: Package, prefix: str, moment: str) -> dict[str, Any]:
    """The package. `prefix`: the address under which things stand; `moment`: ISO 8601, when it was made."""
    document = _document(package, prefix, moment)
    about = {"title": package.framework.title, "identifier": document["identifier"], "uri": document["uri"]}
    return {
        "CFDocument": document,
        "CFItems": [_item(package, one, about, prefix, moment) for one in package.statements],
        "CFAssociations": [
            _child(package, one, number, about, prefix, moment)
            for number, one in enumerate(package.statements, start=1)
        ]
        + [_related(package, one, about, prefix, moment) for one in package.relations],
    }


def identifier(package: Package, *names: str) -> str:
    """The lasting identifier of a framework, or of something in it."""
    return identifier_in(package.framework.code, *names)


def identifier_in(framework: str, *names: str) -> str:
    """The lasting identifier of something in the framework of this code."""
    return str(uuid5(NAMESPACE_URL, "/".join(("iqf", framework, *names))))


def _related(
    package: Package, one: PackagedRelation, about: dict[str, str], prefix: str, moment: str
) -> dict[str, Any]:
    """A crosswalk of a statement of this framework with one of another."""

    def node(name: str) -> dict[str, str]:
        key, _, code = name.partition("/")
        held = package.framework.code if key == package.key else package.others[key]
        where = f"{prefix}/frameworks/{key}?statement={code}"
        return {"title": code, "identifier": identifier_in(held, code), "uri": where}

    common = {
        "identifier": identifier(package, "crosswalk", one.first, one.second),
        "uri": f"{prefix}/frameworks/{package.key}?crosswalk={one.first}:{one.second}",
        "CFDocumentURI": about,
        "lastChangeDateTime": moment,
    }
    return association(one, node, common)


def _document(package: Package, prefix: str, moment: str) -> dict[str, Any]:
    return {
        "identifier": identifier(package),
        "uri": f"{prefix}/frameworks/{package.key}",
        "creator": "iqf",
        "title": package.framework.title,
        "version": package.edition,
        "adoptionStatus": ADOPTED if package.adopted else DRAFT,
        "lastChangeDateTime": moment,
        "caseVersion": VERSION,
        "frameworkType": "Framework",
        "extensions": {EXTENSION: {"key": package.key, "code": package.framework.code, "replaces": package.replaces}},
    }


def _item(
    package: Package, one: PackagedStatement, about: dict[str, str], prefix: str, moment: str
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "identifier": identifier(package, one.code),
        "uri": f"{prefix}/frameworks/{package.key}?statement={one.code}",
        "CFDocumentURI": about,
        "fullStatement": one.title,
        "humanCodingScheme": one.code,
        "CFItemType": one.kind,
        "lastChangeDateTime": moment,
        "extensions": {EXTENSION: {"position": one.position, **_place(one)}},
    }
    return {**found, "notes": one.note} if one.note else found


def _place(one: PackagedStatement) -> dict[str, str]:
    """Where a statement stands in a matrix; CASE has no place for that."""
    return {name: text for name, text in (("axis", one.axis), ("row", one.row)) if text}


def _child(
    package: Package, one: PackagedStatement, number: int, about: dict[str, str], prefix: str, moment: str
) -> dict[str, Any]:
    """That a statement stands under another, or at the top of the document."""

    def node(code: str) -> dict[str, str]:
        where = f"{prefix}/frameworks/{package.key}?statement={code}"
        return {"title": code, "identifier": identifier(package, code), "uri": where}

    return {
        "identifier": identifier(package, "child", one.code),
        "uri": f"{prefix}/frameworks/{package.key}?child={one.code}",
        "CFDocumentURI": about,
        "originNodeURI": node(one.code),
        "associationType": CHILD,
        "sequenceNumber": number,
        "destinationNodeURI": node(one.parent) if one.parent else about,
        "lastChangeDateTime": moment,
    }
