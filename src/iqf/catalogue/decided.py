"""What was decided about fields on which sources disagree, and what still waits there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from iqf.accounts.prepared import Prepared
from iqf.analysis.names import alike, plain_name
from iqf.catalogue import models as m
from iqf.codes import alias_key
from iqf.evidence.models import Citation

NO_QUOTES = str.maketrans(dict.fromkeys("\"'\u2018\u2019\u201c\u201d`", ""))
CITED = tuple(f"citation_{end}__{part}" for end in ("shown", "other", "decided") for part in ("source", "retrieval"))
SAYS_NOTHING = ("", "unknown")
"""Values with which a field says that nothing is known."""
NAMES = ("owner",)
"""Fields that hold the name of an organisation, which every source spells in its own way."""


def field_text(value: Any) -> str:
    """A field's value as conflicts hold it: the title of a thing, text for the rest, blank for what is not known."""
    return "" if value is None else str(value)


def same_value(field: str, first: str, second: str) -> bool:
    """True where two values say the same but for spaces, quotes and case; of organisations, where they are alike."""
    if alias_key(first.translate(NO_QUOTES)) == alias_key(second.translate(NO_QUOTES)):
        return True
    return field in NAMES and bool(first and second) and alike(plain_name(first), plain_name(second))


@dataclass(frozen=True)
class Decision:
    """The decision that stands about one field: what is shown, on whose word, why, and every value known by then."""

    number: int
    field: str
    value: str
    citation: Citation
    because: str
    on: date
    known: frozenset[str]

    def knows(self, text: str) -> bool:
        """True for a value that was on the table when this field was decided, now or earlier."""
        return any(same_value(self.field, text, value) for value in self.known)


_every = Prepared(lambda: m.FieldConflict.objects.select_related(*CITED).order_by("pk"))
_about = Prepared(
    lambda codes: m.FieldConflict.objects.filter(subject__in=codes).select_related(*CITED).order_by("pk")
)


class Conflicts:
    """Every conflict by thing and field, read with one query; whoever writes one puts it in here too."""

    def __init__(self, codes: Iterable[str] | None = None) -> None:
        self.by_key: dict[tuple[Any, ...], m.FieldConflict] = {}
        self._about: dict[str, dict[str, list[m.FieldConflict]]] = defaultdict(lambda: defaultdict(list))
        for row in _every() if codes is None else _about(codes):
            self.add(row)

    def add(self, row: m.FieldConflict) -> None:
        """Know one more conflict. One that is known already is not told twice."""
        key = (row.subject, row.field, row.value_other)
        if key not in self.by_key:
            self.by_key[key] = row
            self._about[row.subject][row.field].append(row)

    def fields(self, code: str) -> list[str]:
        """The fields of a thing about which sources disagree or disagreed."""
        return list(self._about[code]) if code in self._about else []

    def waiting(self, code: str, field: str) -> list[m.FieldConflict]:
        """The conflicts about a field that nobody has decided."""
        return [row for row in self._rows(code, field) if not row.is_decided and not row.is_retired]

    def decision(self, code: str, field: str) -> Decision | None:
        """The decision that stands about a field: the latest that nobody has undone."""
        decided = [row for row in self._rows(code, field) if row.is_decided]
        if not decided:
            return None
        last = max(decided, key=lambda row: row.decision or 0)
        values = (v for row in decided for v in (row.value_shown, row.value_other, row.value_decided))
        if last.decision is None or last.decided_on is None or last.citation_decided is None:
            raise RuntimeError(f"The decision about {code} {field} is not whole.")
        return Decision(
            number=last.decision,
            field=field,
            value=last.value_decided,
            citation=last.citation_decided,
            because=last.decided_because,
            on=last.decided_on,
            known=frozenset(values),
        )

    def _rows(self, code: str, field: str) -> list[m.FieldConflict]:
        return self._about[code][field] if code in self._about and field in self._about[code] else []
