"""The folder's links into the catalogue: places, functions, bodies, requirements, progressions, permissions."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, retire_missing, upsert
from iqf.codes import parse_level
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.held import Held, place
from iqf.exchange.sources.starter.rows import Folder


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


def load_requirements(batch: Batch, folder: Folder, held: Held) -> None:
    """What roles ask for: requirements, opinions on them, what stands at entry, and what single employers ask."""
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
    _load_criteria(batch, folder, held)


def _load_criteria(batch: Batch, folder: Folder, held: Held) -> None:
    load_table(
        batch,
        folder,
        "employer_entry",
        m.EntryCriterion,
        lambda r: Draft(
            subject("employer_entry", r),
            {
                "role": held.roles[r["role_id"]],
                "employer": held.organisations[r["organisation"]],
                "post_level": parse_level(r["post_level"]),
                "asks": r["asks"],
            },
            {
                "kind": r["kind"],
                "strength": r["strength"] or "essential",
                "qualification": held.qualifications.get(r["qualification_local_id"]),
                "least_level": parse_level(r["least_level"]),
                "instead": r["instead"],
                "since": r["since"],
                "note": r["note"],
            },
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
