"""Parts that sum into a whole: forecasts whose means add up, moved as little as their own errors allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.linalg import spsolve

from analysis.base.errors import DataError, did_you_mean
from analysis.forecast.scales import LARGEST
from analysis.forecast.series import Series

# The parts must have summed to the whole in the past to within this share of it, or of the largest part where
# gains and losses cancel, at the median over this many periods.
TOLERANCE, PAST = 0.02, 5
# Half-widths outside these shares of a tree's largest mean weigh as if they were there: beyond, digits are lost.
NARROWEST, WIDEST = 1e-9, 1e9
# Added to the scaled equations: without it wholes of one part may be tied twice.
RIDGE = 1e-10
ROUNDING = 1e-12
# How much parts move together where fewer periods than this tell.
FEWEST, UNKNOWN = 4, 0.5


def read_parents(parents: Mapping[str, str], names: Sequence[str]) -> dict[str, list[str]]:
    """Return the children of each parent.

    Parameters
    ----------
    parents : mapping of str to str
        Which series each sums into.
    names : sequence of str
        Series there are.

    Raises
    ------
    DataError
        A parent is unknown, or the way up from a series comes back to it.
    """
    known = set(names)
    for child, parent in parents.items():
        if parent not in known:
            raise DataError(f"Ряд «{child}»: его целого «{parent}» нет среди рядов.{did_you_mean(parent, names)}")
    children: dict[str, list[str]] = {}
    # By name, so that the order of the rows does not tell in the last digits.
    for child, parent in sorted(parents.items()):
        children.setdefault(parent, []).append(child)
    try:
        TopologicalSorter(children).prepare()
    except CycleError as error:
        ring = error.args[1][:-1]
        first = ring.index(min(ring))
        words = " → ".join(f"«{name}»" for name in [*ring[first:], *ring[:first], ring[first]])
        raise DataError(f"Ряды входят друг в друга по кругу: {words}. Уберите одну из связей.") from error
    return children


def additive(parent: Series, children: Sequence[Series]) -> bool:
    """Tell whether the parts summed to the whole in their last common periods."""
    _, off = _off(parent, children)
    return bool(len(off) and np.median(off[-PAST:]) <= TOLERANCE)


def apart(parent: Series, children: Sequence[Series]) -> list[int]:
    """Return the periods in which the parts did not sum to the whole: a part may be missing."""
    periods, off = _off(parent, children)
    return periods[off > TOLERANCE].tolist()


def _off(parent: Series, children: Sequence[Series]) -> tuple[np.ndarray, np.ndarray]:
    """Return the periods that all know, and by what share of the largest of them the sum missed the whole."""
    common = set(parent.periods.tolist()).intersection(*(child.periods.tolist() for child in children))
    periods = np.array(sorted(common), dtype=int)
    values = np.array([series.values[np.isin(series.periods, periods)] for series in (parent, *children)])
    size = np.abs(values).max(axis=0, initial=0.0)
    values = values / np.where(size > 0, size, 1.0)
    return periods, np.abs(values[0] - values[1:].sum(axis=0))


def alike(children: Sequence[Series]) -> float:
    """Return how much the parts of a whole move together: the mean correlation of their yearly changes, 0 to 1.

    Parameters
    ----------
    children : sequence of Series
        As they are used, since the last break.

    Notes
    -----
    By the variance of the sum of the standardised changes, over the periods that all parts have. Too few to tell are
    taken for half, of which nobody knows more.
    """
    common = sorted(set.intersection(*(set(child.periods.tolist()) for child in children)))
    if len(children) < 2 or len(common) < FEWEST:
        return UNKNOWN
    changes = np.diff([child.values[np.isin(child.periods, common)] for child in children], axis=1)
    # In units of each: the largest numbers have no square.
    changes = changes / np.maximum(np.abs(changes).max(axis=1, keepdims=True), 1e-300)
    size = changes.std(axis=1)
    count = int((size > 0).sum())
    if count < 2:
        return UNKNOWN
    standard = (changes[size > 0] - changes[size > 0].mean(axis=1, keepdims=True)) / size[size > 0, None]
    return float(np.clip((standard.sum(axis=0).var() - count) / (count * (count - 1)), 0, 1))


def reconcile(
    table: pd.DataFrame, children: Mapping[str, Sequence[str]], together: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Make the means of wholes and parts add up, and no whole surer than its parts let it be.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns `series`, `target_period`, `mean` and pairs `lo…`, `hi…`; one row a series and period.
    children : mapping
        The parts of each whole.
    together : mapping, optional
        How much the parts of each whole move together, see `alike`; half unless given.

    Returns
    -------
    pandas.DataFrame
        The same rows. Where a whole and all its parts are forecast for a period, its mean is the sum of theirs.

    Notes
    -----
    Least squares weighted by the variance of each series' own forecast error, as its own calibrated interval tells it
    (WLS of Wickramasuriya, Athanasopoulos & Hyndman 2019): residuals of the reconciled series are coherent by
    construction and tell nothing of the base forecasts. Where that would push a part below zero that never was,
    the parts of that tree stay and the wholes are their sums (bottom-up). Intervals are coherent in this sense: each
    keeps its calibrated width relative to its mean and moves along with it; bounds of parts do not add up to bounds of
    the whole, because parts do not err all at once. But an interval of a whole is never narrower, on either side, than
    its parts imply if they err together as they were seen to move: the root of (1 − r)·Σw² + r·(Σw)², w being the
    widths of the parts on that side and r the correlation of their changes.
    """
    result = table.copy()
    bounds = [column for column in table.columns if column[:2] in ("lo", "hi")]
    given = dict(together or {})
    upwards = [name for name in TopologicalSorter(children).static_order() if name in children]
    for _, rows in table.groupby("target_period", sort=True):
        place = {name: at for at, name in enumerate(rows["series"])}
        present = {
            whole: [place[part] for part in children[whole]]
            for whole in upwards
            if whole in place and all(part in place for part in children[whole])
        }
        if not present:
            continue
        sums = [(place[whole], parts) for whole, parts in present.items()]
        before = rows["mean"].to_numpy()
        lower = rows[bounds].min(axis=1).to_numpy() if bounds else before
        after = _summed(_least_squares(before, _half(rows, bounds), sums), before, lower, sums)
        result.loc[rows.index, "mean"] = after
        for column in bounds:
            moved = _follow(rows[column].to_numpy(), before, after, lower)
            result.loc[rows.index, column] = _no_surer(
                moved, after, sums, [given.get(whole, UNKNOWN) for whole in present]
            )
    return result


