"""Small counts of authorities by clusters kept back: ours beside the rule of thumb that hides the next smallest.

Both are then attacked by the same linear programmes; what the rule of thumb leaves open is told beside it.
"""

import random
import time

from iqf.analysis import disclosure as d

SEED = 8


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
            if sum(key in hidden for key in keys) == 1:
                hidden.add(min((k for k in keys if k not in hidden), key=lambda k: counts.cells[k]))
                again = True
    shown = {k: d.Shown(None, "c") if k in hidden else d.Shown(v) for k, v in counts.cells.items()}
    secondary = frozenset(hidden) - careless.primary
    return d.Protected(shown, counts, profile, careless.primary, secondary, "feasible", None)


def given_away(table: d.Protected) -> int:
    """How many small counts an attacker can narrow to less than 0 up to the threshold."""
    found = d.intervals([table])
    most = table.profile.threshold - 1e-6
    return sum(found[k].low > 1e-6 or (found[k].high or most) < most for k in table.primary)
