"""The data of an exhibit as an Excel workbook: the table, its numbers, and where they come from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.base.files.guard import unguarded
from analysis.base.files.tables import COMMA
from analysis.base.files.workbook import fitting, put, timeless
from analysis.book.provenance.exhibits import ExhibitRecord
from analysis.book.provenance.facts import Facts

WIDEST = 60  # characters of a column
_BOLD, _WRAPPED = Font(bold=True), Alignment(vertical="top", wrap_text=True)
# Without leading zeros and with no more digits than Excel keeps: anything else would come out altered.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")


def write(path: Path, exhibit: ExhibitRecord, data: str, facts: Facts, parameters: Mapping) -> None:
    """Write the workbook; the same content gives the same bytes.

    Parameters
    ----------
    path
        Where the file goes.
    exhibit
        What the chapter told of it.
    data
        The text of the exhibit's CSV file.
    facts
        Facts of the project.
    parameters
        Values of its chapter.
    """
    book = Workbook()
    book.remove(book.active)
    if exhibit.content["grid"]:
        _table(book.create_sheet("Таблица"), exhibit.content["grid"])
    rows = [[unguarded(text, COMMA) for text in row] for row in csv.reader(io.StringIO(data, newline=""))]
    sheet = book.create_sheet("Данные")
    for place, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            _put(
                sheet.cell(place, column),
                _typed(rows[0][column - 1], text) if place > 1 else text,
                bold=place == 1,
                wrapped=False,
            )
    sheet.freeze_panes = "A2"
    _fit(sheet)
    sheet = book.create_sheet("Источник")
    for place, (name, text) in enumerate(origin(exhibit, facts, parameters), start=1):
        _put(sheet.cell(place, 1), name, bold=True)
        _put(sheet.cell(place, 2), text)
    _fit(sheet)
    _save(book, exhibit.content["caption"], path)


def write_list(path: Path, title: str, rows: Iterable[Iterable[str]]) -> None:
    """Write rows of text, the first of them heads, as a workbook of one sheet that can be filtered.

    Parameters
    ----------
    path
        Where the file goes.
    title
        Of the sheet and the file.
    rows
        The texts.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for place, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            _put(sheet.cell(place, column), text, bold=place == 1, wrapped=False)
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
    _fit(sheet)
    _save(book, title, path)


def _save(book: Workbook, title: str, path: Path) -> None:
    book.properties.creator, book.properties.title = "spo-report", fitting(title)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(timeless(buffer.getvalue()))


def origin(exhibit: ExhibitRecord, facts: Facts, parameters: Mapping) -> Iterable[tuple[str, str]]:
    """Yield what the sheet «Источник» says, name and text.

    Parameters
    ----------
    exhibit
        What the chapter told of the exhibit.
    facts
        Facts of the project.
    parameters
        Values of its chapter.

    Yields
    ------
    tuple
        Name and text of a row of the sheet.
    """
    yield "Название", exhibit.content["caption"]
    yield "Метка", exhibit.label
    if exhibit.content["note"]:
        yield "Примечание", exhibit.content["note"]
    yield exhibit.made
    yield (
        "Состояние проекта",
        facts.state if not facts.commit else f"{facts.commit}{', с изменениями после него' if facts.dirty else ''}",
    )
    for name, value in parameters.items():
        yield f"Параметр {name}", str(value)
    for name in exhibit.content["tables"]:
        yield "Файл данных", f"{name} (SHA-256 {facts.hashes.get(name, 'не установлен')})"
    for source in exhibit.content["sources"].values():
        yield "Источник", source["described"]


def _table(sheet: Worksheet, grid: list[list[dict]]) -> None:
    """Lay the table out as the page shows it: heads merged, numbers as numbers with all their digits."""
    taken: set[tuple[int, int]] = set()
    for place, row in enumerate(grid, start=1):
        column = 1
        for cell in row:
            while (place, column) in taken:
                column += 1
            target = sheet.cell(place, column)
            _put(target, cell.get("value", cell["text"]), bold=cell["head"] and place <= 2)
            if "value" in cell:
                target.number_format = "0." + "0" * cell["decimals"] if cell["decimals"] else "0"
            if cell["rows"] > 1 or cell["columns"] > 1:
                sheet.merge_cells(
                    start_row=place,
                    start_column=column,
                    end_row=place + cell["rows"] - 1,
                    end_column=column + cell["columns"] - 1,
                )
            taken |= {
                (place + down, column + right) for down in range(cell["rows"]) for right in range(cell["columns"])
            }
            column += cell["columns"]
    _fit(sheet)


def _put(cell: Cell, value: str | float | None, bold: bool = False, wrapped: bool = True) -> None:
    """Write a value; styles cost time, so that only cells that need one get it."""
    if value is None or value == "":
        return
    put(cell, value)
    if isinstance(value, str) and wrapped:
        cell.alignment = _WRAPPED
    if bold:
        cell.font = _BOLD


def _typed(column: str, text: str) -> str | float | int:
    """Return a number where a text is one; codes and printed strings stay texts."""
    if column in ("category", "printed", "shown", "indicator", "territory") or not _NUMBER.fullmatch(text):
        return text
    return float(text) if any(sign in text for sign in ".eE") else int(text)


def _fit(sheet: Worksheet) -> None:
    """Make the columns as wide as their longest line."""
    for column in sheet.columns:
        longest = max(
            (
                len(line)
                for cell in column
                if isinstance(cell, Cell) and cell.value is not None
                for line in str(cell.value).splitlines()
            ),
            default=0,
        )
        sheet.column_dimensions[get_column_letter(column[0].column)].width = min(WIDEST, max(8, longest + 2))
