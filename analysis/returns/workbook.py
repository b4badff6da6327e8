"""What came, as a workbook whose doubtful cells are marked, beside the list of what to send back."""

from __future__ import annotations

import io
from collections import defaultdict

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.base.files.workbook import fitting, put
from analysis.ingest.opening import cell_name
from analysis.returns.checks import Checked
from analysis.returns.faults import COLUMNS, as_rows
from analysis.returns.form import read_form

LIST, ROWS = "Вернуть", "Отчеты"
_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
_MARKED, _HEAD = PatternFill("solid", fgColor="FFE08A"), PatternFill("solid", fgColor="E8EDF2")
_WIDTHS = (44, 24, 28, 16, 24, 100)
_PLACES = ("file", "row")


def as_workbook(checked: Checked) -> bytes:
    """Return the workbook: the list, and all rows that came, each doubtful cell shaded with its sentence as a note."""
    book = Workbook()
    listed = book.active
    listed.title = LIST
    _lay(listed, COLUMNS, as_rows(checked.faults), _WIDTHS)
    _rows(book.create_sheet(ROWS), checked)
    book.properties.creator = "spo-report"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _lay(sheet: Worksheet, heads: tuple[str, ...], rows: list[tuple[str, ...]], widths: tuple[int, ...]) -> None:
    for place, cells in enumerate([heads, *rows], start=1):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(place, column)
            put(cell, text)
            cell.alignment = _WRAPPED
            if place == 1:
                cell.font, cell.fill = _BOLD, _HEAD
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _rows(sheet: Worksheet, checked: Checked) -> None:
    """Lay every row that came, as it was read, and mark what the faults name."""
    form = read_form()
    columns = [name for name in form.table.columns if name in checked.returns.rows]
    heads = ("Файл", "Строка", *(form.titles[name] for name in columns))
    said = defaultdict(list)
    for fault in checked.faults:
        for cell in fault.cells:
            said[fault.file, fault.sheet, cell].append(fault.why)
    _lay(sheet, heads, [], (24, 8, 44, *[14] * (len(columns) - 1)))
    for place, (_, row) in enumerate(checked.returns.rows.iterrows(), start=2):
        for column, value in enumerate((row["file"], int(row["row"]), *(row[name] for name in columns)), start=1):
            put(sheet.cell(place, column), value if isinstance(value, str) else _number(value))
        for column, name in enumerate(columns, start=len(_PLACES) + 1):
            at = cell_name(int(row["row"]) - 1, row["columns"][name]) if name in row["columns"] else ""
            if why := said.get((row["file"], row["sheet"], at)):
                cell = sheet.cell(place, column)
                cell.fill = _MARKED
                cell.comment = Comment(fitting("\n".join(why)), "report returns")


def _number(value: float) -> float | int | None:
    if value != value:  # noqa: PLR0124 - the one number that is not itself: nothing was read
        return None
    return int(value) if float(value).is_integer() else value
