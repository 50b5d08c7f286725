"""Small counts of authorities by clusters kept back: ours beside the rule of thumb that hides the next smallest.

Both are then attacked by the same linear programmes; what the rule of thumb leaves open is told beside it.
"""

import random
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import learner_records
from bench.apart import apart, database, timed
from bench.national import NATIONAL, qualifications
from bench.national_files import write_register
from iqf.analysis import disclosure as d

SEED = 8
COLLEGE = (15_000, 700, 120)
"""Learners, learning aims and postcode districts of a large college."""
ATTACKED = 20
"""So many of its small counts are attacked by programmes of their own, drawn by chance."""


def run(rows: int, columns: int, seconds: float = 120.0) -> list[dict[str, object]]:
    """Seconds of each, the share of cells that each shows, and how many protected counts the rule of thumb gives
    away.
    """
    counts = made_up(rows, columns)
    profile = d.Profile(5)
    begun = time.perf_counter()
    ours = d.protect(counts, profile, seconds=seconds)
    took = time.perf_counter() - begun
    begun = time.perf_counter()
    theirs = by_thumb(counts, profile)
    thumb = time.perf_counter() - begun
    if given_away(ours):
        raise SystemExit("a protected count can be pinned")
    gap = "" if ours.gap is None else f", gap {100 * ours.gap:.1f} %"
    return [
        {
            "work": f"{len(counts.cells):,} counts of {rows} authorities by {columns} clusters with totals, "
            f"{len(ours.primary)} of them small ({ours.status}{gap})",
            "beside": "in each row and column with one small count, hide the next smallest too",
            "ours": took,
            "theirs": thumb,
            "ours_found": 1 - len(ours.hidden) / len(counts.cells),
            "theirs_found": 1 - len(theirs.hidden) / len(counts.cells),
            "told": f"An attacker narrows {given_away(theirs)} of {len(theirs.primary)} small counts hidden so.",
        }
    ]


def college(learners: int, aims: int, districts: int) -> dict[str, object]:
    """A college's learner file read in, in a process of its own, beside the rule of thumb for the same counts."""
    with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
        ours = apart(
            "bench.keeping_back:read_in",
            Path(folder) / "home",
            folder=folder,
            learners=learners,
            aims=aims,
            districts=districts,
        )
    told = ours.told
    return {
        "work": f"a learner file of {learners:,} learners on {aims} aims from {districts} districts read in by "
        f"postcode area: "
        f"{told['counts']:,} counts, {told['small']:,} of them small ({told['status']})",
        "beside": "in each sum with one small count, hide the next smallest too (the hiding alone)",
        "ours": ours.seconds,
        "theirs": told["thumb"],
        "ours_processor": ours.processor,
        "ours_peak": ours.peak,
        "ours_found": told["ours_shown"],
        "theirs_found": told["theirs_shown"],
        "told": f"Of {told['attacked']} small counts drawn by chance an attacker narrows {told['narrowed']} of ours, "
        f"{told['narrowed_by_thumb']} of those hidden by the rule of thumb.",
    }


def read_in(folder: str, learners: int, aims: int, districts: int) -> dict[str, Any]:
    """The work of `college`: the official list first, which tells levels; the file is what is timed."""
    database()
    from iqf.exchange.sources import ilr, ofqual_register
    from iqf.indicators.guarding import Before
    from iqf.indicators.queries import dataset

    size = NATIONAL.scaled(aims / NATIONAL.qualifications)
    numbers = [q.number for q in qualifications(size)][:aims]
    ofqual_register.LIST.ingest(write_register(Path(folder) / "register.csv", size), by="bench")
    file = Path(folder) / "college.xml"
    learner_records.write(file, numbers, learners, districts)
    _, spent = timed(lambda: ilr.ingest(file, by="bench", areas="postcode-area"))
    held = dataset("college")
    found = Before(held, held.columns).of((held.first_period, "Academic year"))
    if found is None:
        raise SystemExit("the learner file was not published")
    begun = time.perf_counter()
    theirs = by_thumb(found.counts, found.profile)
    thumb = time.perf_counter() - begun
    chosen = random.Random(SEED).sample(sorted(found.primary, key=repr), min(ATTACKED, len(found.primary)))
    if narrowed := given_away(found, chosen):
        raise SystemExit(f"{narrowed} protected counts can be pinned")
    return spent | {
        "counts": len(found.shown),
        "small": len(found.primary),
        "status": held.protection.status if held.protection else "",
        "thumb": thumb,
        "ours_shown": 1 - len(found.hidden) / len(found.shown),
        "theirs_shown": 1 - len(theirs.hidden) / len(found.shown),
        "attacked": len(chosen),
        "narrowed": narrowed,
        "narrowed_by_thumb": given_away(theirs, chosen),
    }


def made_up(rows: int, columns: int) -> d.Counts:
    """Counts with a long tail, in nine regions, always the same."""
    of = random.Random(SEED)
    cells = {
        (f"authority {r}", f"cluster {c}"): int(of.lognormvariate(3, 1.3))
        for r in range(rows)
        for c in range(columns)
    }
    return d.two_way(cells, {f"authority {r}": f"region {r % 9}" for r in range(rows)})


def by_thumb(counts: d.Counts, profile: d.Profile) -> d.Protected:
    """Hide small counts, then in every sum with exactly one hidden the smallest other part, until none is left."""
    careless = d.protect(counts, d.Profile(profile.threshold, secondary=False))
    hidden, again = set(careless.primary), True
    while again:
        again = False
        for each in counts.sums:
            keys = (each.total, *each.parts)
            if counts.unpublished.isdisjoint(keys) and sum(key in hidden for key in keys) == 1:
                hidden.add(min((k for k in keys if k not in hidden), key=lambda k: counts.cells[k]))
                again = True
    shown = {k: d.Shown(None, "c") if k in hidden else d.Shown(counts.cells[k]) for k in counts.published}
    secondary = frozenset(hidden) - careless.primary
    return d.Protected(shown, counts, profile, careless.primary, secondary, "feasible", None)


def given_away(table: d.Protected, only: list[d.Key] | None = None) -> int:
    """How many small counts, or how many of `only`, an attacker can narrow to less than 0 up to the threshold."""
    chosen = table.primary if only is None else only
    found = d.intervals([table], only=chosen)
    most = table.profile.threshold - 1e-6
    return sum(found[k].low > 1e-6 or (found[k].high or most) < most for k in chosen)
