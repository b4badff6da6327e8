"""A template as a file: an Excel workbook with lists to pick from, or a CSV for Excel."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.catalogue.cells import live_formula_safe, write_text
from analysis.catalogue.ingest.template import DATA, HELP, LISTS, Template, heading, unit_of
from analysis.errors import UsageError, did_you_mean, reason

# Rows below the prefilled ones that still offer the lists.
SPARE = 500
_WIDE = {"locator": 30, "note": 40, "title": 60, "text": 60, "expected_result": 50, "responsible": 40, "territory": 34, "category": 40, "indicator": 34}
_HEAD = PatternFill("solid", fgColor="E8EDF2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_template(template: Template, file: Path) -> None:
    """Write a template; the end of the file's name says as what.

    Raises
    ------
    UsageError
        The file is there already (it may have been filled in), cannot be written, or is to be something else.
    """
    write = _WRITERS.get(file.suffix.lower())
    if write is None:
        raise UsageError(f"Шаблон пишется как .xlsx или .csv, а не «{file.suffix}».{did_you_mean(file.suffix, _WRITERS)}")
    if file.exists():
        raise UsageError(f"Файл {file} уже есть, и в нём могут быть данные. Назовите другой: -o ИМЯ.xlsx")
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(write(template))
        os.replace(beside, file)
    except OSError as error:
        raise UsageError(f"Файл {file} не записать ({reason(error)}). Проверьте папку и права.") from error
    finally:
        beside.unlink(missing_ok=True)


def _workbook(template: Template) -> bytes:
    book = Workbook()
    data = book.active
    data.title = DATA
    explained, lists = book.create_sheet(HELP), book.create_sheet(LISTS)
    _fill_data(data, template)
    _fill_lists(data, lists, template)
    for row, pair in enumerate(template.help, start=1):
        for column, text in enumerate(pair, start=1):
            _put(explained.cell(row, column), text)
            explained.cell(row, column).alignment = _WRAPPED
        explained.cell(row, 1).font = Font(bold=True)
    explained.column_dimensions["A"].width, explained.column_dimensions["B"].width = 34, 100
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill_data(sheet: Worksheet, template: Template) -> None:
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


def _fill_lists(data: Worksheet, lists: Worksheet, template: Template) -> None:
    columns = [spec["name"] for spec in template.fields]
    last = 2 + len(template.rows) + SPARE
    for position, (name, found) in enumerate(template.choices.items(), start=1):
        letter = get_column_letter(position)
        _put(lists.cell(1, position), heading(template.fields[columns.index(name)]))
        lists.cell(1, position).font = Font(bold=True)
        lists.column_dimensions[letter].width = 40
        for row, label in enumerate(found.labels.values(), start=2):
            _put(lists.cell(row, position), label)
        if found.several or not found.labels:
            continue
        rule = DataValidation(type="list", formula1=f"'{LISTS}'!${letter}$2:${letter}${1 + len(found.labels)}", allow_blank=True)
        rule.errorTitle, rule.error = "Нет в списке", "Выберите строку из списка: другие названия не будут поняты."
        rule.showErrorMessage = True
        letter = get_column_letter(columns.index(name) + 1)
        rule.add(f"{letter}3:{letter}{last}")
        data.add_data_validation(rule)
    lists.freeze_panes = "A2"


def _put(cell: Cell, text: str, number: bool = False) -> None:
    if number and text:
        cell.value = int(text) if text.lstrip("-").isdigit() else float(text)
    elif text:
        write_text(cell, text)


def _csv(template: Template) -> bytes:
    """Return what Russian Excel opens by a double click: a mark of UTF-8, semicolons, decimal commas."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    names = [spec["name"] for spec in template.fields]
    numbers = {spec["name"] for spec in template.fields if spec["type"] == "number"}
    writer.writerow(names)
    for values in template.rows:
        writer.writerow(values[name].replace(".", ",") if name in numbers else live_formula_safe(_words(template, name, values[name])) for name in names)
    return written.getvalue().encode("utf-8-sig")


def _words(template: Template, name: str, text: str) -> str:
    found = template.choices.get(name)
    return found.label(text) if found and text else text


_WRITERS: Mapping[str, Callable[[Template], bytes]] = {".xlsx": _workbook, ".csv": _csv}
