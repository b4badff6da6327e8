"""Intervals: Student quantiles of a volatility shrunk towards the siblings, widened by what past origins show.

The volatility of each series is shrunk as variances of many small samples are (Smyth 2004). On that scale the
errors of past origins, over all siblings, calibrate the width (conformal prediction, Vovk et al. 2005; for a
panel, Stankeviciute et al. 2021). Siblings share shocks, so their errors count for less than their number, and
what they lack is filled by widths stored with the package (`stored.json`, made by `bench.learn`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import polygamma
from scipy.stats import norm
from scipy.stats import t as student

from analysis.forecast.combine import independent, likeness, together
from analysis.forecast.learned import stored
from analysis.forecast.origins import OriginCell

# Calibration of the siblings weighs as much as the stored widths at so many independent errors outside the interval:
# a quantile is known as well as there are errors beyond it.
TAIL_WORTH = 15.0
# The stored scale is worth so many independent errors, that of all steps ahead so many beside each one's own.
SCALE_WORTH, HORIZON_WORTH = 25.0, 8.0
# Levels that tell how large errors are.
MIDDLE = (50.0, 65.0, 80.0, 90.0)
# No more degrees of freedom than this are lent by the siblings.
MOST_FREEDOM = 50.0


@dataclass(frozen=True)
class Volatility:
    """What the siblings say of a series' volatility: worth `freedom` yearly changes of this variance."""

    freedom: float
    variance: float


def widening(level: float, alike: float | None = None) -> float:
    """Return the stored factor of the half-width at a level in per cent, between the levels that were learned.

    Parameters
    ----------
    level : float
    alike : float, optional
        How much the siblings err together: shocks they share make outcomes stray farther than calm years tell.
    """
    part, factors = together(alike), stored()["widening"]
    known = sorted(factors["apart"], key=float)
    place = [0.0, *(float(norm.ppf(0.5 + float(name) / 200)) for name in known)]
    height = [
        0.0,
        *((1 - part) * np.log(factors["apart"][name]) + part * np.log(factors["together"][name]) for name in known),
    ]
    return float(np.exp(np.interp(norm.ppf(0.5 + level / 200), place, height)))


def pool(variances: np.ndarray, counts: np.ndarray) -> Volatility:
    """Estimate how alike the volatilities of a group are.

    Parameters
    ----------
    variances, counts : numpy.ndarray
        Mean squared change of each series and how many changes it has.

    Notes
    -----
    Moments of the logarithms of the variances (Smyth 2004, section 6.2). Fewer than three series say nothing;
    then the volatility stored with the package stands, with little weight.
    """
    usable = (variances > 0) & (counts > 0)
    if usable.sum() < 3:
        return Volatility(**stored()["volatility"])
    half = counts[usable] / 2
    centred = np.log(variances[usable]) - polygamma(0, half) + np.log(half)
    excess = float(centred.var(ddof=1) - polygamma(1, half).mean())
    freedom = min(2 * _inverse_trigamma(excess), MOST_FREEDOM) if excess > 0 else MOST_FREEDOM
    return Volatility(freedom, float(np.exp(centred.mean() + polygamma(0, freedom / 2) - np.log(freedom / 2))))


def _inverse_trigamma(value: float) -> float:
    if value > 1e7:
        return value**-0.5
    if value < 1e-6:
        return 1 / value
    guess = 0.5 + 1 / value
    for _ in range(50):
        now = polygamma(1, guess)
        step = now * (1 - now / value) / polygamma(2, guess)
        guess += step
        if -step / guess < 1e-8:
            break
    return float(guess)


