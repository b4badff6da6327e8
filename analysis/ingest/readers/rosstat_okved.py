"""Rosstat, structure of regions by sections of ОКВЭД2.

A sheet is a year, its rows are territories, its columns sections (VRP_OKVED2 and its like).
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.ingest.opening import OpenedFile, Sheet
from analysis.ingest.readers._rosstat_activities import is_first_classification
from analysis.ingest.readers._rosstat_headings import Column
from analysis.ingest.readers._rosstat_observations import frame, observation, usable_columns
from analysis.ingest.readers._rosstat_tables import SheetTable, read_tables
from analysis.ingest.readers._rosstat_words import section_letter, squeeze, without_marks, years_in
from analysis.ingest.reading import JOINT, Block, Reading, Unread

NAME, VERSION = "rosstat-okved2", "1"
TITLE = "Росстат, структура субъектов Российской Федерации по разделам ОКВЭД2 (лист – год)"


def recognises(file: OpenedFile) -> bool:
    """Tell whether a sheet has a heading of sections: «Раздел A», «Раздел B», … side by side."""
    return file.kind == "workbook" and any(
        sum(bool(section_letter(squeeze(cell))) for cell in row if isinstance(cell, str)) >= 8
        for sheet in file.sheets[:4]
        for row in sheet.rows[:15]
    )


def read(file: OpenedFile) -> Reading:
    """Return a block a year.

    Sheets of the first ОКВЭД and sheets that repeat another year are refused with the reason.
    """
    blocks: list[Block] = []
    unread: list[Unread] = []
    seen: dict[tuple, str] = {}
    for sheet in file.sheets:
        tables = [
            table
            for table in read_tables(sheet, lambda text: bool(re.search("федеральный округ", text)))
            if table.columns and table.lines
        ]
        if not tables:
            unread.append(Unread(sheet.name, "таблицы с разделами нет" if any(map(any, sheet.rows)) else "лист пуст"))
            continue
        for table in tables:
            figures = _figures(table)
            if reason := _why_not(sheet, table, seen.get(figures, "")):
                unread.append(Unread(sheet.name, *reason))
                continue
            seen.setdefault(figures, sheet.name)
            blocks.append(_block(sheet, table))
            unread += [Unread(sheet.name, reason, "Исправьте заголовок в копии файла.") for reason in table.unread]
    title = blocks[0].title if blocks else ""
    return Reading(NAME, VERSION, blocks, unread, publication=re.sub(r"\s+(?:в|за) (?:19|20)\d\d г\S*$", "", title))


def _figures(table: SheetTable) -> tuple:
    """Return all the numbers of a table, by which a copy is known."""
    return tuple(cell for line in table.lines for cell in line.cells if isinstance(cell, (int, float)))


def _why_not(sheet: Sheet, table: SheetTable, original: str) -> tuple[str, str] | None:
    named, printed = years_in(sheet.name), years_in(table.title.text)
    other = len(named) == 1 and len(printed) == 1 and named != printed
    if other or original:
        reasons = [f"в заголовке {printed[0]} год, а лист назван «{sheet.name}»"] if other else []
        reasons += [f"все числа те же, что на листе «{original}»"] if original else []
        return ("копия другого года: " if original else "неясно, какой это год: ") + ", ".join(
            reasons
        ), "Возьмите файл, где этот год напечатан."
    if is_first_classification([label for column in table.columns for label in column.labels]):
        return "разделы первого ОКВЭД (до 2016 года): под теми же буквами другие виды деятельности, чем в ОКВЭД2", ""
    return None


def _block(sheet: Sheet, table: SheetTable) -> Block:
    years = years_in(" ".join((table.title.text, *table.title.conditions))) or years_in(sheet.name)
    columns = [
        replace(column, year=years[0]) if len(years) == 1 and column.year is None else column
        for column in usable_columns(table)
    ]
    records = []
    for line in table.lines:
        territory, marks = without_marks(line.label)
        for column in columns:
            code, name = _section(column)
            records.append(
                observation(
                    table, line, territory, column, marks, territory=territory, category=name, category_code=code
                )
            )
    return Block(sheet.name, table.title.text, table.title.code, table.title.unit, frame(records), table.notes)


def _section(column: Column) -> tuple[str, str]:
    """Return the letter of a section, in Latin, and its name."""
    code = next((letter for label in column.labels if (letter := section_letter(label))), "")
    names = [re.sub(r"^Раздел\s+\S\s*", "", label) if section_letter(label) else label for label in column.labels]
    return code, JOINT.join(filter(None, names))
