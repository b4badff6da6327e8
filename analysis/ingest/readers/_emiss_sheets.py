"""Read the table of an EMISS workbook together with what stands beside it: the same for both kinds of workbook."""

from __future__ import annotations

from analysis.base.russian import shortened
from analysis.ingest.opening import limits
from analysis.ingest.opening.sheets import Sheet
from analysis.ingest.readers._emiss_blocks import blocks
from analysis.ingest.readers._emiss_corner import NoTableError
from analysis.ingest.readers._emiss_crosstab import CrossTable, read_cross_table
from analysis.ingest.readers._emiss_passport import Passport, read_lines
from analysis.ingest.reading import Block, Unread

# Legacy .xls has no more; fedstat.ru cuts off what does not fit and does not say so.
_XLS_COLUMNS = 256


def named(sheets: list[Sheet], *names: str) -> list[Sheet]:
    """Return the sheets of these names, whatever their case and «ё»."""
    return [sheet for sheet in sheets if folded(sheet.name) in names]


def folded(name: str) -> str:
    """Return the name of a sheet as it is compared: without case, «ё» and doubled blanks."""
    return " ".join(name.casefold().replace("ё", "е").split())


def read_table(sheet: Sheet, passport: Passport) -> tuple[list[Block], list[Unread]]:
    """Return the blocks of a sheet and what was left out of it."""
    if not any(value is not None for row in sheet.rows for value in row):
        return [], [Unread(sheet.name, "Лист пуст.")]
    try:
        table = read_cross_table(
            sheet, passport.fixed, frozenset(unit.casefold() for unit in passport.units), passport.title
        )
    except NoTableError as error:
        return [], [Unread(sheet.name, f"Таблица не найдена: {error}.", "Выгрузите показатель с годами в столбцах.")]
    over = read_lines(table.above)
    raw = table.raw
    raw["unit"] = raw["unit"].where(raw["unit"] != "", over.unit or passport.unit)
    notes = (*over.notes, *passport.notes, *table.below)
    ready, unread = blocks(raw, sheet.name, passport.title or over.title, passport.code or over.code, notes)
    return ready, unread + _remarks(sheet, table, passport)


def _remarks(sheet: Sheet, table: CrossTable, passport: Passport) -> list[Unread]:
    """Return what of a sheet is not in its blocks, or may not be: cells, cuts, years."""
    unread = []
    if table.dropped:
        cells = shortened(table.dropped, limits.NAMED_CELLS)
        reason = f"Ячейки не отнесены ни к одному году или строке данных: {cells}."
        unread.append(Unread(sheet.name, reason, "Проверьте заголовки таблицы."))
    for name, labels in passport.several.items():
        if not table.labels & set(labels):
            reason = (
                f"По разрезу «{name}» выбрано значений: {len(labels)}, а в таблице его нет; что показано, неизвестно."
            )
            remedy = "Выгрузите показатель с этим разрезом в строках или столбцах."
            unread.append(Unread(sheet.name, reason, remedy))
    if max(map(len, sheet.rows)) == _XLS_COLUMNS:
        reason = f"Таблица занимает все {_XLS_COLUMNS} столбцов старого формата, последние годы могли быть отрезаны."
        unread.append(Unread(sheet.name, reason, "Выгрузите показатель по частям или как .xlsx."))
    return unread
