"""Numbers in Russian: decimal comma, no-break spaces, units, agreement with nouns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analysis.base.agreement import agree, predicate
from analysis.base.errors import DataError
from analysis.base.russian import NARROW, NBSP, NO_DATA, decimal, plus
from analysis.quantities import PERCENT, RATIO, Quantity, Text, reading
from analysis.quantities.constants import HUNDRED, of_quantities
from analysis.quantities.numerals import after, with_symbol
from analysis.quantities.text import chosen
from analysis.show.known import ranged

# One letter where a vowel stands before the last one, two where a consonant does (Milchin, 6.2.3).
_ORDINAL = {
    "m": {"nomn": "й", "gent": "го", "datv": "му", "ablt": "м", "loct": "м"},
    "n": {"nomn": "е", "gent": "го", "datv": "му", "ablt": "м", "loct": "м"},
    "f": {"nomn": "я", "accs": "ю", "gent": "й", "datv": "й", "ablt": "й", "loct": "й"},
    "pl": {"nomn": "е", "gent": "х", "datv": "м", "ablt": "ми", "loct": "х"},
}


@of_quantities
def num(quantity: Quantity, digits: int | None = None) -> Text:
    """Return the bare number; «нет данных» for a missing one.

    Examples
    --------
    >>> print(num(Quantity(1189.34, "thousand_people", 1)))
    1189,3
    """
    return Text.of(ranged(quantity, digits) or _single(quantity, digits), quantity)


@of_quantities
def with_unit(quantity: Quantity, digits: int | None = None) -> Text:
    """Return the number with its unit («1189,3 тыс. чел.»).

    Examples
    --------
    >>> print(with_unit(Quantity(1189.3, "thousand_people", 1)))
    1189,3 тыс. чел.
    """
    if known := ranged(quantity, digits):
        return Text.of(f"{known}{after(quantity.unit)}", quantity)
    decimals = quantity.decimals if digits is None else digits
    return Text.of(with_symbol(quantity.value, decimals, quantity.unit), quantity)


@of_quantities
def pct(quantity: Quantity, digits: int | None = None) -> Text:
    """Return a share or a growth rate in per cent; a ratio is multiplied by 100.

    The size alone is printed: «снизилась на 2,4 %» carries its sign in the verb. See `signed`.

    Raises
    ------
    DataError
        The quantity is neither in per cent nor a ratio.

    Examples
    --------
    >>> print(pct(Quantity(-2.38, "percent", 1)))
    2,4 %
    >>> print(pct(Quantity(0.471, "ratio", 3)))
    47,1 %
    """
    if quantity.unit == RATIO:
        quantity = replace(quantity * HUNDRED, unit=PERCENT, decimals=1)
    if quantity.unit != PERCENT:
        raise DataError(f"pct: величина «{quantity.formula}» измерена не в процентах ({quantity.unit}).")
    return with_unit(abs(quantity), digits)


@of_quantities
def pp(quantity: Quantity, digits: int | None = None) -> Text:
    """Return the size of a difference of per cents in percentage points («1,2 п. п.»).

    Raises
    ------
    DataError
        The quantity is not in percentage points.

    Examples
    --------
    >>> print(pp(Quantity(6.7, "percent", 1) - Quantity(5.5, "percent", 1)))
    1,2 п. п.
    """
    if quantity.unit != "pp":
        raise DataError(f"pp: величина «{quantity.formula}» – не разность процентов ({quantity.unit}).")
    return with_unit(abs(quantity), digits)


@of_quantities
def size(quantity: Quantity, digits: int | None = None) -> Text:
    """Return the absolute size with its unit, for «сократилась на …».

    Examples
    --------
    >>> print(size(Quantity(-28.9, "thousand_people", 1)))
    28,9 тыс. чел.
    """
    return with_unit(abs(quantity), digits)


@of_quantities
def signed(quantity: Quantity, digits: int | None = None) -> Text:
    """Return the number with its unit and an explicit sign («+1,2 п. п.», «−10,5 тыс. чел.»).

    Examples
    --------
    >>> print(signed(Quantity(1.2, "pp", 1)))
    +1,2 п. п.
    >>> print(signed(Quantity(-28.9, "thousand_people", 1)))
    −28,9 тыс. чел.
    """
    if known := ranged(quantity, digits, signs=True):
        return Text.of(f"{known}{after(quantity.unit)}", quantity)
    text = with_unit(quantity, digits)
    # What rounds to zero is printed without a sign, whichever side it comes from.
    return text if quantity.missing or plus(text) == text else Text.of(plus(text), quantity)


@of_quantities
def times(quantity: Quantity, digits: int = 1) -> Text:
    """Return a ratio as «в 5,4 раза»; «нет данных» for a missing one.

    Examples
    --------
    >>> print(times(Quantity(1400.0, "people", 0) / Quantity(530.0, "people", 0)))
    в 2,6 раза
    """
    text = Text.of(_single(quantity, digits), quantity)
    if quantity.missing:
        return text
    # The noun follows the number as printed: 1,96 to no decimals is «в 2 раза».
    noun = "раза" if "," in text else agree(int(text.replace(NARROW, "")), "раз")
    return Text.of(f"в{NBSP}{text}{NBSP}{noun}", quantity)


@of_quantities
def count(quantity: Quantity, noun: str, case: str = "nomn") -> Text:
    """Return a whole number with its noun («14 территорий»); «нет данных» for a missing one.

    Parameters
    ----------
    quantity : Quantity
    noun : str
        Nominative singular; an adjective may stand before it («новая группа»).
    case : {'nomn', 'accs', 'gent', 'datv', 'ablt', 'loct'}
        Case the whole phrase stands in.

    Returns
    -------
    Text
        It remembers the number.

    Examples
    --------
    >>> print(count(Quantity(14.0, "count", 0), "территория"))
    14 территорий
    >>> print(count(Quantity(21.0, "count", 0), "новая группа", "gent"))
    21 новой группы
    """
    if quantity.value is None:
        return Text.of(NO_DATA, quantity)
    return Text.of(count_of(round(quantity.value), noun, case), quantity)


def count_of(number: int, noun: str, case: str = "nomn") -> str:
    """Return a bare whole number with its noun, for words that count what a figure or a table itself shows.

    Parameters
    ----------
    number : int
    noun, case : str
        As for `count`.

    Returns
    -------
    str
    """
    return f"{decimal(number, 0)}{NBSP}{agree(number, noun, case)}"


def agreed(quantity: Quantity, verb: str, noun: str) -> Text:
    """Return a verb or a short participle as it stands beside a count («обратился 21 выпускник»).

    Parameters
    ----------
    quantity : Quantity
        The count.
    verb : str
        As it stands beside most numbers: the plural, or the neuter of «было».
    noun : str
        What is counted, as for `count`.

    Returns
    -------
    Text
        It remembers the number.

    Examples
    --------
    >>> print(agreed(Quantity(21.0, "count", 0), "обратились", "выпускник"))
    обратился
    >>> print(agreed(Quantity(25.0, "count", 0), "обратились", "выпускник"))
    обратились
    """
    if quantity.value is None:
        return Text.of(verb, quantity)
    return chosen(predicate(round(quantity.value), verb, noun), "глагол согласован с числом", quantity)


def joined(words: Iterable[str]) -> Text:
    """Return «А, Б и В».

    Raises
    ------
    DataError
        There is nothing to name: the sentence around would have a hole.

    Examples
    --------
    >>> print(joined(["Томск", "Омск", "Барнаул"]))
    Томск, Омск и Барнаул
    """
    texts = [Text(word) for word in words]
    if not texts:
        raise DataError("joined: перечислять нечего, список пуст. Проверьте условие отбора или перепишите предложение.")
    *others, last = texts
    return Text(", ").join(others) + f" и{NBSP}" + last if others else last


def capital(text: str) -> Text:
    """Return the text with its first letter in upper case, for the start of a sentence.

    Examples
    --------
    >>> print(capital("занятых стало меньше"))
    Занятых стало меньше
    """
    return Text(text).retouched(lambda plain: plain[:1].upper() + plain[1:])


def lowered(text: str) -> Text:
    """Return the text as it stands in the middle of a sentence; see `analysis.quantities.reading.lowered`.

    Examples
    --------
    >>> print(lowered("Добыча полезных ископаемых"))
    добыча полезных ископаемых
    >>> print(lowered("СПО: прием"))
    СПО: прием
    """
    return Text(text).retouched(reading.lowered)


@of_quantities
def interval(low: Quantity, high: Quantity, digits: int | None = None) -> Text:
    """Return a range with an en dash and one unit («15–20 %»); with «от … до …» where a bound is below zero.

    Parameters
    ----------
    low, high : Quantity
        The bounds; the unit of the lower one is printed.
    digits : int, optional
        Decimals to print; those of each bound unless given.

    Returns
    -------
    Text
        It remembers both bounds.

    Raises
    ------
    DataError
        The bounds are missing, or their units differ.

    Examples
    --------
    >>> print(interval(Quantity(15.0, "percent", 0), Quantity(20.0, "percent", 0)))
    15–20 %
    >>> print(interval(Quantity(-0.9, "pp", 1), Quantity(0.1, "pp", 1)))
    от −0,9 до 0,1 п. п.
    """
    if (high - low).missing:
        raise DataError(f"interval: граница промежутка «{low.formula}» – «{high.formula}» не известна.")
    first, last = num(low, digits), with_unit(high.to(low.unit), digits)
    return "от " + first + " до " + last if min(float(low), float(high)) < 0 else first + "–" + last


@of_quantities
def ordinal(quantity: Quantity, gender: str = "n", case: str = "nomn") -> Text:
    """Return an ordinal in digits with its ending («2-е», «3-й», «1-го»); «нет данных» for a missing number.

    Parameters
    ----------
    quantity : Quantity
    gender : {'m', 'f', 'n', 'pl'}
    case : {'nomn', 'accs', 'gent', 'datv', 'ablt', 'loct'}
        The accusative is that of things, not of people.

    Returns
    -------
    Text
        It remembers the number.

    Examples
    --------
    >>> print(ordinal(Quantity(3.0, "count", 0)), "место,", ordinal(Quantity(3.0, "count", 0), "f"), "строка")
    3-е место, 3-я строка
    """
    if quantity.value is None:
        return Text.of(NO_DATA, quantity)
    return Text.of(f"{decimal(quantity.value, 0)}-{_ORDINAL[gender].get(case, _ORDINAL[gender]['nomn'])}", quantity)


def _single(quantity: Quantity, digits: int | None) -> str:
    decimals = quantity.decimals if digits is None else digits
    return NO_DATA if quantity.value is None else decimal(quantity.value, decimals)
