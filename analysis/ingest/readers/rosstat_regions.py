"""Rosstat, «Регионы России. Социально-экономические показатели»: all sections of the yearbook.

A sheet is a table, its rows are territories, its columns years.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.ingest.opening import OpenedFile, Sheet
from analysis.ingest.readers._rosstat_headings import Column
from analysis.ingest.readers._rosstat_observations import frame, observation, usable_columns
from analysis.ingest.readers._rosstat_tables import SheetTable, TableRow, read_tables
from analysis.ingest.readers._rosstat_titles import coded, split_unit
from analysis.ingest.readers._rosstat_words import squeeze, texts, without_marks, years_in
from analysis.ingest.reading import JOINT, Block, Reading, Unread

NAME, VERSION = "rosstat-regions", "1"
TITLE = "Росстат, «Регионы России. Социально-экономические показатели»"
PUBLICATION = "Регионы России. Социально-экономические показатели"

_SERIES = re.compile(r"регионы россии|социально-экономические показатели по субъектам", re.IGNORECASE)
_TERRITORY = re.compile(
    r"федераци|федеральн\w+ округ|област|\bкрай\b|республик|автономн|округ\b|^г\.|москва|петербург|севастополь",
    re.IGNORECASE,
)
_SECTION = re.compile(r"^Раздел [A-ZА-Я]$")
_SHEETS_OF_EMISS = {"Отчет", "Данные", "Паспорт", "Установленные разрезы"}
_BENEATH = re.compile(r"^(?:в том числе|в т\. ?ч\.|из них|из нее)\s*:?\s*", re.IGNORECASE)
_DISTRICT = re.compile(r"федеральный\s+округ", re.IGNORECASE)


def recognises(file: OpenedFile) -> bool:
    """Tell whether the file is a workbook of the yearbook, or one of Rosstat of the same make.

    Of the same make is a table of districts and regions by years.
    """
    if file.kind != "workbook" or {sheet.name for sheet in file.sheets} & _SHEETS_OF_EMISS:
        return False
    sheets = file.sheets[:6]
    if any(_SERIES.search(squeeze(text)) for sheet in sheets for text in texts(sheet, 8, 4)):
        return True
    by_sections = any(_SECTION.match(squeeze(text)) for sheet in sheets for text in texts(sheet, 8, 8))
    return not by_sections and any(_has_districts(sheet) for sheet in sheets)


def read(file: OpenedFile) -> Reading:
    """Return the tables of all sheets; a sheet without a table is named with the reason."""
    blocks: list[Block] = []
    unread: list[Unread] = []
    for sheet in file.sheets:
        made, left = _read_sheet(sheet)
        blocks += made
        unread += left
    return Reading(NAME, VERSION, blocks, unread, publication=_publication(file))


def _publication(file: OpenedFile) -> str:
    """Return the title of the yearbook, with the year of its edition where a title page says it."""
    heads = (squeeze(text) for sheet in file.sheets[:3] for text in texts(sheet, 12, 6))
    years = (years_in(text) for text in heads if re.search("регионы россии", text, re.IGNORECASE))
    return next((f"{PUBLICATION}. {named[-1]}" for named in years if named), PUBLICATION)


def _has_districts(sheet: Sheet) -> bool:
    return any(_DISTRICT.search(text) for text in texts(sheet, 40, 3))


def _is_territory(text: str) -> bool:
    return bool(_TERRITORY.search(text)) and not text.startswith("(")


def _read_sheet(sheet: Sheet) -> tuple[list[Block], list[Unread]]:
    tables = read_tables(sheet, _is_territory)
    if not tables:
        return [], [Unread(sheet.name, *_why_no_table(sheet))]
    blocks: list[Block] = []
    unread: list[Unread] = []
    for table in tables:
        made = _blocks(sheet, table)
        blocks += made
        if not made:
            table.unread.append(
                "под заголовком нет ни одного числа" if table.columns else "над числами нет строки с годами"
            )
        name = f"таблица {table.title.code}: " if len(tables) > 1 and table.title.code else ""
        unread += [
            Unread(
                sheet.name,
                name + reason,
                "Исправьте заголовок в копии файла или перенесите эти числа по шаблону показателя.",
            )
            for reason in table.unread
        ]
    return blocks, unread


def _why_no_table(sheet: Sheet) -> tuple[str, str]:
    rows = [[text for cell in row if (text := squeeze(cell))] for row in sheet.rows]
    if not any(rows):
        return "лист пуст", ""
    if sum(map(_is_entry, rows)) >= 2 or any("содержание" in " ".join(row).casefold() for row in rows[:4]):
        return "оглавление, чисел нет", ""
    if any(coded(text) for row in rows for text in row):
        return "у таблицы есть номер, но нет строк с числами", "Проверьте, не пуст ли лист в исходном файле."
    return "таблицы с числами нет", ""


def _is_entry(row: list[str]) -> bool:
    """Tell a row of a table of contents: a number and a title, or «Раздел 2»."""
    if len(row) > 1 and re.match(r"^\d{1,2}(?:\.\d{1,2})*\.?$", row[0]):
        return True
    return bool(row and re.match(r"^Раздел \d", row[0]))


def _blocks(sheet: Sheet, table: SheetTable) -> list[Block]:
    columns = _dated(usable_columns(table), table, sheet)
    by_unit: dict[str, list[dict]] = {}
    territory = ""
    territory_marks: tuple[str, ...] = ()
    for line in table.lines:
        label, marks = without_marks(line.label)
        label, row_unit = split_unit(label)
        label = _BENEATH.sub("", label)
        category = line.group
        if territory and _is_cut(line, label):
            category, marks = JOINT.join(filter(None, (line.group, label))), (*territory_marks, *marks)
        else:
            territory, territory_marks = label.rstrip(" ."), marks
        for column in columns:
            cut = JOINT.join(filter(None, (category, *column.labels)))
            unit = row_unit or column.unit or table.title.unit
            by_unit.setdefault(unit, []).append(
                observation(table, line, label, column, marks, territory=territory, category=cut)
            )
    made = [
        Block(sheet.name, table.title.text, table.title.code or _code_of(sheet.name), unit, frame(records), table.notes)
        for unit, records in by_unit.items()
    ]
    return [block for block in made if block.rows["value"].notna().any() or block.rows["mark"].ne("").any()]


def _is_cut(line: TableRow, label: str) -> bool:
    """Tell whether a row is a part of the territory above it: «на федеральном уровне», «из них мужчины»."""
    return bool(label) and not _is_territory(label) and (label[0].islower() or bool(_BENEATH.match(line.label)))


def _dated(columns: list[Column], table: SheetTable, sheet: Sheet) -> list[Column]:
    """Give the columns the year of the title where no heading says one."""
    if any(column.year is not None for column in columns):
        return columns
    years = years_in(" ".join((table.title.text, *table.title.conditions, table.title.unit))) or years_in(sheet.name)
    return [replace(column, year=years[0]) for column in columns] if len(years) == 1 else columns


def _code_of(name: str) -> str:
    return name.strip().rstrip(".") if re.match(r"^\s*\d{1,2}(?:\.\d{1,2}){1,3}\.?\s*$", name) else ""
