"""Rolling origins: what the forecast would have said at the end of every past year, against what came."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.forecast.engine import forecast_wide
from analysis.forecast.panel import read_breaks, read_series
from analysis.forecast.scores import score

FEWEST = 4


def backtest(
    panel: pd.DataFrame,
    horizon: int = 3,
    levels: Sequence[float] = (80, 95),
    groups: str | Mapping[str, str] | None = None,
    *,
    breaks: pd.DataFrame | None = None,
    feeds: pd.DataFrame | None = None,
    fewest: int = FEWEST,
    progress: Callable[[float], None] = lambda _: None,
) -> pd.DataFrame:
    """Score forecasts from every past origin.

    Parameters
    ----------
    panel, levels, groups, breaks, feeds
        As in `forecast`.
    horizon : int
        Years ahead that are scored.
    fewest : int
        A series is scored from origins by which it has this many points since its last break.
    progress : callable
        Told the share of the work done.

    Returns
    -------
    pandas.DataFrame
        Rows of `scores.score` with `points`, how many the series had since its last break. At an origin nothing later
        is known, breaks included; an outcome beyond the next break is measured otherwise and not scored.

    Notes
    -----
    Rolling-origin evaluation (Tashman 2000): every past year is an origin in turn.
    """
    every = read_series(panel)
    past = read_breaks(breaks, list(every))
    periods = sorted(set(panel.loc[panel["value"].notna(), "period"]))
    done = []
    for number, origin in enumerate(periods[:-1]):
        usable = {name: series.usable(origin, past.get(name, ())) for name, series in every.items()}
        usable = {
            name: series
            for name, series in usable.items()
            if len(series.values) >= fewest and series.periods[-1] == origin
        }
        if usable:
            table = forecast_wide(
                _known(panel, origin, usable),
                horizon,
                levels,
                groups,
                breaks=_known_by(breaks, origin, usable),
                feeds=_known_by(feeds, origin, usable),
            )
            comparable = [
                _same(past.get(name, []), origin, target)
                for name, target in zip(table["series"], table["target_period"], strict=True)
            ]
            scale = pd.Series({name: np.abs(np.diff(series.values)).mean() for name, series in usable.items()})
            rows = score(table[comparable], panel.assign(series_id=panel["series_id"].astype(str)), scale)
            points = {name: len(series.values) for name, series in usable.items()}
            done.append(rows.assign(points=rows["series"].map(points)))
        progress((number + 1) / (len(periods) - 1))
    return pd.concat(done, ignore_index=True) if done else score(_nothing(levels), panel, pd.Series(dtype=float))


def _known(panel: pd.DataFrame, origin: int, usable: Collection[str]) -> pd.DataFrame:
    """Return what was known at the end of a period.

    A series that ended before lends no evidence that the forecast of its day would not have had.
    """
    known = panel[(panel["period"] <= origin) & panel["series_id"].astype(str).isin(usable)]
    if "parent" not in known:
        return known
    return known.assign(parent=known["parent"].where(known["parent"].astype(str).isin(usable)))


def _known_by(table: pd.DataFrame | None, origin: int, usable: Collection[str]) -> pd.DataFrame | None:
    """Return the breaks or the inflow of these series that were known at the end of a period."""
    if table is None:
        return None
    return table[(table["period"] <= origin) & table["series_id"].astype(str).isin(usable)]


def _same(breaks: Sequence[int], origin: int, target: int) -> bool:
    return not any(origin < period <= target for period in breaks)


def _nothing(levels: Sequence[float]) -> pd.DataFrame:
    columns = ["model", "origin", "series", "target_period", "horizon", "mean"]
    return pd.DataFrame(columns=columns + [f"{side}{level:g}" for level in levels for side in ("lo", "hi")])
