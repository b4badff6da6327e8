"""What is known of a number made of two figures of unlike precision: a range, where its digits would claim more.

A yearbook gives 3,731 thousand in one year and 3,8 in another. Their growth is then anything from 0.5 to 3.2 per cent:
a number told to a tenth would claim what nobody knows. Figures of like precision are told as yearbooks do, to the
digits of the indicator.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from analysis.quantities.formula import Factor, Formula, Operation, Seen
from analysis.quantities.observation import Observation
from analysis.quantities.quantity import Quantity

# What is counted one by one is exact however many digits it has.
EXACT = frozenset(("count", "people", "rank"))
_LAST = 1e-9


class Known(NamedTuple):
    """Between which two values a number lies, and to how many decimals that can be said."""

    low: float
    high: float
    digits: int


def known_within(quantity: Quantity) -> Known | None:
    """Return between what a number lies; None where its own digits say no more than is known.

    Parameters
    ----------
    quantity : Quantity
        A change, a share or a difference of two observations of one unit.

    Examples
    --------
    >>> exact, rounded = (
    ...     Observation("intake", "tomsk", "", year, "A", "", "", "", value=value, unit="thousand_people", given=given)
    ...     for year, value, given in ((2018, 3.731, 3), (2021, 3.8, 1))
    ... )
    >>> new, old = (Quantity(one.value, one.unit, 1, (one,), Seen(one)) for one in (rounded, exact))
    >>> low, high, digits = known_within(growth(new, old))
    >>> print(f"{low:.1f}", f"{high:.1f}", digits)
    0.5 3.2 0
    """
    seen = list(dict.fromkeys(leaf.observation for leaf in quantity.formula.leaves() if isinstance(leaf, Seen)))
    if quantity.value is None or len(seen) != 2 or not _unlike(*seen):
        return None
    middle = _value(quantity.formula, {one: one.value or 0.0 for one in seen})
    if middle is None or not math.isclose(abs(middle), abs(quantity.value), rel_tol=1e-6, abs_tol=_LAST):
        return None
    # The size of a fall has the formula of the fall.
    sign = 1 if math.isclose(middle, quantity.value, rel_tol=1e-6, abs_tol=_LAST) else -1
    # The finer of the two is known ten times better at least: the other alone tells how far the number may lie.
    coarse, fine = sorted(seen, key=lambda one: one.given or 0)
    ends = [
        _value(quantity.formula, {fine: fine.value or 0.0, coarse: (coarse.value or 0.0) + way * _half(coarse)})
        for way in (-1, 1)
    ]
    reached = [sign * end for end in ends if end is not None]
    if len(reached) < len(ends) or max(reached) - min(reached) <= 10.0**-quantity.decimals + _LAST:
        return None
    low, high = min(reached), max(reached)
    digits = min(quantity.decimals, max(0, math.ceil(-math.log10(high - low))))
    # «На 0–3 %» would say that there may be no change at all.
    lost = any(bound and abs(bound) < 0.5 * 10.0**-digits for bound in (low, high))
    return Known(low, high, min(quantity.decimals, digits + lost))


def _unlike(one: Observation, other: Observation) -> bool:
    """Tell whether two observations of one unit were given to a different number of digits."""
    given = {one.given, other.given}
    return one.unit == other.unit and one.unit not in EXACT and None not in given and len(given) == 2


def _half(seen: Observation) -> float:
    return 0.5 * 10.0 ** -(seen.given or 0)


def _value(formula: Formula, values: Mapping[Observation, float]) -> float | None:
    """Return what a formula of arithmetic comes to at these values; None where it is no arithmetic."""
    match formula:
        case Seen(observation):
            return values[observation]
        case Factor(value):
            return value
        case Operation(sign, left, right):
            first, second = _value(left, values), _value(right, values)
            if first is None or second is None or (sign == "/" and second == 0):
                return None
            return {
                "+": lambda: first + second,
                "−": lambda: first - second,
                "×": lambda: first * second,
                "/": lambda: first / second,
            }[sign]()
    return None
