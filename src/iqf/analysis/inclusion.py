"""Does an official row belong in the framework? A rule of named clauses, judged on words, and why in a sentence.

Phrases are compared word by word, never by parts of words: `child` does not find "fairchild". Case, curly quotes,
plurals and possessives are passed over ("children's" is "child"), a hyphen is a space or nothing ("pre-school").
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final

ADMITS, ASKS, REFUSES = "admits", "asks", "refuses"
DEEDS: Final = (REFUSES, ADMITS, ASKS)
"""What a clause does, in the order in which clauses are heard: refuses, admits, asks a reviewer."""
IN, OUT, BORDERLINE = "in", "out", "borderline"
STANDING: Final = {REFUSES: OUT, ADMITS: IN, ASKS: BORDERLINE}
CHOSEN, REFUSED = "chosen", "refused"
MOST_PIECES: Final = 200_000
LISTS: Final = ("phrases", "areas", "levels", "owners", "types")

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*(?:-[^\W_]+(?:'[^\W_]+)*)*'?")
_PLAIN_WORD = re.compile(r"(?:[^\W_]|')+")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-"})
_IRREGULAR: Final = {"children": "child", "people": "person", "men": "man", "women": "woman", "lives": "life"}


class RuleError(ValueError):
    """A rule that cannot be read, in one plain sentence."""


@dataclass(frozen=True)
class Clause:
    """One named clause: what it does with a title that holds any of its phrases.

    `areas`, `levels`, `owners` and `types` narrow it, each where given, compared whole and without case. A clause
    without phrases speaks of every title in its areas (levels, owners, types).
    """

    name: str
    deed: str
    phrases: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise RuleError("A clause has no name; give it one.")
        if self.deed not in DEEDS:
            raise RuleError(f'The clause "{self.name}" {self.deed or "does nothing"}; a clause {_listed(DEEDS)}.')
        if not any(getattr(self, kind) for kind in LISTS):
            raise RuleError(f'The clause "{self.name}" has neither phrases nor anything else to know titles by.')
        if silent := [p for p in self.phrases if not tokens(p)]:
            raise RuleError(f'The clause "{self.name}" has the phrase "{silent[0]}", in which there is no word.')

    @cached_property
    def narrowed(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The attributes of a row that the clause looks at besides its title, with the values it takes."""
        kinds = (("area", self.areas), ("level", self.levels), ("owner", self.owners), ("type", self.types))
        return tuple((name, frozenset(map(plain, values))) for name, values in kinds if values)

    @property
    def words(self) -> str:
        """The clause in a sentence."""
        parts = [f"the title says {_listed(f'“{p}”' for p in self.phrases)}"] if self.phrases else []
        for what, values in (("subject area", self.areas), ("level", self.levels), ("owner", self.owners)):
            parts += [f"the {what} is {_listed(values)}"] if values else []
        parts += [f"it is of the type {_listed(self.types)}"] if self.types else []
        return f"{_DEED_WORDS[self.deed]} where {' and '.join(parts)}."


_DEED_WORDS: Final = {ADMITS: "Admits", ASKS: "Asks a reviewer", REFUSES: "Refuses"}


@dataclass(frozen=True)
class Rule:
    """A rule of inclusion: clauses of different names. The order of clauses that do the same decides who is named."""

    clauses: tuple[Clause, ...]

    def __post_init__(self) -> None:
        names = [plain(c.name) for c in self.clauses]
        if twice := [c.name for c in self.clauses if names.count(plain(c.name)) > 1]:
            raise RuleError(f'Two clauses are called "{twice[0]}"; give each a name of its own.')

    @cached_property
    def index(self) -> "_Index":
        """The phrases of all clauses by their first word: made once, so that 60,000 titles take about a second."""
        return _Index(self.clauses)

    @cached_property
    def admits_unread(self) -> bool:
        """True where a clause admits without looking at titles."""
        return any(c.deed == ADMITS and not c.phrases for c in self.clauses)

    def may_admit(self, title: str) -> bool:
        """False where no clause can admit a row of this title, whatever else the row says: told in two microseconds.
        True says nothing."""
        return self.admits_unread or self._admitting.may_hold(title)

    @cached_property
    def asks_unread(self) -> bool:
        """True where a clause asks a reviewer without looking at titles."""
        return any(c.deed == ASKS and not c.phrases for c in self.clauses)

    def may_ask(self, title: str) -> bool:
        """False where no clause can put a row of this title to a reviewer, as `may_admit`. True says nothing."""
        return self.asks_unread or self._asking.may_hold(title)

    @cached_property
    def _admitting(self) -> "_Index":
        return _Index(tuple(c for c in self.clauses if c.deed == ADMITS))

    @cached_property
    def _asking(self) -> "_Index":
        return _Index(tuple(c for c in self.clauses if c.deed == ASKS))


