"""One piece of work in a process of its own, so that its time and its peak memory are its own.

`python -m bench.apart bench.importing:ours '{"path": "…"}'` prints what the work returned, and the peak, as JSON.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[1]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Measured:
    """Seconds of the work itself, peak memory of its whole process in MB, and what else it told.

    `processor`: seconds of the processor, where it told them.
    """

    seconds: float
    peak: float
    told: dict[str, Any]
    processor: float | None = None


def apart(work: str, home: Path, **arguments: Any) -> Measured:
    """Run `module:function` in its own process on the data in `home`."""
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    environ = {k: value for k, value in os.environ.items() if k != "DATABASE_URL"}
    environ |= {"IQF_HOME": str(home), "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "iqf.config.settings"}
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bench.apart", work, json.dumps(arguments)]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{work} failed:\n{done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    return Measured(told.pop("seconds"), told.pop("peak"), told, told.pop("processor", None))


def main() -> None:
    """Do the work that the command line names."""
    module, _, function = sys.argv[1].partition(":")
    told = getattr(importlib.import_module(module), function)(**json.loads(sys.argv[2]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": 0.0} | (told or {}) | {"peak": peak}))


def timed(work: Callable[[], Made]) -> tuple[Made, dict[str, float]]:
    """What the work makes, its seconds by the clock, and of the processor: the second hold on a busy machine too."""
    begun, busy = time.perf_counter(), time.process_time()
    made = work()
    return made, {"seconds": time.perf_counter() - begun, "processor": time.process_time() - busy}


def database() -> None:
    """Django ready, and a database with every table. Not part of any measurement."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
