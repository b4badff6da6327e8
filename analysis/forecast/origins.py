"""Rolling origins inside the known history: what each method would have said, and what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.forecast.methods import candidates
from analysis.forecast.windows import Windows

MOST = 10
# Errors this many mean changes away say no more than that the series broke.
FARTHEST = 10.0


@dataclass(frozen=True)
class OriginCell:
    """All series of a group at one earlier origin and one horizon.

    Attributes
    ----------
    steps, horizon : int
        How many periods before the end the origin lies; how many periods ahead of it the target.
    rows : numpy.ndarray
        Which series of the group.
    lengths : numpy.ndarray
        How many points each had at the origin.
    forecasts : numpy.ndarray
        Methods × series: change since the last value.
    spread, actual, size : numpy.ndarray
        The damped trend's own spread, the change that came, the series' mean absolute change by then.
    """

    steps: int
    horizon: int
    rows: np.ndarray
    lengths: np.ndarray
    forecasts: np.ndarray
    spread: np.ndarray
    actual: np.ndarray
    size: np.ndarray

    def of(self, chosen: np.ndarray) -> OriginCell:
        """Return the cell of these series alone; `chosen` is true for them, series of the group."""
        kept = chosen[self.rows]
        return OriginCell(
            self.steps,
            self.horizon,
            self.rows[kept],
            self.lengths[kept],
            self.forecasts[:, kept],
            self.spread[kept],
            self.actual[kept],
            self.size[kept],
        )

    @property
    def scaled(self) -> tuple[np.ndarray, np.ndarray]:
        """The forecasts and the actual changes in units of the mean change, bounded."""
        return (
            np.clip(self.forecasts / self.size, -FARTHEST, FARTHEST),
            np.clip(self.actual / self.size, -FARTHEST, FARTHEST),
        )


def look_back(windows: Windows, horizon: int, known: np.ndarray, logs: np.ndarray) -> list[OriginCell]:
    """Return the cells of the last origins, nearest first.

    Parameters
    ----------
    windows : Windows
        In units of each series' volatility.
    horizon : int
        No farther ahead than this.
    known : numpy.ndarray
        Series × places, true where the value was observed; what was filled in is no target.
    logs : numpy.ndarray
        Series, true where the working scale is the logarithm.

    Returns
    -------
    list of OriginCell
        One an origin and horizon at which a series was observed.
    """
    cells = []
    width = windows.values.shape[1]
    for steps in range(1, min(MOST, windows.lengths.max(initial=0) - 2) + 1):
        before, rows = windows.earlier(steps)
        farthest = min(steps, horizon)
        forecasts, spread = candidates(before, farthest, logs[rows])
        changes = np.abs(before.changes())
        size = np.nan_to_num(changes).sum(axis=1) / np.maximum(before.lengths - 1, 1)
        # A series that stood still so far must not count without bound.
        size = np.maximum(size, 0.3 * _size(windows)[rows])
        for ahead in range(1, farthest + 1):
            place = width - steps - 1 + ahead
            seen = known[rows, place] & (size > 0)
            if not seen.any():
                continue
            actual = windows.values[rows, place] - before.last
            cells.append(
                OriginCell(
                    steps,
                    ahead,
                    rows[seen],
                    before.lengths[seen],
                    forecasts[:, seen, ahead - 1],
                    spread[seen, ahead - 1],
                    actual[seen],
                    size[seen],
                )
            )
    return cells


def _size(windows: Windows) -> np.ndarray:
    changes = np.abs(windows.changes())
    return np.nan_to_num(changes).sum(axis=1) / np.maximum(windows.lengths - 1, 1)
