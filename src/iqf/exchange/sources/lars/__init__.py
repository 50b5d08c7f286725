"""The Learning Aim Reference Service: frameworks, standards, their aims, approvals, code lists. See README.md."""

from iqf.exchange.sources.lars.files import open_files
from iqf.exchange.sources.official_list import OfficialList

LIST = OfficialList(
    name="lars",
    title="Learning Aim Reference Service",
    publisher="Education and Skills Funding Agency",
    open=open_files,
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
