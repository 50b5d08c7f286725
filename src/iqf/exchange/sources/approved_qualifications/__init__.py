"""Qualifications approved for public funding in England, snapshot by snapshot. See README.md."""

from iqf.exchange.sources.approved_qualifications.rows import REGISTER, open_files
from iqf.exchange.sources.approved_qualifications.streams import streams_in_words
from iqf.exchange.sources.catalogue_ties import by_number
from iqf.exchange.sources.official_list import OfficialList

LIST = OfficialList(
    name=REGISTER,
    title="Qualifications approved for funding",
    publisher="Department for Education",
    open=open_files,
    tie=by_number(REGISTER),
    columns_in_words=streams_in_words,
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
