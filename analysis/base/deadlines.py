"""Deadlines of a plan: a closed list of kinds, what stands beside each as a day, and how it is told in words.

The kinds are rows of `data/codes/deadline_kinds.csv`; which form of day a kind takes is one of these, in ISO 8601:

    day            2022-05-01
    month          2022-04
    quarter        2022-Q2
    year           2022
    range          2022-02/2022-04            both ends a day, a month or a year
    window         nothing, 2022, 2021-09-01/ or 2021-09-01/2022-08-31: within which a deadline comes again
    day-of-year    --03-01 or --12            a day or a month of each year
    day-of-month   ---05                      a day of each month
    none           nothing
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.base.days import in_words
from analysis.base.russian import MONTH_NAMES, MONTHS, NBSP

DATED, REPEATED, PERMANENT, UNSET = "dated", "repeated", "permanent", "unset"
FROM_DAY, YEAR_DAY, MONTH_DAY, WINDOW = "from-date", "day-of-year", "day-of-month", "window"
_ONE = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?"
_FORMS = {
    "day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "month": r"[0-9]{4}-(?:0[1-9]|1[0-2])",
    "quarter": r"[0-9]{4}-Q[1-4]",
    "year": r"[0-9]{4}",
    "range": rf"{_ONE}/{_ONE}",
    WINDOW: rf"(?:[0-9]{{4}}|{_ONE}/(?:{_ONE})?)?",
    YEAR_DAY: r"--(?:0[1-9]|1[0-2])(?:-[0-9]{2})?",
    MONTH_DAY: r"---(?:0[1-9]|[12][0-9]|3[01])",
    "none": "",
}
_EXAMPLES = {
    "day": "2022-05-01",
    "month": "2022-04",
    "quarter": "2022-Q2",
    "year": "2022",
    "range": "2022-02/2022-04",
    WINDOW: "пусто, 2022 или 2021-09-01/2022-08-31",
    YEAR_DAY: "--03-01 или --12",
    MONTH_DAY: "---05",
    "none": "пусто",
}
AUTUMN = "09-01"
_SCHOOL_YEAR = re.compile(r"([0-9]{4})-09/([0-9]{4})-08")
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Kind:
    """A kind of deadline, a row of the list.

    Attributes
    ----------
    id, name : str
        Its code; its words where no day belongs to it («раз в квартал»).
    group : str
        `dated`, `repeated`, `permanent` or `unset`.
    day : str
        The form of what stands beside it.
    every : str
        How often it comes again, as a duration of ISO 8601 (`P3M`); empty where it does not.
    begins : str
        Month and day from which the periods of a year are counted.
    said : tuple of str
        How plans print it where no day belongs to it.
    rule : str
        Which day is its deadline, in a clause.
    """

    id: str
    name: str
    group: str
    day: str
    every: str = ""
    begins: str = ""
    said: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True)
class Deadline:
    """A deadline: its kind, and the day, month, period or window beside it in ISO; empty where there is none."""

    kind: Kind
    day: str = ""

    @property
    def words(self) -> str:
        """The deadline as a text says it: «1 мая 2022 г.», «1 июля 2022 г., далее постоянно», «раз в квартал»."""
        kind, day = self.kind, self.day
        if not day:
            return kind.name
        if kind.day == YEAR_DAY:
            return f"ежегодно до {_day_of_year(day)}" if day.count("-") > 2 else f"ежегодно, {_month_name(day[2:])}"
        if kind.day == MONTH_DAY:
            number = int(day.lstrip("-"))
            after = " следующего месяца" if kind.every != "P1M" else ""
            return f"{'раз в квартал' if after else 'ежемесячно'}, до {number}-го числа{after}"
        school = _SCHOOL_YEAR.fullmatch(day) if kind.begins == AUTUMN else None
        if school and int(school[2]) == int(school[1]) + 1:
            return f"в течение {school[1]}/{school[2][2:]} учебного года"
        if kind.day == WINDOW:
            return f"{kind.name}, {_span_words(day)}"
        return _span_words(day) + (", далее постоянно" if kind.id == FROM_DAY else "")


def kinds_of(rows: Iterable[Mapping[str, str]]) -> dict[str, Kind]:
    """Return the kinds of deadlines by id, from the rows of the list; a list within a cell is parted by semicolons."""
    return {
        row["id"]: Kind(
            row["id"],
            row["name"],
            row["group"],
            row["day"],
            row["every"],
            row["begins"],
            tuple(part.strip() for part in row["said"].split(";") if part.strip()),
            row["rule"],
        )
        for row in rows
    }


def misfit(kind: Kind, day: str) -> str:
    """Return why a day cannot stand beside a kind of deadline, in a clause; empty where it can."""
    if not re.fullmatch(_FORMS[kind.day], day):
        stands = f"записано «{day}»" if day else "день не назван"
        return f"вид срока – «{kind.name}» ({kind.id}), а {stands}; к нему нужно: {_EXAMPLES[kind.day]}"
    try:
        first, last = ends(day)
    except ValueError:
        return f"«{day}» – такого дня, месяца или года нет"
    if first and last and first > last:
        return f"«{day}»: конец раньше начала"
    return ""


def ends(day: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of a day, month, quarter, year, range or window in ISO; None for an open end.

    Raises
    ------
    ValueError
        The calendar has no such day.

    Examples
    --------
    >>> [str(day) for day in ends("2022-02/2022-04")]
    ['2022-02-01', '2022-04-30']
    """
    if day.startswith("--"):
        # A leap year has every day of a year, and its first month every day of a month.
        dt.date.fromisoformat(f"2024{day[1:]}" if day.count("-") == 3 and day[2] != "-" else "2024-01-01")
        return None, None
    first, slash, last = day.partition("/")
    if slash:
        return (_bounds(first)[0] if first else None), (_bounds(last)[1] if last else None)
    return _bounds(day) if day else (None, None)


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _bounds(day: str) -> tuple[dt.date, dt.date]:
    year, *rest = day.split("-")
    if not rest:
        return dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
    if rest[0].startswith("Q"):
        last = 3 * int(rest[0][1])
        return dt.date(int(year), last - 2, 1), month_end(int(year), last)
    if len(rest) == 1:
        return dt.date(int(year), int(rest[0]), 1), month_end(int(year), int(rest[0]))
    only = dt.date.fromisoformat(day)
    return only, only


