"""What to keep back of a table, so that nothing published now or before gives a protected count away.

The least information lost, by a mixed-integer programme whose conditions come from the attacker: where a choice lets
a protected count be pinned, the attacker's own proof becomes a condition (a capacity cut), until no choice does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic, thread_time
from typing import Final, Literal

import numpy as np

from iqf.analysis.disclosure.covering import covered
from iqf.analysis.disclosure.moving import (
    LOCAL,
    NotSafeInTimeError,
    Places,
    Reach,
    Wish,
    near,
    not_moved,
    parts,
    reach,
    would_help,
)
from iqf.analysis.disclosure.records import CONFIDENTIAL, Counts, Key, Profile, Protected, Shown, as_shown, dominated
from iqf.analysis.disclosure.system import NEAR, Numbers, Room, System, room, system_of

Status = Literal["optimal", "feasible", "fallback"]
PATIENCE: Final = 10
"""Without a choice in so many times the seconds given, of the processor, the table is not to be published."""
MOST_PROOFS: Final = 80
"""So many proofs of the attacker are asked for before the next choice is made."""
FEW: Final = 20
"""So many counts are proven open one by one; of more, what would help most of them at once is hidden."""
MANY: Final = 2000
"""For so many counts that are to be kept back the least is not looked for: what is hidden stays hidden."""


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
    return frozenset(small | {key for key, most in counts.largest.items() if dominated(seen[key], most, profile)})


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
    failed: list[Wish] = field(default_factory=list)

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
        left, self.end = 0.0, thread_time() + max(patience, 20.0)
        if len(self.guarded) > MANY:
            self._hide_more()
            return "fallback", left
        while taught := self._taught():
            self.cuts += taught
            if monotonic() > until or (found := self._least(until - monotonic())) is None:
                self._hide_more()
                return "fallback", left
            left = max(left, found)
        return ("optimal" if left <= NEAR else "feasible"), left

    def _hide_more(self) -> None:
        """More and more is hidden, and nothing shown again, so that what has once been found free stays free."""
        wishes = self._wishes()
        self.hidden |= covered(self.system, self.free, self.hidden, self.cost, wishes)
        wishes = not_moved(self.system, self.free, self.hidden, wishes)
        before = len(wishes) + 1
        while FEW < len(wishes) < before:
            before = len(wishes)
            more, wishes = would_help(self.system, self.free, self.hidden, self.cost, wishes)
            self.hidden[more] = True
            self._in_time()
        for wish in wishes:
            self._make_free(wish)

    def _make_free(self, wish: Wish) -> None:
        """Hide what the proofs against one wish ask for, until it is fulfilled, or nothing would help.

        What is free where little moves is free; where nothing helps there, more is let move.
        """
        while wish.at not in self.exposed:
            every = np.flatnonzero(self.hidden)
            for most in (LOCAL, 4 * LOCAL, every.size):
                self._in_time()
                proof = self._proof(wish, near(self.system, every, [wish], most))
                if not proof.short_of(wish):
                    return
                if proof.may_help(wish):
                    self._cover([(np.minimum(proof.coefficients, wish.needed), wish.needed)])
                    break
                # Before everything is let move, which takes long, what helps most here is hidden.
                if LOCAL < most < every.size and self._hide_best(proof.coefficients):
                    break
            else:
                self.exposed.add(wish.at)

    def _hide_best(self, weights: Numbers) -> bool:
        """Hide what gives most for its cost; whether there is anything."""
        worth = np.where(self.hidden | (self.cost <= 0), 0.0, weights / np.maximum(self.cost, 1.0))
        best = int(np.argmax(worth))
        if worth[best] <= NEAR:
            return False
        self.hidden[best] = True
        return True

    def _proof(self, wish: Wish, part: Places) -> Reach:
        """How far a wish goes where only a part of what is hidden moves; the rest has no weight in the proof."""
        found = reach(self.system, self.free, part, wish.at, wish.up)
        still = self.hidden.copy()
        still[part] = False
        return Reach(found.distance, np.where(still, 0.0, found.coefficients))

    def _in_time(self) -> None:
        if thread_time() > self.end:
            raise NotSafeInTimeError("No safe choice was found in the time given.")

    def _taught(self) -> list[tuple[Numbers, float]]:
        """The attacker's proofs against what is hidden now: of counts that can be pinned, up or down."""
        # Those that were pinned last time are asked first: while one still is, all the others can wait.
        return self._proofs(self.failed) or self._proofs(
            not_moved(self.system, self.free, self.hidden, self._wishes())
        )

    def _proofs(self, asked: Sequence[Wish]) -> list[tuple[Numbers, float]]:
        found: list[tuple[Numbers, float]] = []
        self.failed = []
        part_of = {int(at): part for part in parts(self.system, self.hidden) for at in part} if asked else {}
        for wish in asked:
            if wish.at in self.exposed:
                continue
            self._in_time()
            proof = reach(self.system, self.free, part_of[wish.at], wish.at, wish.up)
            if not proof.short_of(wish):
                continue
            if not proof.may_help(wish):
                self.exposed.add(wish.at)
                continue
            found.append((np.minimum(proof.coefficients, wish.needed), wish.needed))
            self.failed.append(wish)
            if len(found) >= MOST_PROOFS:
                break
        return found

    def _wishes(self) -> list[Wish]:
        """Protected quantities with the way and the distance that each is to be free to move."""
        asked = (Wish(at, up, self._needed(at, up)) for up in (True, False) for at in self.guarded)
        return [wish for wish in asked if wish.needed > 0 and wish.at not in self.exposed]

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
