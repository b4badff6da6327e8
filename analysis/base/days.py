"""Days and months: how Russian writes them, and how written ones are read back as ISO."""

from __future__ import annotations

import datetime as dt
import re

from analysis.base.russian import MONTH_NAMES, MONTHS, NBSP

_MONTHS = {name: number for names in (MONTHS, MONTH_NAMES) for number, name in enumerate(names, start=1)}
_SPELLED = re.compile(
    rf"(?<!\w)(?P<day>\d{{1,2}})\s+(?P<of>{'|'.join(MONTHS)})\s+(?P<year>\d{{4}})(?!\d)"
    r"|(?<![\d.])(?P<dd>\d{1,2})\.(?P<mm>\d{1,2})\.(?P<yyyy>\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"(?<!\w)(?P<of>{'|'.join(_MONTHS)})\s+(?P<year>\d{{4}})(?!\d)", re.IGNORECASE)


def in_words(day: str) -> str:
    r"""Return a day or a month given in ISO: «18 июня 2021 г.», «июнь 2021 г.».

    Examples
    --------
    >>> in_words("2021-06").replace("\u00a0", " ")
    'июнь 2021 г.'
    """
    if day.count("-") == 1:
        year, number = day.split("-")
        return f"{MONTH_NAMES[int(number) - 1]} {year}{NBSP}г."
    known = dt.date.fromisoformat(day)
    return f"{known.day}{NBSP}{MONTHS[known.month - 1]} {known.year}{NBSP}г."


def as_iso(text: str) -> str:
    """Return a text in which every day and then every month that is written out stands in ISO.

    «от 29.05.2019 г.» and «от 29 мая 2019 г.» say the same, and come out alike. What is no day of the calendar stays.

    Examples
    --------
    >>> as_iso("от 29.05.2019 г., с июля 2021 г.")
    'от 2019-05-29 г., с 2021-07 г.'
    """
    return _MONTH.sub(_month, _SPELLED.sub(_day, text))


def days_in(text: str) -> list[str]:
    """Return the days and months that a text names, in ISO, in their order."""
    return re.findall(r"(?<![\d-])\d{4}-\d{2}(?:-\d{2})?(?![\d-])", as_iso(text))


def _day(found: re.Match[str]) -> str:
    if found["yyyy"]:
        year, month, day = int(found["yyyy"]), int(found["mm"]), int(found["dd"])
    else:
        year, month, day = int(found["year"]), _MONTHS[found["of"].casefold()], int(found["day"])
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return found[0]


def _month(found: re.Match[str]) -> str:
    return f"{found['year']}-{_MONTHS[found['of'].casefold()]:02d}"
