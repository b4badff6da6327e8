"""Forecast one group of series: candidates, weights from past origins, calibrated intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.forecast.cohort import earned_beside, with_cohort
from analysis.forecast.combine import LONG, SHORT, trust, weigh
from analysis.forecast.feeds import Inflow
from analysis.forecast.intervals import Errors, half_widths, shrunk
from analysis.forecast.methods import NAMES, candidates
from analysis.forecast.origins import OriginCell, look_back
from analysis.forecast.reach import Reach
from analysis.forecast.series import Group
from analysis.forecast.windows import Windows, volatility

# The method that only series with a known inflow have.
COHORT = "cohort"
# So many series of like length earn their own weights; fewer share those of the group.
ENOUGH = 10


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
    inflow : numpy.ndarray
        Series: what the cohort counts for; nought where nothing is known of the inflow.
    """

    mean: np.ndarray
    bounds: np.ndarray
    weights: dict[str, float]
    inflow: np.ndarray

    def of(self, chosen: np.ndarray) -> Answer:
        """Return the answer for some series alone; `chosen` are their rows."""
        return Answer(self.mean[chosen], self.bounds[chosen], self.weights, self.inflow[chosen])


@dataclass(frozen=True)
class Answers:
    """What is said of a group.

    Attributes
    ----------
    combined, last : Answer
        The combination; the last value repeated.
    trend, cohort : Answer, optional
        The combination without what is known of the inflow, and with nothing else where that is known; None where
        nothing is known of the inflow of any series.
    fed : numpy.ndarray
        Rows of the series of whose inflow something is known.
    """

    combined: Answer
    last: Answer
    trend: Answer | None
    cohort: Answer | None
    fed: np.ndarray


def forecast_group(group: Group, horizon: int, levels: Sequence[float], inflow: Inflow | None = None) -> Answers:
    """Return the combined forecast of a group and what stands beside it.

    Parameters
    ----------
    group : Group
    horizon : int
        Steps ahead.
    levels : sequence of float
        Of the intervals, in per cent.
    inflow : Inflow, optional
        What flows into its series.

    Returns
    -------
    Answers
    """
    windows = group.windows
    offers, spread = candidates(windows, horizon, group.logs)
    cells = look_back(windows, horizon, group.known, group.logs)
    weights = earned(cells, windows.lengths)
    last = np.repeat((np.array(NAMES) == "last").astype(float)[:, None], len(windows), axis=1)
    walk = np.repeat(np.sqrt(np.arange(1.0, horizon + 1))[None], len(windows), axis=0)
    trend = _answer(group, offers, spread, cells, weights, levels)
    simple = _answer(group, offers, walk, [_walked(cell) for cell in cells], last, levels)
    if inflow is None:
        return Answers(trend, simple, None, None, np.array([], int))
    beside = with_cohort(windows, inflow, offers, cells, weights)
    if not beside.fed.any():
        return Answers(trend, simple, None, None, np.array([], int))
    mixed, alone = (_beside(weights, beside.fed, part) for part in (earned_beside(beside, weights), 1.0))
    return Answers(
        _answer(group, beside.offers, spread, beside.cells, mixed, levels),
        simple,
        trend,
        _answer(group, beside.offers, spread, beside.cells, alone, levels),
        np.flatnonzero(beside.fed),
    )


def _beside(weights: np.ndarray, fed: np.ndarray, part: float) -> np.ndarray:
    """Return the weights of the trend's methods and of the cohort, which counts for this part where it speaks."""
    cohort = np.where(fed, part, 0.0)
    return np.vstack([weights * (1 - cohort), cohort])


