"""Rosstat, kinds of activity by years, in .xls and .xlsx alike.

Employment (05-05), wages (tab3-zpl), value added (VDS_god_OKVED2).
"""

from __future__ import annotations

import re

from analysis.ingest.opening import OpenedFile, Sheet
from analysis.ingest.readers._rosstat_activities import count_sections, is_first_classification
from analysis.ingest.readers._rosstat_observations import frame, observation, usable_columns
from analysis.ingest.readers._rosstat_tables import SheetTable, TableRow, name_column, read_tables
from analysis.ingest.readers._rosstat_words import section_letter, squeeze, texts, without_marks
from analysis.ingest.reading import JOINT, Block, Reading, Unread

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
    code = match[1].lower() if (match := _FILE_CODE.match(file.path.stem)) else ""
    is_country = any(_COUNTRY.search(text) for sheet in file.sheets for text in texts(sheet, 12, 4))
    country = "Российская Федерация" if is_country else ""
    for sheet in file.sheets:
        tables = [table for table in read_tables(sheet) if table.columns]
        if not tables or count_sections(_names(sheet)) < 3:
            unread.append(Unread(sheet.name, _why_no_table(sheet, tables)))
        elif is_first_classification(_names(sheet)):
            unread.append(Unread(sheet.name, "виды деятельности первого ОКВЭД (до 2017 года): с ОКВЭД2 не сопоставимы"))
        else:
            blocks += [_block(sheet, table, table.title.code or code, country) for table in tables]
            unread += [
                Unread(sheet.name, reason, "Исправьте заголовок или имя строки в копии файла.")
                for table in tables
                for reason in table.unread
            ]
    return Reading(NAME, VERSION, blocks, unread, publication=blocks[0].title if blocks else "")


def _names(sheet: Sheet) -> list[str]:
    column = name_column(sheet)
    return [squeeze(row[column]) for row in sheet.rows[:120] if len(row) > column and isinstance(row[column], str)]


def _why_no_table(sheet: Sheet, tables: list[SheetTable]) -> str:
    if not any(squeeze(cell) for row in sheet.rows for cell in row):
        return "лист пуст"
    return (
        "строки таблицы – не виды экономической деятельности"
        if tables
        else "оглавление или пояснения, чисел по годам нет"
    )


def _block(sheet: Sheet, table: SheetTable, code: str, country: str) -> Block:
    columns = usable_columns(table)
    records, whole = [], ""
    for line in table.lines:
        label, marks = without_marks(line.label)
        part = _PART.sub("", label)
        if part == label:
            whole = label
        name = JOINT.join((whole, part)) if part != label and whole else part
        for column in columns:
            cut = JOINT.join((name, *column.labels))
            records.append(
                observation(
                    table, line, label, column, marks, territory=country, category=cut, category_code=_code(line)
                )
            )
    return Block(sheet.name, table.title.text, code, table.title.unit, frame(records), table.notes)


def _code(line: TableRow) -> str:
    """Return the code left of a name: the Latin letter of a section, anything else as printed."""
    return section_letter(line.code) or line.code
