"""Series of a panel: observed values on an even grid of periods, cut at breaks, gaps bridged for the models only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from analysis.forecast.scales import LOG, Scale, choose, floor, is_signed, units
from analysis.forecast.wild import LEAP, SPIKE, Wild, alone, tamed, unlike
from analysis.forecast.windows import LONGEST, Windows

# A stretch between two breaks tells how forecasts held where it has so many points.
STRETCH = 4


@dataclass(frozen=True)
class Series:
    """One series as it was observed.

    Attributes
    ----------
    name : str
    periods : numpy.ndarray
        Integers, ascending, each once.
    values : numpy.ndarray
        Finite numbers, one a period.
    kind : str
        `share` (0 to 100) or anything else.
    """

    name: str
    periods: np.ndarray
    values: np.ndarray
    kind: str = ""

    def since(self, period: int | None) -> Series:
        """Return the series from a break on; whole when there is none, or none within it."""
        keep = self.periods >= period if period is not None else np.ones(len(self.periods), bool)
        return Series(self.name, self.periods[keep], self.values[keep], self.kind) if keep.any() else self

    def until(self, period: int) -> Series:
        """Return what was known by the end of a period; may be empty."""
        keep = self.periods <= period
        return Series(self.name, self.periods[keep], self.values[keep], self.kind)

    def usable(self, origin: int, breaks: Sequence[int] = ()) -> Series:
        """Return what a forecast made at the end of a period may use: since the last break by then; may be empty."""
        return self.until(origin).since(max((period for period in breaks if period <= origin), default=None))

    def earlier(self, breaks: Sequence[int]) -> list[Series]:
        """Return the stretches before each break, none of them too short to be looked back on."""
        edges = [int(self.periods[0]), *sorted(edge for edge in set(breaks) if edge > self.periods[0])]
        found = []
        for start, end in pairwise(edges):
            keep = (self.periods >= start) & (self.periods < end)
            if keep.sum() >= STRETCH and end <= self.periods[-1]:
                found.append(Series(f"{self.name} {start}", self.periods[keep], self.values[keep], self.kind))
        return found


@dataclass(frozen=True)
class Group:
    """Series that are calibrated together, on their working scales.

    Attributes
    ----------
    series : sequence of Series
    windows : Windows
        Working scale; gaps between observations bridged by straight lines.
    known : numpy.ndarray
        Series × places: observed, not bridged.
    scales : list of Scale
    step : int
        Distance of neighbouring periods.
    wild : mapping of int to Wild
        By series: the year unlike all others, which the windows do not show.
    """

    series: Sequence[Series]
    windows: Windows
    known: np.ndarray
    scales: list[Scale]
    step: int
    wild: Mapping[int, Wild] = field(default_factory=dict)

    @property
    def logs(self) -> np.ndarray:
        """Which series have the logarithm for their working scale."""
        return np.array([scale.name == LOG for scale in self.scales])

    @property
    def unsettled(self) -> np.ndarray:
        """What a leap adds to the yearly change of each series: it may come again, the last one may be taken back.

        In two rows: on the working scale, and as measured.
        """
        result = np.zeros((2, len(self.series)))
        for row, wild in self.wild.items():
            if wild.kind == LEAP:
                values, length = self.series[row].values, int(self.windows.lengths[row])
                part = 1.0 if wild.place == length - 1 else wild.usual / abs(wild.change)
                measured = float(values[wild.place - length] - values[wild.place - length - 1])
                result[:, row] = part * np.abs([wild.change, measured]) / (length - 1) ** 0.5
        return result

    def period_of(self, row: int) -> int:
        """Return the period of the wild year of a series."""
        back = int(self.windows.lengths[row]) - 1 - self.wild[row].place
        return int(self.series[row].periods[-1]) - back * self.step


def step_of(series: Sequence[Series]) -> int:
    """Return the distance of neighbouring periods of a group: the greatest that divides all distances."""
    distances = np.concatenate([np.diff(own.periods) for own in series])
    return int(np.gcd.reduce(distances)) if len(distances) else 1


def gather(series: Sequence[Series]) -> Group:
    """Return the series of a group on their working scales."""
    values = [own.values for own in series]
    signed = is_signed(values)
    names = choose(values, [own.kind for own in series])
    scales = [
        Scale(name, unit, floor(own, signed))
        for name, unit, own in zip(names, units(values, signed), values, strict=True)
    ]
    step = step_of(series)
    # Places before the end; a series that ends on a period between two steps keeps its own end.
    paths, masks, ends = [], [], []
    for own, scale in zip(series, scales, strict=True):
        place = (own.periods - own.periods[-1]) // step
        length = int(min(-place[0] + 1, LONGEST))
        grid = np.arange(1 - length, 1)
        paths.append(np.interp(grid, place, scale.forward(own.values)))
        masks.append(np.isin(grid, place))
        ends.append(int(own.periods[-1] // step))
    windows = Windows.of(paths, ends)
    known = np.zeros(windows.values.shape, bool)
    for row, mask in enumerate(masks):
        known[row, -len(mask) :] = mask
    return _tamed(Group(series, windows, known, scales, step))


def _tamed(group: Group) -> Group:
    """Return a group whose models do not see the years that are unlike all others."""
    windows, found = group.windows, {}
    for row, (scale, length) in enumerate(zip(group.scales, windows.lengths, strict=True)):
        if wild := unlike(windows.values[row, -length:], scale.name == LOG):
            found[row] = (wild, int(windows.ends[row] - length + 1 + wild.place))
    if not (kept := alone(found, len(group.series))):
        return group
    values, known = windows.values.copy(), group.known.copy()
    for row, wild in kept.items():
        length = int(windows.lengths[row])
        values[row, -length:] = tamed(values[row, -length:], wild)
        if wild.kind == SPIKE:
            known[row, wild.place - length] = False
    return replace(group, windows=replace(windows, values=values), known=known, wild=kept)
