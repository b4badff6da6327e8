"""Workbooks made for a test: sheets as a reader gets them, laid out as Rosstat lays out its own."""

from __future__ import annotations

from pathlib import Path

from analysis.ingest.opening import OpenedFile, Sheet

SERIES = "Социально-экономические показатели по субъектам Российской Федерации"
YEARS = (2019.0, 2020.0, 2021.0)


def opened(*sheets: Sheet, name: str = "Раздел 2 - Труд.xlsx") -> OpenedFile:
    """Return an opened workbook of these sheets."""
    return OpenedFile(Path(name), "workbook", list(sheets))


def yearbook(
    name: str,
    title: list[str],
    heads: list[list],
    rows: list[list],
    notes: list[str] | None = None,
    merged: list | None = None,
) -> Sheet:
    """Return a sheet of the yearbook: running heads, title lines, heading, rows, a rule, footnotes."""
    above = [[], [SERIES], [f" {name.split('.', maxsplit=1)[0]}. ТРУД"], *([line] for line in title)]
    beneath = [["¾¾¾¾¾"], *([note] for note in notes)] if notes else []
    moved = [((top + len(above), left), (bottom + len(above), right)) for (top, left), (bottom, right) in merged or []]
    return Sheet(name, [*above, *heads, *rows, *beneath], moved)


def regional(
    name: str = "2.1.",
    title: str = "2.1. ЧИСЛЕННОСТЬ РАБОЧЕЙ СИЛЫ1)",
    unit: str = "(тысяч человек)",
    heading: list | None = None,
    rows: list[list] | None = None,
    notes: list[str] | None = None,
) -> Sheet:
    """Return a plain table of the yearbook: three territories, three years."""
    return yearbook(
        name,
        [title, *([unit] if unit else [])],
        [heading or [None, *YEARS]],
        rows
        or [
            ["Российская Федерация", 75398.0, 74923.0, 75350.0],
            ["Сибирский федеральный округ", 8500.0, 8450.0, 8400.0],
            ["Кемеровская область", 1258.0, 1244.0, 1236.0],
        ],
        notes,
    )


def value(block, territory: str, year: int, category: str = "") -> float:
    """Return the one number of a block for a territory, a year and a cut."""
    rows = block.rows
    found = rows[rows["territory"].eq(territory) & rows["year"].eq(year) & rows["category"].eq(category)]
    assert len(found) == 1, found
    return float(found["value"].iloc[0])
