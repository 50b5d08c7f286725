"""What to keep back of a table, so that nothing published now or before gives a protected count away.

The least information lost, by a mixed-integer programme whose conditions come from the attacker: where a choice lets
a protected count be pinned, the attacker's own proof becomes a condition (a capacity cut), until no choice does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Literal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from iqf.analysis.disclosure.records import CONFIDENTIAL, LOW, Counts, Key, Profile, Protected, Shown
from iqf.analysis.disclosure.system import Flags, Numbers, System, reach, system_of

NEAR: Final = 1e-6
Status = Literal["optimal", "feasible", "fallback"]


def protect(
    counts: Counts,
    profile: Profile,
    earlier: Sequence[Protected] = (),
    *,
    seconds: float = 30.0,
    gap: float = 0.02,
) -> Protected:
    """A table as it may be published after `earlier` releases of it, within a time limit and a relative gap.

    A count of which an earlier release shows the same value is known for good and cannot be hidden again. Counts that
    earlier releases keep back stay as safe as they were: this one may not give them away either.
    """
    primary = unsafe(counts, profile)
    system = system_of([*(release.counts for release in earlier), counts])
    known = _known_before(system, earlier)
    places = system.places[-1]
    kept = {at[key] for old, at in zip(earlier, system.places, strict=False) for key in old.primary - old.exposed}
    guarded = sorted(kept | {places[key] for key in primary})
    search = _Search(system, profile, known, guarded, set(places.values()), gap)
    # Without secondary suppression a count can be worked out from what is shown; a profile has to say so.
    status, left = search.run(monotonic() + seconds) if profile.secondary else ("optimal", 0.0)
    hidden = {key for key, at in places.items() if search.hidden[at]}
    return Protected(
        shown={key: _shown(value, key in hidden, profile) for key, value in counts.cells.items()},
        counts=counts,
        profile=profile,
        primary=primary,
        secondary=frozenset(hidden) - primary,
        status=status,
        gap=left,
        exposed=frozenset(key for key in primary if places[key] in search.exposed),
    )


def unsafe(counts: Counts, profile: Profile) -> frozenset[Key]:
    """Counts that are kept back for themselves: too small, or made by one contributor for the most part."""
    least = 0 if profile.zeros == "hidden" else 1
    small = {key for key, value in counts.cells.items() if least <= value < profile.threshold}
    if profile.dominance is None:
        return frozenset(small)
    made = ((key, most, counts.cells[key]) for key, most in counts.largest.items())
    return frozenset(small | {key for key, most, value in made if value and most / value > profile.dominance})


def _known_before(system: System, earlier: Sequence[Protected]) -> Flags:
    known = np.zeros(system.values.size, dtype=bool)
    for release, at in zip(earlier, system.places, strict=False):
        known[[at[key] for key in release.shown if key not in release.hidden]] = True
    return known


def _shown(value: int, hidden: bool, profile: Profile) -> Shown:
    if hidden:
        return Shown(None, CONFIDENTIAL)
    if profile.base is None:
        return Shown(value)
    rounded = profile.base * ((2 * value + profile.base) // (2 * profile.base))
    return Shown(None, LOW) if value and not rounded else Shown(rounded)


@dataclass
class _Search:
    """The search for what to hide: `hidden` quantities so far, and the conditions that the attacker has taught.

    `free`: quantities of the release itself. Those hidden in earlier releases only stay hidden and cost nothing.
    """

    system: System
    profile: Profile
    known: Flags
    primary: list[int]
    free: set[int]
    gap: float
    cuts: list[tuple[Numbers, float]] = field(default_factory=list)
    exposed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.hidden = ~self.known
        self.hidden[list(self.free)] = False
        self.hidden[self.primary] = True

    def run(self, until: float) -> tuple[Status, float]:
        """Hide more until no protected count can be pinned. The status, and the gap to the least."""
        left = 0.0
        while taught := self._taught():
            self.cuts += taught
            if monotonic() > until or (found := self._least(until - monotonic())) is None:
                self._cover(taught)
                while taught := self._taught():
                    self._cover(taught)
                return "fallback", left
            left = max(left, found)
        return ("optimal" if left <= NEAR else "feasible"), left

    def _taught(self) -> list[tuple[Numbers, float]]:
        """The attacker's proofs against what is hidden now: of each count that can be pinned, up and down."""
        found = []
        for at in self.primary:
            if self.known[at]:
                self.exposed.add(at)
                continue
            value = self.system.values[at]
            for up, needed in ((True, self.profile.threshold - value), (False, value)):
                # A count at or above the threshold is kept back for dominance: it is to be unsure by a threshold.
                needed = min(self.profile.threshold, value) if needed <= 0 else needed
                proof = reach(self.system, self.hidden, at, up) if needed > 0 else None
                if proof is None or proof.distance >= needed - NEAR:
                    continue
                weights = np.minimum(proof.coefficients, needed)
                if self._can_hide(weights) < needed - NEAR:
                    self.exposed.add(at)
                else:
                    found.append((weights, needed))
        return found

    def _can_hide(self, weights: Numbers) -> float:
        """The most that hiding everything that can still be hidden would give towards a condition."""
        return float(weights[~self.known].sum())

    def _cost(self) -> Numbers:
        """What hiding loses: every cell something, large ones more; what is not of this release nothing."""
        cost = np.zeros(self.system.values.size)
        mine = list(self.free)
        cost[mine] = 1 + np.log1p(self.system.values[mine])
        return cost

    def _least(self, seconds: float) -> float | None:
        """The cheapest choice that meets every condition, and its gap; None where there was no time for any."""
        forced = ~self.known
        forced[list(self.free)] = False
        forced[self.primary] = True
        low = forced & ~self.known
        rows = np.array([weights for weights, _ in self.cuts])
        needed = np.array([least for _, least in self.cuts])
        found = milp(
            self._cost(),
            constraints=LinearConstraint(rows, needed, np.inf),
            bounds=Bounds(low.astype(float), (~self.known).astype(float)),
            integrality=np.ones(self.system.values.size, dtype=np.int64),
            options={"time_limit": max(0.1, seconds), "mip_rel_gap": self.gap},
        )
        if found.x is None:
            return None
        self.hidden = found.x > 0.5
        return float(found.mip_gap or 0.0)

    def _cover(self, taught: Sequence[tuple[Numbers, float]]) -> None:
        """Without a programme: for each condition hide what gives most for its cost, until it is met."""
        cost = self._cost()
        for weights, needed in taught:
            worth = np.where(self.known | self.hidden, -1.0, weights / np.maximum(cost, 1.0))
            for at in np.argsort(-worth):
                if weights[self.hidden].sum() >= needed - NEAR or worth[at] <= 0:
                    break
                self.hidden[at] = True
