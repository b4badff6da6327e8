"""Turn the rows of a table into the observations of blocks."""

from __future__ import annotations

import pandas as pd

from analysis.ingest.readers._rosstat_headings import Column
from analysis.ingest.readers._rosstat_tables import SheetTable, TableRow
from analysis.ingest.readers._rosstat_words import cell_of, squeeze
from analysis.ingest.reading import BLOCK_COLUMNS

# The printed names of row and column go with an observation, so that its place can be named as the file shows it.
COLUMNS = (*BLOCK_COLUMNS, "line", "heading")


def observation(
    table: SheetTable, row: TableRow, line: str, column: Column, marks: tuple[str, ...], **names: str
) -> dict:
    """Return one observation of a table.

    Parameters
    ----------
    table : SheetTable
    row : TableRow
    line : str
        Printed name of the row.
    column : Column
    marks : tuple of str
        Footnotes of the row.
    **names : str
        Its territory, category and codes.

    Returns
    -------
    dict
        Columns `COLUMNS`.
    """
    cell = row.cells[column.index] if column.index < len(row.cells) else None
    read = cell_of(cell, table.marks) if isinstance(cell, str) else cell_of(cell)
    return {
        "territory": "",
        "territory_code": "",
        "category": "",
        "category_code": "",
        **names,
        "year": column.year,
        "value": read.value,
        "mark": read.mark,
        "cell": f"{column.letter}{row.row}",
        "note": table.note((*marks, *column.marks, *read.notes)),
        "line": line,
        "heading": column.heading if column.year_is_printed else "",
    }


def frame(records: list[dict]) -> pd.DataFrame:
    """Return observations as a table of `COLUMNS`, typed as `Block.rows` asks."""
    made = pd.DataFrame.from_records(records, columns=list(COLUMNS))
    return made.astype({"year": "Int64", "value": "float64"})


def usable_columns(table: SheetTable) -> list[Column]:
    """Return the columns that can be read; say of the others in `table.unread` why they cannot.

    Among years a heading of digits that is no year is a misprint: which year was meant cannot be told from the column
    itself.
    """
    dated = any(column.year is not None for column in table.columns)
    kept = []
    for column in table.columns:
        if dated and column.year is None and column.heading.replace(" ", "").isdigit():
            table.unread.append(f"столбец {column.letter} озаглавлен «{column.heading}»: это не год")
        else:
            kept.append(column)
    headed = {column.index for column in table.columns}
    first = min(headed, default=0)
    stray = {
        index
        for line in table.lines
        for index, cell in enumerate(line.cells)
        if index > first and index not in headed and squeeze(cell)
    }
    if stray:
        letters = ", ".join(Column(index, "", None).letter for index in sorted(stray))
        table.unread.append(
            f"над числами столбца {letters} нет заголовка"
            if len(stray) == 1
            else f"над числами столбцов {letters} нет заголовков"
        )
    return kept
