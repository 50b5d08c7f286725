"""What suggestions are made from and what they are: texts, statements, verdicts; probabilities and words."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
RECIPE: Final = 2
"""Goes up whenever the same verdicts come to other probabilities than before."""
MOST_STATEMENTS: Final = 20
"""A framework of at most so many statements is learned from its own verdicts, which are many for each statement; of
one with more, other frameworks tell more."""
Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts in, one row of length one for each out. The folder of an encoder is read elsewhere (`iqf.encoder`)."""


@dataclass(frozen=True)
class Text:
    """What is put against a framework: a unit, a duty, a sentence. `title` is empty where it has none."""

    key: str
    text: str
    title: str = ""

    @property
    def whole(self) -> str:
        """Title and text as they are read."""
        return f"{self.title}. {self.text}" if self.title and self.text else self.title or self.text


@dataclass(frozen=True)
class Statement:
    """A statement with its kind (area, skill, knowledge, behaviour), and what else tells what it means.

    `told` holds the statements below it, criteria of acceptance and worked examples: each is tried on its own.
    """

    key: str
    text: str
    kind: str = ""
    told: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The statement with all that is told of it."""
        return ". ".join((self.text, *self.told))


@dataclass(frozen=True)
class Remark:
    """What a rater wrote of a text when judging it, and that rater's verdict on each statement.

    `verdicts`: 1 touched, 0 not, not a number (nan) where the rater said nothing of the statement.
    """

    text: str
    words: str
    verdicts: tuple[float, ...]


@dataclass(frozen=True)
class Framework:
    """Statements, the texts put against them, and what has been judged, in the order of their lists.

    `verdicts` has a row for each text and a column for each statement: the share of the verdicts that say the text
    touches the statement (1 where all do, 0 where none does), not a number (nan) where nobody has judged.
    `ordered` says that both lists follow one plan, so that places in them tell something.
    `remarks`: what raters wrote.
    """

    key: str
    statements: tuple[Statement, ...]
    texts: tuple[Text, ...]
    verdicts: Matrix
    title: str = ""
    ordered: bool = False
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError where the verdicts are not texts × statements or not between 0 and 1."""
        if self.verdicts.shape != (len(self.texts), len(self.statements)):
            raise ValueError(
                f"Verdicts of “{self.key}” are {self.verdicts.shape}, not {len(self.texts)} × {len(self.statements)}."
            )
        known = self.verdicts[~np.isnan(self.verdicts)]
        if known.size and not (known.min() >= 0 and known.max() <= 1):
            raise ValueError(f"Verdicts of “{self.key}” must lie between 0 and 1.")

    @property
    def judged(self) -> NDArray[np.bool_]:
        """Which texts have been judged against every statement."""
        return np.asarray(~np.isnan(self.verdicts).any(axis=1))

    def fingerprint(self, encoder: str = "") -> str:
        """A hash of all that suggestions are made from: the wordings, the verdicts, the encoder's version."""
        said = [(text.key, text.whole, row.tolist()) for text, row in zip(self.texts, self.verdicts, strict=True)]
        meant = [(one.key, one.text, one.kind, one.told) for one in self.statements]
        wrote = [(one.text, one.words, one.verdicts) for one in self.remarks]
        whole = json.dumps([RECIPE, encoder, self.key, self.ordered, meant, said, wrote], default=str)
        return hashlib.sha256(whole.encode()).hexdigest()

    def keeping(self, rows: NDArray[np.bool_]) -> "Framework":
        """The same framework knowing only the verdicts on these texts, and what was written of them."""
        kept = {text.key for text, row in zip(self.texts, rows, strict=True) if row}
        return replace(
            self,
            verdicts=np.where(rows[:, None], self.verdicts, np.nan),
            remarks=tuple(remark for remark in self.remarks if remark.text in kept),
        )


@dataclass(frozen=True)
class Words:
    """The words of a text that a suggestion rests on, and where they stand in it (from, to)."""

    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Suggestion:
    """A text, a statement, how probable it is that people would say the one touches the other, and the words."""

    text: str
    statement: str
    probability: float
    rank: int
    words: Words
