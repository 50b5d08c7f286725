"""Small random catalogues as a folder of CSV files that `iqf ingest starter` reads; the least cost, by trying all.

The naive count knows nothing of the product: it reads the same rows and tries every set of units.
"""

import csv
from itertools import chain, combinations, product
from random import Random

STATEMENTS = ("A", "B", "C")


class World:
    """One random catalogue: units, up to three qualifications with rules, one role, a holding."""

    def __init__(self, seed):
        at = self.random = Random(seed)
        self.units = {f"U{n}": at.randint(1, 6) for n in range(at.randint(5, 8))}
        self.groups = {f"Q{n}": self._groups() for n in range(at.randint(1, 3))}
        self.bars = [tuple(at.sample(sorted(self.units), 2)) for _ in range(at.randint(0, 1))]
        self.equal = [tuple(at.sample(sorted(self.units), 2)) for _ in range(at.randint(0, 1))]
        self.reach = {
            (u, s): at.choice(["partial", "full"]) for u in self.units for s in STATEMENTS if at.random() < 0.3
        }
        self.needs = [s for s in STATEMENTS if at.random() < 0.5]
        self.choices = self._choices()
        self.held = sorted(u for u in self.units if at.random() < 0.2)
        self.asked_before = [q for q in self.groups if at.random() < 0.6]
        pairs = [(a, b) for a in self.groups for b in self.groups if a != b]
        self.onward = [pair for pair in pairs if at.random() < 0.5]

    def _groups(self):
        at, codes = self.random, sorted(self.units)
        found = [("M", "mandatory", at.sample(codes, at.randint(1, 3)), None, None)]
        for key in "NO"[: at.randint(0, 2)]:
            listed = at.sample(codes, at.randint(2, 4))
            by_units = at.random() < 0.5
            most = sum(self.units[u] for u in listed)
            found.append(
                (key, "optional", listed, *((at.randint(1, 2), None) if by_units else (None, at.randint(1, most))))
            )
        return found if at.random() < 0.8 or len(found) == 1 else found[1:]

    def _choices(self):
        asked = [q for q in self.groups if self.random.random() < 0.7]
        return [(q, self.random.choice(["one", ""])) for q in asked]

    # ---- as CSV ----

    def write(self, folder):
        """The files, with just the columns they need."""
        (folder / "documents").mkdir(parents=True)
        (folder / "qualifications").mkdir()
        rows = {
            "documents/roles": [("role_id", "title"), ("r", "A role of ours"), ("s", "A role before")],
            "documents/framework_statements": [
                ("framework_id", "framework_title", "statement_id", "kind", "title"),
                *(("f-2020", "A framework", s, "area", f"Area {s}") for s in STATEMENTS),
            ],
            "qualifications/units": [
                ("unit_id", "title", "level", "credit"),
                *((u, f"Unit {u}", 3, c) for u, c in self.units.items()),
            ],
            "qualifications/qualifications": [
                ("local_id", "title", "type"),
                *((q, f"Diploma {q}", "Diploma") for q in self.groups),
            ],
            "qualifications/unit_groups": [
                ("qualification_local_id", "group_code", "kind", "min_units", "min_credit"),
                *(
                    (q, key, kind, least, credit)
                    for q, gs in self.groups.items()
                    for key, kind, _, least, credit in gs
                ),
            ],
            "qualifications/qualification_units": [
                ("qualification_local_id", "group_code", "unit_id"),
                *((q, g[0], u) for q, gs in self.groups.items() for g in gs for u in g[2]),
            ],
            "qualifications/barred_pairs": [("first_unit_id", "second_unit_id"), *self.bars],
            "qualifications/equivalences": [("first_unit_id", "second_unit_id"), *self.equal],
            "qualifications/role_qualifications": [
                ("role_id", "qualification_local_id", "strength", "choice_group"),
                *(("r", q, "mandatory", group) for q, group in self.choices),
                *(("s", q, "relevant", "") for q in self.asked_before),
            ],
            "qualifications/progression": [("from_local_id", "to_local_id"), *self.onward],
            "qualifications/role_statements": [
                ("role_id", "framework_id", "statement_id", "strength"),
                *(("r", "f-2020", s, "full") for s in self.needs),
            ],
            "qualifications/alignments": [
                ("unit_id", "framework_id", "statement_id", "strength"),
                *((u, "f-2020", s, far) for (u, s), far in self.reach.items()),
            ],
        }
        for name, lines in rows.items():
            with (folder / f"{name}.csv").open("w", newline="") as out:
                csv.writer(out).writerows(lines)
        return folder

    # ---- by trying everything ----

    def least(self, target, fully=False):
        """The least credit that takes the holding to the target; None where nothing does."""
        return self.least_of_all([target], fully)

    def ways(self, most=4):
        """Every way from role s to role r by stated steps, and straight on."""
        asks = {q for q, _ in self.choices}
        found, waiting = {("r",)}, [(q,) for q in self.asked_before]
        while waiting:
            way = waiting.pop()
            if len(way) < most:
                found |= {(*way, "r")} if way[-1] in asks else set()
                waiting += [(*way, b) for a, b in self.onward if a == way[-1] and b not in way]
        return found

    def least_of_all(self, targets, fully=False):
        """The least credit that takes the holding to all of these."""
        free = [u for u in self.units if u not in self.held]
        sets = chain.from_iterable(combinations(free, n) for n in range(len(free) + 1))
        fitting = (
            sum(self.units[u] for u in more)
            for more in sets
            if all(self._fits(target, {*self.held, *more}, fully) for target in targets)
        )
        return min(fitting, default=None)

    def _fits(self, target, units, fully):
        if target != "r":
            return self._makes(target, units)
        alone = [[q] for q, group in self.choices if not group]
        together = [[q for q, group in self.choices if group]]
        asked = [some for some in (*alone, *together) if some]
        return all(any(self._makes(q, units) for q in some) for some in asked) and self._reaches(units, fully)

    def _class(self, unit):
        return next((min(pair) for pair in self.equal if unit in pair), unit)

    def _kept(self, units):
        """Every way to rely on the classes held, one of each barred pair."""
        classes = {self._class(u) for u in units}
        bars = [{self._class(a), self._class(b)} for a, b in self.bars]
        for drop in product(*[sorted(bar & classes) if len(bar & classes) == 2 else [None] for bar in bars]):
            yield classes - set(drop)

    def _reaches(self, units, fully):
        for kept in self._kept(units):
            far = {
                s: {f for (u, r), f in self.reach.items() if r == s and self._class(u) in kept} for s in self.needs
            }
            if all("full" in f if fully else f for f in far.values()):
                return True
        return False

    def _makes(self, qualification, units):
        groups = self.groups[qualification]
        needed = [{self._class(u) for u in g[2]} for g in groups if g[1] == "mandatory"]
        options = [g for g in groups if g[1] == "optional"]
        for kept in self._kept(units):
            if not all(n <= kept for n in needed):
                continue
            spare = sorted(kept - set().union(*needed))
            for places in product(*[[None, *range(len(options))] for _ in spare]):
                if all(
                    self._met(g, [c for c, p in zip(spare, places, strict=True) if p == n])
                    for n, g in enumerate(options)
                ):
                    return True
        return False

    def _met(self, group, classes):
        """Whether an optional group is met by these classes, each counted as the listed unit that is worth most."""
        credits = []
        for item in classes:
            listed = [self.units[u] for u in group[2] if self._class(u) == item]
            if not listed:
                return False
            credits.append(max(listed))
        return len(credits) >= (group[3] or 0) and sum(credits) >= (group[4] or 0)
