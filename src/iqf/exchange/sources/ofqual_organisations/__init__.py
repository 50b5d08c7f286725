"""Awarding organisations as their regulator lists them, in two layouts. See README.md."""

from iqf.exchange.sources.official_list import OfficialList
from iqf.exchange.sources.ofqual_organisations.rows import REGISTER, open_files
from iqf.exchange.sources.organisation_ties import recognised_tie

LIST = OfficialList(
    name=REGISTER,
    title="The Register of Awarding Organisations",
    publisher="Ofqual",
    open=open_files,
    tie=recognised_tie,
    licence="Open Government Licence v3.0",
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
