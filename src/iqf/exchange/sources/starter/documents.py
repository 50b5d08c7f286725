"""What the policy documents state: findings, contradictions, figures, named qualifications, and levels explained."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from iqf.catalogue import models as m
from iqf.catalogue.actions.levels import set_examples
from iqf.catalogue.actions.upsert import Batch, Draft, upsert
from iqf.codes import parse_level
from iqf.evidence.actions import hold_stated
from iqf.evidence.models import Contradiction, Finding, NamedQualification, StatedFigure
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.held import Held, place
from iqf.exchange.sources.starter.rows import Folder

LABEL_COLUMNS = (
    "measure",
    "target",
    "issue",
    "programme",
    "fund",
    "occupation",
    "sector_label",
    "group",
    "age_band",
    "population",
    "topic",
    "qualification",
)

EVERY = "all"
"""What stands in a column of a label where it tells nothing apart."""


def parts(text: str) -> list[str]:
    """The values of a cell that holds several, divided by bars."""
    return [p.strip() for p in text.split("|") if p.strip()]


def _hold(
    batch: Batch,
    model: type[Model],
    rows: Iterable[Row],
    build: Callable[[Row], dict[str, Any]],
    key: Callable[[Row], str],
) -> None:
    """Create or change rows of evidence by key, counted in the batch like everything else."""
    places = {key(row): place(row) for row in rows}
    done = hold_stated(by=batch.by, model=model, rows={key(row): build(row) for row in rows})
    batch.seen |= set(places.values())
    batch.added |= {places[k] for k in done.added}
    batch.changed |= {places[k] for k in done.changed}
    batch.writes += len(done.added) + len(done.changed)


def load_documents(batch: Batch, folder: Folder) -> None:
    """The knowledge bank and what the documents print, each with its place."""
    cited = batch.citations
    _hold(
        batch,
        Finding,
        folder["findings"],
        lambda r: _finding(r) | {"citation": cited[subject("findings", r)]},
        lambda r: r["finding_id"],
    )
    _hold(
        batch,
        Contradiction,
        folder["contradictions"],
        lambda r: {
            "topic": r["topic"],
            "statement_a": r["statement_a"],
            "citation_a": cited[subject("contradictions", r) + ":a"],
            "statement_b": r["statement_b"],
            "citation_b": cited[subject("contradictions", r) + ":b"],
            "handling": r["handling"],
        },
        lambda r: r["contradiction_id"],
    )
    _hold(
        batch,
        NamedQualification,
        folder["qualifications_named"],
        lambda r: {
            "title": r["title"],
            "kind": r["kind"],
            "level": r["level"],
            "owner": r["owner"],
            "roles": parts(r["for_roles"]),
            "note": r["note"],
            "citation": cited[subject("qualifications_named", r)],
        },
        lambda r: r["id"],
    )
    _hold(
        batch,
        StatedFigure,
        folder.figures,
        lambda r: _figure(r) | {"citation": cited[f"figures:{r.file}:{r.number}"]},
        lambda r: f"{r.file}:{r.number}",
    )


def _finding(row: Row) -> dict[str, Any]:
    return {
        "statement": row["statement"],
        "claim_type": row["claim_type"],
        "theme": row["theme"],
        "sectors": parts(row["sector"]),
        "roles": parts(row["roles"]),
        "statements": parts(row["framework_area"]),
        "geography": row["geography"],
        "period": row["period"],
        "value": row["value"],
        "evidence_kind": row["evidence_kind"],
        "strength": row["strength"],
    }


def _figure(row: Row) -> dict[str, Any]:
    said = [row[c] for c in LABEL_COLUMNS if row[c] and row[c] != EVERY]
    return {
        "table": row.file.removeprefix("documents/figures_").removesuffix(".csv"),
        "label": ": ".join(dict.fromkeys(said)) or row["indicator"],
        "period": f"{row['time_period']} {row['time_identifier']}".strip(),
        "area": row["area"],
        "indicator": row["indicator"],
        "value": row["value"],
        "unit": row["unit"],
        "qualifier": row["qualifier"],
        "note": row["note"],
        "role": row["role_id"],
        "rests_on": row["original_source"],
        "sector": row["sector_id"],
    }


def load_levels(batch: Batch, folder: Folder, held: Held) -> None:
    """Levels in plain English, with the qualifications that serve as examples."""
    rows = folder["levels"]
    made = upsert(
        batch,
        m.LevelDescriptor,
        (
            Draft(
                subject("levels", r),
                {"level": parse_level(r["level"])},
                {f: r[f] for f in ("title", "plain", "can_do", "examples", "compare_with")},
                place(r),
            )
            for r in rows
        ),
    )
    for row in rows:
        examples = [held.qualifications[i] for i in parts(row["example_ids"]) if i in held.qualifications]
        writes = set_examples(by=batch.by, level=made[subject("levels", row)], examples=examples)
        if writes:
            batch.writes += writes
            batch.changed.add(place(row))
