"""Titles of what shows the plan: who and when it waits for, and how it stands."""

from __future__ import annotations

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.editions.plan_status import AHEAD, NEAR, OVERDUE, STATES
from analysis.quantities import Text
from analysis.quantities.indicators import highest
from analysis.quantities.text import chosen
from analysis.show.dates import date
from analysis.show.face import Report
from analysis.show.plan_quarters import due_within, quarters_of
from analysis.show.titles.asked import Title
from analysis.show.wording import count, num


def load(report: Report) -> Text:
    """Return the quarter in which most measures fall due."""
    due = {
        words: report.plan.numbered(
            [one.number for one in report.standings if due_within(one, first, last)],
            f"мероприятия со сроком в период «{words}»",
        )
        for words, first, last in quarters_of(report)
    }
    top = highest(due)
    most = due[str(top)]
    if not most.value or sum(number.value == most.value for number in due.values()) > 1:
        raise GapError(())
    said = chosen("Больше всего мероприятий со сроком приходится на", "наибольшее значение", *due.values())
    return Text(f"{said} {top}: {num(most)} из {num(report.plan.count)}")


def states(report: Report) -> Text:
    """Return how many measures wait for a mark, else how many are yet to come."""
    found = report.plan_states
    for state in (OVERDUE, NEAR, AHEAD):
        if many := found.get(STATES[state]):
            whole = count(report.plan.count, "мероприятие", "gent")
            return Text(f"На{NBSP}{date(report.edition.as_of)} у {num(many)} из {whole} {STATES[state]}")
    raise GapError(())


def deadline_kinds(report: Report) -> Text:
    """Return how many measures have a day of their own."""
    return Text(f"Свой день есть у {num(report.plan.dated)} из {count(report.plan.count, 'мероприятие', 'gent')}")


TITLES: dict[str, Title] = {
    "tbl-plan-load": load,
    "fig-plan-deadlines": states,
    "tbl-plan-kinds": deadline_kinds,
}
