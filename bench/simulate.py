"""Random yearly series of many kinds.

The stored widths are learned on them beside the official series, and tests run on them.
"""

from __future__ import annotations

import numpy as np

BEFORE = 30


def mixed(count: int, length: int, seed: int) -> list[np.ndarray]:
    """Return series that have nothing in common: trends, levels, cycles, breaks, in any unit.

    Parameters
    ----------
    count, length : int
        How many, how long.
    seed : int
        The same seed gives the same series.

    Returns
    -------
    list of numpy.ndarray
        Finite values, a series an array.
    """
    random = np.random.default_rng(seed)
    result: list[np.ndarray] = []
    while len(result) < count:
        values = _one(random, length)
        if np.abs(np.diff(values)).sum() > 0:
            result.append(values)
    return result


def siblings(count: int, length: int, seed: int) -> list[np.ndarray]:
    """Return series of one panel: they share growth and the shocks of each year, and differ in the rest.

    Parameters
    ----------
    count, length : int
        How many, how long.
    seed : int
        The same seed gives the same series.

    Returns
    -------
    list of numpy.ndarray
        Values above zero, a series an array.
    """
    random = np.random.default_rng(seed)
    volatility = random.choice([0.02, 0.05, 0.1])
    shared = _changes(random, random.choice(list(_KINDS)), length + BEFORE, volatility)
    part = random.uniform(0.3, 0.9)
    own = [_changes(random, "walk", length + BEFORE, volatility * random.uniform(0.5, 1.5)) for _ in range(count)]
    return [10 ** random.uniform(1, 3) * np.exp(_path(part * shared + (1 - part) * changes, length)) for changes in own]


def _one(random: np.random.Generator, length: int) -> np.ndarray:
    volatility = random.choice([0.01, 0.03, 0.06, 0.1, 0.2], p=[0.15, 0.3, 0.25, 0.2, 0.1])
    path = _path(
        _changes(random, random.choice(list(_KINDS), p=list(_KINDS.values())), length + BEFORE, volatility), length
    )
    if random.random() < 0.3:
        path = path + volatility * random.uniform(0.2, 1) * random.standard_normal(length)
    unit = 10 ** random.uniform(0, 5)
    values = unit * (np.exp(path) if random.random() < 0.75 else 1 + path)
    rounding = random.random()
    return np.round(values) if rounding < 0.1 else np.round(values, 2) if rounding < 0.6 else values


_KINDS = {"walk": 0.25, "trend": 0.1, "damped": 0.25, "level": 0.15, "break": 0.15, "cycle": 0.1}


def _path(changes: np.ndarray, length: int) -> np.ndarray:
    path = np.cumsum(changes)[-length:]
    return np.clip(path - path[0], -12, 12)


def _changes(random: np.random.Generator, kind: str, count: int, volatility: float) -> np.ndarray:
    freedom = random.choice([3, 5, 30])
    shocks = volatility * random.standard_t(freedom, count) / np.sqrt(freedom / (freedom - 2))
    if random.random() < 0.3:
        # Calm years and wild ones.
        shocks *= np.exp(0.5 * np.repeat(random.standard_normal(count // 5 + 1), 5)[:count])
    growth = random.normal(0.4, 0.7) * volatility
    if kind == "walk":
        return growth + shocks
    if kind in ("trend", "damped"):
        fading = 1.0 if kind == "trend" else random.uniform(0.6, 0.95)
        turns = random.uniform(0.1, 0.5) * volatility * random.standard_normal(count)
        slope = np.zeros(count)
        for step in range(1, count):
            slope[step] = fading * slope[step - 1] + turns[step] + (1 - fading) * growth
        return slope + random.uniform(0.3, 1) * shocks
    if kind == "level":
        return np.diff(_autoregressive(shocks, random.uniform(0.2, 0.9), 0.0), prepend=0.0)
    if kind == "break":
        changes = growth + 0.7 * shocks
        place = random.integers(BEFORE, count, size=random.integers(1, 3))
        changes[place] += random.normal(0, 5 * volatility, len(place))
        changes[place[0] :] -= growth * random.choice([0.0, 1.0, 2.0])
        return changes
    rho, frequency = random.uniform(0.7, 0.95), 2 * np.pi / random.uniform(4, 11)
    return np.diff(_autoregressive(shocks, 2 * rho * np.cos(frequency), -(rho**2)), prepend=0.0) + 0.7 * growth


def _autoregressive(shocks: np.ndarray, first: float, second: float) -> np.ndarray:
    level = np.zeros(len(shocks))
    for step in range(2, len(shocks)):
        level[step] = first * level[step - 1] + second * level[step - 2] + shocks[step]
    return level
