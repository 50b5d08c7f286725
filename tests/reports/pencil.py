"""Examples that stand in the docs as small frameworks, to be checked with a pencil: read in as they are printed."""

import re
from pathlib import Path

from tests.reports.worlds import clear

from iqf.exchange.sources.starter.ingest import ingest

DOCS = Path(__file__).parents[2] / "docs"


def read_in(page, folder):
    """The files that a page prints, and nothing else in the framework."""
    clear()
    printed = (DOCS / page).read_text()
    for name, text in re.findall(r"`([\w/]+\.csv)`\n\n```csv\n(.*?)```", printed, flags=re.DOTALL):
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    ingest(folder, by="tests", collection="example")
