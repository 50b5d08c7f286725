"""Signed credentials: against the published vector of the cryptosuite, and the shape that 1EdTech asks for."""

import json
import re
import stat
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from iqf.accounts.actions import create_user, join
from iqf.accounts.models import User
from iqf.catalogue.queries import NotFoundError
from iqf.exchange.private import signing
from iqf.exchange.private.taking_away import FORMS, badge, badge_token, taken_away
from iqf.people import actions as act
from iqf.people.scope import scope_of

AT = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
UUID_NAME = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def decoded(text):
    """Base 58 back to bytes: written here a second time, the other way round."""
    assert text[0] == "z"
    number = 0
    for sign in text[1:]:
        number = number * 58 + ALPHABET.index(sign)
    return number.to_bytes((number.bit_length() + 7) // 8)


VECTOR = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}


def test_the_published_vector_of_the_cryptosuite():
    """W3C Data Integrity EdDSA Cryptosuites 1.0, appendix B: the key, document and signature printed there."""
    key = Ed25519PrivateKey.from_private_bytes(decoded("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")[2:])
    public = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    assert signing.issuer_of(key) == f"did:key:{public}"
    made = signing.signed(VECTOR, key, f"https://vc.example/issuers/5678#{public}", AT)
    assert sha256(signing.canonical(VECTOR)).hexdigest() == (
        "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
    )
    assert made["proof"]["proofValue"] == (
        "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"
    )


def test_canonical_json():
    """Keys by UTF-16 units (RFC 8785, 3.2.3), nothing escaped without need, no numbers of doubtful form."""
    said = {"€": "a", "\r": 1, "\ufb33": 2, "1": True, "😀": None, "\x80": 'q"\\\n', "ö": [0, -5, "\x07"]}
    assert signing.canonical(said).decode() == (
        '{"\\r":1,"1":true,"\x80":"q\\"\\\\\\n","ö":[0,-5,"\\u0007"],"€":"a","😀":null,"\ufb33":2}'
    )
    for doubtful in (1.5, 2**53, object()):
        with pytest.raises(TypeError):
            signing.canonical({"a": doubtful})


def test_the_key_is_made_once_and_is_its_owners_alone(settings, tmp_path):
    settings.IQF_HOME = tmp_path / "home"
    first = signing.signing_key().private_bytes_raw()
    assert signing.signing_key().private_bytes_raw() == first
    path = settings.IQF_HOME / signing.KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in settings.IQF_HOME.iterdir()] == [signing.KEY_FILE]


