"""ESCO: skills as frameworks of statements, occupations as official roles, edition by edition. See README.md."""

from iqf.exchange.sources.esco.files import open_files
from iqf.exchange.sources.official_list import OfficialList

LIST = OfficialList(
    name="esco",
    title="ESCO, the classification of European skills, competences and occupations",
    publisher="European Commission",
    open=open_files,
    licence="CC BY 4.0. This service uses the ESCO classification of the European Commission.",
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
