"""How far an interval on a curved scale may reach: as measured, no farther than one on the plain scale.

Half a logarithm up and half down are one and the same distance on the working scale; as measured, the way up is longer,
and a wide interval far ahead would reach thousands of times the values ever seen. So the way up (for shares, both ways)
ends where an interval on the plain scale would, of the same number of yearly changes as they were measured. Errors of
past origins are counted in the same measure, so that what is bounded is also calibrated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.forecast.intervals import shrunk
from analysis.forecast.scales import LARGEST, LOG, PLAIN, Scale
from analysis.forecast.windows import Windows, volatility

# No upper bound is more than so many times the largest value ever seen, unless the middle leads there.
FARTHEST = 20.0


@dataclass(frozen=True)
class Reach:
    """What a group measures the plain way with.

    Attributes
    ----------
    names : numpy.ndarray
        Series: the working scale.
    unit : numpy.ndarray
        Series: the largest value, in which plain changes are counted.
    plain : Windows
        Values as measured, in that unit; of series on the plain scale as they are.
    """

    names: np.ndarray
    unit: np.ndarray
    plain: Windows

    @classmethod
    def of(cls, windows: Windows, scales: Sequence[Scale]) -> Reach:
        """Return the measure of series on these scales."""
        names = np.array([scale.name for scale in scales])
        raw = back(windows.values, names[:, None])
        unit = np.nan_to_num(np.abs(raw)).max(axis=1)
        unit = np.where((names == PLAIN) | (unit <= 0), 1.0, unit)
        return cls(names, unit, Windows(raw / unit[:, None], windows.lengths, windows.ends))

    def size(self, steps: int, rows: np.ndarray) -> np.ndarray:
        """Return the yearly change as measured, shrunk towards the siblings; infinite on the plain scale.

        Parameters
        ----------
        steps : int
            How many periods before the end.
        rows : numpy.ndarray
            Of which series.
        """
        windows, known = self.plain.earlier(steps) if steps else (self.plain, np.arange(len(self.plain)))
        size, _ = shrunk(volatility(windows) ** 2, windows.lengths - 1, self.names[known].tolist())
        every = np.full(len(self.names), np.inf)
        every[known] = size * self.unit[known]
        return np.where(self.names[rows] == PLAIN, np.inf, every[rows])

    def distance(self, rows: np.ndarray, centre: np.ndarray, came: np.ndarray, size: np.ndarray) -> np.ndarray:
        """Return how many plain sizes an outcome is from its forecast where the bound is the plain one, else 0.

        Parameters
        ----------
        rows : numpy.ndarray
            Of which series.
        centre, came : numpy.ndarray
            On the working scale.
        size : numpy.ndarray
            The expected size of the error, as measured.

        Returns
        -------
        numpy.ndarray
            One number an outcome.
        """
        names = self.names[rows]
        apart = back(came, names) - back(centre, names)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where((names != PLAIN) & (size > 0) & np.isfinite(size), apart / size, 0.0)

    def bound(self, mean: np.ndarray, bounds: np.ndarray, half: np.ndarray, largest: np.ndarray) -> np.ndarray:
        """Return bounds that reach no farther than they may.

        Parameters
        ----------
        mean : numpy.ndarray
            Series × horizons.
        bounds : numpy.ndarray
            Series × horizons × levels × 2.
        half : numpy.ndarray
            Series × horizons × levels: the plain half-width; infinite on the plain scale.
        largest : numpy.ndarray
            Series: the largest value seen.

        Returns
        -------
        numpy.ndarray
            As `bounds`.
        """
        centre = mean[:, :, None]
        with np.errstate(over="ignore"):
            low, high = np.maximum(bounds[..., 0], centre - half), np.minimum(bounds[..., 1], centre + half)
            cap = np.maximum(FARTHEST * largest[:, None, None], centre)
        high = np.where((self.names == LOG)[:, None, None], np.minimum(high, cap), high)
        return np.stack([low, high], axis=-1)


def back(values: np.ndarray, names: np.ndarray) -> np.ndarray:
    """Return values of curved scales as they were measured; those of the plain scale as they are."""
    with np.errstate(over="ignore"):
        curved = np.where(names == LOG, np.exp(values), 100 / (1 + np.exp(-values)))
    return np.where(names == PLAIN, values, np.clip(curved, -LARGEST, LARGEST))
