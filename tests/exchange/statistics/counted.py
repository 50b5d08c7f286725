"""Small tables of standards and of learning aims, read in as a reader's own files are."""

from iqf.exchange.sources.statistics import Said, ingest

Q002 = "50088877"
HEAD = "time_period,time_identifier,geographic_level,country_code,country_name"
ENGLAND = "National,E92000001,England"
STANDARDS = """\
202425,Academic year,Playworker,Starts,73
202425,Academic year,Playworker,Enrolments,150
202425,Academic year,Social Worker (Integrated Degree),Starts,1287
202425,Academic year,Learning Mentor,Starts,0
202425,Academic year,Nanny,Starts,low
202425,Academic year,Metal Fabricator,Starts,999
202324,Academic year,Youth worker,Starts,12
"""
AIMS = """\
202425,Academic year,500/8887/7,40
202425,Academic year,Z0000871,900
"""


def table(tmp_path, code, rows, *, columns=("learning_aim", "learners"), dry_run=False, **said):
    """Read a table in, its rows as: period, identifier, then the columns."""
    path = tmp_path / f"{code}.csv"
    lines = [line.split(",", 2) for line in rows.splitlines()]
    body = "".join(f"{period},{identifier},{ENGLAND},{rest}\n" for period, identifier, rest in lines)
    path.write_text(f"{HEAD},{','.join(columns)}\n{body}")
    return ingest(path, by="tests", dry_run=dry_run, said=Said(**said))


def hold_aims(tmp_path, rows=AIMS, code="aims", **said):
    """Learners by learning aim: every aim that anybody takes."""
    return table(tmp_path, code, rows, **{"counting": "learners", "complete_for": "learning_aim"} | said)


def hold_standards(tmp_path, rows=STANDARDS, code="standards", **said):
    """Starts and enrolments by standard: every standard that anybody takes."""
    known = {"counting": "several", "named_by": "measure", "complete_for": "std_fwk_name"}
    return table(tmp_path, code, rows, columns=("std_fwk_name", "measure", "values"), **known | said)