def earned(cells: Sequence[OriginCell], lengths: np.ndarray) -> np.ndarray:
    """Return what each method counts for, what is not trusted given to the last value.

    Parameters
    ----------
    cells : sequence of OriginCell
        Of the group.
    lengths : numpy.ndarray
        Points of each series.

    Returns
    -------
    numpy.ndarray
        Methods × series: short, middling and long series earn their weights apart where there are enough of them.
    """
    result = np.zeros((len(NAMES), len(lengths)))
    classes = np.digitize(lengths, (SHORT + 1, LONG))
    for one in np.unique(classes):
        mine = classes == one
        own = [cell.of(mine) for cell in cells] if ENOUGH <= mine.sum() < len(lengths) else cells
        own = [cell for cell in own if len(cell.rows)]
        weights = weigh(own, float(lengths[mine].mean()))
        part = trust(own, weights)
        weights = part * weights
        weights[NAMES.index("last")] += 1 - part
        result[:, mine] = weights[:, None]
    return result


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
        Methods × series.

    Returns
    -------
    centre, size : numpy.ndarray
        Series × horizons.
    freedom : numpy.ndarray
        Series: degrees of freedom of the size.
    """
    windows = group.windows
    size, freedom = _sizes(windows, [scale.name for scale in group.scales])
    size = np.hypot(size, group.unsettled[0])
    # Uncertainty does not shrink with the distance.
    return (
        windows.last[:, None] + np.einsum("ms,msh->sh", weights, offers),
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
    reach = Reach.of(group.windows, group.scales)
    units = half_widths(levels, freedom, past_errors(group, reach, cells, weights), offers.shape[2])
    half = size[:, :, None] * units
    edges = np.stack([centre[:, :, None] - half, centre[:, :, None] + half], axis=-1)
    mean = np.array([scale.back(row) for scale, row in zip(group.scales, centre, strict=True)])
    bounds = np.array([scale.back(row) for scale, row in zip(group.scales, edges, strict=True)])
    yearly = np.hypot(reach.size(0, np.arange(len(group.series))), group.unsettled[1])
    plain = np.maximum.accumulate(yearly[:, None] * spread, axis=1)
    largest = np.array([float(np.abs(own.values).max()) for own in group.series])
    with np.errstate(over="ignore"):
        straight = plain[:, :, None] * units
    bounds = reach.bound(mean, bounds, straight, largest)
    names = (*NAMES, COHORT)[: len(weights)]
    inflow = weights[len(NAMES) :].sum(axis=0)
    return Answer(mean, bounds, dict(zip(names, weights.mean(axis=1).tolist(), strict=True)), inflow)


def _sizes(windows: Windows, families: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    return shrunk(volatility(windows) ** 2, windows.lengths - 1, families)


def past_errors(group: Group, reach: Reach, cells: Sequence[OriginCell], weights: np.ndarray) -> list[Errors]:
    """Return the errors of past origins in units of their expected size.

    Parameters
    ----------
    group : Group
    reach : Reach
        The way as measured that bounds an interval.
    cells : sequence of OriginCell
    weights : numpy.ndarray
        Methods × series.

    Returns
    -------
    list of Errors
        One a cell that has any.
    """
    families = [scale.name for scale in group.scales]
    past = {steps: group.windows.earlier(steps) for steps in {cell.steps for cell in cells}}
    known = {
        steps: (rows, *_sizes(before, [families[row] for row in rows]), reach.size(steps, rows))
        for steps, (before, rows) in past.items()
    }
    found = [_errors(group.windows, reach, cell, weights, *known[cell.steps]) for cell in cells]
    return [errors for errors in found if len(errors.values)]


def _errors(
    windows: Windows,
    reach: Reach,
    cell: OriginCell,
    weights: np.ndarray,
    rows: np.ndarray,
    size: np.ndarray,
    freedom: np.ndarray,
    plain: np.ndarray,
) -> Errors:
    """Return the errors of a cell, farther than on the working scale where the bound as measured is the nearer one."""
    where = np.searchsorted(rows, cell.rows)
    usable = cell.spread * size[where] > 0
    where, mine, spread = where[usable], cell.rows[usable], cell.spread[usable]
    last = windows.values[mine, windows.values.shape[1] - 1 - cell.steps]
    ahead = (weights[:, mine] * cell.forecasts[:, usable]).sum(axis=0)
    values = (cell.actual[usable] - ahead) / (spread * size[where])
    straight = reach.distance(mine, last + ahead, last + cell.actual[usable], spread * plain[where])
    return Errors(cell, np.where(np.abs(straight) > np.abs(values), straight, values), freedom[where])
