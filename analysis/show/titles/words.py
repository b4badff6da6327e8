"""Titles of tables of words: how many points of each kind they name."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.base.gaps import GapError
from analysis.quantities import Quantity, Text
from analysis.quantities.indicators import highest
from analysis.quantities.rows import rows_counted
from analysis.quantities.text import chosen
from analysis.show.face import Report
from analysis.show.spelled import spelled
from analysis.show.titles import shares
from analysis.show.titles.asked import Title
from analysis.show.wording import count, lowered, num


def factors(report: Report) -> Text:
    """Return whether factors that help outnumber those that hinder."""
    rows = report.filled("factors")
    helping, hindering = (_counted(report, rows[rows["kind"] == kind]) for kind in ("positive", "negative"))
    return shares.counts(("Факторов, которые помогают,", helping), ("тех, что мешают", hindering))


def swot(report: Report) -> Text:
    """Return whether strengths outnumber weaknesses."""
    rows = report.filled("swot")
    strong, weak = (_counted(report, rows[rows["quadrant"] == quadrant]) for quadrant in "SW")
    return shares.counts(("Сильных сторон названо", strong), ("слабых", weak))


def legal_acts(report: Report) -> Text:
    """Return how many of the acts are federal and how many the region's own."""
    rows = report.filled("legal_acts")
    federal = rows["level"] == "федеральные"
    ours, theirs = (_counted(report, rows[which]) for which in (~federal, federal))
    if not ours.value or not theirs.value:
        whose, many = ("федеральные", theirs) if theirs.value else ("региональные", ours)
        return Text(f"Все {count(many, 'акт')} перечня – {whose}")
    return shares.counts(("Региональных актов", ours), ("федеральных", theirs))


def support_measures(report: Report) -> Text:
    """Return the kind with most measures for all."""
    rows = report.filled("support_measures")
    whole = _counted(report, rows)
    by_kind = {str(kind): _counted(report, members) for kind, members in rows.groupby("kind", sort=False)}
    top = str(highest(by_kind))
    if not top or len(by_kind) < 2 or _tied(by_kind, top):
        return Text(f"Для всех названо {count(whole, 'мера')}")
    said = chosen("Больше всего мер вида", "наибольшее значение", *by_kind.values())
    return Text(f"{said} «{lowered(top)}»: {num(by_kind[top])} из {num(whole)}")


def target_groups(report: Report) -> Text:
    """Return the group of graduates with most measures of its own."""
    groups = report.filled("target_groups").set_index("group_n")["group"]
    measures = report.filled("target_measures")
    by_group = {str(key): _counted(report, rows) for key, rows in measures.groupby("group_n") if key in groups.index}
    whole = _counted(report, measures.drop_duplicates("group_n"))
    top = str(highest(by_group))
    name = {str(key): name for key, name in groups.items()}[top]
    if len(by_group) < 2 or _tied(by_group, top):
        return Text(f"Свои меры названы для {spelled(whole, 'категория', 'gent')} выпускников")
    said = chosen("Больше всего мер названо для категории", "наибольшее значение", *by_group.values())
    return Text(f"{said} «{lowered(name)}»: {num(by_group[top])}")


def problems(report: Report) -> Text:
    """Return for how many of the problems a way to solve them is named."""
    rows = report.filled("problems")
    solved = rows[rows["solution"].str.strip() != ""]
    whole, some = _counted(report, rows), _counted(report, solved)
    if len(solved) == len(rows):
        return Text(f"Пути решения названы для каждой из {spelled(whole, 'проблема', 'gent')}")
    return Text(f"Пути решения названы для {num(some)} из {spelled(whole, 'проблема', 'gent')}")


def plan(report: Report) -> Text:
    """Return who answers for most measures of the plan."""
    rows = report.filled("plan")
    names = rows["responsible"].str.split(";")
    everybody = dict.fromkeys(name for several in names for name in several)
    held = {name: _counted(report, rows[[name in several for several in names]]) for name in everybody}
    top = str(highest(held))
    if _tied(held, top):
        raise GapError(())
    said = chosen("Чаще всего ответственный за мероприятие плана", "наибольшее значение", *held.values())
    return Text(f"{said} – {report.name(top).short}: {num(held[top])} из {num(_counted(report, rows))}")


def plan_results(report: Report) -> Text:
    """Return for how many measures of the plan a result is expected in words."""
    rows = report.filled("plan")
    told = _counted(report, rows[rows["expected_result"].str.strip() != ""])
    return Text(f"Ожидаемый результат назван у {num(told)} из {count(_counted(report, rows), 'мероприятие', 'gent')}")


TITLES: dict[str, Title] = {
    "tbl-factors": factors,
    "tbl-legal-acts": legal_acts,
    "tbl-support-measures": support_measures,
    "tbl-target-groups": target_groups,
    "tbl-swot": swot,
    "tbl-problems": problems,
    "tbl-plan": plan,
    "tbl-plan-results": plan_results,
}


def _counted(report: Report, rows: pd.DataFrame) -> Quantity:
    return rows_counted(rows, report.edition.id, "")


def _tied(values: Mapping[str, Quantity], top: str) -> bool:
    """Tell whether another value is as large as the largest."""
    return sum(value.value == values[top].value for value in values.values()) > 1
