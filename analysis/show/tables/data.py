"""What a table shows, as data: its cells on a grid, and its numbers one to a row with where they come from."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.quantities.reading import in_words
from analysis.quantities.text import plain
from analysis.show.tables.layout import Cell, Grid

COLUMNS = ("row", "column", "shown", "value", "unit", "formula", "status", "source", "locator", "table")


def data(grid: Grid) -> pd.DataFrame:
    """Return the numbers of a table, or its texts as they stand where it has none.

    Returns
    -------
    pandas.DataFrame
        For a table with numbers the columns row, column (heads, outermost first), shown, value
        (not rounded), unit, formula, status, source, locator, table with its rows; what a number rests on more than one
        observation of is joined by «; ». For a table of words its own columns.
    """
    columns = [" / ".join(dict.fromkeys(texts)).replace("\n", ": ") for texts in zip(*expanded(grid.head), strict=True)]
    if not any(isinstance(cell, Cell) and cell.quantity is not None for row in grid.body for cell in row):
        return pd.DataFrame(expanded(grid.body), columns=columns)
    rows = []
    for row in grid.body:
        name = "; ".join(plain(cell.text) for cell in row if isinstance(cell, Cell) and cell.heads_row)
        place = 0
        for cell in row:
            cell = Cell(cell) if isinstance(cell, str) else cell
            if not cell.heads_row:
                rows.append([name, columns[place], plain(cell.text), *_origin(cell)])
            place += cell.columns
    return pd.DataFrame(rows, columns=list(COLUMNS))


def cells(grid: Grid) -> list[list[dict]]:
    """Return the cells row by row for a workbook: text, spans, whether it heads, and the bare number with its decimals."""
    return [
        [_told(cell, head=place < len(grid.head)) for cell in row] for place, row in enumerate([*grid.head, *grid.body])
    ]


def expanded(rows: Sequence[Sequence[Cell | str]]) -> list[list[str]]:
    """Return the texts on a full grid: a merged cell says its text in every place it takes."""
    out: list[list[str]] = []
    below: dict[int, tuple[str, int]] = {}
    for row in rows:
        line: list[str] = []
        waiting = [Cell(cell) if isinstance(cell, str) else cell for cell in row]
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


def _origin(cell: Cell) -> list:
    """Return the number of a cell and what it rests on, with what else the cell shows (branches in brackets)."""
    quantity = cell.quantity
    if quantity is None:
        return [None, "", "", "", "", "", ""]
    seen = dict.fromkeys(one for origin in (quantity, *cell.text.quantities) for one in origin.sources)
    return [
        quantity.value,
        quantity.unit,
        in_words(quantity.formula),
        *(
            "; ".join(dict.fromkeys(filter(None, values)))
            for values in (
                [one.status for one in seen],
                [one.source for one in seen],
                [one.locator for one in seen],
                [one.address for one in seen],
            )
        ),
    ]


def _told(cell: Cell | str, head: bool) -> dict:
    cell = Cell(cell) if isinstance(cell, str) else cell
    told = {"text": plain(cell.text), "columns": cell.columns, "rows": cell.rows, "head": head or cell.heads_row}
    if cell.quantity is not None and not cell.quantity.missing:
        # Two numbers in one cell stay the text they are.
        told |= {"value": cell.quantity.value, "decimals": cell.quantity.decimals} if "(" not in cell.text else {}
    return told