def verified(document):
    """Check a proof as anybody would, with nothing but the document: a second way to the same hash."""
    proof = dict(document["proof"])
    value = decoded(proof.pop("proofValue"))
    plain = {name: cell for name, cell in document.items() if name != "proof"}
    did, _, fragment = proof["verificationMethod"].partition("#")
    assert did == f"did:key:{fragment}"
    key = decoded(fragment)
    assert key[:2] == b"\xed\x01"
    hashed = b"".join(
        sha256(json.dumps(part, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()).digest()
        for part in (proof, plain)
    )
    Ed25519PublicKey.from_public_bytes(key[2:]).verify(value, hashed)


@pytest.fixture
def mia(starter, settings, tmp_path):
    settings.IQF_HOME = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name, role in (("mia", "contributor"), ("asa", "editor")):
        create_user(by="tests", username=name, password="a-long-enough-password")
        join(by="tests", username=name, body="IQF-O-000001", role=role)
    return scope_of(User.objects.get(username="mia"))


def credited(mia):
    by = scope_of(User.objects.get(username="asa"))
    act.name_portfolio(mia, "Mia Ö")
    act.hold(mia, act.Item("listed", "U-SHC31", "2015-06"))
    act.hold(mia, act.Item("overseas", "Diplom", "2009", "FH Köln", "Germany"))
    shows = ("U-CYP31", "common-core-2005:CC1")
    seen = act.record(mia, act.Learning("shadowing", "Three days", shows=shows))
    claim = act.ask(mia, evidence=seen.pk, assessor="asa")
    act.assess(by, claim.pk, how="Talked")
    things = list(claim.things.order_by("pk").values_list("pk", flat=True))
    act.credit(by, claim.pk, things=things, reason="She showed it")
    return things


REQUIRED = {
    "credential": {"@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject", "proof"},
    "achievement": {"id", "type", "name", "description", "criteria"},
    "alignment": {"type", "targetName", "targetUrl"},
    "evidence": {"type", "name", "genre"},
    "identity": {"type", "hashed", "identityHash", "identityType"},
}
"""What Open Badges 3.0 (section B.1, data model) asks to be there."""


def check_badge(made):
    assert set(made) >= REQUIRED["credential"]
    assert made["@context"][:2] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert made["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert made["issuer"]["id"].startswith("did:key:z6Mk")
    assert made["issuer"]["type"] == ["Profile"]
    datetime.fromisoformat(made["validFrom"])
    subject = made["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert set(subject["identifier"][0]) == REQUIRED["identity"]
    assert set(subject["achievement"]) >= REQUIRED["achievement"]
    assert subject["achievement"]["type"] == ["Achievement"]
    assert UUID_NAME.fullmatch(made["id"])
    assert UUID_NAME.fullmatch(subject["id"])
    assert set(subject) == {"id", "type", "identifier", "achievement"}, "the schema allows no other names here"
    assert subject["identifier"][0]["identityType"] in ("name", "userName")
    assert subject["identifier"][0]["hashed"] is False
    kind = subject["achievement"]["achievementType"]
    assert kind in ("Competency", "Course") or re.fullmatch(r"ext:[A-Za-z0-9._-]+", kind)
    assert isinstance(subject["achievement"]["criteria"]["narrative"], str)
    for entry in subject["achievement"].get("otherIdentifier", ()):
        assert set(entry) == {"type", "identifier", "identifierType"}
        assert (entry["type"], entry["identifierType"]) == ("IdentifierEntry", "identifier")
    for evidence in made.get("evidence", ()):
        assert evidence["type"] == ["Evidence"]
    for schema in made["credentialSchema"]:
        assert set(schema) == {"id", "type"}
        assert schema["type"] == "1EdTechJsonSchemaValidator2019"
    assert made["proof"]["type"] == "DataIntegrityProof"
    assert made["proof"]["proofPurpose"] == "assertionMethod"
    for alignment in subject["achievement"].get("alignment", ()):
        assert set(alignment) >= REQUIRED["alignment"]
    verified(made)


def test_a_badge_is_what_an_assessor_credited_and_nothing_else(mia):
    unit, statement = credited(mia)
    for number, kind in ((unit, "Course"), (statement, "Competency")):
        made = json.loads(badge(mia, number))
        check_badge(made)
        assert made["credentialSubject"]["achievement"]["achievementType"] == kind
        assert made["credentialSubject"]["identifier"][0]["identityHash"] == "Mia Ö"
        assert "asa" in made["description"]
    assert (
        json.loads(badge(mia, statement))["credentialSubject"]["achievement"]["alignment"][0]["targetCode"] == "CC1"
    )
    with pytest.raises(NotFoundError, match="Nothing of that number"):
        badge(mia, 999)


def read(part):
    """A part of a token as bytes."""
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_badge_as_a_token_that_anybody_can_check(mia):
    unit, _ = credited(mia)
    plain = json.loads(badge(mia, unit))
    header, claims, signature = badge_token(mia, unit).split(".")
    told, made = json.loads(read(header)), json.loads(read(claims))
    assert set(told) == {"alg", "typ", "jwk"}, "no other headers are allowed, and never a private part of the key"
    assert (told["alg"], told["typ"], set(told["jwk"])) == ("RS256", "JWT", {"kty", "n", "e"})
    n, e = (int.from_bytes(read(told["jwk"][name])) for name in "ne")
    key = RSAPublicNumbers(e, n).public_key()
    key.verify(read(signature), f"{header}.{claims}".encode(), PKCS1v15(), SHA256())
    with pytest.raises(InvalidSignature):
        key.verify(read(signature), f"{header}.{claims}x".encode(), PKCS1v15(), SHA256())
    assert made["iss"] == made["issuer"]["id"]
    assert json.loads(read(made["iss"].removeprefix("did:jwk:"))) == told["jwk"]
    assert (made["jti"], made["sub"]) == (made["id"], made["credentialSubject"]["id"])
    assert datetime.fromtimestamp(made["nbf"], UTC) == datetime.fromisoformat(made["validFrom"])
    assert "proof" not in made
    assert "vc" not in made
    for name in ("@context", "id", "type", "name", "description", "validFrom", "credentialSubject", "evidence"):
        assert made[name] == plain[name]
    with pytest.raises(NotFoundError, match="Nothing of that number"):
        badge_token(mia, 999)


def test_a_letter_changed_is_found(mia):
    made = json.loads(badge(mia, credited(mia)[0]))
    for where, name in (
        (made, "name"),
        (made["credentialSubject"]["identifier"][0], "identityHash"),
        (made["proof"], "created"),
    ):
        before = where[name]
        where[name] = f"{before}x"
        with pytest.raises(InvalidSignature):
            verified(made)
        where[name] = before
    verified(made)


def test_a_record_says_what_stands_on_its_owners_word_alone(mia):
    credited(mia)
    made = json.loads(taken_away(mia, "clr"))
    verified(made)
    assert made["type"] == ["VerifiableCredential", "ClrCredential"]
    assert made["@context"][1] == "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
    subject = made["credentialSubject"]
    assert subject["type"] == ["ClrSubject"]
    inside = subject["verifiableCredential"]
    for each in inside:
        check_badge(each)
    declared = [each for each in inside if each["name"].startswith("Self-declared: ")]
    assert len(inside) == 4
    assert len(declared) == 2
    assert all("Nobody has checked it." in each["description"] for each in declared)
    assert len({each["id"] for each in inside}) == 4


def test_a_record_of_nothing_is_refused(mia):
    with pytest.raises(NotFoundError, match="needs something in it"):
        taken_away(mia, "clr")
    with pytest.raises(NotFoundError, match="There is no such file; there are: json, clr"):
        taken_away(mia, "pdf")


def test_everything_is_everything(mia):
    credited(mia)
    act.share(mia, name="My manager", days=7)
    made = json.loads(taken_away(mia, "json"))
    assert made["schema"] == "iqf.portfolio/1"
    assert [i["title"] for i in made["items"]][1] == "Diplom"
    assert made["evidence"][0]["claims"][0]["reason"] == "She showed it"
    assert made["links"][0]["for"] == "My manager"
    assert len(made["holding"]) == 3
    assert made["holding"][-1] == "IQF-F-000001:CC1"
    assert "token" not in json.dumps(made)
    assert set(FORMS) == {"json", "clr"}
