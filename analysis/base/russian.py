"""How Russian prints numbers, months, lists cut short and adjectives, and how printed numbers are read back.

The one owner of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import isnan

from analysis.base.errors import DataError

NBSP, NARROW, MINUS, DASH = "\u00a0", "\u202f", "\u2212", "–"
NO_DATA = "нет данных"
NO_DATA_SHORT = "н/д"  # where a figure has no room
MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
MONTH_NAMES = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
# The cases beside the nominative, by the names that tables and chapters give them.
CASES = {
    "gen": "родительный",
    "dat": "дательный",
    "acc": "винительный",
    "ins": "творительный",
    "loc": "предложный",
}
# Endings of an adjective of places by gender, from the nominative on; the accusative is that of things.
_ENDINGS = {
    "m": ("", "ого", "ому", "", "{и}м", "ом"),
    "f": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "n": ("ое", "ого", "ому", "ое", "{и}м", "ом"),
    "pl": ("{и}е", "{и}х", "{и}м", "{и}е", "{и}ми", "{и}х"),
}
_SPACES = f" {NBSP}{NARROW}\u2009"
_SIGNS = f"-+{MINUS}{DASH}"
_GROUPED = rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+"
_NUMBER = re.compile(rf"(?P<sign>[{_SIGNS}]?)(?P<whole>{_GROUPED}|\d+)(?:,(?P<fraction>\d+))?")
# A dash between two numbers parts them, and a minus stands before a number of its own.
_INSIDE = re.compile(rf"(?<![\d%])[{_SIGNS}]?(?:{_GROUPED}(?!\d)|\d+)(?:,\d+)?")


def decimal(value: float, digits: int) -> str:
    """Return a number with decimal comma, true minus and thousands set apart from 10 000 on.

    Halves are rounded away from zero, as in the statistical yearbooks; groups of three stand apart
    by a narrow no-break space. What rounds to zero has no sign.
    """
    rounded = half_up(value, digits)
    sign = MINUS if rounded < 0 else ""
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", NARROW)
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"


def half_up(value: float, digits: int) -> Decimal:
    """Return a number rounded to so many decimals, halves away from zero."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def signed(value: float, digits: int) -> str:
    """Return a number as `decimal` does, with an explicit plus; what rounds to zero has no sign."""
    return plus(decimal(value, digits))


def plus(printed: str) -> str:
    """Return a printed number with an explicit plus where it is above zero as printed."""
    above = not printed.startswith(MINUS) and any(digit in printed for digit in "123456789")
    return f"+{printed}" if above else printed


def typed(value: float | None, significant: int = 15) -> str:
    """Return a number as it is typed into a cell: no groups, decimal comma, as many digits as it has; empty for none.

    Parameters
    ----------
    value : float or None
        NaN counts as none.
    significant : int
        How many digits are kept at most.
    """
    if value is None or isnan(value):
        return ""
    return comma(f"{value:.{significant}g}")


def comma(number: str) -> str:
    """Return a number written by Python with decimal comma; its minus stays that of a spreadsheet: «-1,5»."""
    return number.replace(".", ",")


def parse_number(text: str) -> float:
    """Return the number that a printed numeral stands for: «49932,0», «1 143», «−1,2».

    Groups of three may stand apart by any space, ordinary, no-break or narrow; the sign may be a
    hyphen, a true minus, an en dash or a plus.

    Raises
    ------
    DataError
        The text is not one number, or its spaces do not part groups of three.
    """
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        raise DataError(
            f"«{text}» – не число, как его печатают по-русски: ожидалось, например, «49932,0», «1 143» или «−1,2»."
        )
    return as_float(found[0]) + 0.0  # minus zero is zero


def as_float(text: str) -> float:
    """Return a number whose form the caller has checked: blanks go, the comma and any minus become Python's.

    Raises
    ------
    ValueError
        It is no number all the same.
    """
    return float(pointed(text))


def pointed(text: str) -> str:
    """Return a number as printed in signs that programs read: no blanks, a decimal point, a hyphen for any minus."""
    return re.sub(r"\s", "", text).replace(",", ".").replace(MINUS, "-").replace(DASH, "-")


def numbers_in(text: str) -> list[float]:
    """Return the numbers of a printed string: «72%–73%» is 72 and 73, «−7,6» is −7,6."""
    return [parse_number(found[0]) for found in _INSIDE.finditer(text)]


def decimals_of(text: str) -> int:
    """Return how many decimals a printed number has: the precision of its source.

    Raises
    ------
    DataError
        As `parse_number`.
    """
    parse_number(text)
    return len(text.strip().partition(",")[2])


def decimals_in(text: str) -> int:
    """Return how many decimals the numbers of a printed string have, the finest of them: 1 in «52,5–54 %»."""
    return max((decimals_of(found[0]) for found in _INSIDE.finditer(text)), default=0)


def decimals_needed(value: float) -> int:
    """Return how many decimals a number, typed with few digits, is printed with in full: 1 for 0.5, 0 for 1 234 567."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def shortened(items: Sequence[str], most: int, between: str = ", ") -> str:
    """Return a list in words, cut short: «B2, B3 и еще 7».

    Parameters
    ----------
    items : sequence of str
    most : int
        How many are named.
    between : str
        What stands between two; a semicolon where commas stand within them.

    Returns
    -------
    str
    """
    rest = len(items) - most
    return between.join(items[:most]) + (f" и еще {rest}" if rest > 0 else "")


def and_more(rest: int, what: str = "замечаний") -> str:
    """Return the sentence on what is not told: « И еще замечаний: 3.»; nothing where all is told."""
    return f" И еще {what}: {rest}." if rest > 0 else ""


def ends_in_one(number: int) -> bool:
    """Tell whether a noun after this number is in the singular: 1, 21, 101, but not 11."""
    return number % 10 == 1 and number % 100 != 11


def agreed(number: int, one: str, few: str, many: str) -> str:
    """Return the form of a noun that follows a number.

    Parameters
    ----------
    number : int
        Zero or more.
    one, few, many : str
        The noun after 1, after 2, after 5.

    Returns
    -------
    str
        One of the three.
    """
    if ends_in_one(number):
        return one
    return few if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else many


def declined(adjective: str, gender: str, case: str = "nom") -> str:
    """Return a form of an adjective that is made of a place: «томские», «костромского», «подмосковной».

    Parameters
    ----------
    adjective : str
        Masculine nominative with a hard stem, or one in «к»: «томский», «костромской», «подмосковный».
    gender : {'m', 'f', 'n', 'pl'}
    case : {'nom', 'gen', 'dat', 'acc', 'ins', 'loc'}
        The accusative is that of things, not of people.

    Returns
    -------
    str
    """
    ending = _ENDINGS[gender][("nom", *CASES).index(case)]
    stem = adjective[:-2]
    return stem + ending.replace("{и}", "и" if stem.endswith("к") else "ы") if ending else adjective
