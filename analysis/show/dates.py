"""Days, periods and years in Russian."""

from __future__ import annotations

import datetime as dt

from analysis.base.days import in_words
from analysis.base.russian import MONTHS, NBSP
from analysis.quantities import Day, Text, Wording
from analysis.quantities.formula import Origin

_QUARTERS = ("I", "II", "III", "IV")


def date(day: dt.date | str) -> Text:
    """Return «18 июня 2021 г.»; the input is a date or an ISO string, which may be that of a month («июнь 2021 г.»).

    Examples
    --------
    >>> print(date("2021-06-18"))
    18 июня 2021 г.
    >>> print(date("2021-06"))
    июнь 2021 г.
    """
    origin = _origin(day)
    words = in_words(day if isinstance(day, str) else day.isoformat())
    return Text.of(words, origin) if origin else Text(words)


def period(first: str, last: str = "") -> Text:
    """Return the time of an event, given in ISO, in the genitive where it has a month.

    «2–8 декабря 2019 г.» for two days of one month, «июля 2021 г.» for a month, «I квартала 2021 г.» for a quarter,
    «2012 г.» for a year.
    """
    parts = first.split("-")
    if len(parts) == 1:
        return Text(f"{first}{NBSP}г.")
    if len(parts) == 2 and parts[1].startswith("Q"):
        return Text(f"{_QUARTERS[int(parts[1][1:]) - 1]}{NBSP}квартала {parts[0]}{NBSP}г.")
    if len(parts) == 2:
        return Text(f"{MONTHS[int(parts[1]) - 1]} {parts[0]}{NBSP}г.")
    if not last:
        return date(first)
    if first[:7] != last[:7]:
        return date(first) + " – " + date(last)
    return f"{int(parts[2])}–" + date(last)


def span(first: int, last: int) -> Text:
    """Return «2000–2021»; a `Year` is asked for where it comes from.

    Examples
    --------
    >>> print(span(2017, 2020))
    2017–2020
    """
    return Text("–").join((str(first), str(last)))


def _origin(day: dt.date | str) -> Origin | None:
    """Return where a day comes from, as far as it says so itself."""
    if isinstance(day, Day):
        return Wording(day.formula, day.sources)
    return day.marks[0].origin if isinstance(day, Text) and day.marks else None