def _no_surer(
    bound: np.ndarray, means: np.ndarray, sums: Sequence[tuple[int, list[int]]], together: Sequence[float]
) -> np.ndarray:
    """Return a bound that for every whole is at least as far from its mean as its parts imply."""
    width = np.abs(bound - means)
    side = np.sign(bound - means)
    with np.errstate(over="ignore", invalid="ignore"):
        for (whole, parts), share in zip(sums, together, strict=True):
            largest = float(width[parts].max(initial=0.0))
            if largest > 0:
                part = width[parts] / largest
                implied = largest * float(np.sqrt((1 - share) * (part**2).sum() + share * part.sum() ** 2))
                if implied > width[whole]:
                    width[whole] = implied
                    side[whole] = side[whole] or side[parts][np.argmax(width[parts])]
    with np.errstate(over="ignore"):
        moved = means + side * width
    # What is not below zero, and has no part that is, does not get there.
    return np.clip(np.where((bound >= 0) & (means >= 0), np.maximum(moved, 0.0), moved), -LARGEST, LARGEST)


def _half(rows: pd.DataFrame, bounds: Sequence[str]) -> np.ndarray:
    """Return half the width of each widest interval; ones where there is none."""
    if not bounds:
        return np.ones(len(rows))
    return rows[bounds].max(axis=1).to_numpy() / 2 - rows[bounds].min(axis=1).to_numpy() / 2


def _trees(count: int, sums: Sequence[tuple[int, list[int]]]) -> np.ndarray:
    """Return for each place the number of the tree it belongs to."""
    ends = [(part, whole) for whole, parts in sums for part in parts]
    line, column = zip(*ends, strict=True)
    links = sparse.coo_array((np.ones(len(ends)), (line, column)), shape=(count, count))
    return sparse.csgraph.connected_components(links, directed=False)[1]


def _least_squares(means: np.ndarray, half: np.ndarray, sums: Sequence[tuple[int, list[int]]]) -> np.ndarray:
    """Return the nearest means that add up, each tree in its own unit."""
    trees = _trees(len(means), sums)
    largest = np.zeros(trees.max() + 1)
    np.maximum.at(largest, trees, np.abs(means))
    unit = np.where(largest > 0, largest, 1.0)[trees]
    with np.errstate(over="ignore"):
        variance = np.clip(half / unit, NARROWEST, WIDEST) ** 2
    entries = [(row, whole, 1.0) for row, (whole, _) in enumerate(sums)]
    entries += [(row, part, -1.0) for row, (_, parts) in enumerate(sums) for part in parts]
    line, column, value = zip(*entries, strict=True)
    rule = sparse.csr_array((value, (line, column)), shape=(len(sums), len(means)))
    size = 1 / np.sqrt(rule.power(2) @ variance)
    scaled = sparse.diags_array(size) @ rule
    matrix = scaled @ sparse.diags_array(variance) @ scaled.T + RIDGE * sparse.eye_array(len(sums))
    pull = spsolve(matrix.tocsc(), scaled @ (means / unit))
    shift = variance * (scaled.T @ pull)
    # Means that add up already stay as they are, zeros above all.
    return (means / unit - np.where(np.abs(shift) > ROUNDING, shift, 0.0)) * unit


def _summed(
    moved: np.ndarray, before: np.ndarray, lower: np.ndarray, sums: Sequence[tuple[int, list[int]]]
) -> np.ndarray:
    """Return the moved means with every whole the exact sum of its parts.

    Trees pushed below zero start from their own means.
    """
    trees = _trees(len(moved), sums)
    pushed = np.isin(trees, trees[(moved < 0) & (np.minimum(lower, before) >= 0)])
    result = np.where(pushed, before, moved)
    with np.errstate(over="ignore"):
        for whole, parts in sums:
            result[whole] = np.clip(result[parts].sum(), -LARGEST, LARGEST)
    return result


def _follow(bound: np.ndarray, before: np.ndarray, after: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Return a bound moved with its mean: in proportion where all is above zero, else by the same amount.

    Where nothing is below zero, no bound goes there, and a lower bound that stands on zero stays: outcomes do.
    """
    proportional = (before > 0) & (after > 0) & (lower > 0)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        moved = np.where(proportional, bound * (after / np.where(proportional, before, 1.0)), bound + (after - before))
    above = (lower >= 0) & (after >= 0)
    moved = np.where(above, np.maximum(moved, 0.0), moved)
    moved = np.where(above & (bound == 0) & (before > 0), 0.0, moved)
    return np.clip(moved, -LARGEST, LARGEST)
