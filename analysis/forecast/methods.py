"""The methods that are combined.

Each forecasts the change since the last value, in units of the series' own volatility: series × horizons.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.forecast.dynamic import dynamic_theta, least
from analysis.forecast.trends import damped
from analysis.forecast.windows import Windows, volatility

# Siblings at this worth of series hold their mean change to zero.
COMMON_SERIES = 2.0
# Pooled autoregression: ridge per change, towards no drift and a change that repeats at this part.
RIDGE, REPEATS = 1.0, 0.3
SMOOTHING = np.linspace(0.1, 1.0, 10)


def last_value(windows: Windows, horizon: int) -> np.ndarray:
    """Return no change at all."""
    return np.zeros((len(windows), horizon))


def drift(windows: Windows, horizon: int) -> np.ndarray:
    """Continue the mean yearly change."""
    mean = (windows.last - _first(windows)) / np.maximum(windows.lengths - 1, 1)
    return mean[:, None] * np.arange(1, horizon + 1)


def theta(windows: Windows, horizon: int) -> np.ndarray:
    """Continue the smoothed level with half the slope of the straight line (Assimakopoulos & Nikolopoulos 2000).

    In the form of Hyndman & Billah (2003); the smoothing is chosen by squared one-step errors on a grid.
    """
    result = np.zeros((len(windows), horizon))
    ahead = np.arange(1, horizon + 1)
    for length, rows, values in windows.by_length():
        if length < 3:
            continue
        place = np.arange(length) - (length - 1) / 2
        slope = values @ place / (place**2).sum()
        level = np.repeat(values[:, :1], len(SMOOTHING), axis=1)
        loss = np.zeros_like(level)
        for step in range(1, length):
            error = values[:, step : step + 1] - level
            loss += error**2
            level = level + SMOOTHING * error
        best = least(loss)
        alpha, level = SMOOTHING[best], level[np.arange(len(rows)), best]
        lift = (1 - (1 - alpha) ** length) / alpha
        result[rows] = (level - values[:, -1])[:, None] + 0.5 * slope[:, None] * (ahead - 1 + lift[:, None])
    return result


def autoregression(windows: Windows, horizon: int) -> np.ndarray:
    """Continue one autoregression of the changes for the whole panel (a global model, Montero-Manso & Hyndman 2021)."""
    size = _size(windows)
    changes = windows.changes() / size[:, None]
    before, after = changes[:, :-1].ravel(), changes[:, 1:].ravel()
    known = np.isfinite(before)
    before, after = before[known], after[known]
    result = np.zeros((len(windows), horizon))
    if not len(before):
        return result
    # Ridge on the two coefficients, as strong as one more sibling for each series.
    strength = RIDGE * len(windows)
    normal = np.array([[len(before) + strength, before.sum()], [before.sum(), before @ before + strength]])
    constant, repeats = np.linalg.solve(normal, np.array([after.sum(), before @ after + strength * REPEATS]))
    repeats = float(np.clip(repeats, -0.9, 0.95))
    change, total = np.nan_to_num(changes[:, -1]), np.zeros(len(windows))
    for step in range(horizon):
        change = constant + repeats * change
        total = total + change
        result[:, step] = total
    return result * size[:, None]


def common(windows: Windows, horizon: int) -> np.ndarray:
    """Add damped trends of what the siblings share in each period and of what is left to each, forecast apart."""
    changes = windows.changes()
    places = changes.shape[1]
    if not places:
        return last_value(windows, horizon)
    known = np.isfinite(changes)
    period = windows.ends[:, None] - np.arange(places)[::-1]
    first = period.min()
    index = (period - first).astype(np.int64)
    total = np.bincount(index[known], weights=changes[known])
    count = np.bincount(index[known])
    shared = np.append(total / (count + COMMON_SERIES), np.zeros(index.max() + 1 - len(total)))[index]
    shared = np.where(known, shared, np.nan)
    alone = _steps_to_windows(windows, changes - shared)
    return _scaled_damped(alone, horizon) + _shared_ahead(windows, shared, horizon)


def _shared_ahead(windows: Windows, shared: np.ndarray, horizon: int) -> np.ndarray:
    """Forecast the shared part once for all series with the same end and length; it has no siblings."""
    _, first, back = np.unique(np.c_[windows.ends, windows.lengths], axis=0, return_index=True, return_inverse=True)
    paths = _steps_to_windows(
        Windows(windows.values[first], windows.lengths[first], windows.ends[first]), shared[first]
    )
    return _scaled_damped(paths, horizon, prior_series=np.inf)[back.ravel()]


def _scaled_damped(windows: Windows, horizon: int, **options: float) -> np.ndarray:
    size = _size(windows, square=True)[:, None]
    return damped(Windows(windows.values / size, windows.lengths, windows.ends), horizon, **options)[0] * size


def _steps_to_windows(windows: Windows, changes: np.ndarray) -> Windows:
    """Return series that start at 0 and change like this."""
    path = np.c_[np.zeros(len(changes)), np.cumsum(np.nan_to_num(changes), axis=1)]
    place = np.arange(path.shape[1])
    return Windows(
        np.where(place >= path.shape[1] - windows.lengths[:, None], path, np.nan), windows.lengths, windows.ends
    )


def _size(windows: Windows, square: bool = False) -> np.ndarray:
    """Return the mean absolute (or root mean square) change of each series; 1 where nothing changes."""
    changes = np.abs(windows.changes())
    count = np.maximum(np.isfinite(changes).sum(axis=1), 1)
    power = 2 if square else 1
    size = (np.nan_to_num(changes) ** power).sum(axis=1) / count
    size = np.sqrt(size) if square else size
    return np.where(size > 1e-12, size, 1.0)


def _first(windows: Windows) -> np.ndarray:
    return windows.values[np.arange(len(windows)), windows.values.shape[1] - windows.lengths]


# What is combined; the damped trend comes with its own spread and is computed apart.
OTHERS: dict[str, Callable[[Windows, int], np.ndarray]] = {
    "last": last_value,
    "common": common,
    "autoregression": autoregression,
    "theta": theta,
    "drift": drift,
    "dynamic": dynamic_theta,
}
NAMES = ("last", "damped", *list(OTHERS)[1:])
POOLED = ("damped", "common", "autoregression")
# Their answer is one in units where the working scale is the logarithm: a line that is straight there explodes.
STRAIGHT = ("drift", "dynamic")
# As measured, no forecast may fall below this part of the last value; earlier values so many logarithms away count as
# that far.
LEAST, STEEPEST = 0.05, 12.0


def candidates(windows: Windows, horizon: int, logs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what each method says and how far off the damped trend thinks it may be.

    Parameters
    ----------
    windows : Windows
        Working scale.
    horizon : int
        Steps ahead.
    logs : numpy.ndarray
        Series, true where the working scale is the logarithm.

    Returns
    -------
    tuple of numpy.ndarray
        Methods (order of `NAMES`) × series × horizons: change since the last value. Series × horizons: standard
        deviation of the damped trend's error for a series whose volatility is 1.

    Notes
    -----
    Nothing tells whether a short series grows by so many per cent or by so many units a year: the pooled methods
    answer both ways where the working scale is the logarithm, and the mean is taken. A fall is one in per cent, as
    falling by so many units ends at zero. Drift and the dynamic Theta model answer in units alone.
    No method may leave the series by more than its largest yearly change in every year ahead.
    """
    centre, spread, other = _on_one_scale(windows, horizon)
    every = np.array([centre if name == "damped" else other[name] for name in NAMES])
    if logs.any():
        straight = np.where(
            logs[:, None],
            np.expm1(np.clip(windows.values - windows.last[:, None], -STEEPEST, STEEPEST)),
            windows.values,
        )
        centre, _, other = _on_one_scale(Windows(straight, windows.lengths, windows.ends), horizon)
        for name in POOLED:
            ahead = centre if name == "damped" else other[name]
            curved = every[NAMES.index(name)]
            both = np.logaddexp(curved, np.log(np.maximum(1 + ahead, LEAST))) - np.log(2)
            every[NAMES.index(name)] = np.where(logs[:, None] & (curved > 0), both, curved)
        for name in STRAIGHT:
            ahead = np.log(np.maximum(1 + other[name], LEAST))
            every[NAMES.index(name)] = np.where(logs[:, None], ahead, every[NAMES.index(name)])
    largest = np.nan_to_num(np.abs(windows.changes())).max(axis=1, initial=0.0)
    limit = largest[:, None] * np.arange(1, horizon + 1)
    return np.clip(every, -limit, limit), spread


def _on_one_scale(windows: Windows, horizon: int) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Return the damped trend, its spread and what the others say."""
    size = volatility(windows)
    size = np.where(size > 0, size, 1.0)[:, None]
    unit = Windows(windows.values / size, windows.lengths, windows.ends)
    centre, spread = damped(unit, horizon)
    return centre * size, spread, {name: method(unit, horizon) * size for name, method in OTHERS.items()}
