"""What flows into a series: the admissions of past years, which leave as graduates some years later.

Only yearly changes of the inflow tell, and only those measured alike: a change into the first year of a new reckoning
is none, a year that is missing is not bridged, a change larger than a doubling is taken for another way of counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.base.errors import DataError, did_you_mean
from analysis.forecast.panel import read_column, read_series
from analysis.forecast.series import Group

COLUMNS = ("series_id", "period", "value", "lags")
# A larger yearly change of an inflow is no change of what flows.
LARGEST = float(np.log(2.0))
# Longer than any programme.
LONGEST_LAG = 10


@dataclass(frozen=True)
class Feed:
    """What flows into one series.

    Attributes
    ----------
    values : mapping of int to float
        By period, observed and above zero.
    anew : frozenset of int
        First periods of new reckonings.
    lags : tuple of int
        After how many steps it may leave, ascending.
    """

    values: Mapping[int, float]
    anew: frozenset[int]
    lags: tuple[int, ...]

    def change(self, period: int, step: int) -> float:
        """Return the change of the logarithm into a period; NaN where it is not known or not to be believed."""
        if period in self.anew or period not in self.values or period - step not in self.values:
            return float("nan")
        change = float(np.log(self.values[period]) - np.log(self.values[period - step]))
        return change if abs(change) <= LARGEST else float("nan")


def read_feeds(feeds: pd.DataFrame | None, names: Sequence[str]) -> dict[str, Feed]:
    """Return what flows into each series.

    Parameters
    ----------
    feeds : pandas.DataFrame, optional
        Columns `series_id` (the series that is fed), `period`, `value` (of the inflow), `lags` (text: the steps after
        which it may leave, such as `2 3 4`) and, optionally, `anew` (true in the first period of a new reckoning).
    names : sequence of str
        Series there are.

    Raises
    ------
    DataError
        A column is missing, a period, value or lag is not usable, a series is unknown or has two sets of lags.
    """
    if feeds is None or feeds.empty:
        return {}
    for column in COLUMNS:
        if column not in feeds.columns:
            raise DataError(
                f"В таблице притоков нет столбца «{column}».{did_you_mean(column, map(str, feeds.columns))}"
            )
    # A series into which nothing is known to flow is fed by nothing.
    known = feeds[feeds["value"].notna()]
    if known.empty:
        return {}
    series = read_series(known[list(COLUMNS[:3])])
    if unknown := sorted(set(series) - set(names)):
        raise DataError(f"Таблица притоков: ряда «{unknown[0]}» нет в таблице рядов.{did_you_mean(unknown[0], names)}")
    lags = {name: _lags(name, text) for name, text in read_column(known, "lags").items()}
    if lacking := sorted(set(series) - set(lags)):
        raise DataError(f"Таблица притоков, ряд «{lacking[0]}»: не названо, через сколько лет приток выходит.")
    anew: dict[str, set[int]] = {}
    if "anew" in known:
        starts = feeds.loc[feeds["anew"].astype(bool), ["series_id", "period"]]
        for name, period in starts.itertuples(index=False):
            anew.setdefault(str(name), set()).add(int(period))
    return {
        name: Feed(
            {int(period): float(value) for period, value in zip(own.periods, own.values, strict=True) if value > 0},
            frozenset(anew.get(name, ())),
            lags[name],
        )
        for name, own in series.items()
    }


def _lags(name: str, text: str) -> tuple[int, ...]:
    found = sorted({int(part) for part in text.split() if part.isdecimal()})
    if not found or found[-1] > LONGEST_LAG or found[0] < 1 or len(found) < len(text.split()):
        raise DataError(
            f"Таблица притоков, ряд «{name}»: lags «{text}» – а нужны целые числа от 1 до {LONGEST_LAG} через пробел."
        )
    return tuple(found)


@dataclass(frozen=True)
class Inflow:
    """What flows into the series of a group, as yearly changes of its logarithm.

    Attributes
    ----------
    changes : numpy.ndarray
        Series × places; the last is the change into the last period of each series, NaN where it is not known.
    lags : tuple of int
        After how many steps it may leave.
    """

    changes: np.ndarray
    lags: tuple[int, ...]

    @classmethod
    def of(cls, group: Group, feeds: Sequence[Feed | None]) -> Inflow | None:
        """Return what flows into a group, None where nothing does; nothing later than the end of a series is seen.

        Parameters
        ----------
        group : Group
        feeds : sequence of Feed or None
            One a series; those whose working scale is not the logarithm are fed by nothing.
        """
        lags = tuple(sorted({lag for feed in feeds if feed for lag in feed.lags}))
        if not lags:
            return None
        places = group.windows.values.shape[1] + lags[-1]
        changes = np.full((len(feeds), places), np.nan)
        for row, (feed, own, curved) in enumerate(zip(feeds, group.series, group.logs, strict=True)):
            if feed and curved:
                periods = int(own.periods[-1]) - np.arange(places)[::-1] * group.step
                changes[row] = [feed.change(int(period), group.step) for period in periods]
        return cls(changes, lags) if np.isfinite(changes).any() else None

    def earlier(self, steps: int, rows: np.ndarray) -> Inflow:
        """Return what was known of these series so many steps before the end of each."""
        return Inflow(self.changes[rows, : self.changes.shape[1] - steps], self.lags)

    def past(self, count: int) -> np.ndarray:
        """Return series × changes × lags: what may have led to each of the last `count` changes of a series."""
        ends = self.changes.shape[1] - np.arange(count)[::-1]
        return np.stack([self.changes[:, ends - 1 - lag] for lag in self.lags], axis=2)

    def ahead(self, horizon: int) -> np.ndarray:
        """Return series × horizons × lags: what may lead to each of the next changes, NaN where it is yet to come."""
        result = np.full((len(self.changes), horizon, len(self.lags)), np.nan)
        for place, lag in enumerate(self.lags):
            known = min(lag, horizon)
            first = self.changes.shape[1] - lag
            result[:, :known, place] = self.changes[:, first : first + known]
        return result
