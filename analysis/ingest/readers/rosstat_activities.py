"""Rosstat, kinds of activity by years: employment (05-05), wages (tab3-zpl), value added (VDS_god_OKVED2), in .xls and .xlsx alike."""

from __future__ import annotations

import re

from analysis.ingest.opening import OpenedFile, Sheet
from analysis.ingest.readers._activities import count_sections, is_first_classification
from analysis.ingest.readers._grid import Grid, Line, name_column, read_grids
from analysis.ingest.readers._observations import frame, observation, usable_columns
from analysis.ingest.readers._words import section_letter, squeeze, without_marks
from analysis.ingest.reading import Block, Reading, Unread

NAME, VERSION = "rosstat-activities", "1"
TITLE = "Росстат, виды экономической деятельности по годам (ОКВЭД2): занятость, заработная плата, добавленная стоимость"

_COUNTRY = re.compile(r"росси|внутренний продукт", re.IGNORECASE)
_FILE_CODE = re.compile(r"^(\d{2}-\d{2}|tab\d+-zpl)(?=[_.\s-]|$)", re.IGNORECASE)
_PART = re.compile(r"^(?:из них|из нее|из него|в том числе)\s*:?\s+(?=\S)", re.IGNORECASE)


def recognises(file: OpenedFile) -> bool:
    """Tell whether the rows of a sheet are sections of ОКВЭД2."""
    return file.kind == "workbook" and any(count_sections(_names(sheet)) >= 4 for sheet in file.sheets[:3])


def read(file: OpenedFile) -> Reading:
    """Return a block a table and unit; a sheet of the first ОКВЭД is refused with the reason."""
    blocks: list[Block] = []
    unread: list[Unread] = []
    code = found[1].lower() if (found := _FILE_CODE.match(file.path.stem)) else ""
    country = (
        "Российская Федерация"
        if any(
            _COUNTRY.search(cell)
            for sheet in file.sheets
            for row in sheet.rows[:12]
            for cell in row[:4]
            if isinstance(cell, str)
        )
        else ""
    )
    for sheet in file.sheets:
        grids = [grid for grid in read_grids(sheet) if grid.columns]
        if not grids or count_sections(_names(sheet)) < 3:
            unread.append(Unread(sheet.name, _why_no_table(sheet, grids)))
        elif is_first_classification(_names(sheet)):
            unread.append(Unread(sheet.name, "виды деятельности первого ОКВЭД (до 2017 года): с ОКВЭД2 не сопоставимы"))
        else:
            blocks += [_block(sheet, grid, grid.title.code or code, country) for grid in grids]
            unread += [
                Unread(sheet.name, reason, "Исправьте заголовок или имя строки в копии файла.")
                for grid in grids
                for reason in grid.unread
            ]
    return Reading(NAME, VERSION, blocks, unread, publication=blocks[0].title if blocks else "")


def _names(sheet: Sheet) -> list[str]:
    column = name_column(sheet)
    return [squeeze(row[column]) for row in sheet.rows[:120] if len(row) > column and isinstance(row[column], str)]


def _why_no_table(sheet: Sheet, grids: list[Grid]) -> str:
    if not any(squeeze(cell) for row in sheet.rows for cell in row):
        return "лист пуст"
    return (
        "строки таблицы – не виды экономической деятельности"
        if grids
        else "оглавление или пояснения, чисел по годам нет"
    )


def _block(sheet: Sheet, grid: Grid, code: str, country: str) -> Block:
    columns = usable_columns(grid)
    records, whole = [], ""
    for line in grid.lines:
        label, marks = without_marks(line.label)
        part = _PART.sub("", label)
        if part == label:
            whole = label
        name = f"{whole} / {part}" if part != label and whole else part
        for column in columns:
            cut = " / ".join((name, *column.labels))
            records.append(
                observation(
                    grid, line, label, column, marks, territory=country, category=cut, category_code=_code(line)
                )
            )
    notes = (
        *grid.title.conditions,
        *(f"{mark}) {text}" if mark.isdigit() else text for mark, text in grid.footnotes.items()),
    )
    return Block(sheet.name, grid.title.text, code, grid.title.unit, frame(records), notes)


def _code(line: Line) -> str:
    """Return the code left of a name: the Latin letter of a section, anything else as printed."""
    return section_letter(line.code) or line.code
