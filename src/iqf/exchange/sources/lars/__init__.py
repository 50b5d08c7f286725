"""The Learning Aim Reference Service: frameworks, standards, their aims, approvals, code lists. See README.md."""

from functools import partial

from iqf.exchange.sources.lars.files import open_files
from iqf.exchange.sources.official_list import OfficialList
from iqf.exchange.sources.organisation_ties import AIMS, aims
from iqf.exchange.sources.role_ties import AIM_STANDARDS, by_title
from iqf.exchange.sources.tying import tied_by

LIST = OfficialList(
    name="lars",
    title="Learning Aim Reference Service",
    publisher="Education and Skills Funding Agency",
    open=open_files,
    tie=tied_by({AIMS: aims, AIM_STANDARDS: partial(by_title, AIM_STANDARDS)}),
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
