"""Which source each row of a folder rests on, and how sure that makes it."""

import hashlib
from collections.abc import Iterator

from iqf.evidence.actions import Cite
from iqf.evidence.models import Source
from iqf.exchange.sources.pattern import Row
from iqf.exchange.sources.starter.expected import KEYS
from iqf.exchange.sources.starter.rows import Folder

KIND_OF_COLLECTION = "iqf data file"
INFERRED_TABLES = ("role_extras", "qualification_kinds", "crosswalks")
RULE_TABLES = ("unit_groups", "qualification_units")
NOT_FACTS = ("documents_sources", "qualifications_sources", "areas")


def sources_of(folder: Folder, collection: str, title: str) -> list[Source]:
    """Every source that the folder names, the folder itself first."""
    found = [Source(key=collection, title=title, publisher="iqf", kind=KIND_OF_COLLECTION, licence="Apache-2.0")]
    urls = set()
    for table in ("documents_sources", "qualifications_sources"):
        for row in folder[table]:
            urls.add(row["url"])
            found.append(
                Source(
                    key=row["source_id"],
                    title=row["title"],
                    publisher=row["publisher"],
                    date=row["date"],
                    url=row["url"],
                    kind=row["kind"],
                    licence=row["licence"],
                )
            )
    for url in sorted(_cited_urls(folder) - urls):
        key = "url-" + hashlib.sha256(url.encode()).hexdigest()[:12]
        found.append(Source(key=key, title=url, url=url, kind="other"))
    return found


def _cited_urls(folder: Folder) -> set[str]:
    columns = ("source_url", "source_url_shown", "source_url_other")
    return {row[c] for rows in folder.tables.values() for row in rows for c in columns if row[c]}


def certainty(table: str, row: Row) -> str:
    """How sure a row is, in the words of the evidence room.

    The layout's own `evidence` column where it has one; machine-made alignments are machine's; a row with a place in
    a policy document is the document's; the rest is inferred or not checked.
    """
    stated = row["evidence"]
    if stated in ("page", "unverified", "default", "inferred", "document", "machine"):
        return stated
    if row["basis"] == "machine" or row["rater_kind"] == "machine":
        return "machine"
    if row["basis"] == "inferred" or (table in INFERRED_TABLES):
        return "inferred"
    if row["source_id"]:
        return "document"
    if table == "roles":
        return "inferred"
    return "page" if row["source_url"] else "unverified"


def subject(table: str, row: Row) -> str:
    """The natural key of a row's fact inside its collection: table and key, or table and row where there is none."""
    key = ">".join(row[c] for c in KEYS[table]) if table in KEYS else _natural(table, row)
    return f"{table}:{key}"[:200]


def _natural(table: str, row: Row) -> str:
    columns = {
        "organisation_names": ("organisation", "other_name", "kind"),
        "bodies": ("subject_kind", "subject", "organisation", "part"),
        "relevelled": ("qualification_local_id",),
        "barred_pairs": ("first_unit_id", "second_unit_id", "qualification_local_id"),
        "equivalences": ("first_unit_id", "second_unit_id"),
        "opinions": ("role_id", "qualification_local_id", "organisation"),
        "permissions": ("qualification_local_id", "kind", "text"),
        "conflicts": ("subject", "field", "value_other"),
    }.get(table)
    return ">".join(row[c] for c in columns) if columns else f"{row.file}:{row.number}"


class Sources:
    """The sources held, found by key or by address."""

    def __init__(self, collection: str, held: dict[str, Source]) -> None:
        self.own = held[collection]
        self.by_key = held
        self.by_url = {s.url: s for s in held.values() if s.url}

    def of(self, row: Row) -> Source:
        """The source of a row: its address, its document, else the folder itself."""
        return self.by_url.get(row["source_url"]) or self.by_key.get(row["source_id"]) or self.own


class Basis:
    """What rows without a source of their own rest on: a cluster on its scheme, a rule on its qualification."""

    def __init__(self, folder: Folder) -> None:
        self.schemes = {r["scheme_id"]: r for r in folder["cluster_schemes"]}
        self.qualifications = {r["local_id"]: r for r in folder["qualifications"]}
        self.recalled = {
            (r["qualification_local_id"], r["group_code"])
            for r in folder["unit_groups"]
            if "memory" in r["notes"].lower()
        }

    def cite(self, table: str, row: Row, sources: Sources) -> Cite:
        """The citation of a row. A rule group whose note says "from memory", and its units, are not checked."""
        rests_on, sure = row, certainty(table, row)
        if table == "clusters":
            rests_on = self.schemes.get(row["scheme_id"], row)
            sure = certainty("cluster_schemes", rests_on)
        elif table in RULE_TABLES:
            rests_on = self.qualifications.get(row["qualification_local_id"], row)
            recalled = (row["qualification_local_id"], row["group_code"]) in self.recalled
            sure = "unverified" if recalled else certainty("qualifications", rests_on)
        return Cite(subject(table, row), sources.of(rests_on), sure, row.number, row["locator"])


def cites_of(folder: Folder, sources: Sources) -> Iterator[Cite]:
    """One citation for every row that states a fact, and two for each contradiction and conflict."""
    basis = Basis(folder)
    for table, rows in folder.tables.items():
        if table in NOT_FACTS:
            continue
        for row in rows:
            if table == "contradictions":
                yield from _contradiction(row, sources)
            elif table == "conflicts":
                yield from _conflict(row, sources)
            else:
                yield basis.cite(table, row, sources)
    for row in folder.figures:
        yield Cite(f"figures:{row.file}:{row.number}", sources.of(row), "document", row.number, row["locator"])


def _contradiction(row: Row, sources: Sources) -> Iterator[Cite]:
    at = subject("contradictions", row)
    yield Cite(at + ":a", sources.of(row), "document", row.number, row["locator"])
    other = sources.by_key.get(row["source_id_b"], sources.own)
    yield Cite(at + ":b", other, "document", row.number, row["locator_b"])


def _conflict(row: Row, sources: Sources) -> Iterator[Cite]:
    at = subject("conflicts", row)
    yield Cite(at, sources.own, "inferred", row.number)
    for end, column in (("shown", "source_url_shown"), ("other", "source_url_other")):
        source = sources.by_url.get(row[column], sources.own)
        yield Cite(f"{at}:{end}", source, "page" if row[column] else "unverified", row.number)
