"""One forecast from several: weights earned in rolling origins within the panel, shrunk to where they started."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import norm

from analysis.forecast.methods import NAMES
from analysis.forecast.origins import OriginCell

# Where the weights start: a short series on the pooled methods, a long one as much on what it says by itself.
SHORT, LONG = 8, 16
START = {
    SHORT: {
        "last": 0.1, "damped": 0.36, "common": 0.34, "autoregression": 0.165,
        "theta": 0.015, "drift": 0.01, "dynamic": 0.01,
    },
    LONG: {
        "last": 0.05, "damped": 0.3, "common": 0.25, "autoregression": 0.1,
        "theta": 0.1, "drift": 0.02, "dynamic": 0.18,
    },
}  # fmt: skip
# The start is worth this many independent cells of evidence.
WORTH = 5.0
# Siblings of one origin share its shocks: correlation of their errors.
ALIKE = 0.3
STEPS, SPEED = 150, 0.5
# More series than this in a cell would say the same more slowly.
ENOUGH = 500
# Nearer to nought than this, in mean changes, an error has hardly a direction: rounding must not turn a weight.
NOUGHT = 0.02
# Errors farther than this say no more of how alike siblings err.
_FAR = 4.0
# From this correlation of the siblings' errors on, a group is taken for one that shares its shocks.
TOGETHER = 0.3
# What is believed of the log loss relative to the last value before there is evidence, and how much worse than the
# last value still counts as no worse: for series that have nothing in common, and for panels that share their shocks,
# which can turn against a whole panel at once. The belief is worth so many errors; the log loss of one is so uncertain.
EXPECTED, MARGIN = (-0.1, 0.0), (0.07, 0.02)
BELIEF, DOUBT = 3.0, 0.8


def start(length: float = SHORT) -> np.ndarray:
    """Return the weights without evidence of series of this length."""
    short, long = (np.array([START[edge][name] for name in NAMES]) for edge in (SHORT, LONG))
    part = float(np.clip((length - SHORT) / (LONG - SHORT), 0, 1))
    return (1 - part) * short + part * long


def likeness(errors: Sequence[np.ndarray]) -> float | None:
    """Return how much siblings err together: the correlation of their errors, by the variance of their means.

    Parameters
    ----------
    errors : sequence of numpy.ndarray
        Scaled errors of the siblings, one array a past origin and horizon.

    Returns
    -------
    float or None
        0 to 1; None where no cell has three siblings.
    """
    enough = [np.clip(part, -_FAR, _FAR) for part in errors if len(part) > 2]
    if not enough:
        return None
    within = [part.var(ddof=1) for part in enough]
    between = [part.mean() ** 2 - part.var(ddof=1) / len(part) for part in enough]
    common = max(float(np.mean(between)), 0.0)
    return common / (common + float(np.mean(within)) + 1e-12)


def independent(cells: Sequence[OriginCell], alike: float | None) -> float:
    """Return how many independent errors the cells are worth; horizons of one origin are no further evidence."""
    if alike is None:
        return 1.0
    series = max(len(cell.rows) for cell in cells)
    return len({cell.steps for cell in cells}) * series / (1 + (series - 1) * alike)


def weigh(cells: Sequence[OriginCell], length: float = SHORT, begin: np.ndarray | None = None) -> np.ndarray:
    """Return the weights of the methods (order of `NAMES`), none negative, their sum 1.

    Parameters
    ----------
    cells : sequence of OriginCell
    length : float
        Of the series, in points.
    begin : numpy.ndarray, optional
        Where the weights start, one a method of the cells; of `NAMES`, by the length, unless given.

    Returns
    -------
    numpy.ndarray
        One a method.

    Notes
    -----
    Exponentiated gradient (Kivinen & Warmuth 1997) on the mean absolute scaled error over series, origins and
    horizons, plus the divergence from the start, which counts the less the more evidence there is.
    """
    begin = start(length) if begin is None else begin
    if not cells:
        return begin
    pairs = [[part[..., :: -(-len(cell.rows) // ENOUGH)] for part in cell.scaled] for cell in cells]
    forecasts, actual = (np.ascontiguousarray(np.concatenate(part, axis=-1)) for part in zip(*pairs, strict=True))
    importance = np.concatenate([np.full(len(part), 1 / len(part)) for _, part in pairs])
    loss = (np.abs(actual) * importance).sum()
    if loss < 1e-9:
        return begin
    importance /= loss
    evidence = independent(cells, ALIKE)
    pull = 0.5 * WORTH / max(evidence, 0.02 * (evidence + WORTH))
    weights = begin
    for step in range(STEPS):
        sign = np.clip((weights @ forecasts - actual) / NOUGHT, -1, 1) * importance
        slope = forecasts @ sign + pull * np.log(weights / begin)
        weights = weights * np.exp(np.clip(-SPEED / (1 + step / 15) * (slope - weights @ slope), -20, 20))
        weights = np.maximum(weights, 1e-5)
        weights /= weights.sum()
    return weights


def together(alike: float | None) -> float:
    """Return how far a group is one that shares its shocks, 0 to 1; half-way where nothing tells."""
    return 0.5 if alike is None else min(alike / TOGETHER, 1.0)


def trust(cells: Sequence[OriginCell], weights: np.ndarray) -> float:
    """Return the part of the way from the last value to the combination that past origins allow, 0 to 1.

    It is the probability that the combination errs no more than the last value, as far as the past origins tell:
    the log of the relative loss, shrunk to what is expected, against its uncertainty.
    """
    errors, own, last = [], 0.0, 0.0
    for cell in cells:
        forecasts, actual = cell.scaled
        errors.append(weights @ forecasts - actual)
        own += np.abs(errors[-1]).mean()
        last += np.abs(actual).mean()
    alike = likeness(errors)
    evidence = independent(cells, alike) if cells else 0.0
    seen = np.log(max(own, 1e-9) / max(last, 1e-9))
    expected, margin = (np.interp(together(alike), (0, 1), ends) for ends in (EXPECTED, MARGIN))
    believed = (evidence * seen + BELIEF * expected) / (evidence + BELIEF)
    return float(norm.cdf((margin - believed) * (evidence + BELIEF) ** 0.5 / DOUBT))
