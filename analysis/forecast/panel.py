"""From a long table to groups of series, with what is wrong with the table said in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.base.errors import DataError, did_you_mean
from analysis.forecast.series import Series

# Farther ahead a short yearly series says nothing.
FARTHEST = 30
LATEST = 1_000_000
COLUMNS = ("series_id", "period", "value")


def read_series(panel: pd.DataFrame) -> dict[str, Series]:
    """Return the series of a long table by name, in the order of the table.

    Parameters
    ----------
    panel : pandas.DataFrame
        Columns `series_id`, `period` (integer), `value` (number, NaN where missing) and, optionally, `kind`.

    Raises
    ------
    DataError
        The table is empty or lacks a column; a period is doubled or no integer; a value is infinite or text;
        a series has no value at all.
    """
    for column in COLUMNS:
        if column not in panel.columns:
            raise DataError(f"В таблице рядов нет столбца «{column}».{did_you_mean(column, map(str, panel.columns))}")
    if panel.empty:
        raise DataError("Таблица рядов пуста: нужна хотя бы одна строка с рядом, годом и значением.")
    names = panel["series_id"].astype(str)
    period, value = _numbers(panel["period"], names, "period"), _numbers(panel["value"], names, "value")
    _check(names, period, value)
    table = pd.DataFrame({"name": names.to_numpy(), "period": period.astype(np.int64), "value": value})
    table["kind"] = panel["kind"].fillna("").astype(str).to_numpy() if "kind" in panel else ""
    order = table["name"].unique()
    parts = dict(tuple(table.dropna(subset=["value"]).sort_values("period", kind="stable").groupby("name", sort=False)))
    if empty := [name for name in order if name not in parts]:
        raise DataError(f"У ряда «{empty[0]}» нет ни одного значения: уберите его из таблицы или заполните.")
    return {
        name: Series(
            name, parts[name]["period"].to_numpy(), parts[name]["value"].to_numpy(), parts[name]["kind"].iloc[0]
        )
        for name in order
    }


def _numbers(column: pd.Series, names: pd.Series, label: str) -> np.ndarray:
    numbers = pd.to_numeric(column, errors="coerce")
    wrong = numbers.isna() & column.notna()
    if wrong.any():
        raise DataError(f"Ряд «{names[wrong].iloc[0]}», столбец {label}: «{column[wrong].iloc[0]}» – не число.")
    return numbers.to_numpy(dtype=float, na_value=np.nan)


def _check(names: pd.Series, period: np.ndarray, value: np.ndarray) -> None:
    at = names.to_numpy()
    if (
        wrong := ~(np.isfinite(period) & (np.abs(np.nan_to_num(period)) <= LATEST) & (period == np.round(period)))
    ).any():
        raise DataError(f"Ряд «{at[wrong][0]}»: период «{period[wrong][0]:g}» – не целое число; нужен год.")
    if (wrong := np.isinf(value)).any():
        raise DataError(
            f"Ряд «{at[wrong][0]}», период {period[wrong][0]:.0f}: значение бесконечно. Исправьте его или оставьте"
            " пустым."
        )
    if (twice := pd.DataFrame({"name": at, "period": period}).duplicated().to_numpy()).any():
        raise DataError(
            f"Ряд «{at[twice][0]}»: период {period[twice][0]:.0f} встречается дважды. Оставьте одно значение."
        )


def read_horizon(horizon: int | Mapping[str, int], names: Sequence[str]) -> dict[str, int]:
    """Return how far ahead each series is wanted; series that a mapping does not name are not.

    Raises
    ------
    DataError
        A horizon is no integer from 1 to `FARTHEST`, or names a series that is not in the panel.
    """
    wanted = dict(horizon) if isinstance(horizon, Mapping) else dict.fromkeys(names, horizon)
    if not wanted:
        raise DataError("Не названо ни одного ряда, который нужно прогнозировать.")
    known = set(names)
    for name, steps in wanted.items():
        if name not in known:
            raise DataError(f"Ряда «{name}» нет в таблице рядов.{did_you_mean(name, names)}")
        if isinstance(steps, bool) or not float(steps).is_integer() or not 1 <= steps <= FARTHEST:
            raise DataError(f"Ряд «{name}»: горизонт {steps:g} – а нужно целое число от 1 до {FARTHEST}.")
    return {name: int(steps) for name, steps in wanted.items()}


def read_levels(levels: Sequence[float]) -> tuple[float, ...]:
    """Return the levels of the intervals in per cent, ascending.

    Raises
    ------
    DataError
        A level is not between 0 and 100.
    """
    if wrong := [level for level in levels if not 0 < level < 100]:
        raise DataError(f"Уровень интервала {wrong[0]:g}: нужно число больше 0 и меньше 100 (процентов).")
    return tuple(sorted(set(map(float, levels))))


def read_column(panel: pd.DataFrame, column: str) -> dict[str, str]:
    """Return what a column (a group, a parent) says of each series; a blank is no entry.

    Raises
    ------
    DataError
        It says two things of one series.
    """
    filled = (
        panel.loc[panel[column].notna() & (panel[column].astype(str) != ""), ["series_id", column]]
        .astype(str)
        .drop_duplicates()
    )
    if (twice := filled["series_id"].duplicated()).any():
        name = filled.loc[twice, "series_id"].iloc[0]
        both = " и ".join(f"«{value}»" for value in filled.loc[filled["series_id"] == name, column].iloc[:2])
        raise DataError(f"Ряд «{name}»: в столбце {column} разные значения – {both}. Оставьте одно.")
    return dict(zip(filled["series_id"], filled[column], strict=True))


def read_breaks(breaks: pd.DataFrame | None, names: Sequence[str]) -> dict[str, list[int]]:
    """Return the periods from which each series is counted anew, ascending.

    Parameters
    ----------
    breaks : pandas.DataFrame, optional
        Columns `series_id`, `period`: the first period of the new reckoning.
    names : sequence of str
        Series there are.

    Raises
    ------
    DataError
        A column is missing, a period is no integer, or a series is unknown.
    """
    if breaks is None or breaks.empty:
        return {}
    for column in COLUMNS[:2]:
        if column not in breaks.columns:
            raise DataError(
                f"В таблице разрывов нет столбца «{column}».{did_you_mean(column, map(str, breaks.columns))}"
            )
    series = breaks["series_id"].astype(str)
    period = _numbers(breaks["period"], series, "period")
    if (wrong := ~(period == np.round(period))).any():
        raise DataError(f"Таблица разрывов, ряд «{series[wrong].iloc[0]}»: период – не целое число; нужен год.")
    if unknown := sorted(set(series) - set(names)):
        raise DataError(f"Таблица разрывов: ряда «{unknown[0]}» нет в таблице рядов.{did_you_mean(unknown[0], names)}")
    return {name: sorted(int(year) for year in period[series == name]) for name in series.unique()}
