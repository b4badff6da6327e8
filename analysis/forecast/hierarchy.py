"""Parts that sum into a whole: forecasts whose means add up, moved as little as their own errors allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.errors import DataError, did_you_mean
from analysis.forecast.series import Series

# The parts must have summed to the whole in the past to within this share of it, at the median over this many periods.
TOLERANCE, PAST = 0.02, 5


def read_parents(parents: Mapping[str, str], names: Sequence[str]) -> dict[str, list[str]]:
    """Return the children of each parent.

    Parameters
    ----------
    parents : mapping of str to str
        Which series each sums into.

    Raises
    ------
    DataError
        A parent is unknown, or the way up from a series comes back to it.
    """
    known = set(names)
    for child, parent in parents.items():
        if parent not in known:
            raise DataError(f"Ряд «{child}»: его целого «{parent}» нет среди рядов.{did_you_mean(parent, names)}")
    for child in parents:
        path, now = [child], parents[child]
        while now is not None and now not in path:
            path.append(now)
            now = parents.get(now)
        if now is not None:
            ring = " → ".join(f"«{name}»" for name in [*path[path.index(now) :], now])
            raise DataError(f"Ряды входят друг в друга по кругу: {ring}. Уберите одну из связей.")
    children: dict[str, list[str]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    return children


def additive(parent: Series, children: Sequence[Series]) -> bool:
    """Tell whether the parts summed to the whole in their last common periods."""
    common = set(parent.periods.tolist()).intersection(*(child.periods.tolist() for child in children))
    common = sorted(common)[-PAST:]
    if not common:
        return False
    # Divided before they are summed, so that huge values do not overflow.
    count = len(children)
    parts = sum(child.values[np.isin(child.periods, common)] / count for child in children)
    whole = parent.values[np.isin(parent.periods, common)] / count
    scale = np.maximum(np.abs(whole), 1e-300)
    return bool(np.median(np.abs(parts - whole) / scale) <= TOLERANCE)


def reconcile(table: pd.DataFrame, children: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Make the means of wholes and parts add up.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns `series`, `target_period`, `mean` and pairs `lo…`, `hi…`; one row a series and period.
    children : mapping
        The parts of each whole.

    Returns
    -------
    pandas.DataFrame
        The same rows. Where a whole and all its parts are forecast for a period, its mean is the sum of theirs.

    Notes
    -----
    Least squares weighted by the variance of each series' own forecast error, as its own calibrated interval tells it
    (WLS of Wickramasuriya, Athanasopoulos & Hyndman 2019): residuals of the reconciled series are coherent by
    construction and tell nothing of the base forecasts. Where that would push a part below nought that never was,
    the parts stay and the whole is their sum (bottom-up). Intervals are coherent in this sense: each keeps its
    calibrated width relative to its mean and moves along with it; bounds of parts do not add up to bounds of the whole,
    because parts do not err all at once.
    """
    result = table.copy()
    bounds = [column for column in table.columns if column[:2] in ("lo", "hi")]
    for _, rows in table.groupby("target_period", sort=True):
        place = {name: at for at, name in enumerate(rows["series"])}
        present = {parent: list(parts) for parent, parts in children.items() if parent in place and all(part in place for part in parts)}
        if not present:
            continue
        means = rows["mean"].to_numpy()
        moved = _solve(rows, place, present)
        lower = rows[bounds].min(axis=1).to_numpy() if bounds else means
        if ((moved < 0) & (np.minimum(lower, means) >= 0)).any():
            moved = means.copy()
        moved = _sum_up(moved, place, present)
        result.loc[rows.index, "mean"] = moved
        for column in bounds:
            result.loc[rows.index, column] = _follow(rows[column].to_numpy(), means, moved, lower)
    return result


def _solve(rows: pd.DataFrame, place: Mapping[str, int], present: Mapping[str, Sequence[str]]) -> np.ndarray:
    means = rows["mean"].to_numpy()
    low, high = ([column for column in rows.columns if column.startswith(side)] for side in ("lo", "hi"))
    unit = max(float(np.abs(means).max()), np.finfo(float).tiny)
    half = (rows[high[0]].to_numpy() / unit - rows[low[0]].to_numpy() / unit) / 2 if low else np.ones(len(rows))
    variance = np.maximum(half, 1e-9) ** 2
    entries = [(at, place[parent], 1.0) for at, parent in enumerate(present)]
    entries += [(at, place[part], -1.0) for at, parts in enumerate(present.values()) for part in parts]
    line, column, value = zip(*entries, strict=True)
    rule = sparse.csr_array((value, (line, column)), shape=(len(present), len(rows)))
    weighted = rule.multiply(variance).tocsr()
    pull = np.linalg.lstsq((weighted @ rule.T).toarray(), rule @ (means / unit), rcond=None)[0]
    return (means / unit - weighted.T @ pull) * unit


def _sum_up(means: np.ndarray, place: Mapping[str, int], present: Mapping[str, Sequence[str]]) -> np.ndarray:
    """Return the means with every whole the exact sum of its parts, from the bottom up."""
    result, done = means.copy(), set()

    def settle(parent: str) -> None:
        if parent in done or parent not in present:
            return
        for part in present[parent]:
            settle(part)
        result[place[parent]] = result[[place[part] for part in present[parent]]].sum()
        done.add(parent)

    for parent in present:
        settle(parent)
    return np.clip(result, -np.finfo(float).max, np.finfo(float).max)


def _follow(bound: np.ndarray, before: np.ndarray, after: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """Return a bound moved with its mean: in proportion where everything is above nought, else by the same amount."""
    proportional = (before > 0) & (after > 0) & (lower >= 0)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        moved = np.where(proportional, bound * (after / np.where(proportional, before, 1.0)), bound + (after - before))
    return np.clip(moved, -np.finfo(float).max, np.finfo(float).max)
