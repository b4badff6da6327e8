"""Forecast one group of series: candidates, weights from past origins, calibrated intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.forecast.combine import trust, weigh
from analysis.forecast.intervals import Errors, half_widths, shrunk
from analysis.forecast.methods import NAMES, candidates
from analysis.forecast.origins import OriginCell, look_back
from analysis.forecast.series import Group
from analysis.forecast.windows import Windows, volatility


@dataclass(frozen=True)
class Answer:
    """Forecasts of a group, as measured.

    Attributes
    ----------
    mean : numpy.ndarray
        Series × horizons: the centre of the predictive distribution.
    bounds : numpy.ndarray
        Series × horizons × levels × 2: lower and upper bound.
    weights : dict of str to float
        What each method counts for, after the part of the last value was added by `trust`.
    """

    mean: np.ndarray
    bounds: np.ndarray
    weights: dict[str, float]


def forecast_group(group: Group, horizon: int, levels: Sequence[float]) -> tuple[Answer, Answer]:
    """Return the combined forecast of a group and, beside it, the last value's.

    Parameters
    ----------
    group : Group
    horizon : int
        Steps ahead.
    levels : sequence of float
        Of the intervals, in per cent.

    Returns
    -------
    tuple of Answer
        The combination; the last value repeated.
    """
    windows = group.windows
    offers, spread = candidates(windows, horizon, group.logs)
    cells = look_back(windows, horizon, group.known, group.logs)
    weights = earned(cells)
    last = (np.array(NAMES) == "last").astype(float)
    walk = np.repeat(np.sqrt(np.arange(1.0, horizon + 1))[None], len(windows), axis=0)
    return (
        _answer(group, offers, spread, cells, weights, levels),
        _answer(group, offers, walk, [_walked(cell) for cell in cells], last, levels),
    )


def earned(cells: Sequence[OriginCell]) -> np.ndarray:
    """Return the weights of the methods, what is not trusted given to the last value."""
    weights = weigh(cells)
    part = trust(cells, weights)
    weights = part * weights
    weights[NAMES.index("last")] += 1 - part
    return weights


def _walked(cell: OriginCell) -> OriginCell:
    """Return a cell with the spread of a random walk, the last value's own model."""
    return OriginCell(
        cell.steps,
        cell.horizon,
        cell.rows,
        cell.lengths,
        cell.forecasts,
        np.full(len(cell.rows), cell.horizon**0.5),
        cell.actual,
        cell.size,
    )


def expected(
    group: Group, offers: np.ndarray, spread: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the centre of each forecast and the expected size of its error, on the working scale.

    Parameters
    ----------
    group : Group
    offers, spread : numpy.ndarray
        As `candidates` returns them: methods × series × horizons, series × horizons.
    weights : numpy.ndarray
        Methods.

    Returns
    -------
    centre, size : numpy.ndarray
        Series × horizons.
    freedom : numpy.ndarray
        Series: degrees of freedom of the size.
    """
    windows = group.windows
    size, freedom = _sizes(windows, [scale.name for scale in group.scales])
    # Uncertainty does not shrink with the distance.
    return (
        windows.last[:, None] + np.tensordot(weights, offers, 1),
        np.maximum.accumulate(size[:, None] * spread, axis=1),
        freedom,
    )


def _answer(
    group: Group,
    offers: np.ndarray,
    spread: np.ndarray,
    cells: Sequence[OriginCell],
    weights: np.ndarray,
    levels: Sequence[float],
) -> Answer:
    centre, size, freedom = expected(group, offers, spread, weights)
    families = [scale.name for scale in group.scales]
    past = {steps: group.windows.earlier(steps) for steps in {cell.steps for cell in cells}}
    known = {steps: (rows, *_sizes(before, [families[row] for row in rows])) for steps, (before, rows) in past.items()}
    errors = [_errors(cell, weights, *known[cell.steps]) for cell in cells]
    half = size[:, :, None] * half_widths(levels, freedom, [part for part in errors if len(part.values)])[:, None, :]
    edges = np.stack([centre[:, :, None] - half, centre[:, :, None] + half], axis=-1)
    mean = np.array([scale.back(row) for scale, row in zip(group.scales, centre, strict=True)])
    bounds = np.array([scale.back(row) for scale, row in zip(group.scales, edges, strict=True)])
    return Answer(mean, bounds, dict(zip(NAMES, weights.tolist(), strict=True)))


def _sizes(windows: Windows, families: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    return shrunk(volatility(windows) ** 2, windows.lengths - 1, families)


def _errors(cell: OriginCell, weights: np.ndarray, rows: np.ndarray, size: np.ndarray, freedom: np.ndarray) -> Errors:
    """Return the errors of a cell in units of their expected size."""
    where = np.searchsorted(rows, cell.rows)
    expected = cell.spread * size[where]
    usable = expected > 0
    values = (cell.actual - weights @ cell.forecasts)[usable] / expected[usable]
    return Errors(cell, values, freedom[where][usable])
