"""From the raw observations of an EMISS file to blocks: annual values by unit; everything else is said aloud."""

from __future__ import annotations

import pandas as pd

from analysis.base.russian import shortened
from analysis.ingest.readers._emiss_terms import spans
from analysis.ingest.reading import BLOCK_COLUMNS, JOINT, Block, Unread

# What readers of EMISS collect: the columns of a block, unit and period besides.
RAW_COLUMNS = (*BLOCK_COLUMNS, "unit", "period")
_KEY = ["territory", "territory_code", "category", "category_code", "year"]
_NAMED = 5
# Spans of periods that are not read: what such values are, and what to do.
_NOT_ANNUAL = {
    "part": (
        "значения за часть года",
        "В отчете используются годовые данные; при выгрузке выберите годовой период.",
    ),
    "unknown": ("значения за период, который не распознан", "Сообщите разработчику, как называется этот период."),
}


def blocks(
    raw: pd.DataFrame, sheet: str, title: str, code: str, notes: tuple[str, ...] = ()
) -> tuple[list[Block], list[Unread]]:
    """Return the annual observations, a block a unit, and what is left out.

    Parameters
    ----------
    raw : pandas.DataFrame
        Columns `RAW_COLUMNS`.
    sheet, title, code, notes
        As in `Block`.

    Returns
    -------
    list of Block
        In the order in which the units stand in the table.
    list of Unread
        Parts of years, unknown periods, rows without a territory, values that contradict each other.
    """
    if raw.empty:
        remedy = "Проверьте, что при выгрузке были выбраны годы и территории."
        return [], [Unread(sheet, "В таблице нет ни одного значения.", remedy)]
    annual, of_periods = _annual(raw, sheet)
    placed, without_territory = _with_territory(annual, sheet)
    rows, doubled = _single(_by_period(placed), sheet)
    ready = []
    for unit, part in rows.groupby("unit", sort=False):
        periods = tuple(f"Период: {period}." for period in part["period"].unique() if period)
        rows_of_unit = part[list(BLOCK_COLUMNS)].astype({"year": "Int64", "value": float}).reset_index(drop=True)
        ready.append(Block(sheet, title, code, str(unit), rows_of_unit, periods + notes))
    return ready, of_periods + without_territory + doubled


def _annual(raw: pd.DataFrame, sheet: str) -> tuple[pd.DataFrame, list[Unread]]:
    """Keep what is of a whole year."""
    known = raw["period"].map(spans(raw["period"].unique()))
    unread = []
    for kind, (what, remedy) in _NOT_ANNUAL.items():
        rest = raw[known == kind]
        if len(rest):
            unread.append(Unread(sheet, f"Не прочитаны {what}: {_list(rest['period'])}, ячеек: {len(rest)}.", remedy))
    return raw[known == "annual"].copy(), unread


def _with_territory(rows: pd.DataFrame, sheet: str) -> tuple[pd.DataFrame, list[Unread]]:
    lost = (rows["territory"] == "") & (rows["territory_code"] == "")
    if not lost.any():
        return rows, []
    reason = f"Не указана территория, значений: {lost.sum()}."
    return rows[~lost], [Unread(sheet, reason, "Выгрузите показатель с разрезом по ОКАТО.")]


def _by_period(rows: pd.DataFrame) -> pd.DataFrame:
    """Tell series apart by their period: «на 1 января» and «в среднем за год» are two, whatever else they share."""
    if rows["period"].nunique() < 2:
        return rows
    pairs = zip(rows["category"], rows["period"], strict=True)
    return rows.assign(category=[JOINT.join(filter(None, pair)) for pair in pairs])


def _single(rows: pd.DataFrame, sheet: str) -> tuple[pd.DataFrame, list[Unread]]:
    """Drop what is repeated word for word, and both of two values that contradict each other."""
    key = [*_KEY, "unit"]
    rows = rows.drop_duplicates([*key, "value", "mark"])
    doubled = rows.duplicated(key, keep=False)
    if not doubled.any():
        return rows, []
    first = rows[doubled].iloc[0]
    where = ", ".join(filter(None, [first["territory"], first["category"], str(first["year"])]))
    reason = (
        f"Для одного места таблицы стоят разные значения ({where}; ячейки {_list(rows[doubled]['cell'])}), они не"
        " прочитаны."
    )
    return rows[~doubled], [
        Unread(sheet, reason, "Уточните у издателя, какое значение верно, или выгрузите показатель заново.")
    ]


def _list(values: pd.Series) -> str:
    words = list(dict.fromkeys(f"«{value}»" if " " in value or value.isalpha() else value for value in values))
    return shortened(words, _NAMED)
