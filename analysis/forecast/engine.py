"""A panel in, a panel out: the forecast of every series, its intervals, and the last value's beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.base.errors import DataError, did_you_mean
from analysis.forecast.feeds import Inflow, read_feeds
from analysis.forecast.group import COHORT, Answer, Answers, forecast_group
from analysis.forecast.hierarchy import additive, alike, apart, read_parents, reconcile
from analysis.forecast.notes import few, told, unequal
from analysis.forecast.panel import read_breaks, read_column, read_horizon, read_levels, read_series
from analysis.forecast.series import Group, Series, gather

COMBINED, LAST, TREND = "combined", "last", "trend"
INFLOW = "inflow"
# In the order in which a table has them.
MODELS = (COMBINED, LAST, TREND, COHORT)
MEAN, QUANTILE = "mean", "quantile"


def forecast(
    panel: pd.DataFrame,
    horizon: int | Mapping[str, int],
    levels: Sequence[float] = (80, 95),
    groups: str | Mapping[str, str] | None = None,
    *,
    breaks: pd.DataFrame | None = None,
    feeds: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Forecast every series of a panel.

    Parameters
    ----------
    panel : pandas.DataFrame
        Columns `series_id`, `period` (integer, any order, years may be missing), `value` (NaN where missing) and,
        optionally, `panel` (series that are calibrated together), `parent` (the series this one sums into), `kind`
        (`share` for 0 to 100; anything else needs no word).
    horizon : int or mapping of str to int
        Steps ahead, 1 to 30, for all series or for each; series that a mapping does not name only lend evidence.
        A step is the distance of neighbouring periods of the series' group.
    levels : sequence of float
        Levels of the intervals in per cent.
    groups : str or mapping, optional
        Column, or group of each series; otherwise the column `panel`, and without it one group.
    breaks : pandas.DataFrame, optional
        Columns `series_id`, `period`: the history before the last such period of a series is not used.
    feeds : pandas.DataFrame, optional
        What flows into some series (`feeds.read_feeds`): these are forecast from it as well, as far as past origins
        allow. Nothing of it later than the last period of a series is used.

    Returns
    -------
    pandas.DataFrame
        Hub format: `model` (`combined`, and `last` beside it; for series of whose inflow something is known also
        `trend`, the combination without it, and `cohort`, that inflow alone), `origin` (last known period), `series`,
        `target_period`, `horizon`, `output_type` (`mean` or `quantile`), `quantile` (NaN for the mean), `value`.
        Quantiles never cross. `attrs["notes"]`: what a reader should know, in Russian; `attrs["weights"]`: what each
        method counted for in each group.

    Raises
    ------
    DataError
        The panel, a horizon, a level, a break or a parent is not usable; the sentence says which and why.
    """
    return to_long(forecast_wide(panel, horizon, levels, groups, breaks=breaks, feeds=feeds))


