"""Rosstat, «Регионы России. Социально-экономические показатели»: a sheet a table, territories by years, all sections of the yearbook."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.ingest.opening import OpenedFile, Sheet
from analysis.ingest.readers._grid import Grid, Line, read_grids
from analysis.ingest.readers._headings import Column
from analysis.ingest.readers._observations import frame, observation, usable_columns
from analysis.ingest.readers._titles import coded, split_unit
from analysis.ingest.readers._words import squeeze, without_marks, years_in
from analysis.ingest.reading import Block, Reading, Unread

NAME, VERSION = "rosstat-regions", "1"
TITLE = "Росстат, «Регионы России. Социально-экономические показатели»"
PUBLICATION = "Регионы России. Социально-экономические показатели"

_SERIES = re.compile(r"регионы россии|социально-экономические показатели по субъектам", re.IGNORECASE)
_TERRITORY = re.compile(
    r"федераци|федеральн\w+ округ|област|\bкрай\b|республик|автономн|округ\b|^г\.|москва|петербург|севастополь",
    re.IGNORECASE,
)
_BENEATH = re.compile(r"^(?:в том числе|в т\. ?ч\.|из них|из нее)\s*:?\s*", re.IGNORECASE)
_DISTRICT = re.compile(r"федеральный\s+округ", re.IGNORECASE)


def recognises(file: OpenedFile) -> bool:
    """Tell whether the file is a workbook of the yearbook, or tables of Rosstat of the same make: districts and regions by years."""
    sheets = file.sheets[:6]
    if file.kind != "workbook" or {sheet.name for sheet in file.sheets} & {
        "Отчет",
        "Данные",
        "Паспорт",
        "Установленные разрезы",
    }:
        return False
    heads = [squeeze(cell) for sheet in sheets for row in sheet.rows[:8] for cell in row[:4] if isinstance(cell, str)]
    if any(_SERIES.search(text) for text in heads):
        return True
    by_sections = any(
        re.match(r"^Раздел [A-ZА-Я]$", squeeze(cell))
        for sheet in sheets
        for row in sheet.rows[:8]
        for cell in row[:8]
        if isinstance(cell, str)
    )
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
    for sheet in file.sheets[:3]:
        for row in sheet.rows[:12]:
            for cell in row[:6]:
                if (
                    isinstance(cell, str)
                    and re.search("регионы россии", text := squeeze(cell), re.IGNORECASE)
                    and (years := years_in(text))
                ):
                    return f"{PUBLICATION}. {years[-1]}"
    return PUBLICATION


def _has_districts(sheet: Sheet) -> bool:
    return any(isinstance(cell, str) and _DISTRICT.search(cell) for row in sheet.rows[:40] for cell in row[:3])


def _is_territory(text: str) -> bool:
    return bool(_TERRITORY.search(text)) and not text.startswith("(")


def _read_sheet(sheet: Sheet) -> tuple[list[Block], list[Unread]]:
    grids = read_grids(sheet, _is_territory)
    if not grids:
        return [], [Unread(sheet.name, *_why_no_table(sheet))]
    blocks: list[Block] = []
    unread: list[Unread] = []
    for grid in grids:
        made = _blocks(sheet, grid)
        blocks += made
        if not made:
            grid.unread.append(
                "под заголовком нет ни одного числа" if grid.columns else "над числами нет строки с годами"
            )
        name = f"таблица {grid.title.code}: " if len(grids) > 1 and grid.title.code else ""
        unread += [
            Unread(
                sheet.name,
                name + reason,
                "Исправьте заголовок в копии файла или перенесите эти числа по шаблону показателя.",
            )
            for reason in grid.unread
        ]
    return blocks, unread


def _why_no_table(sheet: Sheet) -> tuple[str, str]:
    texts = [[text for cell in row if (text := squeeze(cell))] for row in sheet.rows]
    if not any(texts):
        return "лист пуст", ""
    entries = sum(
        1
        for row in texts
        if len(row) > 1 and re.match(r"^\d{1,2}(?:\.\d{1,2})*\.?$", row[0]) or row and re.match(r"^Раздел \d", row[0])
    )
    if entries >= 2 or any("содержание" in " ".join(row).casefold() for row in texts[:4]):
        return "оглавление, чисел нет", ""
    if any(coded(text) for row in texts for text in row):
        return "у таблицы есть номер, но нет строк с числами", "Проверьте, не пуст ли лист в исходном файле."
    return "таблицы с числами нет", ""


def _blocks(sheet: Sheet, grid: Grid) -> list[Block]:
    columns = _dated(usable_columns(grid), grid, sheet)
    by_unit: dict[str, list[dict]] = {}
    territory, territory_marks = "", ()
    for line in grid.lines:
        label, marks = without_marks(line.label)
        label, row_unit = split_unit(label)
        label = _BENEATH.sub("", label)
        category = line.group
        if territory and _is_cut(line, label):
            category, marks = " / ".join(part for part in (line.group, label) if part), (*territory_marks, *marks)
        else:
            territory, territory_marks = label.rstrip(" ."), marks
        for column in columns:
            cut = " / ".join(part for part in (category, *column.labels) if part)
            unit = row_unit or column.unit or grid.title.unit
            by_unit.setdefault(unit, []).append(
                observation(grid, line, label, column, marks, territory=territory, category=cut)
            )
    notes = (
        *grid.title.conditions,
        *(f"{mark}) {text}" if mark.isdigit() else text for mark, text in grid.footnotes.items()),
    )
    made = [
        Block(sheet.name, grid.title.text, grid.title.code or _code_of(sheet.name), unit, frame(records), notes)
        for unit, records in by_unit.items()
    ]
    return [block for block in made if block.rows["value"].notna().any() or block.rows["mark"].ne("").any()]


def _is_cut(line: Line, label: str) -> bool:
    """Tell whether a row is a part of the territory above it and not a territory: «на федеральном уровне», «из них мужчины»."""
    return bool(label) and not _is_territory(label) and (label[0].islower() or bool(_BENEATH.match(line.label)))


def _dated(columns: list[Column], grid: Grid, sheet: Sheet) -> list[Column]:
    """Give the columns the year of the title where no heading says one."""
    if any(column.year is not None for column in columns):
        return columns
    said = years_in(" ".join((grid.title.text, *grid.title.conditions, grid.title.unit))) or years_in(sheet.name)
    return [replace(column, year=said[0]) for column in columns] if len(said) == 1 else columns


def _code_of(name: str) -> str:
    return name.strip().rstrip(".") if re.match(r"^\s*\d{1,2}(?:\.\d{1,2}){1,3}\.?\s*$", name) else ""
