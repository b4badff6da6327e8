"""Words about what was read: counts, lists, why a value is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.base.russian import agreed, shortened
from analysis.ingest.reading import DASHES, Block

_MISSING = {
    "": "Ячейка публикации пуста.",
    "…": "Многоточие в публикации: данных нет.",
    "-": "Прочерк в публикации: явления нет.",
}


def count_of_observations(number: int) -> str:
    """Return «21 наблюдение»."""
    return f"{number} {agreed(number, 'наблюдение', 'наблюдения', 'наблюдений')}"


def quoted(names: Iterable[str]) -> str:
    """Return the first names in quotes and how many there are besides."""
    return shortened([f"«{name}»" for name in names], 3)


def first_sheets(sheets: Iterable[str]) -> str:
    """Return the first sheets and how many there are besides."""
    return shortened(list(sheets), 3)


def why_missing(mark: str) -> str:
    """Return what the mark in place of a number says: a dash, an ellipsis, an empty cell, anything else."""
    plain = mark.strip().translate(str.maketrans(DASHES, "-" * len(DASHES)))
    plain = "…" if plain and not plain.strip(".…") else plain
    return _MISSING.get(plain, f"В публикации вместо числа «{mark}».")


def table_name(block: Block) -> str:
    """Return a table as a sentence names it: «таблица 2.1 «Численность …», тыс. человек»."""
    number = f"таблица {block.code}" if block.code else "таблица"
    unit = f", {block.unit}" if block.unit else ""
    return f"{number} «{block.title}»{unit}" if block.title else number + unit


def locator(block: Block, row: Mapping) -> str:
    """Return the place of a number as one finds it in the file, as far as the reader names it.

    Parameters
    ----------
    block : Block
        The table.
    row : mapping
        One of its rows: columns `BLOCK_COLUMNS`, and line and heading where the reader adds them.

    Returns
    -------
    str
        Table, sheet, row, cut and column; or the cell in the file's own terms where it is no cell of a spreadsheet.
    """
    if row["cell"] and not re.fullmatch(r"[A-Z]{1,3}\d+", row["cell"]):
        return str(row["cell"])
    line = row.get("line", row["territory"])
    heading = row.get("heading", "" if pd.isna(row["year"]) else str(int(row["year"])))
    # Indicators of EMISS have identifiers of twenty digits, by which nobody finds a table.
    parts = [
        f"табл. {block.code}" if 0 < len(block.code) < 10 else "",
        f"лист «{block.sheet}»" if block.sheet else "",
        f"строка «{line}»" if line else "",
        _cut(row) if row["category"] != line else "",
        f"столбец {heading}" if heading else "",
    ]
    return ", ".join(filter(None, parts))


def _cut(row: Mapping) -> str:
    if len(row["category_code"]) == 1:
        return f"раздел {row['category_code']}"
    return f"«{row['category']}»" if row["category"] else ""
