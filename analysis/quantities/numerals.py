"""How a quantity is printed: its number with the symbol of its unit."""

from __future__ import annotations

from math import isnan

from analysis.base.russian import NBSP, NO_DATA, decimal
from analysis.catalogue import current


def with_symbol(value: float | None, digits: int, unit: str) -> str:
    """Return a value with the symbol of its unit, «нет данных» for None and for the NaN of a frame.

    Parameters
    ----------
    value : float or None
        In the unit given.
    digits : int
        Decimals it is printed with.
    unit : str
        Id of `data/codes/units.csv`; one the list does not have is printed without a symbol.

    Returns
    -------
    str
        «57,5 %» with no-break spaces.
    """
    if value is None or isnan(value):
        return NO_DATA
    return f"{decimal(value, digits)}{after(unit)}"


def after(unit: str) -> str:
    """Return the symbol of a unit as it follows a number, its space included; nothing for a unit without one."""
    symbol = symbols().get(unit, "")
    return f"{NBSP}{symbol.replace(' ', NBSP)}" if symbol else ""


def symbols() -> dict[str, str]:
    """Return the symbols of all units by id."""
    return current().keep("symbols", _listed)


def _listed() -> dict[str, str]:
    return current().load(current().table("units").name).set_index("id")["symbol"].to_dict()
