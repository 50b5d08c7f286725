"""Kills at random moments, and what is found after each: as it was, whole, or a fault."""

import random
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from tests.crashing import contents


@dataclass(frozen=True)
class Act:
    """Something that may be killed: what is asked, the home it starts from, what may be found after, and whole."""

    asked: str
    start: Path
    stages: list
    took: float

    @property
    def before(self):
        return self.stages[0]

    @property
    def whole(self):
        return self.stages[-1]


@dataclass
class Tally:
    """How many were killed, and how many of these left it as it was."""

    killed: int = 0
    undone: int = 0


def acts(work, folder):
    """The two acts, each undisturbed once: an upload by a spreadsheet, and the acceptance of what it asks for."""
    home = Path(shutil.copytree(work.home, folder / "start"))
    assert work.run(home, "begin").said == ["done"]
    handed = Path(shutil.copytree(home, folder / "handed"))
    assert work.run(handed, "hand in").codes == [0]
    sent = Path(shutil.copytree(home, folder / "sent"))
    upload = _undisturbed(work, "upload", home, sent, between=[contents(handed)])
    return upload, _undisturbed(work, "accept", sent, Path(shutil.copytree(sent, folder / "accepted")))


def _undisturbed(work, asked, start, home, between=()):
    before = contents(home)
    ended = work.run(home, asked)
    assert ended.codes == [0], ended
    return Act(asked, start, [before, *between, contents(home)], ended.seconds)


def kill(work, act, home, random_moment, tally):
    """Kill an act at a random moment of its life. How it ended, and whether it was whole already."""
    ended = work.run(home, act.asked, kill_after=act.took * random_moment)
    tally.killed += ended.killed
    found = contents(home)
    assert found in act.stages, f"After a kill in {act.asked} at {random_moment} of its time, it is neither."
    tally.undone += found == act.before
    return ended, found == act.whole


def kill_often(work, act, folder, kills, seed):
    """So many that were killed, spread over the life of the act; then the next attempt succeeds. The tally.

    An act that ended before its kill came was quicker than it was thought to be: later kills come as much earlier.
    """
    moments, tally, made = random.Random(seed), Tally(), 0
    home = Path(shutil.copytree(act.start, folder / "home-0"))
    for turn in range(4 * kills):
        if tally.killed == kills:
            break
        ended, whole = kill(work, act, home, (turn % kills + moments.random()) / kills, tally)
        if not ended.killed:
            act = replace(act, took=min(act.took, ended.seconds))
        if whole:
            made += 1
            home = Path(shutil.copytree(act.start, folder / f"home-{made}"))
    ended = work.run(home, act.asked)
    assert (ended.codes, contents(home)) == ([0], act.whole), f"The attempt after the kills did not succeed: {ended}"
    return tally