def shrunk(variances: np.ndarray, counts: np.ndarray, families: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return each series' volatility, shrunk towards the siblings on the same working scale, and degrees of freedom.

    Parameters
    ----------
    variances, counts : numpy.ndarray
        Mean squared change of each series and how many changes it has.
    families : sequence of str
        The working scale of each series.

    Returns
    -------
    size, freedom : numpy.ndarray
        Series: root of the shrunk variance; degrees of freedom.

    Notes
    -----
    Siblings live through the same years: they cannot more than double the freedom of a series' own changes.
    """
    size, freedom = np.zeros((2, len(variances)))
    for family in set(families):
        rows = np.array([name == family for name in families])
        prior = pool(variances[rows], counts[rows])
        total = prior.freedom + counts[rows]
        size[rows] = np.sqrt((prior.freedom * prior.variance + counts[rows] * variances[rows]) / total)
        freedom[rows] = np.clip(total, 1, np.maximum(2 * counts[rows], 1))
    return size, freedom


@dataclass(frozen=True)
class Errors:
    """Errors of one past cell in units of their expected size, and the degrees of freedom of each."""

    cell: OriginCell
    values: np.ndarray
    freedom: np.ndarray


def factors(levels: Sequence[float], errors: Sequence[Errors], horizon: int) -> np.ndarray:
    """Return by what Student's half-widths are to be multiplied.

    Parameters
    ----------
    levels : sequence of float
        In per cent.
    errors : sequence of Errors
        Of the group's past origins.
    horizon : int
        Steps ahead.

    Returns
    -------
    numpy.ndarray
        Levels × horizons.

    Notes
    -----
    How large errors are is told by all of them, how far the rare ones lie by those few alone: the scale is learned
    soon, for each step ahead apart; the shape of the tails stays what was stored until the panel has seen enough.
    """
    alike = likeness([part.values for part in errors])
    start = np.log([widening(level, alike) for level in levels])
    if alike is None:
        return np.exp(start[:, None] + beyond(alike, horizon))
    begin = float(np.mean(np.log([widening(level, alike) for level in MIDDLE])))
    evidence = independent([part.cell for part in errors], alike)
    pooled, to_come = _scale(errors), _scale(errors, evidence)
    part = evidence / (evidence + SCALE_WORTH)
    scale = part * to_come + (1 - part) * begin + _apart(errors, alike, pooled, horizon)
    shape = []
    for level, stored_shape in zip(levels, start - begin, strict=True):
        seen = _log_ratio(errors, level, corrected(level, evidence)) - pooled
        outside = evidence * (1 - level / 100)
        mine = outside / (outside + TAIL_WORTH)
        shape.append(mine * seen + (1 - mine) * stored_shape)
    return np.exp(scale[None] + np.array(shape)[:, None])


def corrected(level: float, evidence: float) -> float:
    """Return the probability that holds a level of outcomes to come, as conformal prediction has it.

    The outcome to come is one more beside the `evidence` independent ones, and may be the largest (Vovk et al. 2005).
    """
    return min(level / 100 * (1 + 1 / evidence), 1.0)


def _scale(errors: Sequence[Errors], evidence: float = np.inf) -> float:
    """Return the log of how large errors are beside Student's, by their middle quantiles: no wild one tells."""
    return float(np.mean([_log_ratio(errors, level, corrected(level, evidence)) for level in MIDDLE]))


def beyond(alike: float | None, horizon: int) -> np.ndarray:
    """Return the stored log of how much larger errors of each step ahead are; the last known one from there on."""
    part, ahead = together(alike), stored()["ahead"]
    known = (1 - part) * np.array(ahead["apart"]) + part * np.array(ahead["together"])
    return known[np.minimum(np.arange(horizon), len(known) - 1)]


def _apart(errors: Sequence[Errors], alike: float, pooled: float, horizon: int) -> np.ndarray:
    """Return by how much the scale of each step ahead differs from that of all: what was stored, till it is seen."""
    result = beyond(alike, horizon)
    for ahead in range(1, horizon + 1):
        if mine := [part for part in errors if part.cell.horizon == ahead]:
            evidence = independent([part.cell for part in mine], alike)
            part = evidence / (evidence + HORIZON_WORTH)
            result[ahead - 1] = part * (_scale(mine) - pooled) + (1 - part) * result[ahead - 1]
    return result


def _log_ratio(errors: Sequence[Errors], level: float, probability: float) -> float:
    """Return the log of a quantile of the errors in units of Student's half-width at a level."""
    ratios = np.concatenate([np.abs(part.values) / student.ppf(0.5 + level / 200, part.freedom) for part in errors])
    importance = np.concatenate([np.full(len(part.values), 1 / len(part.values)) for part in errors])
    return float(np.log(max(_quantile(ratios, importance, probability), 1e-3)))


def _quantile(values: np.ndarray, importance: np.ndarray, probability: float) -> float:
    order = np.argsort(values, kind="stable")
    cumulated = np.cumsum(importance[order])
    place = (cumulated - 0.5 * importance[order]) / cumulated[-1]
    return float(np.interp(probability, place, values[order]))


def half_widths(levels: Sequence[float], freedom: np.ndarray, errors: Sequence[Errors], horizon: int) -> np.ndarray:
    """Return half-widths in units of the expected size of an error, wider at a higher level.

    Parameters
    ----------
    levels : sequence of float
        In per cent.
    freedom : numpy.ndarray
        Series: degrees of freedom.
    errors : sequence of Errors
        Of the group's past origins.
    horizon : int
        Steps ahead.

    Returns
    -------
    numpy.ndarray
        Series × horizons × levels.
    """
    found = factors(levels, errors, horizon)
    student_widths = np.array([student.ppf(0.5 + level / 200, freedom) for level in levels])
    widths = np.einsum("ls,lh->shl", student_widths, found)
    order = np.argsort(levels)
    widths[..., order] = np.maximum.accumulate(widths[..., order], axis=-1)
    return widths
