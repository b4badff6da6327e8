"""Words that a comparison chooses: rose or fell, higher or lower, by a stated tolerance."""

from __future__ import annotations

from analysis.base.errors import DataError
from analysis.base.russian import decimal, decimals_needed
from analysis.quantities import PERCENT, Quantity, Text
from analysis.quantities.absent import require_known
from analysis.quantities.constants import of_quantities
from analysis.quantities.indicators import gap, growth
from analysis.quantities.numerals import after
from analysis.quantities.text import chosen
from analysis.show.wording import signed, size

STEADY = 1.0
_LAST_PLACE = 1e-9
_ENDINGS = {
    "m": ("вырос", "снизился", "изменился"),
    "f": ("выросла", "снизилась", "изменилась"),
    "n": ("выросло", "снизилось", "изменилось"),
    "pl": ("выросли", "снизились", "изменились"),
}


@of_quantities
def direction(new: Quantity, old: Quantity, steady: float = STEADY) -> int:
    """Return 1 for a rise, −1 for a fall, 0 where the change is within the tolerance.

    Parameters
    ----------
    new, old : Quantity
        What is compared, in units that add.
    steady : float
        The tolerance, in per cent.

    Returns
    -------
    int

    Raises
    ------
    GapError
        One of the two is missing: no word for the change would be true.
    DataError
        Their units differ.

    Notes
    -----
    Levels are steady within `steady` per cent of the old value; per cents within a tenth of
    `steady` percentage points, as one per cent of a rate is below its printed precision.
    """
    change = new - old
    require_known(change)
    limit = steady_points(steady) if new.unit == PERCENT else abs(float(old)) * steady / 100
    # Binary fractions differ in the last place: neither 5,5 − 5,4 nor 0,1 + 0,2 − 0,3 may turn on it.
    if abs(float(change)) < max(limit - _LAST_PLACE, _LAST_PLACE):
        return 0
    return 1 if float(change) > 0 else -1


def steady_points(steady: float) -> float:
    """Return the percentage points within which what is itself in per cent counts as steady."""
    return steady / 10


@of_quantities
def change(new: Quantity, old: Quantity) -> Quantity:
    """Return how far a value has moved: rates and what can be nought in their own units, levels in per cent.

    Parameters
    ----------
    new, old : Quantity

    Returns
    -------
    Quantity
    """
    rates = new.unit == PERCENT or min(float(new), float(old)) <= 0
    return gap(new, old) if rates else growth(new, old)


def rose(new: Quantity, old: Quantity, gender: str = "f", steady: float = STEADY) -> Text:
    """Return «выросла», «снизилась» or «практически не изменилась».

    Parameters
    ----------
    new, old : Quantity
    gender : {'m', 'f', 'n', 'pl'}
        Of what rose or fell.
    steady : float
        The tolerance, as for `direction`.

    Returns
    -------
    Text
        It remembers both numbers.
    """
    up, down, changed = _ENDINGS[gender]
    words = {1: up, -1: down, 0: f"практически не {changed}"}[direction(new, old, steady)]
    return chosen(words, _rule(new, steady), new, old)


def changed(new: Quantity, old: Quantity, gender: str = "f", steady: float = STEADY) -> Text:
    """Return «снизилась на 2,4 %»; where it is steady, «практически не изменилась (+0,3 %)».

    Parameters
    ----------
    new, old, gender, steady
        As for `rose`.

    Returns
    -------
    Text
        The word of `rose` and the change: of per cents in percentage points, of all else in per cent.
    """
    words = rose(new, old, gender, steady)
    change = new - old if new.unit == PERCENT else growth(new, old)
    if direction(new, old, steady) == 0:
        return words + " (" + signed(change) + ")"
    return words + " на " + size(change)


def choose(new: Quantity, old: Quantity, more: str, less: str, same: str | None = None, steady: float = 0.0) -> Text:
    """Return one of three wordings by how one number stands to another («выше», «ниже», «на том же уровне»).

    Parameters
    ----------
    new, old : Quantity
    more, less : str
        What is said where `new` is above, and where it is below.
    same : str, optional
        What is said where they are equal.
    steady : float
        The tolerance, as for `direction`.

    Returns
    -------
    Text
        It remembers both numbers.

    Raises
    ------
    GapError
        One of the two is missing.
    DataError
        They are equal, and there is no word for it; or they cannot be compared.

    Examples
    --------
    >>> now, before = Quantity(5.5, "percent", 1), Quantity(6.7, "percent", 1)
    >>> print(choose(now, before, "шире", "уже", "так же"))
    уже
    """
    words = {1: more, -1: less, 0: same}[direction(new, old, steady)]
    if words is None:
        raise DataError(f"choose: «{new.formula}» и «{old.formula}» равны, а слово для равенства не задано.")
    return chosen(words, _rule(new, steady), new, old)


def same(one: str, other: str, yes: str, no: str) -> Text:
    """Return one of two wordings by whether two picked keys are one («туда же»).

    Parameters
    ----------
    one, other : str
        The keys, as `analysis.quantities.indicators` picks them.
    yes, no : str
        What is said where they are one, and where they are two.

    Returns
    -------
    Text
        It remembers why the keys were picked.

    Examples
    --------
    >>> marks = {"tomsk": Quantity(4.1, "percent", 1), "omsk": Quantity(3.9, "percent", 1)}
    >>> print(same(highest(marks), "tomsk", "туда же", "в другой город"))
    туда же
    """
    return chosen(yes if one == other else no, "совпадение", *(key for key in (one, other) if isinstance(key, Text)))


def _rule(new: Quantity, steady: float) -> str:
    """Return how a word was chosen: by comparison, and within which tolerance nothing is said to have changed."""
    if not steady:
        return "сравнение"
    limit, unit = (steady_points(steady), "pp") if new.unit == PERCENT else (steady, PERCENT)
    return f"сравнение с допуском {decimal(limit, decimals_needed(limit))}{after(unit)}"


@of_quantities
def higher(value: Quantity, other: Quantity) -> Text:
    """Return «выше», «ниже» or «на том же уровне».

    Examples
    --------
    >>> print(higher(Quantity(5.5, "percent", 1), Quantity(6.7, "percent", 1)))
    ниже
    """
    return choose(value, other, "выше", "ниже", "на том же уровне")


@of_quantities
def apart(value: Quantity, other: Quantity, where: str) -> Text:
    """Return how far one level is from another: «на 5,2 п. п. ниже, чем в России», «столько же, сколько в России».

    Parameters
    ----------
    value, other : Quantity
        The levels, in units that add.
    where : str
        Whose the other level is: «в России».

    Returns
    -------
    Text
        It remembers both; levels whose difference is printed as zero are equal.

    Examples
    --------
    >>> print(apart(Quantity(53.2, "percent", 1), Quantity(58.4, "percent", 1), "в России"))
    на 5,2 п. п. ниже, чем в России
    """
    difference = value - other
    require_known(difference)
    if not round(float(difference), difference.decimals):
        return chosen("столько же, сколько ", "сравнение", value, other) + where
    return "на " + size(difference) + " " + choose(value, other, "выше", "ниже") + ", чем " + where


@of_quantities
def more(value: Quantity, other: Quantity) -> Text:
    """Return «больше», «меньше» or «столько же».

    Examples
    --------
    >>> print(more(Quantity(530.0, "people", 0), Quantity(412.0, "people", 0)))
    больше
    """
    return choose(value, other, "больше", "меньше", "столько же")
