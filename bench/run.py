"""Run every measurement and write bench/RESULTS.md. `python -m bench.run [--small] [--only NAME]`.

With `--only`, the sections of those measurements are written anew, each with its day; the others stay.
"""

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import importing, snapshot
from bench.national import NATIONAL, Size

HERE = Path(__file__).parent
SMALL = NATIONAL.scaled(0.005)
Rows = list[dict[str, object]]


@dataclass(frozen=True)
class Measurement:
    """What is measured, in words, and how: at full size or at a small one. Its rows hold at least `work`, `beside`
    and seconds as `ours` and `theirs`; also `ours_p95`, `theirs_p95`, `ours_found`, `theirs_found` (shares),
    `ours_peak`, `theirs_peak` (MB), `ours_processor`, `theirs_processor` (seconds) and `told`, where there are any.
    """

    what: str
    rows: Callable[[bool], Rows]


def _size(small: bool) -> Size:
    return SMALL if small else NATIONAL


def _coverage(small: bool) -> Rows:
    from bench import coverage

    return [coverage.run(*((200, 1_000, 10) if small else (20_000, 80_000, 15)))]


def _search(small: bool) -> Rows:
    from bench import search

    return search.run(500 if small else 60_000, 20 if small else 120)


def _inclusion(small: bool) -> Rows:
    from bench import inclusion

    return inclusion.run(2_000 if small else 60_000)


def _likeness(small: bool) -> Rows:
    from bench import likeness

    return likeness.run(small)


def _proposals(small: bool) -> Rows:
    from bench import proposals

    return proposals.run(300 if small else proposals.OPEN)


def _coverage_cuts(small: bool) -> Rows:
    from bench import coverage_cuts

    return coverage_cuts.run(_size(small))


def _desk(small: bool) -> Rows:
    from bench import desk

    return desk.run(2_000 if small else desk.JUDGEMENTS)


def _suggesting(small: bool) -> Rows:
    from bench import suggesting

    return suggesting.run(1_000 if small else 250_000)


def _ways(small: bool) -> Rows:
    from bench import ways

    return ways.run(_size(small), 6 if small else 60)


def _learner_rows(small: bool) -> Rows:
    from bench import learner_rows

    return learner_rows.run(20_000 if small else learner_rows.ROWS)


def _keeping_back(small: bool) -> Rows:
    from bench import keeping_back

    tables = keeping_back.run(*((12, 4) if small else (150, 20)))
    return [*tables, keeping_back.college(*((40, 6, 3) if small else keeping_back.COLLEGE))]


def _pages(small: bool) -> Rows:
    from bench import pages

    return pages.run(_size(small), 2 if small else pages.SECONDS)


