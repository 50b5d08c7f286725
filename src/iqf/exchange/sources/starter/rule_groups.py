"""The folder's rules of combination into the catalogue: groups as trees, and the units in them."""

from collections import defaultdict
from typing import Any

from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, retire_missing, upsert
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.expected import read_credit
from iqf.exchange.sources.starter.held import Held, number_or_none, place
from iqf.exchange.sources.starter.links import load_table
from iqf.exchange.sources.starter.readings import PATHWAYS, ROOT, Listed, Reading, read_rule
from iqf.exchange.sources.starter.rows import Folder


def load_rules(batch: Batch, folder: Folder, held: Held) -> None:
    """Rules of combination as trees, and the units in their groups."""
    credits = {r["unit_id"]: (read_credit(r["credit"]) or (None, None))[0] for r in folder["units"]}
    members = defaultdict(list)
    for row in folder["qualification_units"]:
        members[row["qualification_local_id"], row["group_code"]].append(row)
    listed = defaultdict(list)
    for row in folder["unit_groups"]:
        key = (row["qualification_local_id"], row["group_code"])
        listed[key[0]].append((row, _listed(row, [credits[u["unit_id"]] for u in members[key]])))
    totals = {r["local_id"]: number_or_none(r["credit"]) for r in folder["qualifications"]}
    drafts = [
        (local, reading, {g.key: row for row, g in rows}, position)
        for local, rows in listed.items()
        for position, reading in enumerate(read_rule([g for _, g in rows], totals[local]))
    ]
    groups: dict[tuple[str, str], m.RuleGroup] = {}
    for parents in ({""}, {ROOT}, {PATHWAYS}):
        layer = [d for d in drafts if d[1].parent in parents]
        made = upsert(batch, m.RuleGroup, [_group(held, groups, *d) for d in layer])
        groups |= {(local, r.key): made[f"unit_groups:{local}>{r.key}"] for local, r, _, _ in layer}
    if folder.has("unit_groups"):
        retire_missing(batch, m.RuleGroup, groups.values())
    _load_members(batch, folder, held, groups)


def _listed(row: Row, credits: list[int | None]) -> Listed:
    return Listed(
        key=row["group_code"],
        title=row["group_title"] or ("Mandatory units" if row["kind"] == "mandatory" else "Optional units"),
        mandatory=row["kind"] == "mandatory",
        min_units=number_or_none(row["min_units"]),
        max_units=number_or_none(row["max_units"]),
        min_credit=number_or_none(row["min_credit"]),
        max_credit=number_or_none(row["max_credit"]),
        note=row["notes"],
        said_complete={"yes": True, "no": False}.get(row["list_complete"]),
        credits=credits,
    )


def _group(
    held: Held,
    groups: dict[tuple[str, str], m.RuleGroup],
    local: str,
    reading: Reading,
    rows: dict[str, Row],
    position: int,
) -> Draft:
    """One node. The root and the pathways node are cited as the first row of the qualification's groups."""
    row = rows.get(reading.key) or next(iter(rows.values()))
    fields = (
        "title",
        "kind",
        "min_units",
        "max_units",
        "min_credit",
        "max_credit",
        "min_parts",
        "max_parts",
        "floor_level",
        "floor_credit",
        "list_complete",
        "structure_known",
        "note",
    )
    values = {f: getattr(reading, f) for f in fields}
    values |= {"parent": groups.get((local, reading.parent)), "position": position}
    key = {"qualification": held.qualifications[local], "key": reading.key}
    return Draft(f"unit_groups:{local}>{reading.key}", key, values, place(row), cited_as=subject("unit_groups", row))


def _load_members(batch: Batch, folder: Folder, held: Held, groups: dict[tuple[str, str], m.RuleGroup]) -> None:
    order: dict[tuple[str, str], int] = defaultdict(int)

    def draft(row: Row) -> Draft:
        at = (row["qualification_local_id"], row["group_code"])
        order[at] += 1
        key = {"group": groups[at], "unit": held.units[row["unit_id"]]}
        return Draft(subject("qualification_units", row), key, {"position": order[at]}, place(row))

    load_table(batch, folder, "qualification_units", m.GroupUnit, draft)
    for table, model in (("barred_pairs", m.BarredPair), ("equivalences", m.Equivalence)):
        load_table(batch, folder, table, model, lambda r: _pair(r, held))


def _pair(row: Row, held: Held) -> Draft:
    table = "barred_pairs" if "barred" in row.file else "equivalences"
    key: dict[str, Any] = {
        "first": held.units[row["first_unit_id"]],
        "second": held.units[row["second_unit_id"]],
    }
    if table == "barred_pairs":
        key["qualification"] = held.qualifications.get(row["qualification_local_id"])
    return Draft(subject(table, row), key, {}, place(row))
