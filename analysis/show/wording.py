"""Numbers in Russian: decimal comma, no-break spaces, units, agreement, words of direction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from analysis.errors import DataError
from analysis.numerals import NBSP, NO_DATA, Text, decimal, with_symbol
from analysis.quantities import PERCENT, RATIO, Quantity

STEADY = 1.0
_LAST_PLACE = 1e-9

_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")
_COUNTING_FORMS = {"годов": "лет", "людей": "человек"}  # «5 лет», not the plural genitive the dictionary gives
_ENDINGS = {"m": ("вырос", "снизился", "изменился"), "f": ("выросла", "снизилась", "изменилась"),
            "n": ("выросло", "снизилось", "изменилось"), "pl": ("выросли", "снизились", "изменились")}


def num(quantity: Quantity, digits: int | None = None) -> Text:
    """Return the bare number; «нет данных» for a missing one."""
    if quantity.missing:
        return Text(NO_DATA)
    return Text(decimal(quantity.value, quantity.decimals if digits is None else digits))


def with_unit(quantity: Quantity, digits: int | None = None) -> Text:
    """Return the number with its unit («1189,3 тыс. чел.»)."""
    return Text(with_symbol(quantity.value, quantity.decimals if digits is None else digits, quantity.unit))


def pct(quantity: Quantity, digits: int | None = None) -> Text:
    """Return a share or a growth rate in per cent; a ratio is multiplied by 100.

    The size alone is printed: «снизилась на 2,4 %» carries its sign in the verb. See `signed`.
    """
    if quantity.unit == RATIO:
        quantity = Quantity(None if quantity.missing else quantity.value * 100, PERCENT, 1, quantity.sources, quantity.formula)
    if quantity.unit != PERCENT:
        raise DataError(f"pct: величина «{quantity.formula}» измерена не в процентах ({quantity.unit}).")
    return with_unit(abs(quantity), digits)


def pp(quantity: Quantity, digits: int | None = None) -> Text:
    """Return the size of a difference of per cents in percentage points («1,2 п. п.»)."""
    if quantity.unit != "pp":
        raise DataError(f"pp: величина «{quantity.formula}» – не разность процентов ({quantity.unit}).")
    return with_unit(abs(quantity), digits)


def size(quantity: Quantity, digits: int | None = None) -> Text:
    """Return the absolute size with its unit, for «сократилась на …»."""
    return with_unit(abs(quantity), digits)


def signed(quantity: Quantity, digits: int | None = None) -> Text:
    """Return the number with its unit and an explicit sign («+1,2 п. п.», «−10,5 тыс. чел.»)."""
    text = with_unit(quantity, digits)
    above = not quantity.missing and quantity.value > 0
    # What rounds to nought is printed without a sign, whichever side it comes from.
    return Text(f"+{text}") if above and any(digit in text for digit in "123456789") else text


def times(quantity: Quantity, digits: int = 1) -> Text:
    """Return a ratio as «в 5,4 раза»; «нет данных» for a missing one."""
    text = num(quantity, digits)
    if quantity.missing:
        return text
    # The noun follows the number as printed: 1,96 to no decimals is «в 2 раза».
    noun = "раза" if "," in text else agree(int(text.replace(NBSP, "")), "раз")
    return Text(f"в{NBSP}{text}{NBSP}{noun}")


def count(quantity: Quantity, noun: str, case: str = "nomn") -> Text:
    """Return a whole number with its noun («14 территорий»).

    Parameters
    ----------
    noun : str
        Nominative singular; an adjective may stand before it («новая группа»).
    case : {'nomn', 'accs', 'gent', 'datv', 'ablt', 'loct'}
        Case the whole phrase stands in.
    """
    if quantity.missing:
        return Text(NO_DATA)
    return count_of(round(quantity.value), noun, case)


def count_of(number: int, noun: str, case: str = "nomn") -> Text:
    """Return a bare whole number with its noun, for words that count what a figure or a table itself shows."""
    return Text(f"{decimal(number, 0)}{NBSP}{agree(number, noun, case)}")


@lru_cache(maxsize=1024)
def agree(number: int, phrase: str, case: str = "nomn") -> str:
    """Return the words of `phrase` in the form that goes with `number` in the given case."""
    return " ".join(_agree_word(number, word, case) for word in phrase.split(" "))


def _agree_word(number: int, word: str, case: str) -> str:
    parses = [p for p in _morph().parse(word) if p.tag.POS in ("NOUN", "ADJF", "PRTF") and "nomn" in p.tag and "sing" in p.tag]
    if not parses:
        return word
    parse = parses[0]
    ends_in_one = number % 10 == 1 and number % 100 != 11
    if case in ("nomn", "accs"):
        inflected = parse.inflect({"accs", "sing"}) if case == "accs" and ends_in_one else parse.make_agree_with_number(number)
    else:
        inflected = parse.inflect({case, "sing" if ends_in_one else "plur"})
    if inflected is None:
        return word
    # The report is set without «ё», the dictionary gives it.
    return _COUNTING_FORMS.get(inflected.word, inflected.word).replace("ё", "е")


def gender(phrase: str) -> str:
    """Return the gender of the last word of a phrase: masc, femn or neut."""
    found = (p.tag.gender for p in _morph().parse(phrase.split(" ")[-1]) if "nomn" in p.tag and "sing" in p.tag)
    return str(next(found, "masc"))


@lru_cache(maxsize=1)
def _morph():
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def direction(new: Quantity, old: Quantity, steady: float = STEADY) -> int:
    """Return 1 for a rise, −1 for a fall, 0 where the change is within the tolerance.

    Levels are steady within `steady` per cent of the old value; per cents within a tenth of
    `steady` percentage points, as one per cent of a rate is below its printed precision.

    Raises
    ------
    DataError
        One of the two is missing, or their units differ: no word for the change would be true.
    """
    change = new - old
    if change.missing:
        raise DataError(f"Не сказать, как изменилось «{change.formula}»: значения нет в данных. Уберите сравнение или возьмите другой год.")
    limit = steady_points(steady) if new.unit == PERCENT else abs(float(old)) * steady / 100
    # Binary fractions differ in the last place: neither 5,5 − 5,4 nor 0,1 + 0,2 − 0,3 may turn on it.
    if abs(change.value) < max(limit - _LAST_PLACE, _LAST_PLACE):
        return 0
    return 1 if change.value > 0 else -1


def steady_points(steady: float) -> float:
    """Return the percentage points within which what is itself in per cent counts as steady."""
    return steady / 10


def rose(new: Quantity, old: Quantity, gender: str = "f", steady: float = STEADY) -> Text:
    """Return «выросла», «снизилась» or «практически не изменилась» in the gender asked (m, f, n, pl)."""
    up, down, changed = _ENDINGS[gender]
    return Text({1: up, -1: down, 0: f"практически не {changed}"}[direction(new, old, steady)])


def choose(new: Quantity, old: Quantity, more: str, less: str, same: str | None = None, steady: float = 0.0) -> Text:
    """Return one of three wordings by how `new` stands to `old` («выше», «ниже», «на том же уровне»)."""
    picked = {1: more, -1: less, 0: same}[direction(new, old, steady)]
    if picked is None:
        raise DataError(f"choose: «{new.formula}» и «{old.formula}» равны, а слово для равенства не задано.")
    return Text(picked)


def higher(value: Quantity, other: Quantity) -> Text:
    """Return «выше», «ниже» or «на том же уровне»."""
    return choose(value, other, "выше", "ниже", "на том же уровне")


def more(value: Quantity, other: Quantity) -> Text:
    """Return «больше», «меньше» or «столько же»."""
    return choose(value, other, "больше", "меньше", "столько же")


def joined(words: Iterable[str]) -> Text:
    """Return «А, Б и В».

    Raises
    ------
    DataError
        There is nothing to name: the sentence around would have a hole.
    """
    words = list(words)
    if not words:
        raise DataError("joined: перечислять нечего, список пуст. Проверьте условие отбора или перепишите предложение.")
    return Text(words[0] if len(words) == 1 else f"{', '.join(words[:-1])} и{NBSP}{words[-1]}")


def capital(text: str) -> Text:
    """Return the text with its first letter in upper case, for the start of a sentence."""
    return Text(text[:1].upper() + text[1:])


def lowered(text: str) -> Text:
    """Return the text with its first letter in lower case, for the middle of a sentence."""
    return Text(text[:1].lower() + text[1:])


def date(day: dt.date | str) -> Text:
    """Return «18 июня 2021 г.»; the input is a date or an ISO string."""
    day = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return Text(f"{day.day}{NBSP}{_MONTHS[day.month - 1]} {day.year}{NBSP}г.")


def period(first: str, last: str = "") -> Text:
    """Return the time of an event, given in ISO, in the genitive where it has a month.

    «2–8 декабря 2019 г.» for two days of one month, «июля 2021 г.» for a month, «2012 г.» for a year.
    """
    parts = first.split("-")
    if len(parts) == 1:
        return Text(f"{first}{NBSP}г.")
    if len(parts) == 2:
        return Text(f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}{NBSP}г.")
    if not last:
        return date(first)
    if first[:7] != last[:7]:
        return Text(f"{date(first)} – {date(last)}")
    return Text(f"{int(parts[2])}–{date(last)}")


def span(first: int, last: int) -> Text:
    """Return «2000–2021»."""
    return Text(f"{first}–{last}")
