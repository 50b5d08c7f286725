"""A folder with `model.onnx`, `tokenizer.json` and a manifest of hashes: read whole and checked, or not at all."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MODEL, TOKENIZER, MANIFEST = "model.onnx", "tokenizer.json", "manifest.json"
LONGEST: Final = 256
"""Tokens of a text that are read; what is longer is cut."""


class NoEncoder(Exception):
    """The folder cannot be used; the message says why in one sentence."""


@dataclass(frozen=True)
class Encoder:
    """`encode` gives a row of length one for each text; `note` is what must be said of the folder, or nothing."""

    encode: Callable[[Sequence[str]], NDArray[np.float32]]
    version: str
    note: str


def read(folder: Path) -> Encoder:
    """The encoder of a folder. Raises NoEncoder where a file is missing or differs from the manifest."""
    missing = [name for name in (MODEL, TOKENIZER) if not (folder / name).is_file()]
    if missing:
        raise NoEncoder(f"The encoder's folder {folder} has no {' and no '.join(missing)}.")
    hashes = {name: digest(folder / name) for name in (MODEL, TOKENIZER)}
    note = _checked(folder, hashes)
    version = hashlib.sha256("".join(sorted(hashes.values())).encode()).hexdigest()[:12]
    return Encoder(_encode(folder), version, note)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def manifest(folder: Path) -> str:
    """The manifest of a folder's files, as it is written beside them."""
    files = {name: digest(folder / name) for name in (MODEL, TOKENIZER)}
    return json.dumps({"sha256": files}, indent=2, sort_keys=True) + "\n"


def _checked(folder: Path, hashes: dict[str, str]) -> str:
    path = folder / MANIFEST
    if not path.is_file():
        return f"The encoder's folder {folder} has no {MANIFEST}: its files were not checked."
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))["sha256"]
        wrong = [name for name in hashes if listed[name] != hashes[name]]
    except (ValueError, KeyError, TypeError) as error:
        raise NoEncoder(f"The manifest {path} cannot be read; make it again with tools/encoder_folder.py.") from error
    if wrong:
        raise NoEncoder(f"{' and '.join(wrong)} in {folder} differ from the manifest; get the folder again.")
    return ""


def _encode(folder: Path) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    try:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer
    except ImportError as error:
        raise NoEncoder("Reading an encoder needs onnxruntime and tokenizers: install iqf[encoder].") from error
    try:
        options = SessionOptions()
        session = InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:
        raise NoEncoder(f"The files in {folder} are not an encoder that can be read: {error}.") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    asked = {given.name for given in session.get_inputs()}
    return lambda texts: np.stack([_vector(session, asked, tokenizer.encode(text).ids) for text in texts])


def _vector(session: Any, asked: set[str], ids: Sequence[int]) -> NDArray[np.float32]:
    """The mean of a text's token vectors, at length one.

    Texts go in one at a time: an int8 model scales its numbers by what else is in the batch, so that batches would
    make a text's vector depend on its neighbours (and are no faster on a CPU).
    """
    row = np.asarray([ids], dtype=np.int64)
    given = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
    told = session.run(None, {name: value for name, value in given.items() if name in asked})[0]
    mean = np.asarray(told[0] if told.ndim == 2 else told[0].mean(axis=0), dtype=np.float32)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
