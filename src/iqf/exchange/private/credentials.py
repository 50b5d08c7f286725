"""A portfolio as Open Badges 3.0 and as a Comprehensive Learner Record 2.0 (1EdTech), in JSON-LD, signed.

A badge is made of what an assessor credited, and of nothing else: a signature under something that nobody checked
would lend it a weight that it does not have. The record holds everything, and what stands in it on its owner's word
alone says so in its name.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from iqf import __version__
from iqf.exchange.private.signing import issuer_of, signed_here, signing_key
from iqf.exchange.private.tokens import token, token_key
from iqf.reports.private.portfolio import Credited, ItemSeen, PortfolioAnswer, ShownHere

VC: Final = "https://www.w3.org/ns/credentials/v2"
OB: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CLR: Final = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
OB_SCHEMA: Final = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
CLR_SCHEMA: Final = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/clr_v2p0_clrcredential_schema.json"
ON_THEIR_WORD: Final = "Self-declared"
NOT_CHECKED: Final = "It stands here on its owner's word alone. Nobody has checked it."


def badge(answer: PortfolioAnswer, number: int, at: datetime) -> dict[str, Any] | None:
    """One credit as an `OpenBadgeCredential`, signed; None where nothing of that number was credited."""
    found = _numbered(answer, number)
    return signed_here(_credited(answer, found), at) if found else None


def badge_token(answer: PortfolioAnswer, number: int) -> str | None:
    """The same as a token (VC-JWT); None where nothing of that number was credited."""
    found = _numbered(answer, number)
    return token(_credited(answer, found), token_key()) if found else None


def _numbered(answer: PortfolioAnswer, number: int) -> Credited | None:
    return next((row for row in answer.credited if row.what.number == number), None)


def record(answer: PortfolioAnswer, at: datetime) -> dict[str, Any]:
    """All of a portfolio as a `ClrCredential`, signed; each credit in it is a signed badge of its own."""
    credits_ = [signed_here(_credited(answer, row), at) for row in answer.credited]
    declared = [signed_here(_declared(answer, item, at), at) for item in answer.items]
    name = f"Learner record of {answer.name}"
    document = {
        "@context": [VC, CLR, OB],
        "id": _urn("record", answer.number, at.isoformat()),
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": name,
        "issuer": _issuer(),
        "validFrom": _moment(at),
        "credentialSubject": {
            "id": _urn("holder", answer.number),
            "type": ["ClrSubject"],
            "identifier": [_holder(answer)],
            "verifiableCredential": [*credits_, *declared],
        },
        "credentialSchema": [{"id": CLR_SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    return signed_here(document, at)


def _credited(answer: PortfolioAnswer, row: Credited) -> dict[str, Any]:
    said = f"Credited by the assessor {row.assessor} on {row.on:%-d %B %Y} for evidence of learning: {row.reason}"
    achievement = _achievement(
        row.what.called,
        row.what.title,
        "Competency" if row.what.kind == "statement" else "Course",
        f"{row.what.title} ({row.what.called})",
        "Evidence of learning, judged by a named assessor.",
    )
    if row.what.kind == "statement":
        achievement["alignment"] = [_alignment(row.what)]
    return {
        **_credential(
            answer,
            row.what.number,
            row.what.title,
            said,
            achievement,
            datetime.combine(row.on, datetime.min.time(), UTC),
        ),
        "evidence": [{"type": ["Evidence"], "name": row.evidence, "genre": row.kind}],
    }


def _declared(answer: PortfolioAnswer, item: ItemSeen, at: datetime) -> dict[str, Any]:
    got = f" Obtained: {item.achieved_words}." if item.achieved_words else ""
    by = f" Awarded by: {item.awarded_by}." if item.awarded_by else ""
    called = item.thing.code if item.thing else f"item-{item.number}"
    name = f"{ON_THEIR_WORD}: {item.title}"
    achievement = _achievement(called, name, "ext:SelfDeclared", item.title, NOT_CHECKED)
    if item.thing:
        achievement["otherIdentifier"] = _identifiers((item.thing.code, *item.thing.aliases))
    return _credential(answer, item.number, name, f"{NOT_CHECKED}{got}{by}", achievement, at, "declared")


def _credential(
    answer: PortfolioAnswer,
    number: int,
    name: str,
    said: str,
    achievement: dict[str, Any],
    valid: datetime,
    kind: str = "credit",
) -> dict[str, Any]:
    return {
        "@context": [VC, OB],
        "id": _urn(kind, answer.number, number),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "description": said,
        "issuer": _issuer(),
        "validFrom": _moment(valid),
        "credentialSubject": {
            "id": _urn("holder", answer.number),
            "type": ["AchievementSubject"],
            "identifier": [_holder(answer)],
            "achievement": achievement,
        },
        "credentialSchema": [{"id": OB_SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def _achievement(called: str, name: str, kind: str, description: str, criteria: str) -> dict[str, Any]:
    return {
        "id": _urn("achievement", called),
        "type": ["Achievement"],
        "achievementType": kind,
        "name": name,
        "description": description,
        "humanCode": called,
        "criteria": {"narrative": criteria},
    }


def _alignment(what: ShownHere) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetCode": what.code,
        "targetName": what.title,
        "targetFramework": what.thing.title,
        "targetUrl": _urn("statement", what.called),
    }


def _identifiers(names: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"type": "IdentifierEntry", "identifier": name, "identifierType": "identifier"}
        for name in dict.fromkeys(names)
    ]


def _holder(answer: PortfolioAnswer) -> dict[str, Any]:
    return {"type": "IdentityObject", "hashed": False, "identityHash": answer.name, "identityType": "name"}


def _issuer() -> dict[str, Any]:
    return {
        "id": issuer_of(signing_key()),
        "type": ["Profile"],
        "name": "Integrated Qualifications Framework",
        "description": f"Made by iqf {__version__} from the portfolio of the person it is about.",
    }


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _urn(*parts: object) -> str:
    """An address of something of ours that says nothing of what it is."""
    return uuid5(NAMESPACE_URL, "/".join(("iqf", issuer_of(signing_key()), *map(str, parts)))).urn
