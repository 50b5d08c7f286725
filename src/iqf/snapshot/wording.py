"""How words are compared: folded, split and stemmed, the same way for what is held and for what is asked."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

import tantivy

from iqf.codes import alias_key

MAX_WORD = 40
_SIGNS = {**dict.fromkeys(map(ord, "'\u2018\u2019\u02bc`"), ""), ord("&"): " and "}
_HYPHENED = re.compile(r"\b([a-z]+)-([a-z]+)\b")
_NOT_CODE = re.compile(r"[^0-9a-z]+")
_ACRONYM = re.compile(r"^(?=(?:.*[A-Z]){2})[A-Za-z]{2,10}$")
_IN_BRACKETS = re.compile(r"\(([A-Za-z]+)\)")
_BRACKETS = re.compile(r"\s*\([^)]*\)")


@lru_cache(maxsize=4_096)
def fold(text: str) -> str:
    """A text as it is compared: one case, no apostrophes, `&` as *and*."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return plain.casefold().translate(_SIGNS)


@lru_cache(maxsize=4_096)
def with_joined(text: str) -> str:
    """A text folded, with its hyphened words also written as one: `co-ordinator` is also found as *coordinator*."""
    folded = fold(text)
    joined = [first + second for first, second in _HYPHENED.findall(folded)] if "-" in folded else []
    return " ".join([folded, *joined])


def _analyzer(*, stem: bool) -> Any:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(MAX_WORD)).filter(tantivy.Filter.lowercase())
    builder = builder.filter(tantivy.Filter.ascii_fold())
    return (builder.filter(tantivy.Filter.stemmer("english")) if stem else builder).build()


@lru_cache(maxsize=1)
def analyzers() -> dict[str, Any]:
    """The two ways of splitting a text, by the name under which the index knows them."""
    return {"words": _analyzer(stem=False), "stems": _analyzer(stem=True)}


def words(text: str) -> list[str]:
    """The words of a text, folded: `Children's nurses` gives *childrens*, *nurses*."""
    return list(analyzers()["words"].analyze(fold(text)))


def stems(text: str) -> list[str]:
    """The stems of a text: `Children's nurses` gives *children*, *nurs*."""
    return list(analyzers()["stems"].analyze(fold(text)))


def stem(word: str) -> str:
    """The stem of one word, as `words` gives it; the word itself where it has none."""
    found = analyzers()["stems"].analyze(word)
    return str(found[0]) if found else word


@lru_cache(maxsize=4_096)
def whole(text: str) -> str:
    """The form under which whole names are equal, whatever the plural, case, quotes or punctuation."""
    return " ".join(stems(text))


def whole_forms(text: str) -> tuple[str, ...]:
    """The forms under which a text may equal a whole name, closest first: word by word, then stem by stem."""
    return tuple(dict.fromkeys(form for form in (" ".join(words(text)), whole(text)) if form))


@lru_cache(maxsize=4_096)
def names_whole(name: str) -> tuple[str, ...]:
    """The whole forms of a name: as it stands, without what stands in brackets, and an acronym that stands there."""
    acronyms = [inside for inside in _IN_BRACKETS.findall(name) if is_acronym(inside)]
    texts = (name, _BRACKETS.sub("", name), *acronyms)
    return tuple(dict.fromkeys(form for text in texts for form in whole_forms(text)))


def is_acronym(name: str) -> bool:
    """True for `SENCO`, `DfE`: one word of two to ten letters with two capitals."""
    return bool(_ACRONYM.match(name))


def tight(text: str) -> str:
    """A code without spaces and signs (`SHC 34` and `shc-34` are `shc34`), or blank where too little is left."""
    squeezed = _NOT_CODE.sub("", fold(text))
    return squeezed if len(squeezed) >= 4 else ""


@lru_cache(maxsize=4_096)
def code_keys(text: str) -> tuple[str, ...]:
    """The forms under which a code, number or alias is compared."""
    return tuple(dict.fromkeys(key for key in (alias_key(text), tight(text)) if key))
