"""A template as a file: an Excel workbook with lists to pick from, or a CSV for Excel."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.base.errors import UsageError, did_you_mean
from analysis.base.files.output import Kind, check_output, write_output
from analysis.base.files.tables import for_excel
from analysis.base.files.workbook import put
from analysis.base.russian import comma
from analysis.ingest.templates.template import DATA, HELP, LISTS, Template, heading, unit_of

# Rows below the prefilled ones that still offer the lists.
SPARE = 500
_WIDE = {
    "locator": 30,
    "note": 40,
    "title": 60,
    "text": 60,
    "expected_result": 50,
    "responsible": 40,
    "territory": 34,
    "category": 40,
    "indicator": 34,
}
_HEAD = PatternFill("solid", fgColor="E8EDF2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_template(template: Template, file: Path) -> None:
    """Write a template; the end of the file's name says as what.

    Raises
    ------
    UsageError
        As `check_template`.
    """
    check_template(file)
    write_output(_WRITERS[file.suffix.lower()](template), file, WRITTEN)


def check_template(file: Path) -> None:
    """See that a template can be written to a file.

    Raises
    ------
    UsageError
        The file is there already (it may have been filled in), may not be written, or is to be something else.
    """
    if file.suffix.lower() not in _WRITERS:
        raise UsageError(
            f"Шаблон пишется как .xlsx или .csv, а не «{file.suffix}».{did_you_mean(file.suffix, _WRITERS)}"
        )
    check_output(file, WRITTEN)


def _workbook(template: Template) -> bytes:
    book = Workbook()
    data = book.active
    data.title = DATA
    explained, lists = book.create_sheet(HELP), book.create_sheet(LISTS)
    fill_data(data, template)
    Lists(lists).offer(data, template)
    for row, pair in enumerate(template.help, start=1):
        for column, text in enumerate(pair, start=1):
            _put(explained.cell(row, column), text)
            explained.cell(row, column).alignment = _WRAPPED
        explained.cell(row, 1).font = Font(bold=True)
    explained.column_dimensions["A"].width, explained.column_dimensions["B"].width = 34, 100
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def fill_data(sheet: Worksheet, template: Template) -> None:
    """Write a template's rows to a sheet: words above the columns, their names below these."""
    unit = unit_of(template)
    for column, spec in enumerate(template.fields, start=1):
        name = spec["name"]
        head, code = sheet.cell(1, column), sheet.cell(2, column)
        _put(head, f"{heading(spec)}, {unit}" if name == "value" and unit else heading(spec))
        _put(code, name)
        head.font, head.fill, head.alignment = Font(bold=True), _HEAD, _WRAPPED
        code.font, code.fill = Font(size=8, color="808080"), _HEAD
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE.get(name, 16)
        text = spec["type"] not in ("number", "integer")
        for row, values in enumerate(template.rows, start=3):
            _put(sheet.cell(row, column), _words(template, name, values[name]), number=not text)
        for row in range(3, 3 + len(template.rows) + SPARE) if text else ():
            # As text a code like 10.02.01 is not turned into a day.
            sheet.cell(row, column).number_format = "@"
    sheet.freeze_panes = "A3"


class Lists:
    """The sheet of lists that the sheets of a workbook offer; one that two columns offer stands there once.

    Parameters
    ----------
    sheet : Worksheet
        Empty.
    """

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._places: dict[tuple[str, ...], str] = {}
        sheet.freeze_panes = "A2"

    def offer(self, data: Worksheet, template: Template) -> None:
        """Have the columns of a sheet offer what may stand in them."""
        columns = [spec["name"] for spec in template.fields]
        last = 2 + len(template.rows) + SPARE
        for name, listed in template.choices.items():
            place = self._place(heading(template.fields[columns.index(name)]), tuple(listed.labels.values()))
            if listed.several or not listed.labels:
                continue
            rule = DataValidation(type="list", formula1=place, allow_blank=True)
            rule.errorTitle, rule.error = "Нет в списке", "Выберите строку из списка: другие названия не будут поняты."
            rule.showErrorMessage = True
            letter = get_column_letter(columns.index(name) + 1)
            rule.add(f"{letter}3:{letter}{last}")
            data.add_data_validation(rule)

    def _place(self, head: str, labels: tuple[str, ...]) -> str:
        """Return the range that holds a list, written down where it is not yet."""
        if labels not in self._places:
            position = len(self._places) + 1
            letter = get_column_letter(position)
            _put(self._sheet.cell(1, position), head)
            self._sheet.cell(1, position).font = Font(bold=True)
            self._sheet.column_dimensions[letter].width = 40
            for row, label in enumerate(labels, start=2):
                _put(self._sheet.cell(row, position), label)
            self._places[labels] = f"'{LISTS}'!${letter}$2:${letter}${1 + len(labels)}"
        return self._places[labels]


def _put(cell: Cell, text: str, number: bool = False) -> None:
    if number and text:
        put(cell, int(text) if text.lstrip("-").isdigit() else float(text))
    else:
        put(cell, text)


def _csv(template: Template) -> bytes:
    names = [spec["name"] for spec in template.fields]
    numbers = {spec["name"] for spec in template.fields if spec["type"] == "number"}
    return for_excel(
        names,
        (
            [comma(values[name]) if name in numbers else _words(template, name, values[name]) for name in names]
            for values in template.rows
        ),
    )


def _words(template: Template, name: str, text: str) -> str:
    listed = template.choices.get(name)
    return listed.label(text) if listed and text else text


_WRITERS: Mapping[str, Callable[[Template], bytes]] = {".xlsx": _workbook, ".csv": _csv}
WRITTEN = Kind(tuple(_WRITERS))
