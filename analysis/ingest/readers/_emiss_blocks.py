"""From the raw observations of an EMISS file to blocks: annual values by unit; everything else is said aloud."""

from __future__ import annotations

import pandas as pd

from analysis.base.russian import shortened
from analysis.ingest.readers._emiss_terms import spans
from analysis.ingest.reading import BLOCK_COLUMNS, Block, Unread

# What readers of EMISS collect: the columns of a block, unit and period besides.
RAW_COLUMNS = (*BLOCK_COLUMNS, "unit", "period")
JOINT = " / "
_KEY = ["territory", "territory_code", "category", "category_code", "year"]
_NAMED = 5


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
    """
    unread: list[Unread] = []
    if raw.empty:
        return [], [
            Unread(
                sheet,
                "В таблице нет ни одного значения.",
                "Проверьте, что при выгрузке были выбраны годы и территории.",
            )
        ]
    known = raw["period"].map(spans(raw["period"].unique()))
    for kind, what, remedy in (
        (
            "part",
            "значения за часть года",
            "В отчете используются годовые данные; при выгрузке выберите годовой период.",
        ),
        ("unknown", "значения за период, который не распознан", "Сообщите разработчику, как называется этот период."),
    ):
        if (rest := raw[known == kind]).shape[0]:
            unread.append(Unread(sheet, f"Не прочитаны {what}: {_list(rest['period'])}, ячеек: {len(rest)}.", remedy))
    rows = raw[known == "annual"].copy()
    if len(rows) and (lost := (rows["territory"] == "") & (rows["territory_code"] == "")).any():
        unread.append(
            Unread(
                sheet, f"Не указана территория, значений: {lost.sum()}.", "Выгрузите показатель с разрезом по ОКАТО."
            )
        )
        rows = rows[~lost]
    if rows["period"].nunique() > 1:
        # «на 1 января» and «в среднем за год» are two series, whatever else they share.
        rows["category"] = [
            JOINT.join(filter(None, pair)) for pair in zip(rows["category"], rows["period"], strict=True)
        ]
    rows, doubled = _single(rows, sheet)
    unread += doubled
    found = []
    for unit, part in rows.groupby("unit", sort=False):
        part_notes = tuple(f"Период: {period}." for period in part["period"].unique() if period)
        ready = part[list(BLOCK_COLUMNS)].astype({"year": "Int64", "value": float}).reset_index(drop=True)
        found.append(Block(sheet, title, code, unit, ready, part_notes + notes))
    return found, unread


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
