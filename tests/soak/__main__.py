"""Soak until stopped, or for so many minutes; the next run in the same folder goes on where this one stopped."""

import argparse
import signal
import sys
import time
from pathlib import Path

from .tasks import tasks
from .turns import FAILURES, CannotGoOn, read_state, turn, write_state


def main() -> int:
    """0 where nothing failed so far; 1 where anything did; 2 where the folder holds something else."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("folder", type=Path, help="where its state, its databases and its failures are kept")
    parser.add_argument("--minutes", type=float, help="stop after the turn in which these are over")
    parser.add_argument("--seed", type=int, help="of a new soak; else a random one")
    options = parser.parse_args()
    folder: Path = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        state = read_state(folder, options.seed)
    except CannotGoOn as error:
        sys.stderr.write(f"{error}\n")
        return 2
    write_state(folder, state)
    _say(f"In {folder}. {state.words}")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    ends = time.monotonic() + 60 * options.minutes if options.minutes else float("inf")
    try:
        with tasks(folder) as ready:
            while time.monotonic() < ends:
                turn(folder, state, ready)
                _say(state.words)
    except KeyboardInterrupt:
        _say(f"Stopped; the turn that was under way is begun anew next time. {read_state(folder, None).words}")
    if state.failures:
        _say(f"Each failure is told in {folder / FAILURES}.")
    return 1 if state.failures else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
