"""Rolling origins: what the forecast would have said at the end of every past year, against what came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
    fewest: int = FEWEST,
    progress: Callable[[float], None] = lambda share: None,
) -> pd.DataFrame:
    """Score forecasts from every past origin.

    Parameters
    ----------
    panel, levels, groups, breaks
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
        Rows of `scores.score` with `points`, how many the series had since its last break. At an origin nothing later is known, breaks included; an outcome beyond the next break
        is measured otherwise and not scored.
    """
    every = read_series(panel)
    past = read_breaks(breaks, list(every))
    periods = sorted(set(panel.loc[panel["value"].notna(), "period"]))
    done = []
    for number, origin in enumerate(periods[:-1]):
        known = panel[panel["period"] <= origin]
        usable = {name: one.usable(origin, past.get(name, ())) for name, one in every.items()}
        usable = {name: one for name, one in usable.items() if len(one.values) >= fewest and one.periods[-1] == origin}
        if usable:
            # What ended before lends no evidence that the forecast of its day would not have had.
            known = known[known["series_id"].astype(str).isin(usable)]
            if "parent" in known:
                known = known.assign(parent=known["parent"].where(known["parent"].astype(str).isin(usable)))
            before = (
                None
                if breaks is None
                else breaks[(breaks["period"] <= origin) & breaks["series_id"].astype(str).isin(usable)]
            )
            table = forecast_wide(known, horizon, levels, groups, breaks=before)
            table = table[
                [
                    _same(past.get(name, []), origin, target)
                    for name, target in zip(table["series"], table["target_period"], strict=True)
                ]
            ]
            scale = pd.Series({name: np.abs(np.diff(one.values)).mean() for name, one in usable.items()})
            rows = score(table, panel.assign(series_id=panel["series_id"].astype(str)), scale)
            done.append(rows.assign(points=rows["series"].map({name: len(one.values) for name, one in usable.items()})))
        progress((number + 1) / (len(periods) - 1))
    return pd.concat(done, ignore_index=True) if done else score(_nothing(levels), panel, pd.Series(dtype=float))


def _same(breaks: Sequence[int], origin: int, target: int) -> bool:
    return not any(origin < period <= target for period in breaks)


def _nothing(levels: Sequence[float]) -> pd.DataFrame:
    columns = ["model", "origin", "series", "target_period", "horizon", "mean"]
    return pd.DataFrame(columns=columns + [f"{side}{level:g}" for level in levels for side in ("lo", "hi")])
