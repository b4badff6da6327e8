"""The dynamic optimised Theta model on a grid: level and lift of each series are chosen by its own past errors.

Standard Theta continues the smoothed level with half the slope of the line through all points. Here both the smoothing
and the part of the slope are chosen for each series, and the line is drawn anew at every point (Fiorucci, Pellegrini,
Louzada, Petropoulos & Koehler 2016). A grid in place of an optimiser: thousands of series are a few matrix products,
and a short series does not run to the edge of what can be told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.forecast.windows import Windows

SMOOTHING = np.linspace(0.1, 1.0, 10)
# The part of the slope that is continued: none, … most of it; a half is the standard model.
LIFT = np.array([0.0, 0.2, 0.375, 0.5, 0.67, 0.8])
# Fewer points choose between nothing.
FEWEST = 4
CHUNK = 2000


@dataclass(frozen=True)
class _Line:
    """The straight line through the first points of each series: intercept at place 0, and slope."""

    intercept: np.ndarray
    slope: np.ndarray

    @classmethod
    def through(cls, values: np.ndarray) -> _Line:
        place = np.arange(1, values.shape[1] + 1)
        around = place - place.mean()
        slope = values @ around / max(float((around**2).sum()), 1.0)
        return cls(values.mean(axis=1) - slope * place.mean(), slope)


def dynamic_theta(windows: Windows, horizon: int) -> np.ndarray:
    """Return the change since the last value by the dynamic optimised Theta model.

    Parameters
    ----------
    windows : Windows
    horizon : int
        Steps ahead.

    Returns
    -------
    numpy.ndarray
        Series × horizons; nought for series of fewer than four points.
    """
    result = np.zeros((len(windows), horizon))
    for length, rows, values in windows.by_length():
        if length < FEWEST:
            continue
        for at in range(0, len(rows), CHUNK):
            # From the first value on: where nought lies tells nothing.
            part = values[at : at + CHUNK] - values[at : at + CHUNK, :1]
            result[rows[at : at + CHUNK]] = _ahead(part, horizon, *_chosen(part)) - part[:, -1:]
    return result


def _one_ahead(level: np.ndarray, smoothing: np.ndarray, lift: np.ndarray, line: _Line, known: int) -> np.ndarray:
    """Return what the model says of the point after the `known` ones."""
    faded = (1 - smoothing) ** known
    grown = (1 - (1 - smoothing) ** (known + 1)) / smoothing
    return level + lift * (faded * line.intercept + grown * line.slope)


def _chosen(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return smoothing, lift and last level of each series: those with the least squared one-step errors."""
    smoothing, lift = (grid.ravel()[None] for grid in np.meshgrid(SMOOTHING, LIFT, indexing="ij"))
    level = np.repeat(values[:, :1], smoothing.shape[1], axis=1)
    loss = np.zeros_like(level)
    for known in range(1, values.shape[1]):
        if known > 1:  # one point has no line
            line = _Line.through(values[:, :known])
            line = _Line(line.intercept[:, None], line.slope[:, None])
            loss += (values[:, known : known + 1] - _one_ahead(level, smoothing, lift, line, known)) ** 2
        level = smoothing * values[:, known : known + 1] + (1 - smoothing) * level
    best = least(loss)
    return smoothing[0, best], lift[0, best], level[np.arange(len(values)), best]


def least(loss: np.ndarray) -> np.ndarray:
    """Return which column of each row is least: the first of those that differ by rounding, whatever the unit."""
    return (loss <= loss.min(axis=1, keepdims=True) * (1 + 1e-9)).argmax(axis=1)


def _ahead(values: np.ndarray, horizon: int, smoothing: np.ndarray, lift: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Return series × horizons; each forecast is taken for known by the next one, as the model has it."""
    path = values
    for _ in range(horizon):
        come = _one_ahead(level, smoothing, lift, _Line.through(path), path.shape[1])
        path, level = np.c_[path, come], smoothing * come + (1 - smoothing) * level
    return path[:, values.shape[1] :]
