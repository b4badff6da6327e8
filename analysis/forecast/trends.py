"""Damped local trends: a family of structural models, averaged by what the panel says of each.

Every model describes the yearly changes of a series as a stationary Gaussian process: noise, errors of
measurement, a slope that dies away (the damped trend of Gardner & McKenzie 1985 in the structural form of
Harvey 1989), a drift that is itself uncertain, or a return to a level. The forecast of each is linear in the
past changes, so that thousands of series are a few matrix products. Models are weighted series by series by
their Student likelihood times a prior that the series of the panel share (empirical Bayes by EM), so that
damping and trend of a short series are shrunk towards what its siblings show, and where these are few, towards
what official series show (`stored.json`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from analysis.forecast.learned import stored
from analysis.forecast.windows import Windows

# The prior of the models is worth this many series of the panel; this part of it is learned, the rest even.
PRIOR_SERIES, LEARNED = 5.0, 0.8
ROUNDS = 40
# Rows at a time, so that long panels do not fill the memory.
CHUNK = 1000
_JITTER = 1e-6
# Written out for these horizons and cut, so that neighbouring ones share the work.
_HORIZONS = (4, 10, 30)


@dataclass(frozen=True)
class Model:
    """Shares of the variance of the yearly changes, and how they hang together over time.

    Attributes
    ----------
    drift : float
        The share of a mean change that is itself uncertain.
    measurement : float
        The share of errors of measurement within what is neither drift nor slope.
    slope, damping : float
        The share of a slope within what is not drift, and what is left of it after a year.
    level : float, optional
        The autocorrelation of a level that returns to its mean, in place of noise and errors of measurement.
    """

    drift: float = 0.0
    measurement: float = 0.0
    slope: float = 0.0
    damping: float = 0.0
    level: float | None = None

    def covariance(self, size: int) -> np.ndarray:
        """Return the covariance of `size` consecutive changes; each has variance 1."""
        steps = np.arange(size)
        lag = np.abs(steps[:, None] - steps)
        now = (lag == 0).astype(float)
        if self.level is None:
            core = (1 - self.measurement) * now + self.measurement * (now - 0.5 * (lag == 1))
        else:
            # Changes of a level that returns to its mean.
            near, own, far = (_autocorrelation(self.level, apart) for apart in (np.abs(lag - 1), lag, lag + 1))
            core = 2 * own - near - far
            core = core / core[0, 0]
        core = (1 - self.slope) * core + self.slope * self.damping**lag
        return (1 - self.drift) * core + self.drift


def _autocorrelation(level: float, lag: np.ndarray) -> np.ndarray:
    return np.where(lag == 0, 1.0, level**lag)


def models() -> list[Model]:
    """Return the family, from the random walk (the last value) to trends that hardly fade."""
    family = [
        Model(drift=drift, measurement=noise) for drift, noise in product((0, 0.03, 0.1, 0.25, 0.5), (0, 0.35, 0.7))
    ]
    family += [
        Model(drift, noise, slope, damping)
        for damping, slope, noise, drift in product((0.5, 0.8, 0.93), (0.15, 0.4, 0.75), (0, 0.35), (0, 0.1))
    ]
    family += [
        Model(0, noise, slope, damping) for damping, slope, noise in product((0.95, 0.99), (0.4, 0.8, 0.95), (0, 0.35))
    ]
    family += [Model(slope=0.9, damping=damping) for damping in (0.5, 0.8, 0.93)]
    family += [Model(drift=drift, level=level) for level, drift in product((0.0, 0.4, 0.7, 0.85), (0, 0.1))]
    family += [
        Model(slope=0.2, damping=damping, level=level)
        for level, damping in product((0.0, 0.4, 0.7, 0.85, 0.93), (0.9, 0.97))
    ]
    return family


@dataclass(frozen=True)
class Bank:
    """The family written out for series of one length.

    Attributes
    ----------
    whiten : numpy.ndarray
        Models × changes × changes; a row of changes times it has independent parts.
    logdet : numpy.ndarray
        Models.
    ahead : numpy.ndarray
        Models × horizons × changes: the forecast of the sum of the next changes.
    spread : numpy.ndarray
        Models × horizons: variance of that sum where the variance of a change is 1.
    """

    whiten: np.ndarray
    logdet: np.ndarray
    ahead: np.ndarray
    spread: np.ndarray


def bank(changes: int, horizon: int) -> Bank:
    """Return the family for series with so many changes, forecast so many periods ahead."""
    whole = _bank(changes, next(size for size in _HORIZONS if size >= horizon))
    return Bank(whole.whiten, whole.logdet, whole.ahead[:, :horizon], whole.spread[:, :horizon])


@lru_cache(maxsize=128)
def _bank(changes: int, horizon: int) -> Bank:
    full = np.array([model.covariance(changes + horizon) for model in models()])
    seen, across, ahead = full[:, :changes, :changes], full[:, changes:, :changes], full[:, changes:, changes:]
    lower = np.linalg.cholesky(seen + _JITTER * np.eye(changes))
    whiten = np.linalg.inv(lower).swapaxes(1, 2)
    weights = across @ whiten @ whiten.swapaxes(1, 2)
    total = np.tril(np.ones((horizon, horizon)))
    left = total @ (ahead - weights @ across.swapaxes(1, 2)) @ total.T
    spread = np.maximum(np.diagonal(left, axis1=1, axis2=2), 1e-9)
    logdet = 2 * np.log(np.diagonal(lower, axis1=1, axis2=2)).sum(axis=1)
    return Bank(whiten, logdet, total @ weights, spread)


def _squares(changes: np.ndarray, whiten: np.ndarray) -> np.ndarray:
    """Return series × models: the squared length of the whitened changes."""
    parts = [
        np.einsum("smg->sg", np.tensordot(changes[at : at + CHUNK], whiten, (1, 1)).transpose(0, 2, 1) ** 2)
        for at in range(0, len(changes), CHUNK)
    ]
    return np.concatenate(parts)


def believed() -> np.ndarray:
    """Return what is believed of the models before a panel speaks: mostly what was learned from the official series."""
    learned = np.array(stored()["models"])
    return LEARNED * learned / learned.sum() + (1 - LEARNED) / len(learned)


def share(likelihood: np.ndarray, base: np.ndarray, prior_series: float = PRIOR_SERIES) -> np.ndarray:
    """Return series × models weights under a prior that the series share.

    Parameters
    ----------
    likelihood : numpy.ndarray
        Log-likelihoods, series × models.
    base : numpy.ndarray
        Models: the prior before the series are seen.
    prior_series : float
        How many series that prior is worth; infinite: nothing is shared.

    Returns
    -------
    numpy.ndarray
        Series × models; each series' weights sum to 1.

    Notes
    -----
    Empirical Bayes: the shares of the models are estimated by EM over the series (Robbins 1956; Dempster, Laird &
    Rubin 1977).
    """
    relative = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    prior = base
    for _ in range(ROUNDS if np.isfinite(prior_series) else 1):
        weights = relative * prior
        weights /= weights.sum(axis=1, keepdims=True)
        if np.isfinite(prior_series):
            prior = (weights.sum(axis=0) + prior_series * base) / (len(weights) + prior_series)
    return weights


def likelihoods(changes: np.ndarray, whiten: np.ndarray, logdet: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return Student's log-likelihood of each model.

    Parameters
    ----------
    changes : numpy.ndarray
        Series × changes.
    whiten : numpy.ndarray
        Models × changes × changes, as in `Bank`.
    logdet : numpy.ndarray
        Models, as in `Bank`.

    Returns
    -------
    tuple of numpy.ndarray
        Series × models: the log-likelihoods; the squared length of the whitened changes.
    """
    square = _squares(changes, whiten)
    return -0.5 * logdet - 0.5 * (1 + changes.shape[1]) * np.log1p(square), square


