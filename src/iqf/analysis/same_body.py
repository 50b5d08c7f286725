"""Which of the bodies we know is it that a list names? By every name each is known by; doubtful cases are proposals.

Only equal names tie, once case, punctuation and legal form are left out. What is only spelled nearly the same, and
what several bodies are called, is for a person to decide.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from iqf.analysis.names import OtherName, plain_name

NEAR = 86
"""From this likeness of two names (0 to 100) on, one is proposed for the other."""
PROPOSED = 3
"""So many bodies at most are proposed for one name."""
SHORTEST = 3
"""Shorter acronyms tell nobody apart."""
RANKS = {"name": 0, "registered": 1, "legal": 1, "trading": 1, "former": 2, "acronym": 3, "now": 4}
"""Which names are believed first: a body's own name before its other names, its former ones, its acronym."""
WORDS = {
    "name": "name",
    "registered": "registered name",
    "legal": "legal name",
    "trading": "other name",
    "former": "former name",
    "acronym": "acronym",
    "now": "name now",
}


@dataclass(frozen=True)
class Body:
    """A body that we know, under a key of the asker's own, with its names."""

    key: str
    names: tuple[OtherName, ...]


@dataclass(frozen=True)
class Same:
    """The one body that is meant, and why: which name of the list is which name of the body."""

    key: str
    why: str


@dataclass(frozen=True)
class Perhaps:
    """A body that may be meant: how alike the names are (0 to 1), the body's name, and why it is only perhaps."""

    key: str
    score: float
    name: str
    why: str


@dataclass(frozen=True)
class _Entry:
    """A name by which a body is known, as it is compared."""

    key: str
    kind: str
    text: str


class Bodies:
    """The bodies that we know, found by any of their names."""

    def __init__(self, bodies: Iterable[Body], compared: Callable[[str], str] = plain_name) -> None:
        """`compared`: what of two names is set side by side to see whether they are nearly alike."""
        self._compared = compared
        self._by_name: dict[str, list[_Entry]] = defaultdict(list)
        for body in bodies:
            for entry in _entries(body):
                self._by_name[plain_name(entry.text)].append(entry)
        self._near_names: dict[str, list[_Entry]] = defaultdict(list)
        for entries in self._by_name.values():
            for entry in entries:
                self._near_names[compared(entry.text)].append(entry)
        self._near_names.pop("", None)
        self._names = list(self._near_names)

    def same(self, printed: Sequence[OtherName]) -> Same | None:
        """The one body that carries one of the printed names; None where none or several do.

        Names are tried in the order of RANKS, so a body of that very name comes before one that was once called so.
        """
        found = self._equal(printed)
        keys = {entry.key for _, entry in found}
        if len(keys) != 1:
            return None
        said, entry = found[0]
        return Same(entry.key, _why(said, entry))

    def perhaps(self, printed: Sequence[OtherName]) -> list[Perhaps]:
        """The bodies that may be meant where `same` is sure of none: several of one name, or names nearly alike."""
        shared = {entry.key: (said, entry) for said, entry in self._equal(printed)}
        if shared:
            several = f"one of {len(shared)} of that name"
            return [Perhaps(key, 1.0, entry.text, several) for key, (_, entry) in sorted(shared.items())]
        best: dict[str, Perhaps] = {}
        for said in printed:
            if said.kind != "acronym":
                for near in self._near(said):
                    if near.key not in best or near.score > best[near.key].score:
                        best[near.key] = near
        return sorted(best.values(), key=lambda p: (-p.score, p.key))[:PROPOSED]

    def _equal(self, printed: Sequence[OtherName]) -> list[tuple[OtherName, _Entry]]:
        """The pairs of equal names of the best rank that has any. Two acronyms that are equal prove nothing."""
        by_rank: dict[int, list[tuple[OtherName, _Entry]]] = defaultdict(list)
        for said in printed:
            plain = plain_name(said.text)
            for entry in self._by_name.get(plain, ()):
                kinds = {said.kind, entry.kind}
                if kinds != {"acronym"} and ("acronym" not in kinds or len(plain) >= SHORTEST):
                    by_rank[max(RANKS[said.kind], RANKS[entry.kind])].append((said, entry))
        return by_rank[min(by_rank)] if by_rank else []

    def _near(self, said: OtherName) -> Iterable[Perhaps]:
        from rapidfuzz import fuzz, process  # loaded here: every answer reads names, few compare spellings

        close = process.extract(
            self._compared(said.text),
            self._names,
            scorer=fuzz.token_sort_ratio,
            score_cutoff=NEAR,
            limit=PROPOSED * 3,
        )
        for name, percent, _ in close:
            for entry in self._near_names[name]:
                yield Perhaps(entry.key, round(percent / 100, 3), entry.text, f"names {percent / 100:.0%} alike")


def _entries(body: Body) -> Iterable[_Entry]:
    """Every name of a body; and its acronym before or after its name, as some lists print the two together."""
    for name in body.names:
        yield _Entry(body.key, name.kind, name.text)
    short = [n.text for n in body.names if n.kind == "acronym"]
    for name in body.names:
        if name.kind != "acronym":
            for acronym in short:
                kind = "trading" if name.kind == "name" else name.kind
                yield _Entry(body.key, kind, f"{acronym} {name.text}")
                yield _Entry(body.key, kind, f"{name.text} {acronym}")


def _why(said: OtherName, entry: _Entry) -> str:
    if said.kind == entry.kind == "name":
        return "Same name"
    return f"Its {WORDS[said.kind]} on the list ({said.text}) is the {WORDS[entry.kind]} here"
