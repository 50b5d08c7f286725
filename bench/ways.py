"""Top-ups and routes at national size: ours beside a greedy cover, the solver on its own, and networkx's paths.

A top-up: somebody holds five units and a qualification, and aims at a role that asks for one of two qualifications
and six statements. Greedy takes, again and again, the unit that reaches most of what is left for its credit. The
solver on its own is the same programme without our preparation: every unit that could be taken.
"""

import math
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from bench.apart import apart, database
from bench.national import NATIONAL, Size

ON_DAY = "2026-11-22"
BEST = 5


def run(size: Size = NATIONAL, questions: int = 60) -> list[dict[str, object]]:
    """The country made in one process, top-ups and routes asked of it in another."""
    with tempfile.TemporaryDirectory(prefix="iqf-bench-") as folder:
        home = Path(folder)
        apart("bench.ways:fill", home, share=size.qualifications / NATIONAL.qualifications)
        found = apart("bench.ways:asked", home, questions=questions)
    return [row | {"ours_peak": found.peak} for row in found.told["rows"]]


def fill(share: float) -> dict[str, Any]:
    """The country into the tables."""
    database()
    from bench.national_catalogue import load
    from bench.ways_world import load_ways

    size = NATIONAL.scaled(share)
    load(size)
    load_ways(size)
    return {}


def asked(questions: int) -> dict[str, Any]:
    """The rows of the measurement."""
    database()
    return {"rows": [*_topups(Random(1), questions), *_routes(Random(2), questions)]}


def _topups(at: Random, number: int) -> Iterator[dict[str, object]]:
    from iqf.analysis.topup.answering import top_up

    asked = [_question(at) for _ in range(number)]
    _whole(*asked[0])  # loads the solver
    whole = [_spent(lambda q=question: _whole(*q)) for question in asked]  # type: ignore[misc]
    questions = [_read(*question) for question in asked]
    ours = [_spent(lambda q=q: top_up(q, "credit", 0)) for q in questions]  # type: ignore[misc]
    greedy = [_spent(lambda q=q: _greedy(q)) for q in questions]  # type: ignore[misc]
    with _unprepared():
        bare = [_spent(lambda q=question: _whole(*q)) for question in asked]  # type: ignore[misc]
        alone = [_spent(lambda q=q: top_up(q, "credit", 0)) for q in questions]  # type: ignore[misc]
    costs = [_credit(found) for _, found in ours]
    dearer = [g - c for c, (_, g) in zip(costs, greedy, strict=True) if c is not None and g is not None]
    if [_credit(found) for _, found in alone] != costs:
        raise SystemExit("the solver on its own found another cost")
    proven = sum(found.status in ("optimal", "impossible") for _, found in ours)
    three = "a top-up read from the database and reckoned, with the three next best ways"
    yield _row(three, "the same without our preparation", whole, bare)
    yield _row(f"a top-up reckoned; {proven} of {number} proven", "the solver without our preparation", ours, alone)
    told = f"greedy takes {statistics.mean(dearer) if dearer else 0:.1f} credits more on average, and never says so"
    yield _row("a top-up reckoned", "a greedy cover", ours, greedy) | {"told": told}


def _question(at: Random) -> tuple[list[str], str]:
    from iqf.catalogue import models as m
    from iqf.codes import iqf_code

    units = at.sample(range(1, m.Unit.objects.count() + 1), 5)
    whole = at.randrange(m.Qualification.objects.count()) + 1
    role = at.randrange(m.Role.objects.count()) + 1
    return [*(iqf_code("unit", u) for u in units), iqf_code("qualification", whole)], iqf_code("role", role)


def _whole(held: list[str], role: str) -> Any:
    from datetime import date

    from iqf.reports.topup import topup

    return topup(held, role, date.fromisoformat(ON_DAY))


def _read(held: list[str], role: str) -> Any:
    from datetime import date

    from iqf.reports.topup import question_of

    return question_of(held, role, date.fromisoformat(ON_DAY)).question


@contextmanager
def _unprepared() -> Iterator[None]:
    """The programme without what makes it small."""
    from iqf.analysis.topup import presolve

    kept = presolve._that_matter
    presolve._that_matter = lambda found, cost, answers: found.candidates
    try:
        yield
    finally:
        presolve._that_matter = kept