def damped(windows: Windows, horizon: int, prior_series: float = PRIOR_SERIES) -> tuple[np.ndarray, np.ndarray]:
    """Forecast by damped local trends shrunk towards the panel.

    Parameters
    ----------
    windows : Windows
        Changes are expected in units of the series' own volatility.
    horizon : int
        Steps ahead.
    prior_series : float
        See `share`.

    Returns
    -------
    tuple of numpy.ndarray
        Series × horizons: the expected sum of the next changes, and its standard deviation where the series'
        volatility is taken as known.
    """
    centre, deviation = np.zeros((2, len(windows), horizon))
    deviation += np.sqrt(np.arange(1, horizon + 1))
    pieces = [(rows, np.diff(values, axis=1)) for length, rows, values in windows.by_length() if length > 1]
    if not pieces:
        return centre, deviation
    fits = []
    for _, changes in pieces:
        family = bank(changes.shape[1], horizon)
        fits.append(likelihoods(changes, family.whiten, family.logdet))
    weights = share(np.concatenate([likelihood for likelihood, _ in fits]), believed(), prior_series)
    start = 0
    for (rows, changes), (_, square) in zip(pieces, fits, strict=True):
        own, start = weights[start : start + len(rows)], start + len(rows)
        family = bank(changes.shape[1], horizon)
        for at in range(0, len(rows), CHUNK):
            part = slice(at, at + CHUNK)
            each = np.tensordot(changes[part], family.ahead, (1, 2))
            centre[rows[part]] = np.einsum("sg,sgh->sh", own[part], each)
        # Student's scale: the prior of the volatility is worth one change of variance 1.
        variance = own * (1 + square) / (1 + changes.shape[1])
        deviation[rows] = np.sqrt(variance @ family.spread)
    return centre, deviation
