"""Credentials signed so that anybody can check that not a letter was changed: Data Integrity with `eddsa-jcs-2022`.

W3C Data Integrity EdDSA Cryptosuites 1.0 (2025), section 3.3. The document is canonicalised by RFC 8785 (JCS),
hashed, and signed with Ed25519. The key is made once and kept in the home folder; its public half stands in the
signature as a `did:key`, so that a check needs no network.
"""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519: Final = b"\xed\x01"
"""Multicodec prefix of an Ed25519 public key."""
KEY_FILE: Final = "credential_key"


def signing_key() -> Ed25519PrivateKey:
    """The key of this installation, out of the home folder, where it is made when it is first needed.

    Raises ValueError where the file holds something else.
    """
    path: Path = settings.IQF_HOME / KEY_FILE
    if not path.exists():
        keep_key(path, Ed25519PrivateKey.generate().private_bytes_raw().hex())
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip()))


def keep_key(path: Path, key: str) -> None:
    """Write a new key, readable by its owner alone. Whoever comes second leaves the first key as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.touch(mode=0o600)
    new.write_text(key)
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    finally:
        new.unlink()


def issuer_of(key: Ed25519PrivateKey) -> str:
    """Who signs with a key, as a `did:key`."""
    return f"did:key:{multibase(_ED25519 + _public(key))}"


def signed(document: Mapping[str, Any], key: Ed25519PrivateKey, method: str, at: datetime) -> dict[str, Any]:
    """A document with its proof. `method`: where the public key is found; `at`: when it is signed, in UTC."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
    }
    hashed = sha256(canonical(options)).digest() + sha256(canonical(document)).digest()
    return {**document, "proof": {**options, "proofValue": multibase(key.sign(hashed))}}


def signed_here(document: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """A document signed with the key of this installation."""
    key = signing_key()
    issuer = issuer_of(key)
    return signed(document, key, f"{issuer}#{issuer.removeprefix('did:key:')}", at)


def canonical(value: Any) -> bytes:
    """A value of JSON in its one canonical form (RFC 8785). Numbers are whole numbers here; TypeError for others."""
    return _canonical(value).encode("utf-8")


def _canonical(value: Any) -> str:
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: str(key).encode("utf-16-be"))
        return "{" + ",".join(f"{_canonical(key)}:{_canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_canonical(each) for each in value) + "]"
    if value is None or isinstance(value, bool | str) or (isinstance(value, int) and abs(value) < 2**53):
        return json.dumps(value, ensure_ascii=False)
    raise TypeError(f"{type(value).__name__} has no canonical form here")


def multibase(data: bytes) -> str:
    """Bytes in base 58 (Bitcoin alphabet), with the `z` that says so."""
    number, text = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        text = _BASE58[rest] + text
    zeros = len(data) - len(data.lstrip(b"\0"))
    return f"z{_BASE58[0] * zeros}{text}"


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
