"""The working scale of each series: logarithm, log-odds or none; and back, within bounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

LOG, ODDS, PLAIN = "log", "odds", "plain"
# A group in which more series than this go below zero is one of balances: no logarithm, no bound.
SIGNED = 0.1
# Short of the largest number there is, which would be infinite when written with ten digits.
LARGEST = 1.79e308
# Changes larger than this, root mean square of the logarithms, are no per cent: continued by the logarithm, intervals
# of a few points would reach millions of times the values.
WILDEST = 0.7
# Shares end at 0 and 100; this far from the ends log-odds are taken.
EDGE = 0.01


def choose(series: Sequence[np.ndarray], kinds: Sequence[str]) -> list[str]:
    """Return the working scale of each series of a group.

    Parameters
    ----------
    series : sequence of numpy.ndarray
        Values, finite.
    kinds : sequence of str
        `share` (0 to 100), `rate`, or anything else: a level, unknown.

    Notes
    -----
    Levels that are above zero throughout get the logarithm: their changes are proportional more often than not,
    and a forecast cannot cross zero. Rates, balances, series with zeros and series that jump manifold from year to
    year are left as they are.
    """
    signed = is_signed(series)
    return [_scale(values, kind, signed) for values, kind in zip(series, kinds, strict=True)]


def is_signed(series: Sequence[np.ndarray]) -> bool:
    """Tell whether a group is one of balances, which go below zero."""
    return bool(np.mean([bool((values < 0).any()) for values in series]) > SIGNED)


def _scale(values: np.ndarray, kind: str, signed: bool) -> str:
    if kind == "share" and (values >= 0).all() and (values <= 100).all():
        return ODDS
    return LOG if (values > 0).all() and not signed and kind != "rate" and not _wild(values) else PLAIN


def _wild(values: np.ndarray) -> bool:
    changes = np.diff(np.log(values))
    return bool(len(changes) and np.sqrt(np.mean(changes**2)) > WILDEST)


def units(series: Sequence[np.ndarray], signed: bool) -> list[float]:
    """Return what each series is measured in on the plain scale.

    Balances share one unit, so that they can be compared wherever zero lies; others have their own largest value,
    as do series so small beside their siblings that digits would be lost.
    """
    largest = [float(np.abs(values).max(initial=0.0)) or 1.0 for values in series]
    shared = max(largest)
    return [shared if signed and shared / own < 1e100 else own for own in largest]


def floor(values: np.ndarray, signed: bool) -> float:
    """Return the lowest possible value: 0 where the history and the siblings never go below."""
    return -np.inf if signed or (values < 0).any() else 0.0


class Scale:
    """One series' way to its working scale and back.

    Parameters
    ----------
    name : {'log', 'odds', 'plain'}
    unit : float
        What plain values are measured in, so that none is too large.
    lowest : float
        Lowest possible value of a plain series.
    """

    def __init__(self, name: str, unit: float = 1.0, lowest: float = -np.inf) -> None:
        self.name, self.unit, self.lowest = name, unit, lowest

    def forward(self, values: np.ndarray) -> np.ndarray:
        """Return values on the working scale."""
        if self.name == LOG:
            return np.log(values)
        if self.name == ODDS:
            inside = np.clip(values, EDGE, 100 - EDGE)
            return np.log(inside / (100 - inside))
        return values / self.unit

    def back(self, values: np.ndarray) -> np.ndarray:
        """Return values of the working scale as they were measured; never infinite."""
        with np.errstate(over="ignore"):
            if self.name == LOG:
                result = np.exp(values)
            elif self.name == ODDS:
                result = 100 / (1 + np.exp(-values))
            else:
                result = np.maximum(values * self.unit, self.lowest)
        return np.clip(result, -LARGEST, LARGEST)
