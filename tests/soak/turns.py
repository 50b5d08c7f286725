"""Turns of a soak: each does every task once under a seed of its own, and what was counted is kept after it."""

import json
import os
import random
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

STATE = "soak.json"
FAILURES = "failures"
Counts = Mapping[str, int]
Task = Callable[[int], Counts]
"""Does something under a seed and says how many of what it did. What it raises is a failure."""


class CannotGoOn(Exception):
    """A folder that holds no soak that can go on, in one plain sentence."""


@dataclass
class State:
    """What a soak has done so far: its seed, how many turns, what was counted, and which turns failed."""

    seed: int
    turns: int = 0
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """One line that says all of it."""
        counted = ", ".join(f"{number:,} {what}" for what, number in sorted(self.counts.items()))
        failed = f"{len(self.failures)} failures" if self.failures else "no failure"
        return (
            f"seed {self.seed}: {self.turns:,} turns in {self.seconds:,.0f} s; {counted or 'nothing yet'}; {failed}"
        )


def read_state(folder: Path, seed: int | None) -> State:
    """The soak of a folder as it was left, or a new one. Raises CannotGoOn."""
    file = folder / STATE
    if not file.exists():
        return State(random.SystemRandom().randrange(10**9) if seed is None else seed)
    try:
        state = State(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise CannotGoOn(f"{file} cannot be read; remove it to begin anew.") from None
    if seed not in (None, state.seed):
        raise CannotGoOn(f"{folder} holds a soak with seed {state.seed}; take another folder for seed {seed}.")
    return state


def write_state(folder: Path, state: State) -> None:
    """Keep it: whole, or as it was before."""
    fresh = folder / f"{STATE}.new"
    fresh.write_text(json.dumps(asdict(state), indent=1), encoding="utf-8")
    os.replace(fresh, folder / STATE)


def turn(folder: Path, state: State, tasks: Mapping[str, Task]) -> None:
    """Do every task once, count, keep. What fails is told in a file of its own, with the seed that shows it again."""
    begun = time.monotonic()
    for name, task in tasks.items():
        seed = random.Random(f"{state.seed} {state.turns} {name}").randrange(10**9)
        try:
            counted = task(seed)
        except Exception:
            counted = {f"failed {name}": 1}
            failed = f"turn-{state.turns:06}-{name}-seed-{seed}.txt"
            (folder / FAILURES).mkdir(exist_ok=True)
            (folder / FAILURES / failed).write_text(traceback.format_exc(), encoding="utf-8")
            state.failures.append(failed)
        for what, number in counted.items():
            state.counts[what] = state.counts.get(what, 0) + number
    state.turns += 1
    state.seconds += time.monotonic() - begun
    write_state(folder, state)
