"""Judgements from a table: what if an indicator went otherwise; on top of the statistical forecast, apart from it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.base.errors import DataError
from analysis.base.gaps import Gap, GapError
from analysis.catalogue.places import place
from analysis.outlook.forecasts import Prospects
from analysis.quantities import PERCENT, POINTS, Quantity, Text, quoted
from analysis.quantities.formula import Seen
from analysis.quantities.rows import row_seen


@dataclass(frozen=True)
class Scenario:
    """One scenario of one indicator.

    Attributes
    ----------
    id, name, author, reason : str
        As the table of scenarios gives them; the reason remembers its row.
    indicator : str
        Whose forecast is changed.
    effects : dict of int to Quantity
        By year, what is added to the middle of the statistical forecast; only years of which the table says something.
    values : dict of int to Quantity
        The sum.
    """

    id: str
    name: str
    author: str
    reason: Text
    indicator: str
    effects: dict[int, Quantity]
    values: dict[int, Quantity]


def scenarios(prospects: Prospects) -> dict[str, Scenario]:
    """Return the scenarios of an edition in the order of their table, for the years up to the horizon.

    Raises
    ------
    GapError
        The edition has no scenarios.
    DataError
        A row names both an effect and a level, or neither; no year lies within the forecast; a scenario leaves the
        bounds of a share.
    """
    table = prospects.report.load("scenarios")
    if table.empty:
        raise GapError([Gap("Сценарии", "таблица издания не заполнена", "составитель издания")])
    return {key: _scenario(prospects, table, rows) for key, rows in table.groupby("id", sort=False)}


def _scenario(prospects: Prospects, table: pd.DataFrame, rows: pd.DataFrame) -> Scenario:
    first = rows.iloc[0]
    effects, values = {}, {}
    by_year = {None if pd.isna(year) else int(year): index for index, year in rows["year"].items()}
    for year in map(int, prospects.years):
        # A row without a year speaks of every year that has none of its own.
        index = by_year.get(year, by_year.get(None))
        if index is not None:
            expected = prospects.middle(first["indicator"], year)
            effects[year], values[year] = _applied(prospects, table, index, expected)
    if not effects:
        raise DataError(
            f"Таблица scenarios, сценарий «{first['id']}»: нет ни одного года из"
            f" {int(prospects.vintage) + 1}–{int(prospects.horizon)}. Добавьте строки или измените горизонт."
        )
    reason = quoted(first["reason"], row_seen(table, rows.index[0], prospects.report.edition.id))
    return Scenario(first["id"], first["name"], first["author"], reason, first["indicator"], effects, values)


def _applied(prospects: Prospects, table: pd.DataFrame, index: int, expected: Quantity) -> tuple[Quantity, Quantity]:
    """Return what a row adds to the forecast, and the sum."""
    row = table.loc[index]
    where = "Файл {}, строка {}".format(*place(table, index))
    if pd.isna(row["effect"]) == (row["level"] == ""):
        raise DataError(
            f"{where}: заполните либо effect (на сколько изменить прогноз), либо level (к какому уровню ряда его"
            " привести)."
        )
    if row["level"]:
        known = prospects.past(row["indicator"])
        level = known.extreme(row["level"])
        value = known.last + level if row["level"] in ("fall", "rise") else level
        effect = value - expected
    else:
        seen = row_seen(table, index, prospects.report.edition.id)
        unit = POINTS if expected.unit == PERCENT else expected.unit
        effect = Quantity(float(row["effect"]), unit, expected.decimals, (seen,), Seen(seen))
        value = expected + effect
    if value.unit == PERCENT and not 0 <= float(value) <= 100:
        raise DataError(
            f"{where}: сценарий выводит показатель «{row['indicator']}» за пределы от 0 до 100 %. Исправьте effect."
        )
    return effect, value
