"""Statistical tables: the format of Explore Education Statistics, and files that are known by their columns."""

from iqf.exchange.sources.statistics.ingest import ingest
from iqf.exchange.sources.statistics.shaping import Said

__all__ = ["Said", "ingest"]
