"""The register of regulated qualifications as its own download prints it. See README.md."""

from iqf.exchange.sources.catalogue_ties import by_number
from iqf.exchange.sources.official_list import OfficialList
from iqf.exchange.sources.ofqual_register.files import REGISTER, open_files

LIST = OfficialList(
    name=REGISTER,
    title="The Register of Regulated Qualifications",
    publisher="Ofqual",
    open=open_files,
    tie=by_number(REGISTER),
    licence="Open Government Licence v3.0",
)
ingest = LIST.ingest

__all__ = ["LIST", "ingest"]
