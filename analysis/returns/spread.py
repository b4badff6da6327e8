"""How unlike its peers a count is: binomial tails, widened by how much colleges differ among themselves.

A college with `n` graduates of whom `k` do something is set beside the others of like profile as institutions are in
funnel plots with over-dispersion: the logit of its true share is that of the peers give or take a spread that all
colleges have (an additive random effect; D. J. Spiegelhalter, Funnel plots for comparing institutional performance,
Statistics in Medicine 24 (2005) 1185-1202; Handling over-dispersion of performance indicators, Quality and Safety in
Health Care 14 (2005) 347-351), and the count is binomial given that share. No normal law is put in place of the
binomial, so ten graduates are judged as ten.

Centre and spread come from the very colleges that may be wrong, so they are robust: what is averaged is the place of
each count in its own distribution (its mid-p value, between 0 and 1), which a wild college can shift by half a place at
most. The centre makes these places 1/2 on the average, the spread makes their mean distance from 1/2 a quarter, as it
is of numbers spread evenly. For normal data without binomial noise these are M-estimators beside median and MAD.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import bdtr, bdtrc, expit, logit, roots_hermitenorm

# On the logit scale. Colleges of one profile stand in towns of their own; that like ones differ by a third in odds is
# granted even where the data would not show it, for few and small counts cannot show it.
LEAST = 0.3
MOST = 3.0
_BOUND = 15.0  # a share of 3 in ten million, and the same short of one
_NODES, _WEIGHTS = roots_hermitenorm(21)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
# What a median loses to a mean: how much less sure a robust centre is.
_ROBUST = np.pi / 2

# Whole numbers of graduates.
Counts = np.ndarray


@dataclass(frozen=True)
class Profile:
    """What colleges of like profile show.

    Attributes
    ----------
    centre : numpy.ndarray
        Logit of the usual share, a count each.
    scale : numpy.ndarray
        How far, on that scale, a college may be from it: the spread and how unsure the centre is.
    """

    centre: np.ndarray
    scale: np.ndarray

    def usual(self) -> tuple[np.ndarray, np.ndarray]:
        """Return between which shares nineteen colleges of twenty are, a count each."""
        return expit(self.centre - 2 * self.scale), expit(self.centre + 2 * self.scale)


def fitted(k: Counts, n: Counts, groups: Sequence[Hashable], offset: np.ndarray | None = None) -> Profile:
    """Return what is usual, group by group, with one spread for all of them.

    Parameters
    ----------
    k, n : numpy.ndarray
        Counts and of how many; every `n` above zero.
    groups : sequence
        To which group each count belongs: it has a centre of its own.
    offset : numpy.ndarray, optional
        By how much, on the logit scale, each count is expected to be off the centre of its group.

    Returns
    -------
    Profile
    """
    at = np.zeros(len(k)) if offset is None else offset
    number = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    numbered = np.array([number[group] for group in groups])
    members = [np.flatnonzero(numbered == place) for place in number.values()]

    def centres(spread: float) -> np.ndarray:
        centre = np.empty(len(k))
        for own in members:
            centre[own] = at[own] + _centre(k[own], n[own], at[own], spread)
        return centre

    def too_wide(spread: float) -> float:
        return float(np.mean(np.abs(_places(k, n, centres(spread), spread) - 0.5))) - 0.25

    spread = LEAST
    if too_wide(LEAST) > 0:
        spread = MOST if too_wide(MOST) > 0 else float(brentq(too_wide, LEAST, MOST, xtol=0.01))
    centre = centres(spread)
    unsure = np.empty(len(k))
    for own in members:
        share = np.clip(expit(centre[own]), 1e-6, 1 - 1e-6)
        noise = spread**2 + 1 / np.maximum(n[own] * share * (1 - share), 0.5)
        unsure[own] = _ROBUST / np.sum(1 / noise)
    return Profile(centre, np.sqrt(spread**2 + unsure))


def tails(k: Counts, n: Counts, profile: Profile) -> tuple[np.ndarray, np.ndarray]:
    """Return how likely a college like these has so few, and so many.

    Parameters
    ----------
    k, n : numpy.ndarray
        Counts and of how many.
    profile : Profile
        What is usual, a count each.

    Returns
    -------
    tuple of numpy.ndarray
        The probabilities of no more and of no fewer.
    """
    share = _shares(profile.centre, profile.scale)
    few = bdtr(k[:, None], n[:, None], share) @ _WEIGHTS
    many = np.where(k > 0, bdtrc(np.maximum(k - 1, 0)[:, None], n[:, None], share) @ _WEIGHTS, 1.0)
    return few, many


def _centre(k: Counts, n: Counts, at: np.ndarray, spread: float) -> float:
    """Return the shift that puts the counts in the middle of their distributions on the average."""

    def too_high(shift: float) -> float:
        return float(np.mean(_places(k, n, at + shift, spread))) - 0.5

    if k.sum() == 0 or (n - k).sum() == 0:
        # Nobody does it, or everybody: half a person more or less is as near as the data tell.
        return float(logit((k.sum() + 0.5) / (n.sum() + 1)))
    return float(brentq(too_high, -_BOUND, _BOUND, xtol=1e-3))


def _places(k: Counts, n: Counts, centre: np.ndarray, spread: float) -> np.ndarray:
    """Return the mid-p value of each count."""
    share = _shares(centre, np.full(len(k), spread))
    upto = bdtr(k[:, None], n[:, None], share) @ _WEIGHTS
    below = np.where(k > 0, bdtr(np.maximum(k - 1, 0)[:, None], n[:, None], share) @ _WEIGHTS, 0.0)
    return (upto + below) / 2


def _shares(centre: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return expit(centre[:, None] + scale[:, None] * _NODES[None, :])
