"""The smallest encoder there can be: an ONNX model that looks vectors up in a table, and a tokenizer of ten words."""

import struct

from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

WORDS = ("[UNK]", "keep", "children", "safe", "record", "share", "plan", "play", "food", "listen")
WIDTH = len(WORDS)


def make(folder):
    """Write the model and the tokenizer: each word has a direction of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(_model())
    tokenizer = Tokenizer(WordLevel({w: n for n, w in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def _model():
    """ONNX is a protocol buffer; these are its fields by number (onnx.proto3): a graph with one Gather."""
    table = b"".join(struct.pack("<f", float(r == c)) for r in range(WIDTH) for c in range(WIDTH))
    weights = _int(1, WIDTH) + _int(1, WIDTH) + _int(2, 1) + _text(8, "table") + _bytes(9, table)
    node = _text(1, "table") + _text(1, "input_ids") + _text(2, "told") + _text(4, "Gather")
    graph = _bytes(1, node) + _text(2, "g") + _bytes(5, weights)
    graph += _bytes(11, _value("input_ids", 7, 2)) + _bytes(12, _value("told", 1, 3))
    return _int(1, 8) + _bytes(7, graph) + _bytes(8, _int(2, 13))


def _value(name, kind, dimensions):
    shape = b"".join(_bytes(1, _text(2, f"d{n}")) for n in range(dimensions))
    return _text(1, name) + _bytes(2, _bytes(1, _int(1, kind) + _bytes(2, shape)))


def _varint(number):
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def _int(field, number):
    return _varint(field << 3) + _varint(number)


def _bytes(field, data):
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _text(field, text):
    return _bytes(field, text.encode())
