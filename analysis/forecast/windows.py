"""A group of series as one right-aligned matrix, seen from its end or from an earlier origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

# Older points say little of the next years and cost time.
LONGEST = 30


@dataclass(frozen=True)
class Windows:
    """Series of one group on their working scale, each ending in the last column.

    Attributes
    ----------
    values : numpy.ndarray
        Series × places; NaN before a series begins.
    lengths : numpy.ndarray
        Number of points of each series.
    ends : numpy.ndarray
        Period of each series' last point, an integer.
    """

    values: np.ndarray
    lengths: np.ndarray
    ends: np.ndarray

    @classmethod
    def of(cls, series: Sequence[np.ndarray], ends: Sequence[int]) -> Windows:
        """Return the windows of series that may differ in length."""
        lengths = np.array([min(len(values), LONGEST) for values in series])
        matrix = np.full((len(series), lengths.max()), np.nan)
        for row, (values, length) in enumerate(zip(series, lengths, strict=True)):
            matrix[row, -length:] = values[-length:]
        return cls(matrix, lengths, np.asarray(ends))

    def __len__(self) -> int:
        return len(self.values)

    @property
    def last(self) -> np.ndarray:
        """The last value of each series."""
        return self.values[:, -1]

    def earlier(self, steps: int) -> tuple[Windows, np.ndarray]:
        """Return what was known `steps` periods before the end, and which series had two points by then."""
        rows = np.flatnonzero(self.lengths - steps >= 2)
        values = self.values[rows, : self.values.shape[1] - steps]
        return Windows(values, self.lengths[rows] - steps, self.ends[rows] - steps), rows

    def by_length(self) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
        """Give length, rows and values (rows × length) of the series that are equally long."""
        for length in np.unique(self.lengths):
            rows = np.flatnonzero(self.lengths == length)
            yield int(length), rows, self.values[rows, self.values.shape[1] - length :]

    def changes(self) -> np.ndarray:
        """Return the yearly changes, series × (places − 1), NaN before a series begins."""
        return np.diff(self.values, axis=1)


def volatility(windows: Windows) -> np.ndarray:
    """Return the root mean square of each series' yearly changes; 0 for a constant series or a single point."""
    changes = windows.changes()
    known = np.isfinite(changes)
    count = np.maximum(known.sum(axis=1), 1)
    return np.sqrt(np.where(known, changes, 0.0).__pow__(2).sum(axis=1) / count)
