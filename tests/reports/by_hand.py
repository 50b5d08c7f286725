"""The starter counted a second time, naively, from its CSV files: nothing here imports iqf."""

import csv
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parents[2] / "src/iqf/exchange/sources/starter/data"
AREAS = ("CC1", "CC2", "CC3", "CC4", "CC5", "CC6")
LEVEL_WORDS = {"": "not known", "Entry": "Entry level"}


def table(name):
    """The rows of `qualifications/units` and the like."""
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def by(rows, *columns):
    """Rows gathered under the values of one or several columns."""
    found = defaultdict(list)
    for row in rows:
        found[tuple(row[c] for c in columns) if len(columns) > 1 else row[columns[0]]].append(row)
    return dict(found)


def units_by_qualification():
    """(qualification, unit, every holder has it), once for each row of qualification_units.csv."""
    kinds = {(g["qualification_local_id"], g["group_code"]): g["kind"] for g in table("qualifications/unit_groups")}
    for row in table("qualifications/qualification_units"):
        kind = kinds[row["qualification_local_id"], row["group_code"]]
        yield row["qualification_local_id"], row["unit_id"], kind == "mandatory"


def holders(cut, scheme="sectors-2008"):
    """Holder → {unit: every holder has it} for one cut: qualification, unit, level, cluster or role."""
    found = defaultdict(dict)

    def put(holder, unit, sure):
        found[holder][unit] = found[holder].get(unit, False) or sure

    members = list(units_by_qualification())
    if cut in ("unit", "level"):
        sure = {unit for _, unit, mandatory in members if mandatory}
        for row in table("qualifications/units"):
            if cut == "unit":
                put(row["unit_id"], row["unit_id"], True)
            else:
                level = LEVEL_WORDS.get(row["level"], row["level"])
                put(level, row["unit_id"], row["unit_id"] in sure)
    else:
        above = {"qualification": lambda q: [q], "role": roles_asking(), "cluster": clusters_of(scheme)}[cut]
        for qualification, unit, mandatory in members:
            holds = above(qualification) if callable(above) else above.get(qualification, ())
            for holder in holds:
                put(holder, unit, mandatory)
    return dict(found)


def roles_asking():
    """Qualification → the roles that ask for it."""
    asked = by(table("qualifications/role_qualifications"), "qualification_local_id")
    return {q: sorted({r["role_id"] for r in rows}) for q, rows in asked.items()}


def clusters_of(scheme):
    """Qualification → its clusters: its own under sectors-2008, those of the roles that ask for it elsewhere."""
    if scheme == "sectors-2008":
        return {q["local_id"]: {q["cluster_id"]} for q in table("qualifications/qualifications")}
    places = defaultdict(set)
    for row in table("documents/role_clusters"):
        if row["scheme_id"] == scheme:
            places[row["role_id"]].add(row["cluster_id"])
    return {q: set().union(*(places[r] for r in roles)) for q, roles in roles_asking().items()}


def judged():
    """The units that were put to the raters."""
    return {r["unit_id"] for r in table("qualifications/judged_units")}


def counts(units):
    """What a set of units reaches: the numbers of one coverage row."""
    seen = units & judged()
    claims = [a for a in table("qualifications/alignments") if a["unit_id"] in seen]

    def each(keep):
        return {s: len({a["unit_id"] for a in claims if a["statement_id"] == s and keep(a)}) for s in AREAS}

    return {
        "units_total": len(units),
        "units_judged": len(seen),
        "touches": each(lambda a: True),
        "fully": each(lambda a: a["strength"] == "full"),
        "none": len(seen - {a["unit_id"] for a in claims}),
        "touches_low": each(lambda a: a["raters_agree"] == "yes"),
        "touches_high": each(lambda a: True),
        "amount": len(seen),
        "unknown": 0,
    }


def coverage(cut, rule, scheme="sectors-2008"):
    """Holder → its numbers under one counting rule."""
    return {
        holder: counts({u for u, sure in units.items() if sure or rule == "any"})
        for holder, units in holders(cut, scheme).items()
    }


def areas_reached(rows):
    """How many holders with a judged unit touch k areas."""
    reached = [sum(n > 0 for n in row["touches"].values()) for row in rows.values() if row["units_judged"]]
    return {k: reached.count(k) for k in range(len(AREAS) + 1)}


def unit_sets():
    """Qualification → its units."""
    found = defaultdict(set)
    for qualification, unit, _ in units_by_qualification():
        found[qualification].add(unit)
    return dict(found)
