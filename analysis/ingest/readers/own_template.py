"""Our own template, filled in: a workbook or a CSV whose head holds the names of a table's columns."""

from __future__ import annotations

import re

import pandas as pd

from analysis.base.files.guard import unguarded
from analysis.base.files.tables import EXCEL
from analysis.ingest.opening import OpenedFile, Sheet, cell_name
from analysis.ingest.reading import Filled, Reading, Unread
from analysis.ingest.templates.template import ASIDE, CHECKLIST, DATA, EDITION, HELP, HOW, LISTS, SHEET, TABLE

NAME = "own-template"
VERSION = "1"
TITLE = "шаблон этого проекта"
# The head stands in one of the first rows.
HEAD_ROWS = 5
_COLUMN = re.compile(r"[a-z][a-z0-9_]*")
_NO_TABLES = (HELP, LISTS, HOW, CHECKLIST)


def recognises(file: OpenedFile) -> bool:
    """Tell whether a sheet has a row of names of columns near its top."""
    return file.kind in ("workbook", "csv") and any(_head(sheet) is not None for sheet in file.sheets)


def read(file: OpenedFile) -> Reading:
    """Return every sheet that has such a head as a filled table.

    The sheets of lists and explanations are no tables; any other sheet is said to be unread.
    """
    named = _named(file)
    guarded = file.kind == "csv"
    filled, unread = [], []
    for sheet in file.sheets:
        head = _head(sheet)
        if head is not None and sheet.name not in _NO_TABLES:
            filled.append(_filled(sheet, head, named.get(sheet.name, {}), guarded))
        elif sheet.name not in _NO_TABLES:
            unread.append(
                Unread(sheet.name, "нет строки с именами столбцов таблицы", "Возьмите шаблон: report template ИМЯ")
            )
    return Reading(NAME, VERSION, unread=unread, filled=filled)


def _head(sheet: Sheet) -> int | None:
    """Return the row of the column names: two or more cells, all of them names.

    Where a table has no other words for its columns, the template prints the names twice.
    """
    rows = [[cell for cell in row if cell is not None] for row in sheet.rows[:HEAD_ROWS]]
    for index, cells in enumerate(rows):
        if len(cells) > 1 and all(isinstance(cell, str) and _COLUMN.fullmatch(cell.strip()) for cell in cells):
            return index + (cells in rows[index + 1 : index + 2])
    return None


def _named(file: OpenedFile) -> dict[str, dict[str, str]]:
    """Return which table and edition each sheet is, as the sheet of explanations says."""
    rows = [
        [str(cell) for cell in row if cell is not None]
        for sheet in file.sheets
        if sheet.name in {HELP, HOW}
        for row in sheet.rows
    ]
    said = {row[0]: row[1] for row in rows if len(row) > 1 and row[0] in {TABLE, EDITION}}
    of_sheets = {row[1]: said | {TABLE: row[2]} for row in rows if len(row) > 2 and row[0] == SHEET}
    return {DATA: said} | of_sheets


def _filled(sheet: Sheet, head: int, named: dict[str, str], guarded: bool) -> Filled:
    names = {position: cell.strip() for position, cell in enumerate(sheet.rows[head]) if cell is not None}
    aside = {position for position, name in names.items() if name in ASIDE}
    names = {position: name for position, name in names.items() if position not in aside}
    rows, numbers = [], []
    for index, typed in enumerate(sheet.rows[head + 1 :], start=head + 2):
        row = [unguarded(cell, EXCEL) if isinstance(cell, str) else cell for cell in typed] if guarded else typed
        cells = {name: row[position] if position < len(row) else None for position, name in names.items()}
        # A row that holds something beyond the named columns is said to be wrong later, not dropped here.
        if any(cell is not None for position, cell in enumerate(row) if position not in aside):
            beyond = [
                position
                for position, cell in enumerate(row)
                if cell is not None and position not in names and position not in aside
            ]
            rows.append(cells | ({"": row[beyond[0]]} if beyond else {}))
            numbers.append(index)
    columns = [*names.values(), *([""] if any("" in row for row in rows) else [])]
    frame = pd.DataFrame(
        [[row.get(name) for name in columns] for row in rows], columns=columns, index=numbers, dtype=object
    )
    merged = tuple(f"{cell_name(*first)}:{cell_name(*last)}" for first, last in sheet.merged if last[0] > head)
    return Filled(
        sheet.name,
        named.get(TABLE, ""),
        named.get(EDITION, ""),
        frame,
        {name: position for position, name in names.items()},
        merged,
    )
