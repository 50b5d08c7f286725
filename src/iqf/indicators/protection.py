"""The disclosure profile of a data set: by what rule its counts are protected, how it reads, and what it came to."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from iqf.analysis.disclosure import Profile

DEFAULT: Final = Profile(threshold=5, base=10)
"""The rule of the published further education statistics, with secondary suppression."""
_NONE: Final = ("none", "0")
_SHARE: Final = re.compile(r"0\.[5-9]\d*|1|1\.0")


class NotSafeError(ValueError):
    """A table cannot be published safely; the sentence says why and what to do."""


@dataclass(frozen=True)
class Protection:
    """The rule of a protected release, and what it came to: `kept_back` of `counts` counts are shown as `c`.

    `status`: optimal (the least that is safe), feasible (within `gap` of it) or fallback (safe, more than needed).
    """

    rule: Profile
    counts: int
    kept_back: int
    status: str
    gap: float

    def as_json(self) -> dict[str, Any]:
        """Its shape in every answer, and in the database."""
        return asdict(self)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a reader has to know: the rule, and what came of it."""
        return (*said(self.rule), f"{self.kept_back:,} of {self.counts:,} counts of this version are kept back.")


def protection_of(held: Mapping[str, Any]) -> Protection | None:
    """What `as_json` gave, read again; None where nothing is held."""
    return Protection(**{**held, "rule": Profile(**held["rule"])}) if held else None


def said(rule: Profile) -> tuple[str, ...]:
    """A rule in sentences."""
    least = "0" if rule.zeros == "hidden" else "1"
    found = [f"Counts from {least} to {rule.threshold - 1} are kept back (c)."]
    if rule.dominance is not None:
        found.append(
            f"So are counts of which one {rule.of} makes more than {100 * rule.dominance:g} %, and what it makes "
            "of them."
        )
    if rule.secondary:
        found.append("So are counts from which those could be worked out, here or with any earlier version.")
    if rule.base:
        found.append(f"All others are rounded to the nearest {rule.base}, so totals need not add up.")
    return tuple(found)


def rule_of(words: str) -> Profile:
    """A rule as somebody writes it: `threshold=5,base=10,zeros=hidden`; what is left out is as usual.

    `dominance=0.9,of=provider_name` keeps back what one contributor makes. Raises NotSafeError in one sentence.
    """
    found: dict[str, Any] = {"threshold": DEFAULT.threshold, "base": DEFAULT.base}
    for part in filter(None, (each.strip() for each in words.split(","))):
        name, _, value = (each.strip() for each in part.partition("="))
        if name == "zeros" and value in ("shown", "hidden"):
            found["zeros"] = value
        elif name == "base" and value in _NONE:
            found["base"] = None
        elif name in ("threshold", "base") and value.isdecimal() and 1 < int(value) <= 1000:
            found[name] = int(value)
        elif name == "dominance" and _SHARE.fullmatch(value):
            found["dominance"] = float(value)
        elif name == "of" and value:
            found["of"] = value
        else:
            raise NotSafeError(
                f'"{part}" is no part of a rule; write for example threshold=5,base=10,zeros=shown '
                "(a threshold from 2, a base from 2 or none, zeros shown or hidden), or with it "
                "dominance=0.9,of=provider_name (a share from 0.5 to 1, and the column of those who contribute)."
            )
    if ("dominance" in found) != ("of" in found):
        raise NotSafeError("dominance and of go together: which share of a count, and which column says whose it is.")
    return Profile(**found)
