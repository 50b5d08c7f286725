"""The folder's frameworks in editions, criteria, crosswalks, alignments and judged units into the catalogue."""

from collections import defaultdict

from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, retire_missing, upsert
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.held import Held, place
from iqf.exchange.sources.starter.links import load_table
from iqf.exchange.sources.starter.rows import Folder

STRENGTH = {"partial": "partly", "partly": "partly", "full": "fully", "fully": "fully"}


PROPOSED = ("proposals",)


def load_frameworks(batch: Batch, folder: Folder, held: Held) -> None:
    """Frameworks in editions, their statements parents first, criteria for them, and crosswalks between them."""
    rows = folder["framework_statements"]
    first = {r["framework_id"]: r for r in reversed(rows)}
    ordered = sorted(first.values(), key=lambda r: r.number)
    frameworks = upsert(batch, m.Framework, [_framework(r) for r in ordered], kind="framework")
    held.frameworks = {r["framework_id"]: frameworks[f"framework:{r['framework_id']}"] for r in ordered}
    _editions(batch, held, first)
    waiting = sorted(enumerate(rows), key=lambda x: bool(x[1]["row_id"]))
    while waiting:
        ready = [(i, r) for i, r in waiting if _stands(r, "parent_id", held) and _stands(r, "row_id", held)]
        made = upsert(batch, m.Statement, [_statement(r, i, held) for i, r in ready])
        held.statements |= {
            (r["framework_id"], r["statement_id"]): made[subject("framework_statements", r)] for _, r in ready
        }
        waiting = [(i, r) for i, r in waiting if (r["framework_id"], r["statement_id"]) not in held.statements]
    if rows:
        retire_missing(batch, m.Statement, held.statements.values())
    load_table(batch, folder, "criteria", m.Criterion, lambda r: _criterion(r, held))
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
            {name: r[name] for name in ("relation", "strength", "author", "note")},
            place(r),
        ),
    )


def _stands(row: Row, column: str, held: Held) -> bool:
    """Whether the statement that a column names, if any, is there already."""
    return not row[column] or (row["framework_id"], row[column]) in held.statements


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
            "axis": row["axis"],
            "row": held.statements.get((row["framework_id"], row["row_id"])),
        },
        place(row),
    )


def _criterion(row: Row, held: Held) -> Draft:
    return Draft(
        subject("criteria", row),
        {
            "framework": held.frameworks[row["framework_id"]],
            "statement": held.statements.get((row["framework_id"], row["statement_id"])),
            "kind": row["kind"],
            "position": int(row["position"]),
        },
        {"verdict": row["verdict"], "text": row["text"]},
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