@dataclass(frozen=True)
class Row:
    """An official row, as far as the rule looks at it. What is not known is blank."""

    title: str
    area: str = ""
    level: str = ""
    owner: str = ""
    number: str = ""
    type: str = ""


@dataclass(frozen=True)
class Choice:
    """What a reviewer decided about one row, and why: `outcome` is `chosen` or `refused`."""

    outcome: str
    reason: str


@dataclass(frozen=True)
class Verdict:
    """Where a row stands (`in`, `out`, `borderline`), who decided (`reviewer`, `role`, `rule`, `nobody`), and why.

    `clauses` are all those that speak for the verdict, the one that is named first.
    """

    standing: str
    by: str
    because: str
    clauses: tuple[str, ...] = ()


NOBODY: Final = Verdict(OUT, "nobody", "No clause of the rule speaks of it.")


def judge(rule: Rule, row: Row, required: str = "", choice: Choice | None = None) -> Verdict:
    """Whether a row is in, out or borderline under a rule.

    `required` names the role that asks for it, if one does. A reviewer's choice comes before a role's asking; then
    clauses that refuse, that admit, that ask a reviewer; a row that none of them speaks of is out.
    """
    if choice is not None:
        chosen = choice.outcome == CHOSEN
        words = "Chosen by a reviewer" if chosen else "Refused by a reviewer"
        return Verdict(IN if chosen else OUT, "reviewer", f"{words}: {choice.reason}")
    if required:
        return Verdict(IN, "role", f"Asked for by a role: {required}.")
    found = rule.index.speaking(row)
    for deed in DEEDS:
        if speaking := [(clause, words) for clause, words in found if clause.deed == deed]:
            names = tuple(clause.name for clause, _ in speaking)
            return Verdict(STANDING[deed], "rule", _because(*speaking[0], row), names)
    return NOBODY


def _because(clause: Clause, words: str, row: Row) -> str:
    says = [f"the title says “{words}”"] if words else []
    values = {"area": ("subject area", row.area), "level": ("level", row.level), "owner": ("owner", row.owner)}
    values["type"] = ("type", row.type)
    says += [f"the {what} is {value}" for name, _ in clause.narrowed for what, value in (values[name],)]
    done = {ADMITS: "Admitted by", ASKS: "Put to a reviewer by", REFUSES: "Refused by"}[clause.deed]
    return f"{done} the clause “{clause.name}”: {' and '.join(says)}."


class _Index:
    """The clauses of a rule, ready to be asked about many rows."""

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        self.clauses = clauses
        self.by_word: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        for place, clause in enumerate(clauses):
            for phrase in clause.phrases:
                for form in _forms(phrase):
                    self.by_word[form[0]].append((form, place))
        self.wordless = [n for n, c in enumerate(clauses) if not c.phrases]
        self._said = frozenset(word for phrases in self.by_word.values() for form, _ in phrases for word in form)
        self._in_piece: dict[str, frozenset[str]] = {}

    def speaking(self, row: Row) -> list[tuple[Clause, str]]:
        """The clauses that speak of a row, in the rule's order, each with the words of the title it rests on."""
        said = dict.fromkeys(self.wordless, "")
        for form in _titled(row.title) if self.may_hold(row.title) else ():
            for place, words in self._phrases(form, row.title):
                said.setdefault(place, words)
        return [(c, said[n]) for n in sorted(said) if _narrow(c := self.clauses[n], row)]

    def may_hold(self, title: str) -> bool:
        """False where no phrase has all its words in a title. No word holds a space, so that each piece between two
        spaces is read once, however many titles have it."""
        words: set[str] = set()
        for piece in _folded(title).split():
            said = self._in_piece.get(piece)
            words.update(self._read(piece) if said is None else said)
        begun = words & self.by_word.keys()
        return any(words.issuperset(phrase) for word in begun for phrase, _ in self.by_word[word])

    def _read(self, piece: str) -> frozenset[str]:
        """The words of the rule that stand in a piece of a title, with its hyphens as spaces or as nothing."""
        words = set(map(singular, _PLAIN_WORD.findall(piece)))
        if "-" in piece:
            words.update(singular(w.replace("-", "")) for w in _WORD.findall(piece) if "-" in w)
        if len(self._in_piece) >= MOST_PIECES:
            self._in_piece.clear()
        said = self._in_piece[piece] = frozenset(words & self._said)
        return said

    def _phrases(self, form: "_Form", title: str) -> Iterator[tuple[int, str]]:
        for at, word in enumerate(form.words):
            for phrase, place in self.by_word.get(word, ()):
                if form.words[at : at + len(phrase)] == phrase:
                    yield place, title[form.starts[at] : form.ends[at + len(phrase) - 1]]


