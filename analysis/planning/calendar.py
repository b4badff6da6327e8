"""The plan as a calendar (iCalendar, RFC 5545): days, rules where they come again, tasks where there is no day.

The same account gives the same bytes: no clock is read, and the moment that the format asks for is the day of the
account. Identifiers stay the same from one export to the next, so that a calendar that was taken in before is renewed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TypeVar

from icalendar import Calendar, Event, Todo, vRecur

from analysis.base.days import in_words
from analysis.base.recurrence import first_due, rule_of
from analysis.editions.plan_status import STATES, Standing
from analysis.planning.account import Account

# The same in every export of this program: by it the program knows its own calendar again.
PRODUCT = "-//spo-report//plan//RU"
_DOMAIN = "spo-report"
_DONE = "Исполнено: "
Part = TypeVar("Part", Event, Todo)


def calendar(account: Account) -> bytes:
    """Return the measures of an account as a calendar."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", account.title)
    made.add("x-wr-calname", account.title)
    for one in account.standings:
        for part in _parts(account, one):
            made.add_component(part)
    return bytes(made.to_ical())


def uid(account: Account, one: Standing) -> str:
    """Return by what a calendar knows a measure again."""
    return f"{account.edition.id}-plan-{one.number}@{_DOMAIN}"


def _parts(account: Account, one: Standing) -> Iterator[Event | Todo]:
    due = first_due(one.deadline, one.begins)
    if due is None:
        yield _described(Todo(), account, one)
        return
    rule = rule_of(one.deadline, one.begins)
    event = _on(_described(Event(), account, one, done=bool(one.marks) and not rule), due.day)
    if rule:
        event.add("rrule", vRecur(rule))
    yield event
    # Of a deadline that comes again the ones that are marked are said to be done, one by one.
    for mark in one.marks if rule else ():
        if mark.due is not None:
            single = _on(_described(Event(), account, one, done=True), mark.due)
            single.add("recurrence-id", mark.due)
            yield single


def _described(part: Part, account: Account, one: Standing, *, done: bool = False) -> Part:
    """Say on a part of a calendar which measure it is, whose, and how it stands."""
    part.add("uid", uid(account, one))
    part.add("dtstamp", dt.datetime.combine(account.as_of, dt.time(), dt.UTC))
    part.add("summary", f"{_DONE if done else ''}{one.number}. {one.title}")
    part.add("description", "\n".join(_lines(account, one)))
    part.add("categories", [account.names.get(body, body) for body in one.bodies])
    return part


def _lines(account: Account, one: Standing) -> Iterator[str]:
    yield f"Исполнители: {', '.join(account.names.get(body, body) for body in one.bodies)}"
    yield f"Срок: {one.deadline.words}"
    yield f"На {in_words(account.as_of.isoformat())}: {STATES[one.state]}"
    for mark in one.marks:
        yield f"{_DONE}{in_words(mark.done.isoformat())} – {mark.evidence} ({mark.source})"


def _on(event: Event, day: dt.date) -> Event:
    """Set an event on a whole day that leaves its people free."""
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event
