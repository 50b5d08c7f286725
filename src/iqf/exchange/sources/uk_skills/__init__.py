"""The UK standard skills classification: skills in groups, as a framework of statements. See README.md."""

from iqf.exchange.sources.official_list import OfficialList
from iqf.exchange.sources.uk_skills.rows import KEY, TITLE, open_files

LIST = OfficialList(
    name=KEY,
    title=TITLE,
    publisher="Skills England",
    open=open_files,
    licence="Open Government Licence v3.0 (expected, to be confirmed)",
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