def _narrow(clause: Clause, row: Row) -> bool:
    return all(plain(getattr(row, name)) in values for name, values in clause.narrowed)


@dataclass(frozen=True)
class _Form:
    """A text as words to be compared, and where each stands in it."""

    words: tuple[str, ...]
    starts: tuple[int, ...] = field(default=(), compare=False)
    ends: tuple[int, ...] = field(default=(), compare=False)


def _titled(title: str) -> Iterator[_Form]:
    """The ways to read a title: hyphens as spaces and, where there are hyphens, as nothing."""
    text = _folded(title)
    yield _form(text)
    if "-" in text:
        yield _form(text, joined=True)


def _form(text: str, joined: bool = False) -> _Form:
    found: list[tuple[str, int, int]] = []
    for match in _WORD.finditer(text):
        whole, start, end = match[0], match.start(), match.end()
        if "-" not in whole or joined:
            found.append((singular(whole.replace("-", "")), start, end))
            continue
        for part in whole.split("-"):
            found.append((singular(part), start, start + len(part)))
            start += len(part) + 1
    return _Form(*zip(*found, strict=True)) if found else _Form(())


def _forms(phrase: str) -> set[tuple[str, ...]]:
    return {form.words for form in _titled(phrase)}


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return _form(_folded(text)).words


def _folded(text: str) -> str:
    """Case, curly quotes and dashes passed over; as long as the text itself, so that places in it hold."""
    folded = (text if text.isascii() else text.translate(_QUOTES)).lower()
    return folded if len(folded) == len(text) else text.lower()


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """A word without possessive and plural: `children's` is `child`, `babies` is `baby`, `process` stays.

    To compare by, not to show: `creche` and `creches` are both `crech`.
    """
    word = word.rstrip("'")
    word = word.removesuffix("'s").replace("'", "")
    word = _IRREGULAR.get(word, word)
    if len(word) > 3 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(("ches", "shes", "sses", "xes", "che")):
        word = word[:-2] if word.endswith("s") else word[:-1]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _IRREGULAR.get(word, word)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """A name of an area, level, owner or type as it is compared: without case, stray spaces, a leading `1.5 `."""
    said = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return re.sub(r"^\d{1,2}(?:\.\d{1,2})?\s+(?=[a-z])", "", said)


def _listed(values: Iterable[str]) -> str:
    listed = list(values)
    return " or ".join(filter(None, (", ".join(listed[:-1]), listed[-1])))


def rule_of(clauses: Iterable[Mapping[str, Any]]) -> Rule:
    """A rule from plain records, each with `name`, what it `does`, and lists. Raises RuleError."""
    return Rule(tuple(_clause(record, n) for n, record in enumerate(clauses, start=1)))


def _clause(record: Mapping[str, Any], place: int) -> Clause:
    if not isinstance(record, Mapping):
        raise RuleError(f"Clause {place} is no table; write each clause under [[clause]].")
    name = str(record.get("name", "")).strip() or f"number {place}"
    if strange := sorted(set(record) - {"name", "does", *LISTS}):
        raise RuleError(f'The clause "{name}" has "{strange[0]}"; it can have name, does, {", ".join(LISTS)}.')
    lists = {}
    for kind in LISTS:
        values = record.get(kind, [])
        if not isinstance(values, list | tuple) or not all(isinstance(v, str) for v in values):
            raise RuleError(f'The clause "{name}" has {kind} that are no list of texts; write {kind} = ["…", "…"].')
        lists[kind] = tuple(dict.fromkeys(said for v in values if (said := " ".join(v.split()))))
    return Clause(str(record.get("name", "")).strip(), str(record.get("does", "")), **lists)


def records_of(rule: Rule) -> list[dict[str, Any]]:
    """A rule as plain records, as `rule_of` reads them; lists that are empty are left out."""
    return [
        {"name": c.name, "does": c.deed} | {kind: list(v) for kind in LISTS if (v := getattr(c, kind))}
        for c in rule.clauses
    ]


def read_rule(text: str) -> Rule:
    """A rule from a file in TOML: `[[clause]]` with name, does, phrases and so on. Raises RuleError."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"The rule is not TOML: {error}.") from None
    clauses = read.get("clause")
    if not isinstance(clauses, list) or not clauses or set(read) != {"clause"}:
        raise RuleError("The rule has no clauses, or other things beside them; write each clause under [[clause]].")
    return rule_of(clauses)
