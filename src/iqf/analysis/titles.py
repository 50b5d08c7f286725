"""A title of a qualification or unit read into its parts, the way the field writes them.

Promise: two notations of one title read alike; nothing is guessed that the words do not say; any text can be read.
"""

import functools
import re
import unicodedata
from dataclasses import dataclass

from iqf.analysis import title_words as words
from iqf.analysis.names import alike


@dataclass(frozen=True)
class Parts:
    """What a title says: each part in its normal form, blank or empty where it says nothing.

    `level` is `3`, `E2`, `E` or two joined, `1/2`. `award` holds the award's nouns, `size` and `style` the words
    before them. `subject` is what it is about and `options` what stands in brackets or after a dash or colon
    (pathways, hours), as comparable words. `numerals` are the numbers and part letters among them.
    """

    owner: str = ""
    level: str = ""
    award: frozenset[str] = frozenset()
    size: frozenset[str] = frozenset()
    style: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    versions: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()
    numerals: frozenset[str] = frozenset()

    @property
    def content(self) -> frozenset[str]:
        """Every word that says what the title is about."""
        return self.subject | self.options


_QUOTES = re.compile(r"['`´‘’‚‛“”„\"′″]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_OTHER = re.compile(r"[^a-z0-9()/:\- ]+")
_LEVEL = re.compile(
    r"\b(?:at )?(?:level|l) ?([1-8])(?: ?(?:/|and|or|-) ?(?:level|l)? ?([1-8]))?\b(?![-.]\d)"
    r"|\b(?:at )?(entry)(?: level)?(?: ?([123])(?: ?(?:/|and|-) ?[123])*)?\b"
    r"(?= level| award| certificate| diploma| [(]|[)]|$| essential| extended| functional| in\b)"
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_EMPTY = re.compile(r"\(\s*[/ -]*\)")
_TAIL = re.compile(r" - |: ?")
_MARK = re.compile(rf"\b(?:{'|'.join(words.MARKS)})\b")
_VERSION = re.compile(rf"\b(?:{'|'.join(words.VERSIONS)})\b")
_COUNTRY = re.compile(rf"\b(?:{'|'.join(words.COUNTRIES)})\b")
_ONLY_COUNTRIES = re.compile(rf"(?:{'|'.join(words.COUNTRIES)}|and|or|only|[/, ])+")
_LAST_COUNTRY = re.compile(rf" (?:for|in) ({'|'.join(words.COUNTRIES)})$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCHEME = re.compile(r"\d{4,5}(?:-\d{2,3})?")
_BEFORE = sorted({*words.SIZES, *words.STYLES, *words.HEADS}, key=len, reverse=True)
_HEAD = sorted(words.HEADS, key=len, reverse=True)
_AWARD = re.compile(rf"\b(?:(?:{'|'.join(_BEFORE)}) )*(?:{'|'.join(_HEAD)})\b(?! (?:{'|'.join(_HEAD)})\b)")
_AWARD_SPELLINGS = [(re.compile(p), said) for p, said in words.AWARD_SPELLINGS]
_ANY_AWARD_SPELLING = re.compile("|".join(p for p, _ in words.AWARD_SPELLINGS))
_SPELLINGS = [(re.compile(p), said) for p, said in words.SPELLINGS]
_ANY_SPELLING = re.compile("|".join(p for p, _ in words.SPELLINGS))
_NOUNS, _SIZES, _STYLES = (
    re.compile(rf"\b(?:{'|'.join(sorted(group, key=len, reverse=True))})\b")
    for group in (words.HEADS, words.SIZES, words.STYLES)
)
_STANDARD = re.compile(r"\bst ?\d{4}\b")
_BRAND = re.compile(rf"\b(?:{words.BRANDS})\b")
_NOT_WORDS = re.compile(r"[^a-z0-9 ]+")


def plain(title: str) -> str:
    """A title in one notation: NFKC, no accents, case, quotes or stray spaces; one dash; `&` is `and`.

    Brackets, slashes, dashes and colons stay: they carry meaning. Plain again is the same.
    """
    text = title.casefold()
    if not title.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", title).casefold()).casefold()
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = _DASHES.sub("-", _QUOTES.sub("", text)).replace("&", " and ").replace("[", "(").replace("]", ")")
    return " ".join(_OTHER.sub(" ", text.replace("_", " ")).split())


@functools.lru_cache(maxsize=200_000)
def read(title: str, owner_names: frozenset[str] = frozenset()) -> Parts:
    """Read a title into its parts.

    `owner_names` are plain names of who owns the thing (`names.plain_name`), where known: they tell an owner in
    front of an award from a subject. Without them whatever stands before the level or the award is taken for one.
    """
    text = plain(title)
    if _ANY_AWARD_SPELLING.search(text):
        for pattern, said in _AWARD_SPELLINGS:
            text = pattern.sub(said, text)
    marks, text = _take(_MARK, _tidy(_STANDARD.sub(" ", text)))
    versions, text = _take(_VERSION, text)
    countries, text = _countries(text)
    level, text, at = _levels(text)
    award, front, rest = _award(text, at, owner_names)
    subject, options = _options(rest)
    numerals = frozenset(w for w in subject + options if w.isdigit() or len(w) == 1)
    years = frozenset(n for n in numerals if _YEAR.fullmatch(n))
    heads, size, style = award
    return Parts(
        owner=front,
        level=level,
        award=heads,
        size=size,
        style=style,
        marks=marks,
        versions=versions | years,
        countries=countries,
        subject=frozenset(subject) - years,
        options=frozenset(options) - frozenset(subject) - years,
        numerals=numerals - years,
    )


def comparable(text: str) -> tuple[str, ...]:
    """The words of a plain text as they are compared: known spellings, no plural endings, no small words.

    Numbers in words or Roman figures become figures after a label ("Part One", "Stage II"); a letter after a label or
    at the end stays ("Part A", "Physics B").
    """
    said = _NOT_WORDS.sub(" ", text)
    if _ANY_SPELLING.search(said):
        for pattern, one in _SPELLINGS:
            said = pattern.sub(one, said)
    found: list[str] = []
    before = ""
    each = said.split()
    for n, word in enumerate(each):
        labelled = before in words.LABELS or before.rstrip("s") in words.LABELS
        last = n == len(each) - 1
        if one := _figure(word, labelled, last and n > 0):
            found.append(one)
        elif len(word) == 1 and (labelled or (last and n > 0)):
            found.append(word)
        elif word not in words.SMALL and len(word) > 1:
            found.append(_stem(word))
        before = word
    return tuple(found)


def _figure(word: str, labelled: bool, last: bool) -> str:
    """A number as a figure, or blank where the word is none."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    if labelled and word in words.NUMBER_WORDS:
        return words.NUMBER_WORDS[word]
    if word in words.ROMAN and (labelled or last or len(word) > 1):
        return words.ROMAN[word]
    return ""


@functools.lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """A word without its plural ending, in one spelling."""
    for ending, one in words.ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + one
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return words.SINGULAR.get(word, word)


def _take(pattern: re.Pattern[str], text: str) -> tuple[frozenset[str], str]:
    """What a pattern finds, and the text without it."""
    found = frozenset(pattern.findall(text))
    return found, _tidy(pattern.sub(" ", text)) if found else text


def _tidy(text: str) -> str:
    if "(" in text or ")" in text:
        text = _EMPTY.sub(" ", text).replace("( ", "(").replace(" )", ")")
    return " ".join(text.split())


def _countries(text: str) -> tuple[frozenset[str], str]:
    """Countries in brackets of their own or at the very end ("for England"), and the text without them."""
    found: set[str] = set()
    for inside in _BRACKET.findall(text):
        if inside.strip() and _ONLY_COUNTRIES.fullmatch(inside):
            found.update(_COUNTRY.findall(inside))
            text = text.replace(f"({inside})", " ")
    text = _tidy(text)
    if last := _LAST_COUNTRY.search(text):
        found.add(last[1])
        text = text[: last.start()]
    return frozenset(found), text


def _levels(text: str) -> tuple[str, str, int]:
    """The level, the text without it, and where it stood first (-1: nowhere)."""
    found: list[str] = []
    at = -1
    while match := _LEVEL.search(text):
        at = match.start() if at < 0 else at
        found += [m for m in (match[1], match[2]) if m] or ["E" + (match[4] or "")]
        text = text[: match.start()] + " \x00 " + text[match.end() :]
        text = text.replace("\x00 level", "\x00")
    begins = text.find("\x00")
    levels = sorted({f for f in found if f != "E" or not any(o[0] == "E" and o != "E" for o in found)})
    front = _tidy(text[:begins]) if begins >= 0 else ""
    rest = _tidy(text.replace("\x00", " "))
    return "/".join(levels), rest, len(front) if begins >= 0 else -1


_Award = tuple[frozenset[str], frozenset[str], frozenset[str]]


def _award(text: str, at: int, owner_names: frozenset[str]) -> tuple[_Award, str, str]:
    """The award, the owner in front, and the rest. `at` is where the level stood."""
    match = _AWARD.search(text)
    said = match[0] if match else ""
    front, rest = _front(text, match, at, owner_names)
    for inside in _BRACKET.findall(rest):
        if _AWARD.fullmatch(inside):
            said += " " + inside
            rest = rest.replace(f"({inside})", " ")
    brands = frozenset(_BRAND.findall(text))
    if brands:
        front, rest = _tidy(_BRAND.sub(" ", front)), _BRAND.sub(" ", rest)
    heads, size, style = _sorted_out(said)
    return (heads, size, style | brands), front, _tidy(rest)


@functools.lru_cache(maxsize=10_000)
def _sorted_out(said: str) -> _Award:
    """The words of an award: its nouns, its sizes, its styles."""
    return frozenset(_NOUNS.findall(said)), frozenset(_SIZES.findall(said)), frozenset(_STYLES.findall(said))


def _front(text: str, match: re.Match[str] | None, at: int, owner_names: frozenset[str]) -> tuple[str, str]:
    """The owner in front and what is left when it and the award are taken away."""
    starts = [n for n in (match.start() if match else -1, at) if n >= 0]
    cut = min(starts) if starts else 0
    front, rest = text[:cut].strip(), text[cut:]
    if match:
        rest = text[cut : match.start()] + " " + text[match.end() :]
    if front and not _is_owner(front, rest, 0 <= at <= cut, owner_names):
        front, rest = "", f"{front} {rest}"
    return " ".join(_NOT_WORDS.sub(" ", front).split()), rest


def _is_owner(front: str, rest: str, levelled: bool, owner_names: frozenset[str]) -> bool:
    if not comparable(rest):
        return False
    if levelled or not owner_names:
        return True
    said = " ".join(_NOT_WORDS.sub(" ", front).split())
    return any(alike(said, name) for name in owner_names)


def _options(rest: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the subject, and those in brackets or behind a dash or colon."""
    inside = [i for i in _BRACKET.findall(rest) if not _SCHEME.fullmatch(i.strip()) or _YEAR.fullmatch(i.strip())]
    head, *tails = _TAIL.split(_BRACKET.sub(" ", rest).strip(" -:"))
    subject = comparable(head)
    options = tuple(w for part in (*tails, *inside) for w in comparable(part))
    return (subject, options) if subject else (options, ())
