"""How a quantity is printed: its number with the symbol of its unit."""

from __future__ import annotations

from functools import lru_cache
from math import isnan

from analysis.base.russian import NBSP, NO_DATA, decimal
from analysis.catalogue import load, table


def with_symbol(value: float | None, digits: int, unit: str) -> str:
    """Return a value with the symbol of its unit, «нет данных» for None and for the NaN of a frame."""
    if value is None or isnan(value):
        return NO_DATA
    return f"{decimal(value, digits)}{after(unit)}"


def after(unit: str) -> str:
    """Return the symbol of a unit as it follows a number, its space included; nothing for a unit without one."""
    symbol = symbols().get(unit, "")
    return f"{NBSP}{symbol.replace(' ', NBSP)}" if symbol else ""


def symbols() -> dict[str, str]:
    """Return the symbols of all units by id."""
    file = table("units").file
    return _symbols(str(file), file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=8)
def _symbols(file: str, stamp: int) -> dict[str, str]:
    return load("units").set_index("id")["symbol"].to_dict()
