"""The made-up country straight into the tables of a catalogue, for measurements that only read it.

Nothing in the product writes like this: no audit, no checks. It is how three million rows stand there in a minute.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from bench import national as n
from bench import vocabulary as v
from bench.national import SEED, Size, shown
from iqf.accounts.actions import audit
from iqf.catalogue import models as m
from iqf.codes import alias_key, iqf_code
from iqf.evidence.models import Citation, Source
from iqf.register.models import OfficialRow

CHUNK = 20_000
CLUSTERS = 20
CITED = 1


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Rows of these fields into a model's table, every other field at its default. How many."""
    given = [model._meta.get_field(name) for name in names]
    rest = {f: _default(f) for f in model._meta.concrete_fields if f not in given}
    columns = ", ".join(f'"{f.column}"' for f in (*given, *rest))
    marks = ", ".join(["%s"] * (len(given) + len(rest)))
    constants, stream, count = tuple(rest.values()), iter(rows), 0
    with connection.cursor() as cursor:
        while chunk := [(*row, *constants) for row in islice(stream, CHUNK)]:
            cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', chunk)
            count += len(chunk)
    return count


def _default(field: Any) -> Any:
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return field.get_db_prep_save(timezone.now(), connection)
    return field.get_db_prep_save(field.get_default(), connection)


@transaction.atomic
def load(size: Size = n.NATIONAL, *, seed: int = SEED, register: bool = False) -> Mapping[str, int]:
    """The whole country; with as many rows again on an official register where asked. How many of each."""
    source = Source.objects.create(key="made-up", title="A made-up country", licence="None needed")
    Citation.objects.create(id=CITED, subject="everything", collection="made-up", source=source, certainty="document")
    counts = _catalogue(size, seed)
    if register:
        counts["official rows"] = _register(size, seed + 1)
    audit(by="bench", action="create world", subject="world:national", before={}, after=counts)
    return counts


def _catalogue(size: Size, seed: int) -> dict[str, int]:
    owners = {name: place for place, name in enumerate(sorted({q.owner for q in n.qualifications(size, seed)}), 1)}
    _clusters()
    insert(
        m.Organisation,
        ("id", "code", "title", "kind", "citation"),
        ((pk, iqf_code("organisation", pk), name, "awarding organisation", CITED) for name, pk in owners.items()),
    )
    counts = {"qualifications": _qualifications(size, seed, owners), "roles": _roles(size, seed)}
    counts["units"] = insert(
        m.Unit,
        ("id", "code", "title", "level", "credit_low", "credit_high", "summary", "citation"),
        (
            (pk, iqf_code("unit", pk), u.title, u.level, u.credit, u.credit, u.summary, CITED)
            for pk, u in enumerate(n.units(size, seed), 1)
        ),
    )
    counts["links"] = _links(size, seed)
    return counts | _statements(size, seed)


def _clusters() -> None:
    insert(m.ClusterScheme, ("id", "key", "title", "citation"), [(1, "made-up", "Made-up sectors", CITED)])
    rows = ((pk, 1, f"cluster-{pk}", v.CHILDREN[pk], CITED) for pk in range(1, CLUSTERS + 1))
    insert(m.Cluster, ("id", "scheme", "key", "title", "citation"), rows)


def _qualifications(size: Size, seed: int, owners: Mapping[str, int]) -> int:
    def rows() -> Iterator[tuple[Any, ...]]:
        for pk, q in enumerate(n.qualifications(size, seed), 1):
            ends = q.ends.isoformat() if q.ends else ""
            code, owner, cluster = iqf_code("qualification", pk), owners[q.owner], pk % CLUSTERS + 1
            yield (
                pk, code, q.title.strip(), "regulated qualification", q.award, q.number, owner, q.level, q.credit,
                q.glh, cluster, q.starts.isoformat(), ends, "" if ends else "available", CITED,
            )  # fmt: skip

    names = (
        "id", "code", "title", "kind", "award_type", "number", "owner", "level", "credit", "glh", "cluster",
        "operational_start", "operational_end", "stated_status", "citation",
    )  # fmt: skip
    numbers = (
        (pk, "qan", shown(q.number), alias_key(q.number)) for pk, q in enumerate(n.qualifications(size, seed), 1)
    )
    count = insert(m.Qualification, names, rows())
    insert(m.QualificationAlias, ("id", "thing", "scheme", "value", "key"), ((r[0], *r) for r in numbers))
    return count


def _roles(size: Size, seed: int) -> int:
    rows = ((pk, iqf_code("role", pk), title, "core", CITED) for pk, title in enumerate(n.roles(size, seed), 1))
    count = insert(m.Role, ("id", "code", "title", "constituency", "citation"), rows)
    places = ((pk, pk, pk % CLUSTERS + 1, True, CITED) for pk in range(1, count + 1))
    insert(m.RoleCluster, ("id", "role", "cluster", "primary", "citation"), places)
    per_role = min(5, size.qualifications)
    asked = (
        (place + 1, place // per_role + 1, (place * 7919) % size.qualifications + 1, "relevant", CITED)
        for place in range(count * per_role)
    )
    once = {(role, qualification): row for row in asked for role, qualification in [row[1:3]]}
    insert(m.Requirement, ("id", "role", "qualification", "strength", "citation"), once.values())
    return count


def _links(size: Size, seed: int) -> int:
    """Two groups for each qualification, all of one and a choice of the other, and the units in them."""
    groups = (
        (2 * q + kind, q + 1, f"G{kind}", title, "all" if kind == 1 else "choose", 1 if kind == 2 else None, CITED)
        for q in range(size.qualifications)
        for kind, title in ((1, "Mandatory units"), (2, "Optional units"))
    )
    insert(m.RuleGroup, ("id", "qualification", "key", "title", "kind", "min_units", "citation"), groups)
    members = (
        (pk, 2 * q + (1 if mandatory else 2), unit + 1, CITED)
        for pk, (q, unit, mandatory) in enumerate(n.links(size, seed), 1)
    )
    return insert(m.GroupUnit, ("id", "group", "unit", "citation"), members)


def _statements(size: Size, seed: int) -> dict[str, int]:
    frameworks = range(1, (size.statements - 1) // 50 + 2)
    insert(
        m.Framework,
        ("id", "code", "key", "title", "citation"),
        ((pk, iqf_code("framework", pk), f"made-up-{pk}", f"Made-up standards {pk}", CITED) for pk in frameworks),
    )
    stated = (
        (pk, framework + 1, f"S{pk}", "outcome", title, pk, CITED)
        for pk, (framework, title) in enumerate(n.statements(size, seed), 1)
    )
    claims = (
        (pk, unit + 1, statement + 1, "teaches", "fully" if fully else "partly", CITED)
        for pk, (unit, statement, fully) in enumerate(n.alignments(size, seed), 1)
    )
    names = ("id", "framework", "code", "kind", "title", "position", "citation")
    return {
        "statements": insert(m.Statement, names, stated),
        "alignments": insert(m.Alignment, ("id", "unit", "statement", "verb", "strength", "citation"), claims),
    }


def _register(size: Size, seed: int) -> int:
    """As many rows again, under other numbers than the catalogue's, so that each is one more thing to be found."""
    names = (
        "id", "register", "reference", "number", "title", "owner", "level", "facts", "printed", "row", "retrieval",
        "fingerprint",
    )  # fmt: skip
    rows = (
        (pk, "ofqual-register", q.number, q.number, q.title.strip(), q.owner, q.level, "{}", "{}", pk, "-", "-")
        for pk, q in enumerate(n.qualifications(size, seed, first=1_000_050), 1)
    )
    return insert(OfficialRow, names, rows)
