"""Bare titles of regulated qualifications: search and matching material, never facts. See README.md."""

from iqf.exchange.sources.official_list import OfficialList
from iqf.exchange.sources.ofqual_titles.rows import REGISTER, open_files

LIST = OfficialList(
    name=REGISTER,
    title="Titles of regulated qualifications (search and matching material only)",
    publisher="Ofqual",
    open=open_files,
    licence="Open Government Licence v3.0",
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
