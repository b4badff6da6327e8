"""What of a table is left where nothing is known of a row or a column: it goes, and the note names it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.quantities.text import plain
from analysis.show.tables.layout import Cell, Grid, Row, cells_of

_YEAR = re.compile(r"[12]\d{3}")
_Cells = list[Cell]


def without_unknown(grid: Grid) -> Grid:
    """Return a table without the rows and columns that would hold signs of «no data» alone.

    A heading across the table goes with the last of its rows; years that the caption names follow the columns. A table
    of which nothing is known stays as it is: whoever shows it leaves it out whole.
    """
    body = [cells_of(row) for row in grid.body]
    unknown = [row for row in body if _nothing(row)]
    if len(unknown) == sum(any(cell.number for cell in row) for row in body):
        return grid
    rows = _headed(body)
    gone = _empty_columns(rows)
    if not unknown and not gone:
        return grid
    heads = [cells_of(row) for row in grid.head]
    names = [_name(row) for row in unknown] + _columns_named(heads, gone)
    said = f"Не показано, потому что данных нет: {', '.join(dict.fromkeys(names))}."
    head = _heads_without(heads, gone)
    return replace(
        grid,
        head=head,
        body=[_row_without(row, gone) for row in rows],
        widths=[width for place, width in enumerate(grid.widths) if place not in gone],
        placeholders=_of_years(grid.placeholders, heads, head) if gone else grid.placeholders,
        note=f"{grid.note} {said}".lstrip(),
    )


def _nothing(row: _Cells) -> bool:
    """Whether a row has numbers and not one of them is known."""
    numbers = [cell for cell in row if cell.number]
    return bool(numbers) and all(cell.quantity is None or cell.quantity.missing for cell in numbers)


def _headed(body: Sequence[_Cells]) -> list[_Cells]:
    """Return the rows of which something is known, without headings that had rows below them and have none now."""
    known = [not _nothing(row) for row in body]
    kept = []
    for place, row in enumerate(body):
        below = next(
            (other for other, is_known in zip(body[place + 1 :], known[place + 1 :], strict=True) if is_known), None
        )
        had = place + 1 < len(body) and not _heads(body[place + 1])
        emptied = _heads(row) and had and (below is None or _heads(below))
        if known[place] and not emptied:
            kept.append(row)
    return kept


def _heads(row: _Cells) -> bool:
    return len(row) == 1 and row[0].heads_row


def _empty_columns(rows: Sequence[_Cells]) -> set[int]:
    """Return the places of columns of numbers none of which is known; merged cells say nothing of a column."""
    numbers: dict[int, list[Cell]] = {}
    for row in rows:
        for place, cell in _placed(row):
            if cell.number and cell.columns == 1:
                numbers.setdefault(place, []).append(cell)
    return {
        place
        for place, cells in numbers.items()
        if all(cell.quantity is None or cell.quantity.missing for cell in cells)
    }


def _placed(row: _Cells) -> Iterable[tuple[int, Cell]]:
    place = 0
    for cell in row:
        yield place, cell
        place += cell.columns


def _over(heads: Sequence[_Cells]) -> list[list[tuple[Cell, set[int]]]]:
    """Return the cells of each row of heads, each with the columns that it stands over."""
    over: list[list[tuple[Cell, set[int]]]] = []
    taken: dict[int, int] = {}
    for row in heads:
        line, place = [], 0
        for cell in row:
            while taken.get(place, 0):
                place += 1
            columns = set(range(place, place + cell.columns))
            line.append((cell, columns))
            place += cell.columns
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        taken |= {column: cell.rows - 1 for cell, columns in line for column in columns if cell.rows > 1}
        over.append(line)
    return over


def _heads_without(heads: Sequence[_Cells], gone: set[int]) -> list[Row]:
    return [
        [replace(cell, columns=len(columns - gone)) for cell, columns in line if columns - gone]
        for line in _over(heads)
    ]


def _columns_named(heads: Sequence[_Cells], gone: set[int]) -> list[str]:
    """Return how the heads call the columns that are gone: the highest cell all of whose columns are, else all."""
    names = {
        column: [plain(cell.text) for line in _over(heads) for cell, columns in line if column in columns]
        for column in sorted(gone)
    }
    whole = {
        column: [plain(cell.text) for line in _over(heads) for cell, columns in line if column in columns <= gone]
        for column in names
    }
    return [
        f"«{whole[column][0]}»" if whole[column][0] == names[column][0] else _told(names[column]) for column in names
    ]


def _told(names: Sequence[str]) -> str:
    *outer, last = names
    return f"{last} («{' – '.join(outer)}»)" if outer else last


def _name(row: _Cells) -> str:
    return "; ".join(plain(cell.text) for cell in row if cell.heads_row)


def _row_without(row: _Cells, gone: set[int]) -> Row:
    kept = []
    for place, cell in _placed(row):
        columns = set(range(place, place + cell.columns)) - gone
        if columns:
            kept.append(replace(cell, columns=len(columns)))
    return kept


def _of_years(said: Mapping[str, str | int], before: Sequence[_Cells], after: Sequence[Row]) -> Mapping[str, str | int]:
    """Return what the caption may ask for; a first or last year that has gone gives way to the one that is left."""
    had, left = _years(before), _years([cells_of(row) for row in after])
    if not had or not left:
        return said
    edges: dict[str | int, str | int] = {min(had): min(left), max(had): max(left)}
    return {name: edges.get(value, value) if name in {"first", "last"} else value for name, value in said.items()}


def _years(rows: Iterable[_Cells]) -> list[int]:
    return [int(text) for row in rows for cell in row if _YEAR.fullmatch(text := plain(cell.text))]
