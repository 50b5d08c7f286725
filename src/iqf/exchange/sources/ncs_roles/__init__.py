"""Job profiles of the National Careers Service: tasks, salaries, standards, progression. See README.md."""

from iqf.exchange.sources.ncs_roles.rows import REGISTER, open_files
from iqf.exchange.sources.official_list import OfficialList
from iqf.exchange.sources.role_ties import profiles_tie

LIST = OfficialList(
    name=REGISTER,
    title="Job profiles",
    publisher="National Careers Service",
    open=open_files,
    tie=profiles_tie,
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
