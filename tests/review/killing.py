"""Kills at random moments, and what is found after each: as it was, whole, or a fault."""

import random
import shutil
from dataclasses import dataclass
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
    """Kill an act at a random moment of its life. True where it was whole already. Raises AssertionError."""
    tally.killed += work.run(home, act.asked, kill_after=act.took * random_moment).killed
    found = contents(home)
    assert found in act.stages, f"After a kill in {act.asked} at {random_moment} of its time, it is neither."
    tally.undone += found == act.before
    return found == act.whole


def kill_often(work, act, folder, kills, seed):
    """So many kills, spread over the life of the act; after the last the next attempt succeeds. The tally."""
    moments, tally, made = random.Random(seed), Tally(), 0
    home = Path(shutil.copytree(act.start, folder / "home-0"))
    for turn in range(kills):
        if kill(work, act, home, (turn + moments.random()) / kills, tally):
            made += 1
            home = Path(shutil.copytree(act.start, folder / f"home-{made}"))
    ended = work.run(home, act.asked)
    assert (ended.codes, contents(home)) == ([0], act.whole), f"The attempt after the kills did not succeed: {ended}"
    return tally
