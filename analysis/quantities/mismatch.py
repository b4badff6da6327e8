"""How far two distributions over the same groups are apart: places in colleges and vacancies, by groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.base.errors import DataError
from analysis.quantities.constants import HALF, of_quantities
from analysis.quantities.indicators import share
from analysis.quantities.quantity import Quantity, total
from analysis.quantities.units import PERCENT


@of_quantities
def mismatch(supply: Mapping[str, Quantity], demand: Mapping[str, Quantity]) -> Quantity:
    """Return what part of the supply would have to change its group to be spread as the demand is, in per cent.

    Half the sum of the differences of the two shares of each group, without sign: nought where both are spread alike,
    a hundred where no group has both. It is blind to how much there is of each altogether, and to what differs within
    a group.

    Parameters
    ----------
    supply, demand : mapping of str to Quantity
        By the same groups, in one unit each; a nought that is known is written as such.

    Returns
    -------
    Quantity
        Missing where one of the groups is.

    Raises
    ------
    DataError
        The groups are not the same, or there are none.

    References
    ----------
    Duncan, O. D., Duncan, B. (1955). A Methodological Analysis of Segregation Indexes. American Sociological Review,
    20 (2), 210–217: the index of dissimilarity.

    Examples
    --------
    >>> places = {"15.00.00": Quantity(60.0, "people", 0), "43.00.00": Quantity(40.0, "people", 0)}
    >>> vacancies = {"15.00.00": Quantity(90.0, "people", 0), "43.00.00": Quantity(10.0, "people", 0)}
    >>> print(mismatch(places, vacancies))
    30,0 %
    """
    if not supply or set(supply) != set(demand):
        one_sided = ", ".join(sorted(set(supply) ^ set(demand))) or "ни одной группы"
        raise DataError(f"Несоответствие считают по одним и тем же группам, а здесь иначе: {one_sided}.")
    places, wanted = total(supply.values()), total(demand.values())
    moved = [abs(share(supply[group], places) - share(demand[group], wanted)) for group in supply]
    return replace(total(moved) * HALF, unit=PERCENT, decimals=1)
