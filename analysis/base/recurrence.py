"""When a deadline falls due: pure reckoning from its kind and day, for any plan and any span of time.

A deadline that comes again is counted in whole periods of the calendar (weeks, months, quarters, years, school years)
that begin no earlier than the plan does, or within the window that the deadline itself names: a period that had begun
before the plan cannot be asked for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from analysis.base.deadlines import FROM_DAY, MONTH_DAY, WINDOW, YEAR_DAY, Deadline, ends, month_end

_EVERY = re.compile(r"P(?P<count>[0-9]+)(?P<unit>[WMY])")
_LAST_YEAR = dt.MAXYEAR - 1
_SHORTEST = 28  # days of the shortest month


@dataclass(frozen=True)
class Due:
    """One deadline in time: the first day of its period, and the last, by which it is due."""

    begins: dt.date
    day: dt.date


def due_days(deadline: Deadline, start: dt.date) -> Iterator[Due]:
    """Yield what falls due by a deadline, in order of time, without an end where the deadline has none.

    Parameters
    ----------
    deadline : Deadline
    start : datetime.date
        The day from which periods of a plan are counted; a deadline that names its own days does not ask for it.

    Yields
    ------
    Due
        None where the deadline has no day («постоянно»).
    """
    if not deadline.kind.every:
        first, last = ends(deadline.day)
        if first and last:
            yield Due(first, last)
        return
    first, last = ends(deadline.day) if deadline.kind.day == WINDOW else (None, None)
    begin = first or start
    periods = (one for one in _periods(deadline, begin) if one.begins >= begin)
    if last is None:
        yield from periods
        return
    within = list(takewhile(lambda one: one.day <= last, periods))
    # A window shorter than one period asks for it once.
    yield from within or [Due(begin, last)]


def first_due(deadline: Deadline, start: dt.date) -> Due | None:
    """Return the first of what falls due; None where nothing does."""
    return next(due_days(deadline, start), None)


def begins_then_runs(deadline: Deadline) -> bool:
    """Tell whether the only due day of a deadline is a beginning, after which it runs on."""
    return deadline.kind.id == FROM_DAY


def rule_of(deadline: Deadline, start: dt.date) -> dict[str, list[int | str | dt.date]]:
    """Return how a deadline comes again as parts of a rule of iCalendar (RFC 5545), from the first due day on.

    Returns
    -------
    dict
        Empty where it does not come again.
    """
    kind = deadline.kind
    first = first_due(deadline, start)
    if not kind.every or first is None:
        return {}
    count, unit = _interval(kind.every)
    months = count * (12 if unit == "Y" else 1)
    rule: dict[str, list[int | str | dt.date]]
    if unit == "W":
        rule = {"FREQ": ["WEEKLY"], "INTERVAL": [count]}
    elif kind.day == YEAR_DAY:
        ends_month = deadline.day.count("-") == 2
        rule = {"FREQ": ["YEARLY"], "BYMONTH": [first.day.month]}
        rule |= _on(-1 if ends_month else int(deadline.day[-2:]))
    else:
        yearly = months % 12 == 0
        rule = {"FREQ": ["YEARLY" if yearly else "MONTHLY"], "INTERVAL": [months // 12 if yearly else months]}
        rule |= {"BYMONTH": [first.day.month]} if yearly else {}
        rule |= _on(int(deadline.day[3:]) if kind.day == MONTH_DAY else -1)
    until = ends(deadline.day)[1] if kind.day == WINDOW else None
    if until is None:
        return rule
    within = list(due_days(deadline, start))
    return rule | {"UNTIL": [within[-1].day]} if len(within) > 1 else {}


def _on(day: int) -> dict[str, list[int | str | dt.date]]:
    """Return the part of a rule for a day of the month; a shorter month has its last day in its place."""
    if day <= _SHORTEST:
        return {"BYMONTHDAY": [day]}
    return {"BYMONTHDAY": [*range(_SHORTEST, day + 1)], "BYSETPOS": [-1]}


def _periods(deadline: Deadline, start: dt.date) -> Iterator[Due]:
    """Yield the periods of the calendar from the year before a day on."""
    kind = deadline.kind
    count, unit = _interval(kind.every)
    if unit == "W":
        monday = start - dt.timedelta(days=start.weekday())
        while monday.year < _LAST_YEAR:
            yield Due(monday, monday + dt.timedelta(days=7 * count - 1))
            monday += dt.timedelta(days=7 * count)
        return
    anchor = int(kind.begins[:2])
    step = count * (12 if unit == "Y" else 1)
    number = (start.year - 1) * 12 + anchor - 1
    while number // 12 < _LAST_YEAR:
        begins = dt.date(number // 12, number % 12 + 1, 1)
        yield Due(begins, _due_of(deadline, begins, step))
        number += step


def _due_of(deadline: Deadline, begins: dt.date, months: int) -> dt.date:
    """Return the due day of a period that begins on a day and lasts so many months."""
    number = begins.year * 12 + begins.month - 1 + months - 1
    last = month_end(number // 12, number % 12 + 1)
    if deadline.kind.day == YEAR_DAY:
        month, _, day = deadline.day[2:].partition("-")
        end = month_end(begins.year, int(month))
        return end.replace(day=min(int(day), end.day)) if day else end
    if deadline.kind.day == MONTH_DAY:
        # The day of each month itself; of a quarter, that of the month after it.
        of = last if months == 1 else last + dt.timedelta(days=1)
        end = month_end(of.year, of.month)
        return end.replace(day=min(int(deadline.day[3:]), end.day))
    return last


def _interval(every: str) -> tuple[int, str]:
    found = _EVERY.fullmatch(every)
    if found is None:
        raise ValueError(every)
    return int(found["count"]), found["unit"]
