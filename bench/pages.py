"""The site at national size, asked for 50 pages a second: how long a page takes, and what the server holds in memory.

The load is open: each page is asked for at its time, whether those before it have come or not, and its time runs from
then. Beside it the same pages as files, given out by the web server of Python: what a page costs at the least.
"""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import local
from typing import Any
from urllib.parse import quote

from bench.apart import ROOT, apart, database
from bench.national import NATIONAL, Size

RATE = 50
"""Pages a second."""
SECONDS = 20
LISTS = (
    "/", "/roles", "/qualifications", "/qualifications?level=3", "/units", "/organisations", "/clusters", "/levels",
    "/check", "/compare", "/topup", "/routes",
)  # fmt: skip
KINDS = (("roles", "IQF-R-", 25), ("qualifications", "IQF-Q-", 30), ("units", "IQF-U-", 15), ("search", "", 20))
"""Of a hundred pages so many are of each kind; the rest are lists and forms."""
WORDS = (
    "safeguarding",
    "playwork",
    "early years",
    "fostering",
    "diploma level 3",
    "youth work",
    "managing",
    "autism",
)


def run(size: Size = NATIONAL, seconds: int = SECONDS) -> list[dict[str, object]]:
    """What readers ask for again and again, and then nothing twice."""
    with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
        home = Path(folder)
        apart("bench.ways:fill", home, share=size.qualifications / NATIONAL.qualifications)
        apart("bench.pages:build", home)
        number = RATE * seconds
        popular, once = _popular(Random(1), size, number), _once(Random(2), size, number)
        loads = {"as readers ask, some things far more than others": popular, "no page asked for twice": once}
        with _serving(home) as (port, process):
            ours = {what: _load(port, asked) for what, asked in loads.items()}
            held = _memory(process)
            for number, asked in enumerate(loads.values()):
                _save(port, asked, home / str(number))
        return [
            _row(what, asked, ours[what], _as_files(home / str(number), asked), held)
            for number, (what, asked) in enumerate(loads.items())
        ]


def build() -> dict[str, Any]:
    """The snapshot of the country."""
    database()
    from iqf.snapshot.reading import ensure_current

    ensure_current()
    return {}


def _popular(at: Random, size: Size, number: int) -> list[str]:
    """Addresses by how often each is wanted: the second most half as often as the first, the third a third."""
    counts = {"roles": size.roles, "qualifications": size.qualifications, "units": size.units}
    ranked = {place: at.sample(range(1, most + 1), min(most, 5_000)) for place, most in counts.items()}
    weights = {place: [1 / rank for rank in range(1, len(things) + 1)] for place, things in ranked.items()}

    def one(place: str) -> int:
        return at.choices(ranked[place], weights[place])[0]

    return [_address(at, one) for _ in range(number)]


def _once(at: Random, size: Size, number: int) -> list[str]:
    counts = {"roles": size.roles, "qualifications": size.qualifications, "units": size.units}
    found: dict[str, None] = {}
    while len(found) < number:
        address = _address(at, lambda place: at.randint(1, counts[place]))
        found[f"{address}{'&' if '?' in address else '?'}asked={len(found)}"] = None
    return list(found)


def _address(at: Random, one: Any) -> str:
    drawn = at.random() * 100
    for place, code, share in KINDS:
        if drawn < share:
            return f"/{place}/{code}{one(place):06d}" if code else f"/search?q={quote(at.choice(WORDS))}"
        drawn -= share
    return at.choice(LISTS)


@contextmanager
def _serving(home: Path) -> Iterator[tuple[int, int]]:
    """The product's own server on these data: its port, and the process that all of it hangs from."""
    port = _free_port()
    environ = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    environ |= {"IQF_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", "from iqf.cli.main import main; main()", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(port)
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(port: int, tries: int = 600) -> None:
    for _ in range(tries):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not begin")


def _load(port: int, addresses: Sequence[str]) -> dict[str, Any]:
    """Each address at its time, from a process of its own."""
    with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
        asked = Path(folder) / "addresses"
        asked.write_text("\n".join(addresses))
        return apart("bench.pages:load", Path(folder), port=port, addresses=str(asked)).told


def load(port: int, addresses: str) -> dict[str, Any]:
    """Seconds of each page from the instant at which it was to be asked for; how many were no page."""
    asked, held = Path(addresses).read_text().splitlines(), local()

    def one(address: str, at: float) -> tuple[float, bool]:
        time.sleep(max(0.0, at - time.perf_counter()))
        good = _got(held, port, address)
        return time.perf_counter() - at, good

    begun = time.perf_counter() + 0.5
    with ThreadPoolExecutor(64) as pool:
        waiting = [pool.submit(one, address, begun + n / RATE) for n, address in enumerate(asked)]
        found = [each.result() for each in waiting]
    took = sorted(seconds for seconds, _ in found)
    return {
        "median": statistics.median(took),
        "p95": took[int(len(took) * 0.95)],
        "failed": sum(not good for _, good in found),
    }


def _got(held: Any, port: int, address: str) -> bool:
    """True where a whole page came. A connection is kept, and opened again where the server has ended it."""
    for _ in range(2):
        link = getattr(held, "link", None) or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        held.link = link
        try:
            link.request("GET", address)
            answer = link.getresponse()
            return bool(answer.read()) and answer.status == 200
        except (http.client.HTTPException, ConnectionError):
            link.close()
            held.link = None
    return False


def _memory(process: int) -> float:
    """MB of the process and those it started, what they share counted once."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    shares = [Path(f"/proc/{each}/smaps_rollup").read_text() for each in (str(process), *listed)]
    return (
        sum(int(line.split()[1]) for text in shares for line in text.splitlines() if line.startswith("Pss:")) / 1024
    )


def _row(
    what: str, asked: Sequence[str], ours: dict[str, Any], theirs: dict[str, Any], held: float
) -> dict[str, object]:
    return {
        "work": f"{RATE} pages a second for {len(asked) / RATE:.0f} s, {what}",
        "beside": "the same pages as files, given out by python -m http.server",
        "ours": ours["median"],
        "theirs": theirs["median"],
        "ours_p95": ours["p95"],
        "theirs_p95": theirs["p95"],
        "ours_peak": held,
        "told": f"{ours['failed']} of {len(asked):,} failed; the peak is that of the server with all its processes",
    }


def _save(port: int, asked: Sequence[str], folder: Path) -> None:
    """The pages as files, named in the order in which they are first asked for."""
    folder.mkdir()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for number, address in enumerate(dict.fromkeys(asked)):
        link.request("GET", address, headers={"Connection": "close"})
        (folder / f"{number}.html").write_bytes(link.getresponse().read())


def _as_files(folder: Path, asked: Sequence[str]) -> dict[str, Any]:
    """The same load on the files."""
    names = {address: f"/{number}.html" for number, address in enumerate(dict.fromkeys(asked))}
    port = _free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
        try:
            _wait(port)
            return _load(port, [names[address] for address in asked])
        finally:
            process.terminate()
