"""The plan counted: its deadlines by kind, and how many of them fall to whom and when."""

from __future__ import annotations

import datetime as dt
from itertools import takewhile

from analysis.base.deadlines import REPEATED
from analysis.base.recurrence import due_days
from analysis.base.russian import NBSP
from analysis.editions.needs import Words
from analysis.editions.plan_status import Standing, by_body
from analysis.show.face import Report
from analysis.show.needs import needs
from analysis.show.tables.layout import Cell, Grid, Row, heading, number

NONE = "–"  # nobody is waited for: nothing is missing here
QUARTERS = ("I", "II", "III", "IV")
# Quarters that a page has room for; a longer plan is told by years.
MOST = 6
Span = tuple[str, dt.date, dt.date]


@needs(Words("plan"))
def plan_kinds(report: Report) -> Grid:
    """List the kinds of deadlines that the plan has, how each is reckoned, and its measures."""
    plan = report.plan
    deadlines = plan.deadlines()
    body: list[Row] = []
    for kind in plan.kinds.values():
        numbers = [str(measure) for measure, deadline in deadlines.items() if deadline.kind == kind]
        if numbers:
            body.append([heading(kind.name), kind.rule, number(plan.of_kind(kind.id)), ", ".join(numbers)])
    head = [["Вид срока", "Какой день считается сроком", "Мероприятий", "Номера в плане"]]
    return Grid(head, body, (24, 40, 15, 21))


@needs(Words("plan"), Words("names"))
def plan_load(report: Report) -> Grid:
    """Count for each body its measures, and those that fall due in each quarter of the plan."""
    plan = report.plan
    spans = _spans(report)
    body: list[Row] = []
    for name, measures in by_body(report.standings).items():
        cells = [number(plan.of(name))]
        for words, first, last in spans:
            due = [one.number for one in measures if _due_within(one, first, last)]
            rule = f"мероприятия со сроком в период «{words}», исполнитель – {report.name(name).short}"
            cells.append(number(plan.numbered(due, rule)) if due else Cell(NONE, number=True))
        body.append([heading(report.name(name).short), *cells])
    head = [["Исполнитель", "Всего мероприятий", *(words for words, *_ in spans)]]
    return Grid(head, body, (34, 16, *[50 / len(spans)] * len(spans)), {}, _counted_from(report))


TABLES = {"plan-kinds": plan_kinds, "plan-load": plan_load}


def _counted_from(report: Report) -> str:
    """Say from when periods are counted, where the plan has any."""
    if not any(one.deadline.kind.group == REPEATED for one in report.standings):
        return ""
    return "Повторения считаются целыми периодами, которые начались после выхода плана."


def _spans(report: Report) -> list[Span]:
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


def _due_within(one: Standing, first: dt.date, last: dt.date) -> bool:
    dues = takewhile(lambda due: due.day <= last, due_days(one.deadline, one.begins))
    return any(due.day >= first for due in dues)
