"""What a table shows, as data: its cells on a grid, and its numbers one to a row with where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.quantities.reading import in_words
from analysis.quantities.text import plain
from analysis.show.tables.layout import Cell, Grid, Row, cells_of

COLUMNS = ("row", "column", "shown", "value", "unit", "formula", "status", "source", "locator", "table")


def data(grid: Grid) -> pd.DataFrame:
    """Return the numbers of a table, or its texts as they stand where it has none.

    Returns
    -------
    pandas.DataFrame
        For a table with numbers the columns row, column (heads, outermost first), shown, value (not rounded), unit,
        formula, status, source, locator, table with its rows; what several observations under a number say is joined
        by «; ». For a table of words its own columns.
    """
    columns = [" / ".join(dict.fromkeys(texts)).replace("\n", ": ") for texts in zip(*expanded(grid.head), strict=True)]
    body = [cells_of(row) for row in grid.body]
    if all(cell.quantity is None for row in body for cell in row):
        return pd.DataFrame(expanded(grid.body), columns=columns)
    rows = []
    for row in body:
        name = "; ".join(plain(cell.text) for cell in row if cell.heads_row)
        place = 0
        for cell in row:
            if not cell.heads_row:
                rows.append([name, columns[place], plain(cell.text), *_origin(cell)])
            place += cell.columns
    return pd.DataFrame(rows, columns=list(COLUMNS))


def cells(grid: Grid) -> list[list[dict[str, Any]]]:
    """Return the cells row by row for a workbook: text, spans, whether it heads, the bare number with its decimals."""
    return [
        [_described(cell, head=place < len(grid.head)) for cell in cells_of(row)]
        for place, row in enumerate([*grid.head, *grid.body])
    ]


def expanded(rows: Sequence[Row]) -> list[list[str]]:
    """Return the texts on a full grid: a merged cell says its text in every place it takes."""
    out: list[list[str]] = []
    below: dict[int, tuple[str, int]] = {}
    for row in rows:
        line: list[str] = []
        waiting = cells_of(row)
        while waiting or len(line) in below:
            if len(line) in below:
                text, left = below.pop(len(line))
                if left > 1:
                    below[len(line)] = text, left - 1
                line.append(text)
                continue
            cell = waiting.pop(0)
            for _ in range(cell.columns):
                if cell.rows > 1:
                    below[len(line)] = plain(cell.text), cell.rows - 1
                line.append(plain(cell.text))
        out.append(line)
    return out


def _origin(cell: Cell) -> list[float | str | None]:
    """Return the number of a cell and what it rests on, with what else the cell shows (branches in brackets)."""
    quantity = cell.quantity
    origins = (*((quantity,) if quantity is not None else ()), *cell.words.quantities)
    seen = dict.fromkeys(observation for origin in origins for observation in origin.sources)
    return [
        *((None, "", "") if quantity is None else (quantity.value, quantity.unit, in_words(quantity.formula))),
        *(
            "; ".join(dict.fromkeys(filter(None, (getattr(observation, field) for observation in seen))))
            for field in ("status", "source", "locator", "address")
        ),
    ]


def _described(cell: Cell, head: bool) -> dict[str, Any]:
    described = {"text": plain(cell.text), "columns": cell.columns, "rows": cell.rows, "head": head or cell.heads_row}
    # Two numbers in one cell stay the text they are.
    if cell.quantity is None or cell.quantity.missing or "(" in cell.text:
        return described
    return described | {"value": cell.quantity.value, "decimals": cell.quantity.decimals}
