"""The rule of inclusion as fields of a form, phrases one on a line, and back again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from iqf.accounts.queries import data_version
from iqf.analysis.inclusion import ADMITS, ASKS, LISTS, REFUSES, Clause, Rule, records_of, rule_of
from iqf.exchange.formats.plain import dumps

MOST = 60
"""A rule of more clauses than this cannot be sent; nobody could read it either."""
DEEDS = ((ADMITS, "admits"), (ASKS, "asks a reviewer"), (REFUSES, "refuses"))
LABELS = {
    "phrases": "Where the title says any of these phrases, one on each line",
    "areas": "Only in these subject areas, one on each line",
    "levels": "Only at these levels, one on each line",
    "owners": "Only of these awarding organisations, one on each line",
    "types": "Only of these types, one on each line",
}


@dataclass(frozen=True)
class ClauseFields:
    """One clause as it stands in the form."""

    place: int
    name: str = ""
    deed: str = ADMITS
    lists: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def deeds(self) -> list[dict[str, Any]]:
        """What a clause may do, as options."""
        return [{"value": value, "text": text, "selected": value == self.deed} for value, text in DEEDS]


def fields_of(rule: Rule) -> list[ClauseFields]:
    """The clauses of a rule as fields, and an empty one to add another by."""
    filled = [_fields(n, clause) for n, clause in enumerate(rule.clauses)]
    return [*filled, ClauseFields(len(filled), lists=_texts({}))]


def _fields(place: int, clause: Clause) -> ClauseFields:
    texts = {kind: "\n".join(getattr(clause, kind)) for kind in LISTS}
    return ClauseFields(place, clause.name, clause.deed, _texts(texts))


def _texts(texts: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((kind, LABELS[kind], texts.get(kind, "")) for kind in LISTS)


def posted_fields(data: Mapping[str, str]) -> list[ClauseFields]:
    """The clauses as they were sent, right or wrong; those left quite empty are gone, one is there to add another."""
    filled = [c for c in _sent(data) if c.name or any(text.strip() for _, _, text in c.lists)]
    kept = [ClauseFields(n, c.name, c.deed, c.lists) for n, c in enumerate(filled)]
    return [*kept, ClauseFields(len(kept), lists=_texts({}))]


def _sent(data: Mapping[str, str]) -> Iterator[ClauseFields]:
    for n in range(MOST):
        if f"name-{n}" not in data:
            return
        texts = {kind: data.get(f"{kind}-{n}", "").replace("\0", "") for kind in LISTS}
        name = " ".join(data[f"name-{n}"].replace("\0", "").split())[:120]
        yield ClauseFields(n, name, data.get(f"deed-{n}", ""), _texts(texts))


def rule_from(fields: list[ClauseFields]) -> Rule:
    """The rule that the fields say. Raises RuleError, in a sentence that names the clause."""
    return rule_of(
        {"name": c.name, "does": c.deed} | {kind: text.splitlines() for kind, _, text in c.lists if text.strip()}
        for c in fields[:-1]
    )


def seen(rule: Rule) -> str:
    """What stands for a rule and the data that its effect was shown for: apply only what was seen."""
    whole = dumps({"clauses": records_of(rule), "data": data_version()})
    return sha256(whole.encode()).hexdigest()[:32]
