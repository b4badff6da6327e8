"""Graduates from admissions: what was admitted is known years before it leaves, and tells of turns no trend can see.

The yearly change of a series is the sum of the changes of its inflow so many years before, each lag with its share.
The shares are those of the whole panel, for no series is long enough to tell its own: least squares, none negative,
shrunk to even ones that sum to one. The level is the series' own last one, so that its own yield, as last seen, is
carried on. A change of the inflow that is not known – yet to come, missing, or across a break – is left to the trend,
which is the combination of all other methods; a series of whose inflow nothing is known keeps the trend alone.
How much of the way from the trend to the cohort is gone is earned as any weight is (`combine.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import nnls

from analysis.forecast.combine import trust, weigh
from analysis.forecast.feeds import Inflow
from analysis.forecast.origins import OriginCell
from analysis.forecast.windows import Windows, volatility

# The even shares are worth so many complete years of each series that has one.
RIDGE = 1.0
# A change farther than so many of its usual size says no more of the shares.
FAR = 4.0
# Where the weights of trend and cohort start: who was admitted is counted, and leaves by the term of the programme;
# that a trend goes on is a guess. What past origins say moves the weights from there.
START = (0.3, 0.7)
# Only past forecasts of which the inflow told so much of the way say what it is worth.
ENOUGH = 0.5
# A series that hardly changes is no measure of its inflow.
STILL = 0.01


@dataclass(frozen=True)
class Told:
    """What the inflow says of the next changes.

    Attributes
    ----------
    change : numpy.ndarray
        Series × horizons: the part of the change since the last value that the known inflow makes.
    part : numpy.ndarray
        Series × horizons: how much of the way there the known inflow tells of, 0 to 1.
    """

    change: np.ndarray
    part: np.ndarray

    def beside(self, trend: np.ndarray) -> np.ndarray:
        """Return the forecast of the cohort: what is known of the inflow, and the trend's for the rest."""
        return self.change + (1 - self.part) * trend


def shares(windows: Windows, inflow: Inflow) -> np.ndarray:
    """Return what part of a change of the inflow leaves after each lag, by all series of a group together.

    Parameters
    ----------
    windows : Windows
        On the working scale.
    inflow : Inflow
        Of the same series.

    Returns
    -------
    numpy.ndarray
        One number a lag, none negative.

    Notes
    -----
    Ridge regression under signs (Lawson & Hanson 1974) of the changes in units of each series' own volatility. Only
    years in which the inflow of every lag is known count.
    """
    size = np.maximum(volatility(windows), STILL)[:, None]
    after = np.clip(windows.changes() / size, -FAR, FAR)
    before = np.clip(inflow.past(after.shape[1]) / size[..., None], -FAR, FAR)
    known = np.isfinite(before).all(axis=2) & np.isfinite(after)
    count = len(inflow.lags)
    strength = np.sqrt(RIDGE * known.any(axis=1).sum() + 1)
    design = np.vstack([before[known], strength * np.eye(count)])
    return nnls(design, np.concatenate([after[known], np.full(count, strength / count)]))[0]


def foretell(windows: Windows, inflow: Inflow, horizon: int) -> Told:
    """Return what the inflow says of the next changes of each series.

    Parameters
    ----------
    windows : Windows
        On the working scale.
    inflow : Inflow
        Of the same series.
    horizon : int
        Steps ahead.

    Returns
    -------
    Told
    """
    found = shares(windows, inflow)
    ahead = inflow.ahead(horizon)
    known = np.isfinite(ahead)
    yearly = np.where(known, ahead, 0.0) @ found
    part = known @ found / max(float(found.sum()), 1e-9)
    return Told(np.cumsum(yearly, axis=1), np.cumsum(part, axis=1) / np.arange(1, horizon + 1))


@dataclass(frozen=True)
class Beside:
    """The methods of a group with the cohort as one more, the last.

    Attributes
    ----------
    offers : numpy.ndarray
        Methods × series × horizons: change since the last value.
    cells : list of OriginCell
        The same at past origins.
    parts : list of numpy.ndarray
        For each cell how much of the way the inflow told of, series by series.
    fed : numpy.ndarray
        Series, true where the inflow tells of anything to come.
    """

    offers: np.ndarray
    cells: list[OriginCell]
    parts: list[np.ndarray]
    fed: np.ndarray


def with_cohort(
    windows: Windows, inflow: Inflow, offers: np.ndarray, cells: Sequence[OriginCell], weights: np.ndarray
) -> Beside:
    """Return the methods of a group with the cohort beside them.

    Parameters
    ----------
    windows : Windows
        On the working scale.
    inflow : Inflow
        Of the same series.
    offers : numpy.ndarray
        Methods × series × horizons: change since the last value.
    cells : sequence of OriginCell
        Of the same methods.
    weights : numpy.ndarray
        Methods × series: those of the trend.

    Returns
    -------
    Beside
    """
    trend = np.einsum("ms,msh->sh", weights, offers)
    now = foretell(windows, inflow, offers.shape[2])
    past: dict[int, tuple[np.ndarray, Told]] = {}
    for steps in {cell.steps for cell in cells}:
        before, rows = windows.earlier(steps)
        farthest = max(cell.horizon for cell in cells if cell.steps == steps)
        past[steps] = rows, foretell(before, inflow.earlier(steps, rows), farthest)
    more, parts = [], []
    for cell in cells:
        rows, told = past[cell.steps]
        at = np.searchsorted(rows, cell.rows)
        own = (weights[:, cell.rows] * cell.forecasts).sum(axis=0)
        here = Told(told.change[at, cell.horizon - 1], told.part[at, cell.horizon - 1])
        more.append(replace(cell, forecasts=np.vstack([cell.forecasts, here.beside(own)])))
        parts.append(here.part)
    return Beside(
        np.concatenate([offers, now.beside(trend)[None]]), more, parts, np.asarray((now.part > 0).any(axis=1))
    )


def earned_beside(beside: Beside, weights: np.ndarray) -> float:
    """Return how much of the way from the trend to the cohort past origins allow, 0 to 1; nought where none tells.

    Parameters
    ----------
    beside : Beside
    weights : numpy.ndarray
        Methods × series: those of the trend, without the cohort.

    Notes
    -----
    The trend stands where the last value stands for other methods: the cohort is given weight by what it spares the
    trend of its errors, and trusted with it as far as the mix is likely to err no more than the trend.
    """
    game = []
    for cell, part in zip(beside.cells, beside.parts, strict=True):
        told = part >= ENOUGH
        if not told.any():
            continue
        trend = (weights[:, cell.rows] * cell.forecasts[:-1]).sum(axis=0)
        apart = (cell.forecasts[-1] - trend)[told]
        chosen = np.zeros(weights.shape[1], bool)
        chosen[cell.rows[told]] = True
        own = cell.of(chosen)
        game.append(replace(own, forecasts=np.vstack([0 * apart, apart]), actual=own.actual - trend[told]))
    if not game:
        return 0.0
    found = weigh(game, begin=np.array(START))
    return float(trust(game, found) * found[1])
