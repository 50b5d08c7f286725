"""The Department for Education's list of early years qualifications: base files and update files. See README.md."""

from iqf.exchange.sources.early_years.ingest import ingest

__all__ = ["ingest"]
