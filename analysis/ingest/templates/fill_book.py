"""A workbook with a sheet for each table that lacks something: what to fill stands open, all else is shaded and locked.

Its first sheet says what to do and which table each sheet is, its second what is needed of whom; `report ingest` reads
the other sheets as templates (`analysis.ingest.readers.own_template`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.base.files.output import write_output
from analysis.base.files.workbook import put
from analysis.ingest.templates.template import ASIDE, CHECKLIST, EDITION, HOW, LISTS, SHEET, Template
from analysis.ingest.templates.template_files import SPARE, WRITTEN, Lists, check_template, fill_data

# What of an observation whoever fills the sheet writes; what it is about stands there already.
OPEN = ("value", "status", "source", "locator", "note")
ASIDE_HEADS = ("Кто даёт", "Для чего")
_LONGEST, _SHORT = 31, 2  # characters of the name of a sheet; of a word that cannot be its last
_SHADED = PatternFill("solid", fgColor="F0F0F0")
_HEAD = PatternFill("solid", fgColor="E8EDF2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_GREY = Font(size=8, color="808080")


@dataclass(frozen=True)
class Sheet:
    """A sheet to fill.

    Attributes
    ----------
    title : str
        What the table is.
    template : Template
        Its rows and lists.
    aside : sequence of tuple
        For each row who supplies it and what it is for.
    """

    title: str
    template: Template
    aside: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Checklist:
    """What is needed, of whom, and how it stands: the second sheet."""

    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


def write_book(
    edition: str, how: Sequence[tuple[str, str]], checklist: Checklist, sheets: Sequence[Sheet], file: Path
) -> None:
    """Write the workbook of an edition.

    Parameters
    ----------
    edition : str
        Its id.
    how : sequence of tuple
        What the first sheet says, two cells a row.
    checklist : Checklist
    sheets : sequence of Sheet
    file : Path
        Ends in `.xlsx`.

    Raises
    ------
    UsageError
        The file is there already (it may have been filled in) or may not be written.
    """
    check_template(file)
    book = Workbook()
    first = book.active
    first.title = HOW
    _write_checklist(book.create_sheet(CHECKLIST), checklist)
    names = sheet_names([sheet.title for sheet in sheets])
    made = [book.create_sheet(name) for name in names]
    lists = Lists(book.create_sheet(LISTS))
    for sheet, target in zip(sheets, made, strict=True):
        fill_data(target, sheet.template)
        lists.offer(target, sheet.template)
        if sheet.template.target.table.holds_observations:
            _close(target, sheet)
    tables = [
        (SHEET, name, sheet.template.target.table.name, sheet.title) for name, sheet in zip(names, sheets, strict=True)
    ]
    _write_how(first, [*how, ("", ""), (EDITION, edition), *tables])
    made_bytes = io.BytesIO()
    book.save(made_bytes)
    write_output(made_bytes.getvalue(), file, WRITTEN)


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Return names of sheets: short, none twice, without what Excel refuses in one."""
    names: list[str] = []
    for title in titles:
        words = re.sub(r"[\[\]:*?/\\']", " ", title).split()
        while len(" ".join(words)) > _LONGEST - len(" (2)"):
            words.pop()
            # A name does not end in a preposition or a conjunction, nor in a comma.
            while words and len(words[-1]) <= _SHORT:
                words.pop()
        name = " ".join(words).rstrip(",")
        name = name[:1].upper() + name[1:] or "Таблица"
        number = sum(1 for other in names if other == name or other.startswith(f"{name} ("))
        names.append(f"{name} ({number + 1})" if number else name)
    return names


def _write_how(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for row, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            put(sheet.cell(row, column), text)
            sheet.cell(row, column).alignment = _WRAPPED
        sheet.cell(row, 1).font = Font(bold=True)
    for letter, width in zip("ABCD", (24, 100, 24, 70), strict=True):
        sheet.column_dimensions[letter].width = width


def _write_checklist(sheet: Worksheet, checklist: Checklist) -> None:
    for row, cells in enumerate([checklist.heads, *checklist.rows], start=1):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column)
            put(cell, value if isinstance(value, (int, float)) else str(value))
            cell.alignment = _WRAPPED
            if row == 1:
                cell.font, cell.fill = Font(bold=True), _HEAD
    for column in range(1, len(checklist.heads) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 30
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(checklist.heads))}{len(checklist.rows) + 1}"


def _close(sheet: Worksheet, of: Sheet) -> None:
    """Shade and lock what the rows are about, and say beside them who supplies each and what for."""
    columns = [spec["name"] for spec in of.template.fields]
    for place, (head, name) in enumerate(zip(ASIDE_HEADS, ASIDE, strict=True)):
        column = len(columns) + 1 + place
        put(sheet.cell(1, column), head)
        put(sheet.cell(2, column), name)
        sheet.cell(1, column).font, sheet.cell(2, column).font = Font(bold=True), _GREY
        sheet.column_dimensions[get_column_letter(column)].width = 44
        for row, said in enumerate(of.aside, start=3):
            put(sheet.cell(row, column), said[place])
            sheet.cell(row, column).fill = _SHADED
    prefilled = len(of.template.rows)
    for row in range(3, 3 + prefilled + SPARE):
        for column, name in enumerate(columns, start=1):
            cell = sheet.cell(row, column)
            if row < 3 + prefilled and name not in OPEN and cell.value is not None:
                cell.fill = _SHADED
            else:
                cell.protection = Protection(locked=False)
    # Without a password: it guards from slips, not from whoever means it.
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.sort = sheet.protection.autoFilter = False
