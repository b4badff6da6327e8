"""Which units add, divide and convert: `data/codes/units.csv` says what each measures and at which scale."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.base.errors import DataError
from analysis.catalogue import current

PERCENT, POINTS, RATIO, YEAR = "percent", "pp", "ratio", "year"
# What a sum or a difference of shares is measured in; every other pair of dimensions must agree.
_SHARES = {
    (PERCENT, "−", PERCENT): POINTS,
    (PERCENT, "+", POINTS): PERCENT,
    (PERCENT, "−", POINTS): PERCENT,
    (POINTS, "+", PERCENT): PERCENT,
}


@dataclass(frozen=True)
class Unit:
    """What a unit measures (`people`, `money/people`) and how many basic units one of it is."""

    id: str
    dimension: str
    scale: float


def unit(unit_id: str) -> Unit:
    """Return a unit; one that the list does not have stands for itself alone."""
    return _units().get(unit_id) or Unit(unit_id, unit_id, 1.0)


def converts(unit_id: str, into: str) -> float | None:
    """Return by what a value in one unit is multiplied to be in the other, None where they measure different things."""
    if unit_id == into:
        return 1.0
    first, second = unit(unit_id), unit(into)
    return first.scale / second.scale if first.dimension == second.dimension else None


def sum_unit(left: str, sign: str, right: str) -> tuple[str, float]:
    """Return the unit of a sum or a difference, and by what the right side is multiplied to be in it.

    Parameters
    ----------
    left, right : str
        Ids of `data/codes/units.csv`.
    sign : {'+', '−', '<'}
        What is done to them.

    Returns
    -------
    tuple of (str, float)
        Unit of the result, and the factor of the right side.

    Raises
    ------
    DataError
        The two do not add: people and per cent, points less per cent.
    """
    if (left, sign, right) in _SHARES:
        return _SHARES[left, sign, right], 1.0
    factor = converts(right, left)
    if factor is None:
        raise DataError(f"единицы {left} и {right} разные")
    return left, factor


def quotient_unit(left: str, right: str) -> tuple[str, float]:
    """Return the unit of a quotient and by what the bare quotient is multiplied to be in it.

    One dimension over itself is a ratio; over a ratio it stays; otherwise the list must have a unit
    of the quotient (roubles per person).
    """
    factor = converts(left, right)
    if factor is not None:
        return RATIO, factor
    if right == RATIO:
        return left, 1.0
    first, second = unit(left), unit(right)
    wanted = f"{first.dimension}/{second.dimension}"
    for candidate in _units().values():
        if candidate.dimension == wanted:
            return candidate.id, first.scale / second.scale / candidate.scale
    raise DataError(f"единицы {left} и {right} разные")


def product_unit(left: str, right: str) -> tuple[str, float]:
    """Return the unit of a product and its factor: a share or a ratio of something, or so much for each of so many."""
    for share, whole in ((left, right), (right, left)):
        if share in (RATIO, PERCENT):
            return whole, 0.01 if share == PERCENT else 1.0
    for first, second in ((unit(left), unit(right)), (unit(right), unit(left))):
        each, slash, whom = first.dimension.partition("/")
        if slash and whom == second.dimension:
            basic = next(found for found in _units().values() if found.dimension == each and found.scale == 1)
            return basic.id, first.scale * second.scale
    raise DataError(f"единицы {left} и {right} не перемножаются")


def _units() -> dict[str, Unit]:
    return current().keep("units", _listed)


def _listed() -> dict[str, Unit]:
    rows = current().load(current().table("units").name).to_dict("records")
    return {row["id"]: Unit(row["id"], row.get("dimension", row["id"]), float(row.get("scale", 1))) for row in rows}
