"""Run every measurement and write bench/RESULTS.md. `python -m bench.run [--small]`."""

import argparse
import os
import platform
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write the results unless `--small`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a small world, to see that it runs; writes nothing")
    small = parser.parse_args(argv).small
    os.environ["IQF_HOME"] = tempfile.mkdtemp(prefix="iqf-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "iqf.config.settings"
    import django

    django.setup()
    from bench import coverage, search

    rows = [coverage.run(*((200, 1_000, 10) if small else (20_000, 80_000, 15)))]
    rows += search.run(500 if small else 60_000, 20 if small else 120)
    text = table(rows)
    sys.stdout.write(text)
    if not small:
        (HERE / "RESULTS.md").write_text(text)
    return 0


def table(rows: Sequence[dict[str, object]]) -> str:
    """The results as a table of ratios."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    lines = [
        "# Measured",
        "",
        f"One run on {os.cpu_count()} cores, Python {platform.python_version()}: `make bench`. Each row is the same "
        "work on the same made-up data, in the same process; more than 1 is in our favour. A search of ours ranks, "
        "explains and counts every filter; the others only count what matches. Peak memory of the whole run: "
        f"{memory} MB.",
        "",
        "| work | beside | ratio of medians | ratio at the slowest twentieth | found by us | found beside |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        middle = _ratio(row["theirs"], row["ours"])
        slow = _ratio(row.get("theirs_p95"), row.get("ours_p95"))
        found = [f"{row[k]:.0%}" if k in row else "same" for k in ("ours_found", "theirs_found")]
        lines.append(f"| {row['work']} | {row['beside']} | {middle} | {slow} | {found[0]} | {found[1]} |")
    return "\n".join(lines) + "\n"


def _ratio(theirs: object, ours: object) -> str:
    if not isinstance(theirs, float) or not isinstance(ours, float):
        return ""
    return f"{theirs / ours:.2g}×"


if __name__ == "__main__":
    sys.exit(main())