def _span_words(day: str) -> str:
    """Return a day, month, quarter, year, range or window in words."""
    first, slash, last = day.partition("/")
    if not slash:
        return _one_in_words(first)
    if not last:
        return f"с {_begun(first)}"
    if len(first) == len(last) == 10:
        return f"с {in_words(first)} по {in_words(last)}"
    if len(first) == len(last) == 4:
        return f"{first}–{last} годы"
    if len(first) == len(last) == 7 and first[:4] == last[:4]:
        return f"{_month_name(first[5:])} – {in_words(last)}"
    return f"{_one_in_words(first)} – {_one_in_words(last)}"


def _begun(day: str) -> str:
    if len(day) == 7:
        return f"{MONTHS[int(day[5:]) - 1]} {day[:4]}{NBSP}г."
    return _one_in_words(day)


def _one_in_words(day: str) -> str:
    if "Q" in day:
        return f"{_ROMAN[int(day[-1]) - 1]}{NBSP}квартал {day[:4]}{NBSP}г."
    return f"{day}{NBSP}г." if len(day) == 4 else in_words(day)


def _month_name(month: str) -> str:
    return MONTH_NAMES[int(month) - 1]


def _day_of_year(day: str) -> str:
    month, number = day[2:].split("-")
    return f"{int(number)}{NBSP}{MONTHS[int(month) - 1]}"
