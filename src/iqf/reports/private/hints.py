"""The texts of a unit, what the machine suggests of it, how probable that is in words, and where its words stand."""

from dataclasses import dataclass
from datetime import datetime

from iqf.catalogue import models as m
from iqf.catalogue.models.things import LIVE
from iqf.mapping import queries
from iqf.mapping.models import VERDICT_WORDS, Assignment, Batch

PHRASES = (
    (0.9, "Very probably reached"),
    (0.7, "Probably reached"),
    (0.5, "More likely reached than not"),
    (0.3, "Less likely reached than not"),
    (0.1, "Probably not reached"),
    (0.0, "Very probably not reached"),
)
"""What a probability is called, from how much on."""
TELLING = 0.3
"""From so probable on, the words of a suggestion are shown and highlighted."""


@dataclass(frozen=True)
class Text:
    """One of the texts of a unit, under the name by which a quotation points to it."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Place:
    """Where words stand: in which text of the unit, from and to which character."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Hint:
    """What the machine suggests of one statement. `verdict`: what accepting it enters; `at`: where its words are."""

    probability: float
    verdict: int
    rank: int
    words: str
    at: Place | None

    @property
    def phrase(self) -> str:
        """The probability in words."""
        return next(phrase for least, phrase in PHRASES if self.probability >= least)

    @property
    def word(self) -> str:
        """The verdict that is suggested, as it is called."""
        return VERDICT_WORDS[self.verdict]

    @property
    def tells_words(self) -> bool:
        """Whether its words are worth looking at: those of what is hardly reached only mislead."""
        return bool(self.words) and self.probability >= TELLING

    @property
    def percent(self) -> int:
        """The probability in whole per cent; never none and never all of it."""
        return min(99, max(1, round(self.probability * 100)))


@dataclass(frozen=True)
class Shown:
    """The suggestions of a batch as a rater meets them. `wanted`: by this rater; `newer`: judgements since then."""

    number: int
    wanted: bool
    made_at: datetime
    trained_on: int
    newer: int


def texts(unit: m.Unit) -> tuple[Text, ...]:
    """Everything that a unit says of its content: title, summary, outcomes; blank ones left out."""
    found = [Text("title", "Title", unit.title), Text("summary", "Summary", unit.summary)]
    rows = unit.outcomes.filter(LIVE).order_by("position")
    found += [Text(f"outcome {at}", f"Outcome {at}", row.text) for at, row in enumerate(rows, start=1)]
    return tuple(text for text in found if text.text)


def shown_of(batch: Batch, held: Assignment) -> Shown | None:
    """The suggestions that there are for this batch; of a unit handed in, those that its rater saw."""
    run = (held.shown if held.done_at else queries.latest_run(batch)) if batch.suggests else None
    if run is None:
        return None
    wanted = held.rater.wants_suggestions or held.done_at is not None
    return Shown(run.pk, wanted, run.made_at, run.trained_on, queries.judged_since(run))


def hints_of(held: Assignment, shown: Shown | None) -> dict[str, Hint]:
    """What is suggested of the unit of an assignment, by the statement's code; nothing where it is not wanted."""
    if shown is None or not shown.wanted:
        return {}
    held_texts = texts(held.unit.unit)
    rows = queries.suggested(shown.number, held.unit_id)
    return {
        code: Hint(
            row.probability,
            row.verdict,
            row.rank,
            row.words,
            _found(row.words, held_texts) if row.probability >= TELLING else None,
        )
        for code, row in rows.items()
    }


def _found(words: str, held: tuple[Text, ...]) -> Place | None:
    """Where words stand in the texts of a unit; of words that run over several texts, the longest part that does."""
    parts = sorted({words, *words.split(". ")}, key=len, reverse=True)
    for part in filter(None, (part.strip() for part in parts)):
        for text in held:
            at = text.text.find(part)
            if at >= 0:
                return Place(text.name, at, at + len(part))
    return None
