"""The layout's README speaks of every file, every column and every closed value, and marks what is needed."""

import re

import pytest

from iqf.exchange.sources.starter import rows
from iqf.exchange.sources.starter.layout import CITED, FIGURE_COLUMNS, PACKAGED, TABLES

README = (PACKAGED.parent / "README.md").read_text()
SECTIONS = {
    s.partition("**")[0]: " ".join(s.split()) for s in re.split(r"^\*\*(?=\w+/)", README, flags=re.MULTILINE)[1:]
}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.path)
def test_every_file_and_column_is_explained(table):
    section = SECTIONS[table.path]
    for column in table.needed:
        assert f"**`{column}`**" in section, column
    for column in table.known:
        assert f"`{column}`" in section or (column in CITED and "*(cited)*" in section), column


@pytest.mark.parametrize(("name", "column"), sorted(rows.CLOSED))
def test_every_closed_value_is_listed(name, column):
    path = next(t.path for t in TABLES.values() if t.name == name)
    for value in rows.CLOSED[name, column]:
        assert value in README if column == "basis" else value in SECTIONS[path], value


def test_figures_are_explained():
    section = SECTIONS["documents/figures_….csv"]
    assert all(f"`{column}`" in section for column in FIGURE_COLUMNS)
