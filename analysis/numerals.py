"""How a number is set in Russian and read back: decimal comma, no-break spaces, true minus, unit."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import isnan

from analysis.catalogue import load, table
from analysis.errors import DataError

NBSP, NARROW, MINUS, DASH, NO_DATA = "\u00a0", "\u202f", "\u2212", "–", "нет данных"
_SPACES = f" {NBSP}{NARROW}\u2009"
_PRINTED = re.compile(
    rf"(?P<sign>[-+{MINUS}{DASH}]?)(?P<whole>\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)(?:,(?P<fraction>\d+))?"
)


def decimal(value: float, digits: int) -> str:
    """Return a number with decimal comma, true minus and thousands set apart from 10 000 on.

    Halves are rounded away from zero, as in the statistical yearbooks; groups of three stand apart
    by a narrow no-break space.
    """
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else ""
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", NARROW)
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"


def parse_number(text: str) -> float:
    """Return the number that a printed Russian numeral stands for: «49932,0», «1 143», «−1,2».

    Groups of three may stand apart by any space, ordinary, no-break or narrow; the sign may be a
    hyphen, a true minus, an en dash or a plus.

    Raises
    ------
    DataError
        The text is not one number, or its spaces do not part groups of three.
    """
    found = _PRINTED.fullmatch(text.strip())
    if not found:
        raise DataError(
            f"«{text}» – не число, как его печатают по-русски: ожидалось, например, «49932,0», «1 143» или «−1,2»."
        )
    whole = re.sub(f"[{_SPACES}]", "", found["whole"])
    value = float(f"{whole}.{found['fraction'] or '0'}")
    return -value if found["sign"] and found["sign"] != "+" and value else value


def decimals_of(text: str) -> int:
    """Return how many decimals a printed number has: the precision of its source."""
    parse_number(text)
    return len(text.strip().partition(",")[2])


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
