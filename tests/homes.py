"""Home folders that are dear to make: each is made once in a run by whoever asks first, and copied from then."""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

IQF = [sys.executable, "-m", "iqf.cli.main"]
SOURCE = Path(__file__).parents[1] / "src"
OURS = ("DATABASE_URL", "EMAIL_URL", "PORT", "IQF_ADDRESS", "IQF_SECRET_KEY")


def environment(home):
    """Nothing but the home folder: no database of the tests, no port, no key."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**kept, "IQF_HOME": str(home), "PYTHONPATH": str(SOURCE)}


def run(home, *arguments, check=False, **kwargs):
    """A command of ours in a process of its own, over a home."""
    words = [*IQF, *map(str, arguments)]
    return subprocess.run(words, env=environment(home), capture_output=True, text=True, check=check, **kwargs)


def loaded(factory):
    """The folder that `iqf ingest starter` makes. Nobody writes to it: a test that does takes a copy."""
    return _once(factory, "loaded", _load)


def shown(factory):
    """The folder of a demo that has been started: accounts, possible duplicates and the index are made."""
    return _once(factory, "shown", lambda home: _show(shutil.copytree(loaded(factory), home)))


@contextlib.contextmanager
def commanded(home, command):
    """The address at which a command (`demo`, `serve`) serves a home, while the block runs."""
    port, quiet = free_port(), ["--no-browser"] if command == "demo" else []
    with _serving(home, [*IQF, command, *quiet, "--workers", "1", "--port", str(port)], port, {}) as address:
        yield address


@contextlib.contextmanager
def served(home, *, demo=False):
    """The address at which the web application alone serves a home that is ready, while the block runs."""
    port = free_port()
    words = [sys.executable, "-m", "gunicorn", "iqf.config.wsgi", "-b", f"127.0.0.1:{port}", "--threads", "4"]
    with _serving(home, words, port, {"IQF_DEMO": "1" if demo else "0"}) as address:
        yield address


def free_port():
    """A port on which nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def _serving(home, words, port, more):
    log = Path(home) / "log"
    env = {**environment(home), "DJANGO_SETTINGS_MODULE": "iqf.config.settings", **more}
    with log.open("w") as said, subprocess.Popen(words, env=env, stdout=said, stderr=said) as process:
        try:
            yield _answering(f"http://127.0.0.1:{port}", process, log)
        finally:
            process.terminate()


def _answering(address, process, log):
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/about", timeout=5).close()
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.2)
        else:
            return address
    raise RuntimeError(f"The site did not start: {log.read_text()[-2000:]}")


def _once(factory, name, make):
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home = shared / name
        if not home.exists():
            make(shared / f"{name}.new").rename(home)
        return home


def _load(home):
    run(home, "ingest", "starter", check=True)
    return home


def _show(home):
    with commanded(home, "demo"):
        return home
