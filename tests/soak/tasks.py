"""What a soak does in a turn: interleavings on a database of its own, and kills of real processes."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.crashing import Work, environment

INTERLEAVINGS, STEPS, KILLS = 5, 40, 5


@contextmanager
def tasks(folder: Path) -> Iterator[Mapping[str, Callable[[int], Mapping[str, int]]]]:
    """The tasks, ready: Django on a database of the folder, and a process whose children may be killed."""
    home = folder / "interleavings"
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(home))
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory(dir=folder, prefix="kills-") as scratch:
        work = Work(Path(tempfile.mkdtemp(dir=scratch)), "tests.review.working")
        try:
            yield {"interleavings": _interleavings, **_kills(work, Path(scratch))}
        finally:
            work.close()


def _interleavings(seed: int) -> Mapping[str, int]:
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis import seed as seeded
    from hypothesis.stateful import run_state_machine_as_test
    from tests.review.interleaving import Interleaving

    Interleaving.tally.clear()
    bounded = settings(
        max_examples=INTERLEAVINGS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seeded(seed)(Interleaving), settings=bounded)
    return dict(Interleaving.tally)


def _kills(work: Work, scratch: Path) -> Mapping[str, Callable[[int], Mapping[str, int]]]:
    from tests.review.killing import Act, acts, kill_often

    def killing(act: Act) -> Callable[[int], Mapping[str, int]]:
        def kill(seed: int) -> Mapping[str, int]:
            folder = Path(tempfile.mkdtemp(dir=scratch))
            try:
                tally = kill_often(work, act, folder, KILLS, seed)
            finally:
                shutil.rmtree(folder)
            return {f"kills of {act.asked}": tally.killed, f"{act.asked} left as it was": tally.undone}

        return kill

    return {f"kills-of-{act.asked}": killing(act) for act in acts(work, scratch)}
