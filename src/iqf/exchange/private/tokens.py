"""A credential as a token that carries its own proof: Open Badges 3.0, section 8.2 (VC-JWT), signed by RS256.

The claims of the token are the credential itself, with `iss`, `jti`, `nbf` and `sub` beside them; the public key
stands in the header. This is the form that every checker of Open Badges 3.0 has to read.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from iqf.exchange.private.signing import keep_key

KEY_FILE: Final = "credential_key_rsa"


def token_key() -> RSAPrivateKey:
    """The key of this installation for tokens, out of the home folder, where it is made when it is first needed.

    Raises ValueError where the file holds something else.
    """
    path: Path = settings.IQF_HOME / KEY_FILE
    if not path.exists():
        made = generate_private_key(65537, 2048)
        keep_key(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError(f"{path.name} holds no RSA key.")
    return key


def public_words(key: RSAPrivateKey) -> dict[str, str]:
    """The public half of a key as a JSON Web Key (RFC 7517)."""
    numbers = key.public_key().public_numbers()
    return {"kty": "RSA", "n": _of_number(numbers.n), "e": _of_number(numbers.e)}


def issuer_of(key: RSAPrivateKey) -> str:
    """Who signs with a key, as a `did:jwk`: the key is in the name, so that a check needs no network."""
    return f"did:jwk:{_encoded(_json(public_words(key)))}"


def token(credential: Mapping[str, Any], key: RSAPrivateKey) -> str:
    """An unsigned credential as a token (compact JWS, RFC 7515). Its issuer is named by the key that signs it."""
    issuer = issuer_of(key)
    claims = {
        **credential,
        "issuer": {**credential["issuer"], "id": issuer},
        "iss": issuer,
        "jti": credential["id"],
        "nbf": int(datetime.fromisoformat(credential["validFrom"]).timestamp()),
        "sub": credential["credentialSubject"]["id"],
    }
    header = {"alg": "RS256", "typ": "JWT", "jwk": public_words(key)}
    said = f"{_encoded(_json(header))}.{_encoded(_json(claims))}"
    return f"{said}.{_encoded(key.sign(said.encode(), PKCS1v15(), SHA256()))}"


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _of_number(number: int) -> str:
    return _encoded(number.to_bytes((number.bit_length() + 7) // 8))


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
