"""Small files of official lists, written by hand; and what every test of one asks."""

import csv
import io
import json

import pytest

from iqf.accounts.models import AuditEvent
from iqf.catalogue import models as m
from iqf.evidence.models import Citation, Retrieval, Source
from iqf.exchange.sources.pattern import Refused
from iqf.register.models import ListColumns, ListReading, OfficialRow, RowVersion
from iqf.review.models import ProposedMatch

TABLES = (
    OfficialRow,
    RowVersion,
    ListColumns,
    ListReading,
    m.OfficialLink,
    m.OrganisationName,
    m.OrganisationAlias,
    m.RoleAlias,
    m.Recognition,
    m.FieldConflict,
    Citation,
    Retrieval,
    Source,
    ProposedMatch,
)


def everything():
    """Every row of every table that an ingest may touch; of the audit trail, which only grows, how long it is."""
    rows = [list(model.objects.order_by("pk").values()) for model in TABLES]
    return [*rows, AuditEvent.objects.count()]


def refusal_of(read, seen=everything):
    """The faults for which what is read is refused. Nothing was written."""
    before = seen()
    with pytest.raises(Refused) as refusal:
        read()
    assert seen() == before
    return refusal.value.faults


def numbers(report):
    """The counts of a report."""
    return report.added, report.changed, report.unchanged, report.retired


def codes(report):
    """The kinds of doubt, in order."""
    return sorted(w.code for w in report.warnings)


def fields(report):
    """The changed fields."""
    return [(c["code"], c["field"], c["before"], c["after"]) for c in report.changes]


def text_of(rows, columns=None, line="\r\n"):
    """The text of a table of these rows, under the columns of the first."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or list(rows[0]), lineterminator=line, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(path, *rows, encoding="utf-8", **kwargs):
    """A table file of these rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text_of(rows, **kwargs).encode(encoding))
    return path


def write_json(path, value):
    """A JSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1))
    return path
