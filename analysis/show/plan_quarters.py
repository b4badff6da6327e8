"""The quarters of a plan, and what of it falls due in each: for its table and the title above it."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile

from analysis.base.recurrence import due_days
from analysis.base.russian import NBSP
from analysis.editions.plan_status import Standing
from analysis.show.face import Report

QUARTERS = ("I", "II", "III", "IV")
# Quarters that a page has room for; a longer plan is told by years.
MOST = 6
Span = tuple[str, dt.date, dt.date]


def quarters_of(report: Report) -> list[Span]:
    """Return the quarters in which something falls due for the first time, to the end of the year; years if many."""
    once = [one for one in report.standings if not one.deadline.kind.every]
    days = [due.day for one in once for due in due_days(one.deadline, one.begins)]
    days += [one.begins for one in report.standings if one.deadline.kind.every] or [report.edition.as_of]
    first, last = min(days), max(days)
    quarters = [
        (f"{name}{NBSP}кв. {year}", dt.date(year, 3 * place + 1, 1), _before(year, 3 * place + 4))
        for year in range(first.year, last.year + 1)
        for place, name in enumerate(QUARTERS)
    ]
    held = [span for span in quarters if span[2] >= first]
    if len(held) <= MOST:
        return held
    return [(str(year), dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in range(first.year, last.year + 1)]


def _before(year: int, month: int) -> dt.date:
    """Return the day before a month begins, the thirteenth being the first of the next year."""
    return dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1) - dt.timedelta(days=1)


def due_within(one: Standing, first: dt.date, last: dt.date) -> bool:
    """Tell whether a measure falls due between two days, both included.

    Parameters
    ----------
    one : Standing
    first, last : datetime.date

    Returns
    -------
    bool
    """
    dues = takewhile(lambda due: due.day <= last, due_days(one.deadline, one.begins))
    return any(due.day >= first for due in dues)
