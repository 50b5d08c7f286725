"""The folder's areas, organisations and clusters into places and the catalogue."""

from iqf import codes
from iqf.catalogue import models as m
from iqf.catalogue.actions.upsert import Batch, Draft, name_things, retire_missing, upsert
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.cites import subject
from iqf.exchange.sources.starter.held import Held, key_of, place
from iqf.exchange.sources.starter.rows import Folder
from iqf.places.actions import AreaFacts, hold_areas
from iqf.places.models import Area


def load_areas(batch: Batch, folder: Folder, held: Held) -> None:
    """Countries and regions. They are a closed list of their own, not things with citations."""
    listed = (AreaFacts(r["code"], r["name"], r["kind"], r["parent"]) for r in folder["areas"])
    batch.writes += hold_areas(by=batch.by, areas=listed)
    for area in Area.objects.all():
        held.areas |= {area.code: area, area.name: area}


def load_organisations(batch: Batch, folder: Folder, held: Held) -> None:
    """Organisations by name, their recognition numbers as aliases, their other names."""
    by_title = {(codes.alias_key(o.title),): o for o in m.Organisation.objects.select_related("citation")}
    rows = folder["organisations"]
    made = upsert(
        batch,
        m.Organisation,
        (
            Draft(
                subject("organisations", r),
                {"title_key": key_of(r, "name")},
                {"title": r["name"], "kind": r["kind"] or "other", "website": r["website"]},
                place(r),
            )
            for r in rows
        ),
        kind="organisation",
        held=by_title,
    )
    held.organisations = {r["name"]: made[subject("organisations", r)] for r in rows}
    name_things(
        batch,
        m.OrganisationAlias,
        ((held.organisations[r["name"]], "recognition-number", r["recognition_number"]) for r in rows),
    )
    names = upsert(batch, m.OrganisationName, (_organisation_name(r, held) for r in folder["organisation_names"]))
    if folder.has("organisations"):
        retire_missing(batch, m.Organisation, made.values())
    if folder.has("organisation_names"):
        retire_missing(batch, m.OrganisationName, names.values())


def _organisation_name(row: Row, held: Held) -> Draft:
    return Draft(
        subject("organisation_names", row),
        {
            "organisation": held.organisations[row["organisation"]],
            "other_name": row["other_name"],
            "kind": row["kind"],
        },
        {"since": row["from_date"], "note": row["note"]},
        place(row),
    )


def load_clusters(batch: Batch, folder: Folder, held: Held) -> None:
    """Cluster schemes and their clusters, in the order of the files."""
    schemes = upsert(
        batch,
        m.ClusterScheme,
        (
            Draft(
                subject("cluster_schemes", r),
                {"key": r["scheme_id"]},
                {"title": r["title"], "note": r["note"], "position": i},
                place(r),
            )
            for i, r in enumerate(folder["cluster_schemes"])
        ),
    )
    by_key = {r["scheme_id"]: schemes[subject("cluster_schemes", r)] for r in folder["cluster_schemes"]}
    clusters = upsert(
        batch,
        m.Cluster,
        (
            Draft(
                subject("clusters", r),
                {"scheme": by_key[r["scheme_id"]], "key": r["cluster_id"]},
                {"title": r["title"], "note": r["note"], "position": i},
                place(r),
            )
            for i, r in enumerate(folder["clusters"])
        ),
    )
    held.clusters = {(r["scheme_id"], r["cluster_id"]): clusters[subject("clusters", r)] for r in folder["clusters"]}
    if folder.has("clusters"):
        retire_missing(batch, m.Cluster, clusters.values())
