"""Where the table of a sheet begins: its header rows, the first row and the first column of its values."""

from __future__ import annotations

from typing import Any

from analysis.ingest.opening.sheets import Sheet
from analysis.ingest.readers._emiss_terms import number, plain, year_of

# Rows searched for the years; an export has a title and up to five header rows.
_HEAD_ROWS = 30
# Columns searched for years that run down the sheet.
_MOST_HEADINGS = 12
# A merged range of more cells is a slip of the pen and is not filled.
_MOST_MERGED = 100_000


class NoTableError(Exception):
    """There is no table in a sheet; the text says in Russian what was looked for."""


def filled_merges(sheet: Sheet) -> list[list]:
    """Return the cells with the value of a merged range in each of its cells."""
    rows = [list(row) for row in sheet.rows]
    for (top, left), (bottom, right) in sheet.merged:
        value = at(rows, top, left)
        if value is None or (bottom - top + 1) * (right - left + 1) > _MOST_MERGED:
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            rows[row].extend([None] * (right + 1 - len(rows[row])))
            rows[row][left : right + 1] = [value] * (right + 1 - left)
    return rows


def corner(rows: list[list]) -> tuple[int, int, int]:
    """Return the first header row, the first row of data and the first column of data.

    Raises
    ------
    NoTableError
        No year stands in the first rows.
    """
    across, down = _year_row(rows), _year_column(rows)
    if down is not None and (across is None or (across[0] <= 2 and down[2] > across[0])):
        return down[0], down[0] + 1, down[1]
    if across is None:
        raise NoTableError("в первых строках нет годов")
    year_row = across[1]
    first_column = next(column for column, value in enumerate(rows[year_row]) if column and year_of(value))
    top = year_row
    while top > 0 and _is_header(rows[top - 1], first_column):
        top -= 1
    first_row = year_row + 1
    while first_row < min(year_row + _HEAD_ROWS, len(rows)) and not is_data(rows[first_row], first_column):
        first_row += 1
    return top, first_row, first_column


def _year_row(rows: list[list]) -> tuple[int, int] | None:
    """Return how many years the row with most of them has, and the row.

    A year inside the data (a value of 2001 people) is rarely in the same row as others.
    """
    best: tuple[int, int] | None = None
    for row in range(min(_HEAD_ROWS, len(rows))):
        years = [column for column, value in enumerate(rows[row]) if year_of(value)]
        if years and (best is None or len(years) > best[0]) and years[0] > 0:
            best = len(years), row
    return best


def _year_column(rows: list[list]) -> tuple[int, int, int] | None:
    """Return the header row, the first data column and the number of years of a table with the years to the left."""
    for column in range(min(_MOST_HEADINGS, max(map(len, rows), default=0))):
        years = [
            row
            for row in range(len(rows))
            if year_of(at(rows, row, column)) and any(number(value) is not None for value in rows[row][column + 1 :])
        ]
        filled = sum(bool(plain(at(rows, row, column))) for row in range(years[0], len(rows))) if years else 0
        if len(years) > 2 and years[0] > 0 and len(years) >= 0.9 * filled:
            first = next(
                (
                    place
                    for place in range(column + 1, len(rows[years[0]]))
                    if number(rows[years[0]][place]) is not None and not year_of(rows[years[0]][place])
                ),
                None,
            )
            if first is not None:
                return years[0] - 1, first, len(years)
    return None


def _is_header(row: list, first_column: int) -> bool:
    """Tell a header row over the years: words above the data; a title merged over the whole table is none."""
    words = {plain(value) for value in row if value is not None}
    if len(words) <= 1 and any(plain(value) for value in row[:1]):
        return False
    return any(value is not None and number(value) is None for value in row[first_column:])


def is_data(row: list, first_column: int) -> bool:
    """Tell a row of data: a heading to the left and a value beside it."""
    if not any(plain(value) for value in row[:first_column]):
        return False
    filled = [value for value in row[first_column:] if value is not None and plain(value)]
    numbers = sum(number(value) is not None for value in filled)
    # Marks in place of numbers («…», «-») are short; a header row has words.
    return bool(filled) and (
        numbers > 0 or all(len(plain(value)) <= 3 or value == plain(value).upper() for value in filled)
    )


def at(rows: list[list], row: int, column: int) -> Any:
    """Return a cell.

    Parameters
    ----------
    rows : list of list
        Cells of a sheet; rows may differ in length.
    row, column : int
        From zero.

    Returns
    -------
    object
        As in `Sheet.rows`; None where the row or the column is not there.
    """
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None