MEASUREMENTS: Mapping[str, Measurement] = {
    "importing": Measurement("A register read in", lambda small: importing.run(_size(small))),
    "snapshot": Measurement("The snapshot built", lambda small: snapshot.run(_size(small))),
    "search": Measurement("Search", _search),
    "coverage": Measurement("Coverage", _coverage),
    "inclusion": Measurement("The rule of inclusion", _inclusion),
    "likeness": Measurement("Like titles found", _likeness),
    "proposals": Measurement("Open proposals", _proposals),
    "coverage-cuts": Measurement("Every cut of coverage", _coverage_cuts),
    "desk": Measurement("The mapping desk", _desk),
    "ways": Measurement("Top-ups and routes", _ways),
    "suggesting": Measurement("Suggestions at national size", _suggesting),
    "learner-rows": Measurement("Learners out of rows of aims", _learner_rows),
    "keeping-back": Measurement("Small numbers kept back", _keeping_back),
    "pages": Measurement("Pages under load", _pages),
}
"""Every measurement there is; a new one is a module and a line here."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write the results unless they are small."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a small world, to see that it runs; writes nothing")
    parser.add_argument("--only", action="append", choices=tuple(MEASUREMENTS), help="this alone; may be repeated")
    options = parser.parse_args(argv)
    os.environ.setdefault("IQF_HOME", tempfile.mkdtemp(prefix="iqf-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "iqf.config.settings"
    import django

    django.setup()
    chosen = options.only or list(MEASUREMENTS)
    found = {name: MEASUREMENTS[name].rows(options.small) for name in chosen}
    text = report(found)
    sys.stdout.write(text)
    if not options.small:
        results = HERE / "RESULTS.md"
        results.write_text(renewed(results.read_text(), found) if options.only else text)
    return 0


def renewed(before: str, found: Mapping[str, Rows]) -> str:
    """The results as they stand with the sections of these measurements written anew."""
    head, *sections = before.rstrip("\n").split("\n## ")
    held = {section.partition("\n")[0]: section.rstrip("\n") for section in sections}
    for name, rows in found.items():
        what = MEASUREMENTS[name].what
        held[what] = "\n".join([what, "", f"Measured again on {datetime.now(UTC):%d %B %Y}.", "", *table(rows)])
    return "\n\n## ".join([head.rstrip("\n"), *held.values()]) + "\n"


def report(found: Mapping[str, Rows]) -> str:
    """The results in words and tables, ratios first."""
    lines = ["# Measured", "", *_method()]
    for name, rows in found.items():
        lines += ["", f"## {MEASUREMENTS[name].what}", "", *table(rows)]
    return "\n".join(lines) + "\n"


def _method() -> list[str]:
    """On what, with what, when, and what the columns mean."""
    packages = ("Django", "tantivy", "rapidfuzz", "numpy", "scipy")
    used = ", ".join(f"{package} {version(package)}" for package in packages)
    sizes = ", ".join(f"{count:,} {what}" for what, count in vars(NATIONAL).items())
    return [
        f"One run of `make bench` on {datetime.now(UTC):%d %B %Y}: {_machine()}; Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {used}.",
        "",
        f"The made-up country (`bench/national.py`, always from the same seed) has {sizes}. Each row is the same "
        "work on the same data, ours beside what a person would use instead; a ratio above 1 is in our favour. "
        "Readings in and snapshots run each in a process of its own, the other measurements in the process of the "
        "run. Seconds are by the clock and hold for this machine only; the ratios travel. What the other way leaves "
        "undone is said beside it.",
    ]


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return f"{os.cpu_count()} cores ({names[0] if names else platform.machine()}), {memory:.0f} GB"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else []


COLUMNS: tuple[tuple[str, Callable[[Mapping[str, object]], str]], ...] = (
    ("ratio", lambda row: _ratio(row["theirs"], row["ours"])),
    ("ratio at the slowest twentieth", lambda row: _ratio(row.get("theirs_p95"), row.get("ours_p95"))),
    ("ratio of processor time", lambda row: _ratio(row.get("theirs_processor"), row.get("ours_processor"))),
    ("ratio of peak memory", lambda row: _ratio(row.get("theirs_peak"), row.get("ours_peak"))),
    ("work", lambda row: str(row["work"])),
    ("beside", lambda row: str(row["beside"])),
    ("ours", lambda row: _seconds(row["ours"])),
    ("ours at the slowest twentieth", lambda row: _seconds(row.get("ours_p95"))),
    ("our processor time", lambda row: _seconds(row.get("ours_processor"))),
    ("our peak", lambda row: _megabytes(row.get("ours_peak"))),
    ("found by us", lambda row: _share(row.get("ours_found"))),
    ("found beside", lambda row: _share(row.get("theirs_found"))),
    ("what came of it", lambda row: str(row.get("told", ""))),
)


def table(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """Rows as a table, of the columns that say something."""
    filled = [(name, [show(row) for row in rows]) for name, show in COLUMNS]
    shown = [(name, cells) for name, cells in filled if any(cells)]
    lines = [" | ".join(name for name, _ in shown), "|".join("---" for _ in shown)]
    lines += [" | ".join(cells) for cells in zip(*(cells for _, cells in shown), strict=True)]
    return [f"| {line} |" if "---" not in line else f"|{line}|" for line in lines]


def _ratio(theirs: object, ours: object) -> str:
    if not isinstance(theirs, float) or not isinstance(ours, float):
        return ""
    return f"{_two(theirs / ours)}×"


def _seconds(spent: object) -> str:
    if not isinstance(spent, float):
        return ""
    return f"{spent:.1f} s" if spent >= 1 else f"{_two(spent * 1000)} ms"


def _two(number: float) -> str:
    """A number by its first two figures, or whole where it has more."""
    return f"{number:,.0f}" if number >= 99.5 else f"{number:.2g}"


def _megabytes(peak: object) -> str:
    return f"{peak:.0f} MB" if isinstance(peak, float) else ""


def _share(found: object) -> str:
    return f"{found:.0%}" if isinstance(found, float) else ""


if __name__ == "__main__":
    sys.exit(main())
