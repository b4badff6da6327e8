"""One forecast from several: weights earned in rolling origins within the panel, shrunk to where they started."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from analysis.forecast.methods import NAMES
from analysis.forecast.origins import Cell

# Where the weights start: evenly on the three pooled methods, a little on the rest.
START = {"last": 0.04, "damped": 0.31, "common": 0.31, "autoregression": 0.31, "theta": 0.015, "drift": 0.015}
# The start is worth this many independent cells of evidence.
WORTH = 5.0
# Siblings of one origin share its shocks: correlation of their errors.
ALIKE = 0.3
STEPS, SPEED = 150, 0.5
# The gate: relative loss at which half the way to its floor is gone, its steepness, its floor, and the loss
# that is believed before there is evidence, worth so many origins.
GATE, STEEP, FLOOR, EXPECTED, ORIGINS = 1.05, 0.03, 0.4, 0.93, 1.5


def start() -> np.ndarray:
    """Return the weights without evidence."""
    return np.array([START[name] for name in NAMES])


def independent(series: float, alike: float = ALIKE) -> float:
    """Return how many independent series so many siblings are worth, whose errors correlate by `alike`."""
    return series / (1 + (series - 1) * alike)


def weigh(cells: Sequence[Cell]) -> np.ndarray:
    """Return the weights of the methods (order of `NAMES`), none negative, their sum 1.

    Exponentiated gradient (Kivinen & Warmuth 1997) on the mean absolute scaled error over series, origins and
    horizons, plus the divergence from the start, which counts the less the more evidence there is.
    """
    begin = start()
    if not cells:
        return begin
    pairs = [cell.scaled for cell in cells]
    forecasts, actual = (np.concatenate(part, axis=-1) for part in zip(*pairs, strict=True))
    importance = np.concatenate([np.full(len(cell.rows), 1 / len(cell.rows)) for cell in cells])
    loss = (np.abs(actual) * importance).sum()
    if loss < 1e-9:
        return begin
    importance /= loss
    origins = len({cell.steps for cell in cells})
    evidence = origins * independent(max(len(cell.rows) for cell in cells))
    pull = 0.5 * WORTH / max(evidence, 0.02 * (evidence + WORTH))
    weights = begin
    for step in range(STEPS):
        sign = np.sign(weights @ forecasts - actual) * importance
        slope = forecasts @ sign + pull * np.log(weights / begin)
        weights = weights * np.exp(np.clip(-SPEED / (1 + step / 15) * (slope - weights @ slope), -20, 20))
        weights = np.maximum(weights, 1e-5)
        weights /= weights.sum()
    return weights


def trust(cells: Sequence[Cell], weights: np.ndarray) -> float:
    """Return the part of the way from the last value to the combination that past origins allow, `FLOOR` to 1."""
    if not cells:
        return 1.0
    own = last = 0.0
    for cell in cells:
        forecasts, actual = cell.scaled
        own += np.abs(weights @ forecasts - actual).mean()
        last += np.abs(actual).mean()
    origins = len({cell.steps for cell in cells})
    ratio = np.log(max(own, 1e-9) / max(last, 1e-9))
    believed = np.exp((ratio * origins + np.log(EXPECTED) * ORIGINS) / (origins + ORIGINS))
    return float(FLOOR + (1 - FLOOR) * expit((GATE - believed) / STEEP))
