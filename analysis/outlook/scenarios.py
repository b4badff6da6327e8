"""Judgements from a table: what if the indicator went otherwise; applied on top of the statistical forecast, kept apart from it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analysis.base.errors import DataError
from analysis.catalogue import load
from analysis.quantities import PERCENT, POINTS, Quantity, Text, quoted
from analysis.quantities.formula import Seen
from analysis.quantities.indicators import part, share
from analysis.quantities.rows import row_seen


@dataclass(frozen=True)
class Scenario:
    """One scenario of one indicator.

    Attributes
    ----------
    id, name, author, reason : str
    indicator : str
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


def scenarios(report) -> dict[str, Scenario]:
    """Return the scenarios of an edition in the order of their table, for the years up to the horizon.

    Raises
    ------
    DataError
        A row names both an effect and a level, or neither; no year lies within the forecast; a scenario leaves the bounds of a share.
    """
    table = load("scenarios", report.edition.id)
    return {key: _scenario(report, table, rows) for key, rows in table.groupby("id", sort=False)}


def at_work(report, rates: dict[int, Quantity], bound: str = "middle") -> dict[int, Quantity]:
    """Return how many graduates of each year will work if the employment rate is this.

    Parameters
    ----------
    rates : dict of int to Quantity
        The employment rate by year.
    bound : {'middle', 'low', 'high'}
        Which graduates: the middle of their forecast, or a bound of its inner interval.

    Notes
    -----
    The forecast of graduates, by the share of those at work among the graduates last counted, which is assumed to
    change as the employment rate of the population does.
    """
    last = report.past("employment_rate").last
    working = share(
        report.value("graduate_outcomes", year=report.edition.year + 1, category="employed"),
        report.value("graduates", year=report.edition.year + 1),
    )
    side = (
        report.prospects.middle if bound == "middle" else lambda name, year: getattr(report.forecast(name), bound)(year)
    )
    graduates = {year: side("spo_graduates", year) for year in rates}
    return {
        year: replace(part(graduates[year], working) * (rate / last), decimals=graduates[year].decimals)
        for year, rate in rates.items()
    }


def _scenario(report, table: pd.DataFrame, rows: pd.DataFrame) -> Scenario:
    first = rows.iloc[0]
    effects, values = {}, {}
    by_year = {int(year): index for index, year in rows["year"].items()}
    for year in map(int, report.prospects.years):
        if year in by_year:
            effects[year], values[year] = _applied(
                report, table, by_year[year], report.prospects.middle(first["indicator"], year)
            )
    if not effects:
        raise DataError(
            f"Таблица scenarios, сценарий «{first['id']}»: нет ни одного года из"
            f" {int(report.vintage) + 1}–{int(report.horizon)}. Добавьте строки или измените горизонт."
        )
    reason = quoted(first["reason"], row_seen(table, rows.index[0], report.edition.id))
    return Scenario(first["id"], first["name"], first["author"], reason, first["indicator"], effects, values)


def _applied(report, table: pd.DataFrame, index: int, expected: Quantity) -> tuple[Quantity, Quantity]:
    """Return what a row adds to the forecast, and the sum."""
    row = table.loc[index]
    where = f"Таблица scenarios, строка {index + 2}"
    if pd.isna(row["effect"]) == (row["level"] == ""):
        raise DataError(
            f"{where}: заполните либо effect (на сколько изменить прогноз), либо level (к какому уровню ряда его"
            " привести)."
        )
    if row["level"]:
        known = report.past(row["indicator"])
        level = known.extreme(row["level"])
        value = known.last + level if row["level"] in ("fall", "rise") else level
        effect = value - expected
    else:
        seen = row_seen(table, index, report.edition.id)
        unit = POINTS if expected.unit == PERCENT else expected.unit
        effect = Quantity(float(row["effect"]), unit, expected.decimals, (seen,), Seen(seen))
        value = expected + effect
    if value.unit == PERCENT and not 0 <= value.value <= 100:
        raise DataError(
            f"{where}: сценарий выводит показатель «{row['indicator']}» за пределы от 0 до 100 %. Исправьте effect."
        )
    return effect, value
