"""What to keep back of a table, so that nothing published now or before gives a protected count away.

The least information lost, by a mixed-integer programme whose conditions come from the attacker: where a choice lets
a protected count be pinned, the attacker's own proof becomes a condition (a capacity cut), until no choice does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Literal

import numpy as np

from iqf.analysis.disclosure.records import CONFIDENTIAL, Counts, Key, Profile, Protected, Shown, as_shown
from iqf.analysis.disclosure.system import NEAR, Flags, Numbers, Room, System, reach, room, system_of, together

Status = Literal["optimal", "feasible", "fallback"]
PATIENCE: Final = 10
"""Without a choice in so many times the seconds given, there is none: the table is not to be published."""
MOST_PROOFS: Final = 80
"""So many proofs of the attacker are asked for before the next choice is made."""


class NotSafeInTimeError(ArithmeticError):
    """No safe choice was found in time, not even one that hides too much."""


def protect(
    counts: Counts,
    profile: Profile,
    earlier: Sequence[Protected] = (),
    *,
    seconds: float = 30.0,
    gap: float = 0.02,
) -> Protected:
    """A table as it may be published after `earlier` releases of it, within a time limit and a relative gap.

    What earlier releases show is known to the attacker as exactly as it was shown, and cannot be hidden again: counts
    that cannot be saved for that are `exposed`. Counts that earlier releases keep back stay as safe as they were.
    What this release shows is taken as known exactly, rounded or not. Raises NotSafeInTimeError.
    """
    system = system_of(earlier, counts, max(each.threshold for each in (profile, *(old.profile for old in earlier))))
    places, free = system.places[-1], room(system, earlier)
    # What is only said to be kept back, and stands in an earlier release, is not kept back any more.
    gone = {key for key in counts.kept if free.none[places[key]]}
    primary = unsafe(counts, profile) - gone
    kept = {at[key] for old, at in zip(earlier, system.places, strict=False) for key in old.primary - old.exposed}
    guarded = sorted(kept | {places[key] for key in primary})
    mine = [at for key, at in places.items() if key not in counts.unpublished]
    search = _Search(system, profile, free, guarded, mine, gap)
    # Without secondary suppression a count can be worked out from what is shown; a profile has to say so.
    status, left = search.run(monotonic() + seconds, seconds * PATIENCE) if profile.secondary else ("optimal", 0.0)
    shown = [key for key in counts.cells if key not in counts.unpublished]
    hidden = {key for key in shown if search.hidden[places[key]]}
    return Protected(
        shown={
            k: Shown(None, CONFIDENTIAL) if k in hidden else as_shown(counts.cells[k], profile.base) for k in shown
        },
        counts=counts,
        profile=profile,
        primary=primary,
        secondary=frozenset(hidden) - primary,
        status=status,
        gap=left,
        exposed=frozenset(key for key in primary if places[key] in search.exposed),
        given_away=len(search.exposed),
    )


def unsafe(counts: Counts, profile: Profile) -> frozenset[Key]:
    """Counts kept back for themselves: too small, made by one contributor for the most part, or said to be."""
    least = 0 if profile.zeros == "hidden" else 1
    seen = {key: value for key, value in counts.cells.items() if key not in counts.unpublished}
    small = {key for key, value in seen.items() if least <= value < profile.threshold} | counts.kept
    if profile.dominance is None:
        return frozenset(small)
    made = ((key, most, seen[key]) for key, most in counts.largest.items())
    return frozenset(small | {key for key, most, value in made if value and most / value > profile.dominance})


@dataclass
class _Search:
    """The search for what to hide: `hidden` quantities so far, and the conditions that the attacker has taught.

    `mine`: quantities that the release shows or hides, once for each cell. All others are never seen; how far they
    may be moved is in `free`, as it is for what an earlier release has shown rounded.
    """

    system: System
    profile: Profile
    free: Room
    guarded: list[int]
    mine: list[int]
    gap: float
    cuts: list[tuple[Numbers, float]] = field(default_factory=list)
    exposed: set[int] = field(default_factory=set)
    failed: list[tuple[int, bool, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.always = np.ones(self.system.values.size, dtype=bool)
        self.always[self.mine] = False
        self.always[self.guarded] = True
        self.hidden = self.always.copy()
        self.cost = np.zeros(self.system.values.size)
        # What hiding loses: every cell something, large ones more; what is not of this release nothing.
        np.add.at(self.cost, self.mine, 1 + np.log1p(self.system.values[self.mine]))

    def run(self, until: float, patience: float) -> tuple[Status, float]:
        """Hide more until no protected count can be pinned. The status, and the gap to the least."""
        left, self.end = 0.0, monotonic() + max(patience, 1.0)
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
        """The attacker's proofs against what is hidden now: of counts that can be pinned, up or down."""
        # Those that were pinned last time are asked first: while one still is, all the others can wait.
        return self._proofs(self.failed) or self._proofs(self._doubtful())

    def _proofs(self, asked: Sequence[tuple[int, bool, float]]) -> list[tuple[Numbers, float]]:
        found: list[tuple[Numbers, float]] = []
        failed = []
        for at, up, needed in asked:
            if at in self.exposed:
                continue
            if monotonic() > self.end:
                raise NotSafeInTimeError("No safe choice was found in the time given.")
            proof = reach(self.system, self.free, self.hidden, at, up)
            if proof.distance >= needed - NEAR:
                continue
            weights = np.minimum(proof.coefficients, needed)
            if weights.sum() < needed - NEAR:
                self.exposed.add(at)
                continue
            found.append((weights, needed))
            failed.append((at, up, needed))
            if len(found) >= MOST_PROOFS:
                break
        self.failed = failed
        return found

    def _doubtful(self) -> list[tuple[int, bool, float]]:
        """Protected quantities with the way and the distance that each is to be free to move, unless it surely is."""
        asked = []
        for up in (True, False):
            wanted = [
                (at, needed) for at in self.guarded if at not in self.exposed and (needed := self._needed(at, up)) > 0
            ]
            while wanted:
                far = self._moved(wanted, up)
                rest = [pair for pair, moved in zip(wanted, far, strict=True) if not moved]
                # Another try with the rest pays while it settles many at once.
                settled, wanted = len(wanted) - len(rest), rest
                if settled < 8:
                    break
            asked += [(at, up, needed) for at, needed in wanted]
        return asked

    def _moved(self, wanted: list[tuple[int, float]], up: bool) -> Flags:
        needed = np.array([needed for _, needed in wanted])
        return together(self.system, self.free, self.hidden, [at for at, _ in wanted], needed, up)

    def _needed(self, at: int, up: bool) -> float:
        """How far a protected count is to be free to move: down to 0 and up to the threshold.

        A count at or above the threshold is kept back for another reason: it is to be unsure by a threshold.
        """
        value, threshold = float(self.system.values[at]), float(self.profile.threshold)
        if value >= threshold:
            return threshold
        return threshold - value if up else value

    def _least(self, seconds: float) -> float | None:
        """The cheapest choice that meets every condition, and its gap; None where there was no time for any."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        rows = np.array([weights for weights, _ in self.cuts])
        needed = np.array([least for _, least in self.cuts])
        found = milp(
            self.cost,
            constraints=LinearConstraint(rows, needed, np.inf),
            bounds=Bounds(self.always.astype(float), np.ones(self.system.values.size)),
            integrality=np.ones(self.system.values.size, dtype=np.int64),
            options={"time_limit": max(0.1, seconds), "mip_rel_gap": self.gap},
        )
        if found.x is None:
            return None
        self.hidden = self.always | ((found.x > 0.5) & (self.cost > 0))
        return float(found.mip_gap or 0.0)

    def _cover(self, taught: Sequence[tuple[Numbers, float]]) -> None:
        """Without a programme: for each condition hide what gives most for its cost, until it is met."""
        for weights, needed in taught:
            worth = np.where(self.hidden, -1.0, weights / np.maximum(self.cost, 1.0))
            for at in np.argsort(-worth):
                if weights[self.hidden].sum() >= needed - NEAR or worth[at] <= 0:
                    break
                self.hidden[at] = True
