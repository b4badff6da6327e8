"""The working scale of each series: logarithm, log-odds or none; and back, within bounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

LOG, ODDS, PLAIN = "log", "odds", "plain"
# A group in which more series than this go below zero is one of balances: no logarithm, no bound.
SIGNED = 0.1
# Short of the largest number there is, which would be infinite when written with ten digits.
LARGEST = 1.79e308
# Shares end at 0 and 100; this far from the ends log-odds are taken.
EDGE = 0.01
# So many series that reach so near to 100, and none beyond, are taken for shares where nobody says what they are.
SEVERAL, NEAR = 2, 95.0


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
    and a forecast cannot cross zero. Rates, balances and series with zeros are left as they are. A group of which
    nothing is said and that stays between 0 and 100, up to near 100, is taken for one of shares.
    """
    signed = is_signed(series)
    kinds = ["share"] * len(series) if look_like_shares(series, kinds) else kinds
    return [_scale(values, kind, signed) for values, kind in zip(series, kinds, strict=True)]


def look_like_shares(series: Sequence[np.ndarray], kinds: Sequence[str]) -> bool:
    """Tell whether several series of which nothing is said can only be told from shares by asking."""
    if len(series) < SEVERAL or any(kinds):
        return False
    ends = [(float(values.min()), float(values.max())) for values in series]
    return min(low for low, _ in ends) >= 0 and NEAR <= max(high for _, high in ends) <= 100


def is_signed(series: Sequence[np.ndarray]) -> bool:
    """Tell whether a group is one of balances, which go below zero."""
    return bool(np.mean([bool((values < 0).any()) for values in series]) > SIGNED)


def _scale(values: np.ndarray, kind: str, signed: bool) -> str:
    if kind == "share" and (values >= 0).all() and (values <= 100).all():
        return ODDS
    return LOG if (values > 0).all() and not signed and kind != "rate" else PLAIN


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