def _greedy(question: Any) -> int | None:
    """Most reached for each credit, again and again; then each rule by its cheapest units. None: not reached."""
    from iqf.analysis.topup.presolve import met_by, opened, reaches

    found = opened(question, "credit", 1)
    left = {n.code: n for n in found.needs}
    price = {c.code: max(1, c.credit.high or 1000) for c in found.candidates}
    reach = {
        c.code: {n for n in left if any(reaches(question.reach.get(u, {}).get(n), left[n]) for u in (c.code,))}
        for c in found.candidates
    }
    chosen: list[str] = []
    while left:
        best = max(reach, key=lambda code: len(reach[code] & left.keys()) / price[code], default=None)
        if best is None or not reach[best] & left.keys():
            return None
        chosen.append(best)
        for code in reach[best]:
            left.pop(code, None)
    for choice in found.choices:
        cheapest = None
        for option in choice.options:
            units = sorted((u for u in price if option.rules and u in _listed(option)), key=lambda u: price[u])
            taken: list[str] = []
            for unit in units:
                if met_by(option, question, [*chosen, *taken], chosen):
                    break
                taken.append(unit)
            if met_by(option, question, [*chosen, *taken], chosen):
                spent = sum(price[u] for u in taken if u not in chosen)
                cheapest = min(cheapest or (spent, taken), (spent, taken))
        if cheapest is None:
            return None
        chosen += [u for u in cheapest[1] if u not in chosen]
    return sum(price[code] for code in chosen)


def _listed(option: Any) -> frozenset[str]:
    from iqf.analysis.rules import all_units

    return frozenset(all_units(option.rules.root))


def _routes(at: Random, number: int) -> Iterator[dict[str, object]]:
    from datetime import date

    from iqf.catalogue import models as m
    from iqf.codes import iqf_code
    from iqf.reports.routes import routes

    on = date.fromisoformat(ON_DAY)
    roles = m.Role.objects.count()
    pairs = []
    graph = _graph()
    while len(pairs) < number:
        start, goal = (iqf_code("role", at.randrange(roles) + 1) for _ in range(2))
        if start != goal and (len(pairs) % 3 == 0 or _joined(graph, start, goal)):
            pairs.append((start, goal))
    ours = [_spent(lambda p=p: routes(*p, on, best=BEST)) for p in pairs]  # type: ignore[misc]
    theirs = [_spent(lambda p=p: _paths(graph, *p)) for p in pairs]  # type: ignore[misc]
    proven = sum(found.proven for _, found in ours)
    many = sum(len(found.routes) > 1 for _, found in ours)
    yield _row(
        f"{BEST} best routes of up to four steps, each priced as a whole; {proven} of {number} proven",
        "networkx shortest_simple_paths by number of steps, no price",
        ours,
        theirs,
    ) | {"told": f"{many} of {number} pairs have more than one way"}


def _graph() -> Any:
    import networkx

    from iqf.reports.way_places import stated_links

    graph = networkx.DiGraph()
    graph.add_edges_from((a, b) for a, after in stated_links().onward.items() for b in after)
    return graph


def _joined(graph: Any, start: str, goal: str) -> bool:
    """Whether stated steps lead there within four."""
    import networkx

    return start in graph and goal in networkx.single_source_shortest_path_length(graph, start, cutoff=4)


def _paths(graph: Any, start: str, goal: str) -> int:
    """How many of the shortest paths of up to four steps networkx gives, up to five."""
    import networkx

    if start not in graph or goal not in graph:
        return 0
    found = 0
    try:
        for path in networkx.shortest_simple_paths(graph, start, goal):
            if len(path) > 5 or found == BEST:
                break
            found += 1
    except networkx.NetworkXNoPath:
        return 0
    return found


def _spent(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def _credit(found: Any) -> int | None:
    return found.best.cost["credit"].low if found.best else None


def _row(work: str, beside: str, ours: list[tuple[float, Any]], theirs: list[tuple[float, Any]]) -> dict[str, object]:
    row: dict[str, object] = {"work": work, "beside": beside}
    for name, spent in (("ours", ours), ("theirs", theirs)):
        seconds = sorted(each for each, _ in spent)
        row[name] = statistics.median(seconds)
        row[f"{name}_p95"] = seconds[max(0, math.ceil(0.95 * len(seconds)) - 1)]
    return row
