"""Apprenticeship standards, their versions, and the frameworks before them. See README.md."""

from iqf.exchange.sources.official_list import OfficialList
from iqf.exchange.sources.role_ties import standards_tie
from iqf.exchange.sources.skills_england.files import open_files

LIST = OfficialList(
    name="skills-england",
    title="Apprenticeship standards, their versions, and legacy frameworks",
    publisher="Skills England and its predecessors",
    open=open_files,
    tie=standards_tie,
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