def forecast_wide(
    panel: pd.DataFrame,
    horizon: int | Mapping[str, int],
    levels: Sequence[float] = (80, 95),
    groups: str | Mapping[str, str] | None = None,
    *,
    breaks: pd.DataFrame | None = None,
    feeds: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Forecast every series of a panel, one row a model, series and horizon.

    Parameters
    ----------
    panel, horizon, levels, groups, breaks, feeds
        As in `forecast`.

    Returns
    -------
    pandas.DataFrame
        `model`, `origin`, `series`, `target_period`, `horizon`, `mean`, and for every level `lo…`, `hi…`: `lo80`,
        `hi80`; where feeds are given also `inflow`, what the cohort counts for in the mean, 0 to 1, before means are
        made to add up. Attributes as of `forecast`. The combined forecasts come first; within a model the series stand
        in the order of the horizons asked for.
    """
    every = read_series(panel)
    names, wide_levels = list(every), read_levels(levels)
    wanted = read_horizon(horizon, names)
    parents = read_column(panel, "parent") if "parent" in panel else {}
    children = read_parents(parents, names)
    past, inflows = read_breaks(breaks, names), read_feeds(feeds, names)
    cut = {name: series.usable(int(series.periods[-1]), past.get(name, ())) for name, series in every.items()}
    frames, weights, notes = [], {}, []
    for label, members in _grouped(panel, groups, names).items():
        if steps := max((wanted.get(name, 0) for name in members), default=0):
            # What lies before a break is no part of a series, but it tells how forecasts of its kind held.
            before = [(name, part) for name in members for part in every[name].earlier(past.get(name, ()))]
            group = gather([cut[name] for name in members] + [part for _, part in before])
            feeding = [inflows.get(name) for name in members] + [inflows.get(name) for name, _ in before]
            answers = forecast_group(group, steps, wide_levels, Inflow.of(group, feeding))
            notes += told(group, [name for name in members if name in wanted], label)
            weights[label] = answers.combined.weights
            frames += _frames(group, answers, len(members), wide_levels)
    table = pd.concat(frames, ignore_index=True)
    table, incoherent = _coherent(table[table["horizon"] <= table["series"].map(wanted)], children, cut)
    table = _sorted(table if inflows else table.drop(columns=INFLOW), list(wanted))
    table.attrs = {"notes": few([cut[name] for name in wanted]) + notes + incoherent, "weights": weights}
    return table


def _sorted(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the rows by model in the order of `MODELS`, by series in this order, and by horizon."""
    order = {name: at for at, name in enumerate(names)}
    keys = pd.DataFrame(
        {"model": table["model"].map(MODELS.index), "series": table["series"].map(order), "horizon": table["horizon"]}
    )
    return table.loc[keys.sort_values(["model", "series", "horizon"]).index].reset_index(drop=True)


def to_long(table: pd.DataFrame) -> pd.DataFrame:
    """Return a wide table in hub format."""
    keys = ["model", "origin", "series", "target_period", "horizon"]
    parts = [table[keys].assign(output_type=MEAN, quantile=np.nan, value=table["mean"])]
    for column in table.columns:
        if column[:2] in ("lo", "hi"):
            tail = (100 - float(column[2:])) / 200
            parts.append(
                table[keys].assign(
                    output_type=QUANTILE,
                    quantile=round(tail if column[:2] == "lo" else 1 - tail, 10),
                    value=table[column],
                )
            )
    place = np.concatenate([np.arange(len(table))] * len(parts))
    long = pd.concat(parts, ignore_index=True)
    order = np.lexsort((long["quantile"].fillna(-1), place))
    long = long.iloc[order].reset_index(drop=True)
    long.attrs = dict(table.attrs)
    return long


def _grouped(panel: pd.DataFrame, groups: str | Mapping[str, str] | None, names: Sequence[str]) -> dict[str, list[str]]:
    if isinstance(groups, str) and groups not in panel.columns:
        raise DataError(f"В таблице рядов нет столбца «{groups}».{did_you_mean(groups, map(str, panel.columns))}")
    column = groups if isinstance(groups, str) else "panel"
    label = dict(groups) if isinstance(groups, Mapping) else read_column(panel, column) if column in panel else {}
    result: dict[str, list[str]] = {}
    # By name, so that the order of the rows does not tell in the last digits.
    for name in sorted(names):
        result.setdefault(label.get(name, ""), []).append(name)
    return result


def _frames(group: Group, answers: Answers, count: int, levels: Sequence[float]) -> list[pd.DataFrame]:
    """Return the tables of a group's first series, one a model: those of trend and cohort of what is fed alone."""
    every, fed = np.arange(count), answers.fed[answers.fed < count]
    said = zip(
        MODELS, (answers.combined, answers.last, answers.trend, answers.cohort), (every, every, fed, fed), strict=True
    )
    return [
        _frame(model, [group.series[row] for row in rows], group.step, answer.of(rows), levels)
        for model, answer, rows in said
        if answer is not None and len(rows)
    ]


def _frame(model: str, series: Sequence[Series], step: int, answer: Answer, levels: Sequence[float]) -> pd.DataFrame:
    count, horizon = answer.mean.shape
    ends = np.repeat([int(own.periods[-1]) for own in series], horizon)
    ahead = np.tile(np.arange(1, horizon + 1), count)
    table = pd.DataFrame(
        {
            "model": model,
            "origin": ends,
            "series": np.repeat([own.name for own in series], horizon),
            "target_period": ends + ahead * step,
            "horizon": ahead,
            "mean": answer.mean.ravel(),
            INFLOW: np.repeat(answer.inflow, horizon),
        }
    )
    for at, level in enumerate(levels):
        table[f"lo{level:g}"], table[f"hi{level:g}"] = (
            answer.bounds[:, :, at, 0].ravel(),
            answer.bounds[:, :, at, 1].ravel(),
        )
    return table


def _coherent(
    table: pd.DataFrame, children: Mapping[str, Sequence[str]], series: Mapping[str, Series]
) -> tuple[pd.DataFrame, list[str]]:
    sums = {
        parent: parts
        for parent, parts in children.items()
        if additive(series[parent], [series[part] for part in parts])
    }
    notes = [
        f"«{parent}» в прошлом не равнялся сумме своих частей: он прогнозируется сам по себе."
        for parent in children
        if parent not in sums
    ]
    notes += unequal(
        {parent: apart(series[parent], [series[part] for part in parts]) for parent, parts in sums.items()}
    )
    if not sums:
        return table, notes
    together = {parent: alike([series[part] for part in parts]) for parent, parts in sums.items()}
    return pd.concat([reconcile(part, sums, together) for _, part in table.groupby("model", sort=False)]), notes
