"""The Department for Education's list of early years qualifications: base files and update files. See README.md."""

from iqf.exchange.sources.early_years.links import tie
from iqf.exchange.sources.early_years.matches import propose
from iqf.exchange.sources.early_years.rows import REGISTER, open_files
from iqf.exchange.sources.official_list import OfficialList

LIST = OfficialList(
    name=REGISTER,
    title="Early years qualifications list",
    publisher="Department for Education",
    open=open_files,
    tie=tie,
    propose=propose,
    cited_as="dfe-early-years-list",
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
