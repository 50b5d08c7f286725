"""A framework that is a matrix, as pages show it: its rows by its columns, and what stands in each cell."""

from collections.abc import Iterator, Sequence
from typing import Any

from iqf.catalogue.models.frameworks import COLUMNS, ROWS
from iqf.reports.framework import StatementNode

EVERY_ROW = "Every row"


def matrix(statements: Sequence[StatementNode]) -> dict[str, Any] | None:
    """The matrix that some of these statements make; None where they make none.

    What every row of a column shares comes first, then row by row what is particular to each.
    """
    rows_axis = next((s for s in statements if s.axis == ROWS), None)
    columns_axis = next((s for s in statements if s.axis == COLUMNS), None)
    if rows_axis is None or columns_axis is None:
        return None
    columns = columns_axis.parts
    shared: dict[str, Any] = {
        "node": None,
        "title": EVERY_ROW,
        "cells": [_cell(column, "") for column in columns],
    }
    rows: list[dict[str, Any]] = [
        {"node": row, "title": row.title, "cells": [_cell(column, row.code) for column in columns]}
        for row in rows_axis.parts
    ]
    held = sum(len(cell["statements"]) for row in (shared, *rows) for cell in row["cells"])
    axes = (rows_axis.code, columns_axis.code)
    return {
        "rows_title": rows_axis.title,
        "rows_node": rows_axis,
        "columns_node": columns_axis,
        "columns": columns,
        "rows": [shared, *rows],
        "held": held,
        "others": [s for s in statements if s.code not in axes],
    }


def _cell(column: StatementNode, row: str) -> dict[str, Any]:
    return {"column": column, "statements": [s for s in _within(column) if s.row == row]}


def _within(column: StatementNode) -> Iterator[StatementNode]:
    for part in column.parts:
        yield part
        yield from _within(part)
