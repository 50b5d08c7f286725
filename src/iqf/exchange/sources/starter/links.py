"""The folder's links into the catalogue: rules, requirements, progressions, statements, alignments, decisions."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model

from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, retire_missing, upsert
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.readings import PATHWAYS, ROOT, Listed, Reading, read_rule
from iqf.exchange.sources.starter.rows import Folder, read_credit
from iqf.exchange.sources.starter.things import Held, number_or_none, place

STRENGTH = {"partial": "partly", "partly": "partly", "full": "fully", "fully": "fully"}
PROPOSED = ("proposals",)
FIELD_OF_COLUMN = {"status": "stated_status"}


def load_table(
    batch: Batch, folder: Folder, table: str, model: type[Model], draft: Callable[[Row], Draft | None]
) -> dict[str, Any]:
    """Bring one table of links into the catalogue; retire what this collection no longer lists."""
    drafts = [d for row in folder[table] if (d := draft(row))]
    made = upsert(batch, model, drafts)
    if folder.has(table):
        retire_missing(batch, model, made.values())
    return made


def load_role_links(batch: Batch, folder: Folder, held: Held) -> None:
    """Places of roles in clusters, job functions, and the bodies that have a part in roles and programmes."""
    load_table(
        batch,
        folder,
        "role_clusters",
        m.RoleCluster,
        lambda r: Draft(
            subject("role_clusters", r),
            {"role": held.roles[r["role_id"]], "cluster": held.clusters[r["scheme_id"], r["cluster_id"]]},
            {"primary": r["primary"] != "no"},
            place(r),
        ),
    )
    functions = load_table(
        batch,
        folder,
        "functions",
        m.JobFunction,
        lambda r: Draft(
            subject("functions", r),
            {"key": r["function_id"]},
            {
                "title": r["title"],
                "description": r["description"],
                "cluster": held.clusters["sectors-2008", r["cluster_id"]],
            },
            place(r),
        ),
    )
    load_table(
        batch,
        folder,
        "role_functions",
        m.RoleFunction,
        lambda r: Draft(
            subject("role_functions", r),
            {"role": held.roles[r["role_id"]], "function": functions[f"functions:{r['function_id']}"]},
            {"part": r["part"]},
            place(r),
        ),
    )
    _load_bodies(batch, folder, held)


def _load_bodies(batch: Batch, folder: Folder, held: Held) -> None:
    for kind, model, things in (
        ("role", m.RoleBody, held.roles),
        ("qualification", m.QualificationBody, held.qualifications),
    ):
        drafts = [
            Draft(
                subject("bodies", r),
                {
                    kind: things[r["subject"]],
                    "organisation": held.organisations[r["organisation"]],
                    "part": r["part"],
                },
                {"note": r["note"]},
                place(r),
            )
            for r in folder["bodies"]
            if r["subject_kind"] == kind
        ]
        made = upsert(batch, model, drafts)
        if folder.has("bodies"):
            retire_missing(batch, model, made.values())


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


def load_requirements(batch: Batch, folder: Folder, held: Held) -> None:
    """What roles ask for: requirements, opinions on them, positions at entry; and stated progressions."""
    made = load_table(
        batch,
        folder,
        "role_qualifications",
        m.Requirement,
        lambda r: Draft(
            subject("role_qualifications", r),
            {
                "role": held.roles[r["role_id"]],
                "qualification": held.qualifications[r["qualification_local_id"]],
            },
            {
                "strength": r["strength"],
                "basis": r["basis"],
                "choice_group": r["choice_group"],
                "area": held.areas.get(r["area"]),
                "wording": r["role_title"],
                "note": r["note"],
            },
            place(r),
        ),
    )
    load_table(
        batch,
        folder,
        "opinions",
        m.Opinion,
        lambda r: Draft(
            subject("opinions", r),
            {
                "requirement": made[f"role_qualifications:{r['role_id']}>{r['qualification_local_id']}"],
                "organisation": held.organisations[r["organisation"]],
            },
            {"stance": r["stance"], "reason": r["reason"], "on": r["on"]},
            place(r),
        ),
    )
    load_table(
        batch,
        folder,
        "role_entry",
        m.EntryPosition,
        lambda r: Draft(
            subject("role_entry", r),
            {"role": held.roles[r["role_id"]], "entry": r["entry"]},
            {"basis": r["basis"], "note": r["note"]},
            place(r),
        ),
    )


def load_progressions(batch: Batch, folder: Folder, held: Held) -> None:
    """What leads where, and what a holder may and may not do."""
    load_table(
        batch,
        folder,
        "progression",
        m.Progression,
        lambda r: Draft(
            subject("progression", r),
            {
                "before": held.qualifications[r["from_local_id"]],
                "after": held.qualifications[r["to_local_id"]],
            },
            {"note": r["basis"]},
            place(r),
        ),
    )
    load_table(
        batch,
        folder,
        "permissions",
        m.Permission,
        lambda r: Draft(
            subject("permissions", r),
            {
                "qualification": held.qualifications[r["qualification_local_id"]],
                "kind": r["kind"],
                "text": r["text"],
            },
            {"basis": r["basis"]},
            place(r),
        ),
    )


def load_frameworks(batch: Batch, folder: Folder, held: Held) -> None:
    """Frameworks in editions, their statements parents first, and crosswalks between them."""
    rows = folder["framework_statements"]
    first = {r["framework_id"]: r for r in reversed(rows)}
    ordered = sorted(first.values(), key=lambda r: r.number)
    frameworks = upsert(batch, m.Framework, [_framework(r) for r in ordered], kind="framework")
    held.frameworks = {r["framework_id"]: frameworks[f"framework:{r['framework_id']}"] for r in ordered}
    _editions(batch, held, first)
    waiting = list(enumerate(rows))
    while waiting:
        ready = [
            (i, r) for i, r in waiting if not r["parent_id"] or (r["framework_id"], r["parent_id"]) in held.statements
        ]
        made = upsert(batch, m.Statement, [_statement(r, i, held) for i, r in ready])
        held.statements |= {
            (r["framework_id"], r["statement_id"]): made[subject("framework_statements", r)] for _, r in ready
        }
        waiting = [(i, r) for i, r in waiting if (r["framework_id"], r["statement_id"]) not in held.statements]
    if rows:
        retire_missing(batch, m.Statement, held.statements.values())
    load_table(
        batch,
        folder,
        "crosswalks",
        m.Crosswalk,
        lambda r: Draft(
            subject("crosswalks", r),
            {
                "first": held.statements[r["from_framework"], r["from_statement"]],
                "second": held.statements[r["to_framework"], r["to_statement"]],
            },
            {"relation": r["relation"], "note": r["note"]},
            place(r),
        ),
    )


def _framework(row: Row) -> Draft:
    year = row["framework_id"].rpartition("-")[2]
    return Draft(
        f"framework:{row['framework_id']}",
        {"key": row["framework_id"]},
        {
            "title": row["framework_title"],
            "edition": year if year.isdigit() else "",
            "adopted": not any(word in row["framework_id"] for word in PROPOSED),
        },
        place(row),
        cited_as=subject("framework_statements", row),
    )


def _editions(batch: Batch, held: Held, rows: dict[str, Row]) -> None:
    """A framework whose id is the same but for a later year replaces the earlier edition."""
    by_stem = defaultdict(list)
    for key in held.frameworks:
        stem, _, year = key.rpartition("-")
        if year.isdigit():
            by_stem[stem].append((year, key))
    drafts = []
    for editions in by_stem.values():
        for (_, older), (_, newer) in zip(sorted(editions), sorted(editions)[1:], strict=False):
            at = subject("framework_statements", rows[newer])
            values = {"replaces": held.frameworks[older]}
            drafts.append(Draft(f"framework:{newer}", {"key": newer}, values, place(rows[newer]), cited_as=at))
    upsert(batch, m.Framework, drafts, held={(f.key,): f for f in held.frameworks.values()})


def _statement(row: Row, position: int, held: Held) -> Draft:
    return Draft(
        subject("framework_statements", row),
        {"framework": held.frameworks[row["framework_id"]], "code": row["statement_id"]},
        {
            "parent": held.statements.get((row["framework_id"], row["parent_id"])),
            "kind": row["kind"],
            "title": row["title"],
            "note": row["note"],
            "position": position,
        },
        place(row),
    )


def load_alignments(batch: Batch, folder: Folder, held: Held) -> None:
    """What units teach and roles require, and which units were judged at all."""
    units = upsert(batch, m.Alignment, (_unit_alignment(r, held) for r in folder["alignments"]))
    roles = upsert(batch, m.Alignment, (_role_alignment(r, held) for r in folder["role_statements"]))
    if folder.has("alignments") and folder.has("role_statements"):
        retire_missing(batch, m.Alignment, [*units.values(), *roles.values()])
    load_table(
        batch,
        folder,
        "judged_units",
        m.JudgedUnit,
        lambda r: Draft(
            subject("judged_units", r),
            {"unit": held.units[r["unit_id"]], "framework": held.frameworks[r["framework_id"]]},
            {"raters": int(r["raters"] or 1), "rater_kind": r["rater_kind"] or "person"},
            place(r),
        ),
    )


def _unit_alignment(row: Row, held: Held) -> Draft:
    return Draft(
        subject("alignments", row),
        {
            "unit": held.units[row["unit_id"]],
            "role": None,
            "statement": held.statements[row["framework_id"], row["statement_id"]],
            "verb": "teaches",
        },
        {
            "strength": STRENGTH[row["strength"]],
            "raters_agree": {"yes": True, "no": False}.get(row["raters_agree"]),
        },
        place(row),
    )


def _role_alignment(row: Row, held: Held) -> Draft:
    return Draft(
        subject("role_statements", row),
        {
            "unit": None,
            "role": held.roles[row["role_id"]],
            "statement": held.statements[row["framework_id"], row["statement_id"]],
            "verb": "requires",
        },
        {"strength": STRENGTH[row["strength"]], "note": row["basis"]},
        place(row),
    )


def load_conflicts(batch: Batch, folder: Folder, held: Held) -> Iterator[dict[str, Any]]:
    """Fields about which two sources disagree: both values kept, none decided. Yields each as the report shows it."""
    standing = {
        (c.subject, c.field, c.value_other): c for c in m.FieldConflict.objects.select_related("citation_other")
    }
    fresh = [r for r in folder["conflicts"] if _decidable(standing.get(_conflict_key(r, held)), batch)]
    upsert(batch, m.FieldConflict, [_conflict(batch, r, held) for r in fresh], held=standing)
    for row in folder["conflicts"]:
        code, field, other = _conflict_key(row, held)
        yield {"code": code, "field": field, "shown": row["value_shown"], "other": other}


def _conflict_key(row: Row, held: Held) -> tuple[str, str, str]:
    field = FIELD_OF_COLUMN.get(row["field"], row["field"])
    return held.qualifications[row["subject"]].code, field, row["value_other"]


def _decidable(conflict: m.FieldConflict | None, batch: Batch) -> bool:
    """Not on record yet, or on record by this collection and still undecided."""
    return conflict is None or (not conflict.decided_by and conflict.citation_other.collection == batch.collection)


def _conflict(batch: Batch, row: Row, held: Held) -> Draft:
    at = subject("conflicts", row)
    code, field, other = _conflict_key(row, held)
    return Draft(
        at,
        {"subject": code, "field": field, "value_other": other},
        {
            "value_shown": row["value_shown"],
            "citation_shown": batch.citations[at + ":shown"],
            "citation_other": batch.citations[at + ":other"],
            "reason": row["reason"],
        },
        place(row),
    )
