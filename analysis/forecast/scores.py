"""How good forecasts were: absolute scaled errors, coverage and scores of intervals, each beside the last value's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.forecast.engine import COMBINED, LAST, TREND
from analysis.forecast.group import COHORT

# What a row of scored forecasts tells; the columns of `summary`.
COUNT, MASE, RELATIVE, SMAPE, COVERAGE, MSIS = "count", "mase", "relative", "smape", "coverage", "msis"


def score(table: pd.DataFrame, actual: pd.DataFrame, scale: pd.Series) -> pd.DataFrame:
    """Score forecasts whose outcome is known.

    Parameters
    ----------
    table : pandas.DataFrame
        Wide forecasts (`forecast_wide`).
    actual : pandas.DataFrame
        Columns `series_id`, `period`, `value`.
    scale : pandas.Series
        By series: mean absolute yearly change of the history that the forecast knew.

    Returns
    -------
    pandas.DataFrame
        One row a model, series and horizon with a known outcome and a scale above zero: `model`, `series`,
        `origin`, `horizon`, `actual`, `mean`; `error`, absolute and scaled (its mean is the MASE of Hyndman &
        Koehler 2006); `smape`, of 0 to 200; and for every level `inside…` (0 or 1) and `interval…`, the scaled
        interval score (Gneiting & Raftery 2007), whose mean is the MSIS.
    """
    outcome = actual.rename(columns={"series_id": "series", "period": "target_period", "value": "actual"})
    rows = table.merge(outcome[["series", "target_period", "actual"]], on=["series", "target_period"]).dropna(
        subset=["actual"]
    )
    size = rows["series"].map(scale).to_numpy(dtype=float)
    rows, size = rows[size > 0], size[size > 0]
    truth, mean = rows["actual"].to_numpy(), rows["mean"].to_numpy()
    result = rows[["model", "series", "origin", "horizon", "actual", "mean"]].copy()
    result["error"] = np.abs(truth - mean) / size
    sides = np.abs(truth) + np.abs(mean)
    result["smape"] = 200 * np.abs(truth - mean) / np.where(sides > 0, sides, 1.0)
    for level in levels_of(table):
        low, high = rows[f"lo{level}"].to_numpy(), rows[f"hi{level}"].to_numpy()
        result[f"inside{level}"] = ((truth >= low) & (truth <= high)).astype(float)
        penalty = np.maximum(low - truth, 0) + np.maximum(truth - high, 0)
        result[f"interval{level}"] = (high - low + 200 / (100 - float(level)) * penalty) / size
    return result.reset_index(drop=True)


def levels_of(table: pd.DataFrame) -> list[str]:
    """Return the levels whose intervals a table holds, as its columns name them."""
    return [column[2:] for column in table.columns if column.startswith("lo")]


def summary(scores: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return means of scores over the groups of `by`, the combined forecast relative to the last value's.

    Parameters
    ----------
    scores : pandas.DataFrame
        Rows of `score`, with the columns of `by`.
    by : sequence of str
        None is one row of all.

    Returns
    -------
    pandas.DataFrame
        Indexed by `by` (one row without): `count`; `mase`, `smape`; `relative`, the MASE divided by the last value's;
        `coverage…`, in per cent, and `msis…` by level.
    """
    # Without columns to group by all rows are one group.
    keys = list(by) or (lambda _: "all")
    ours, last = (scores[scores["model"] == model].groupby(keys) for model in (COMBINED, LAST))
    result = pd.DataFrame({COUNT: ours.size(), MASE: ours["error"].mean(), SMAPE: ours["smape"].mean()})
    result[RELATIVE] = result[MASE] / last["error"].mean()
    for column in scores.columns:
        if column.startswith("inside"):
            level = column.removeprefix("inside")
            result[f"{COVERAGE}{level}"] = 100 * ours[column].mean()
            result[f"{MSIS}{level}"] = ours[f"interval{level}"].mean()
    return result


def beside(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of the cohort, of the trend alone and of both together, where the inflow told of anything.

    Parameters
    ----------
    scores : pandas.DataFrame
        Rows of `score`.

    Returns
    -------
    pandas.DataFrame
        As `summary`, indexed by model: `cohort`, `trend`, `combined`, over the same forecasts; empty where there are
        none.
    """
    key = ["series", "origin", "horizon"]
    told = scores.merge(scores.loc[scores["model"] == COHORT, key], on=key)
    if told.empty:
        return pd.DataFrame()
    last = told[told["model"] == LAST]
    rows = {
        model: summary(pd.concat([told[told["model"] == model].assign(model=COMBINED), last])).iloc[0]
        for model in (COHORT, TREND, COMBINED)
    }
    return pd.DataFrame(rows).T


def geometric(ratios: pd.Series) -> float:
    """Return the geometric mean of ratios."""
    return float(np.exp(np.log(ratios).mean()))
