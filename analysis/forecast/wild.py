"""Years unlike all others of a series: one that leaps and comes back, and a leap after which all is on another level.

Such a year is kept as it was given, and told; but a misprint of one digit, or a new way of counting, must not rule the
forecast. What leaps and comes back is bridged, for the models alone, as a missing year is; a leap to another level is
no trend, and what went before it is moved up to it. Where siblings leap in that year or beside it, it was no misprint.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# A leap is so many times the middle change of the series, and on the logarithm no less than so much.
TIMES, LEAST = 10.0, 0.5
# What comes back lies within this part of the leap.
BACK = 0.25
# Fewer changes do not tell what is usual.
FEWEST = 5
# More of the siblings than this leap in the same period: it is a shock that they share.
SHARED = 0.1
SPIKE, LEAP = "spike", "leap"


@dataclass(frozen=True)
class Wild:
    """A year unlike the others.

    Attributes
    ----------
    place : int
        Which point of the series.
    kind : {'spike', 'leap'}
    change, usual : float
        The leap, on the working scale, and the largest that would not have been one.
    """

    place: int
    kind: str
    change: float
    usual: float


def unlike(values: np.ndarray, curved: bool) -> Wild | None:
    """Return the one year of a series that is unlike all others, None where there is none, or more than one.

    Parameters
    ----------
    values : numpy.ndarray
        On the working scale.
    curved : bool
        Whether that is a logarithm, on which `LEAST` has a meaning.
    """
    changes = np.diff(values)
    if len(changes) < FEWEST:
        return None
    size = np.abs(changes)
    usual = float(np.median(size))
    least = LEAST if curved else 0.0
    far = np.flatnonzero(
        (size > TIMES * (1 + 1e-9) * max(usual, 1e-9 * float(np.abs(values).max(initial=0.0)))) & (size > least)
    )
    if usual <= 0 or not len(far) or len(far) > 2:
        return None
    first = int(far[0])
    if len(far) == 2:
        there, back = changes[first], changes[far[1]]
        returned = far[1] == first + 1 and abs(there + back) <= BACK * min(abs(there), abs(back))
        return Wild(first + 1, SPIKE, float(there), TIMES * usual) if returned else None
    return Wild(first + 1, LEAP, float(changes[first]), min(TIMES * usual, float(size[first])))


def tamed(values: np.ndarray, wild: Wild) -> np.ndarray:
    """Return a series as the models see it: the year bridged, or what went before moved up to the new level."""
    result = values.copy()
    if wild.kind == SPIKE:
        result[wild.place] = (values[wild.place - 1] + values[wild.place + 1]) / 2
    else:
        # From the last of them on, so that what did not change still does not, to the last digit.
        result[: wild.place] = values[wild.place] + (values[: wild.place] - values[wild.place - 1])
    return result


def alone(found: dict[int, tuple[Wild, int]], series: int) -> dict[int, Wild]:
    """Return the wild years that siblings do not share.

    Parameters
    ----------
    found : dict of int to tuple
        By series: the year, and its period.
    series : int
        How many series the group has.
    """
    periods = [period for _, period in found.values()]
    most = max(SHARED * series, 1.0)
    near = {period: sum(abs(period - other) <= 1 for other in periods) for period in set(periods)}
    return {row: wild for row, (wild, period) in found.items() if near[period] <= most}
