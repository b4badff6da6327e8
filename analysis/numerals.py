"""How a number is set in Russian: decimal comma, no-break spaces, true minus, unit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isnan

from analysis.catalogue import load

NBSP, MINUS, NO_DATA = "\u00a0", "\u2212", "нет данных"


class Text(str):
    """Words for prose; what a notebook puts in place of an inline expression."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self)


def decimal(value: float, digits: int) -> str:
    """Return a number with decimal comma, true minus and thousands set apart from 10 000 on.

    Halves are rounded away from zero, as in the statistical yearbooks.
    """
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", NBSP)
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"


def with_symbol(value: float | None, digits: int, unit: str) -> str:
    """Return a value with the symbol of its unit, «нет данных» for None and for the NaN of a frame."""
    if value is None or isnan(value):
        return NO_DATA
    symbols = load("units").set_index("id")["symbol"]
    symbol = symbols.get(unit, "").replace(" ", NBSP)
    return f"{decimal(value, digits)}{NBSP}{symbol}" if symbol else decimal(value, digits)
