"""The plan counted: its deadlines by kind, and how many of them fall to whom and when."""

from __future__ import annotations

from analysis.base.deadlines import REPEATED
from analysis.editions.needs import Words
from analysis.editions.plan_status import by_body
from analysis.show.face import Report
from analysis.show.needs import needs
from analysis.show.plan_quarters import due_within, quarters_of
from analysis.show.tables.layout import Cell, Grid, Row, heading, number

NONE = "–"  # nobody is waited for: nothing is missing here


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
    spans = quarters_of(report)
    body: list[Row] = []
    for name, measures in by_body(report.standings).items():
        cells = [number(plan.of(name))]
        for words, first, last in spans:
            due = [one.number for one in measures if due_within(one, first, last)]
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
