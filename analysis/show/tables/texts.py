"""The tables of words: factors, acts, target groups, SWOT, problems, the plan."""

from __future__ import annotations

from itertools import zip_longest

import pandas as pd

from analysis.editions.needs import Words
from analysis.show.face import Report
from analysis.show.needs import needs
from analysis.show.tables.layout import Grid, Row, band, heading, points

# Of a quadrant without rows, which have its name.
_QUADRANTS = {"S": "Сильные стороны", "W": "Слабые стороны", "O": "Возможности", "T": "Угрозы"}


@needs(Words("factors"))
def factors(report: Report) -> Grid:
    """Set the factors that help, hinder or depend side by side: one column a kind."""
    rows = report.filled("factors")
    columns = {name: group.sort_values("n") for name, group in rows.groupby("kind_name", sort=False)}
    meanings = [group["kind_meaning"].iloc[0] for group in columns.values()]
    body = [list(row) for row in zip_longest(*(group["text"] for group in columns.values()), fillvalue="")]
    head = [[f"{name}\n{meaning}" for name, meaning in zip(columns, meanings, strict=True)]]
    return Grid(head, body, (1,) * len(columns))


@needs(Words("legal_acts"))
def legal_acts(report: Report) -> Grid:
    """List acts and documents group by group, in each federal before regional."""
    rows = report.filled("legal_acts")
    body: list[Row] = []
    count = 0
    for group, of_group in rows.groupby("group", sort=False):  # owners add to a group each on their own
        for level, members in of_group.groupby("level", sort=False):
            body.append(band(f"{group}: {level}", 2))
            for text in members["text"]:
                count += 1
                body.append([str(count), text])
    return Grid([["№", "Акт, документ"]], body, (6, 94))


@needs(Words("support_measures"))
def support_measures(report: Report) -> Grid:
    """List every support measure for all by its kind, in the order of the print within it."""
    rows = report.filled("support_measures").sort_values("n")
    body: list[Row] = []
    for kind, members in rows.groupby("kind", sort=False):
        body += [band(str(kind), 2)] * bool(kind)
        body += [[str(row["n"]), row["text"]] for _, row in members.iterrows()]
    return Grid([["№", "Мера"]], body, (6, 94))


@needs(Words("target_groups"), Words("target_measures"))
def target_groups(report: Report) -> Grid:
    """List the groups of graduates that have measures of their own, with their particulars and the measures."""
    measures = report.filled("target_measures").sort_values(["group_n", "n"]).groupby("group_n")["measure"]
    measures_of = {number: list(texts) for number, texts in measures}
    body = [
        [heading(row["group"]), row["features"], points(measures_of[row["group_n"]])]
        for _, row in report.filled("target_groups").sort_values("group_n").iterrows()
        if row["group_n"] in measures_of
    ]
    return Grid([["Категория выпускников", "Особенности", "Меры"]], body, (15, 37, 48))


@needs(Words("swot"))
def swot(report: Report) -> Grid:
    """Set strengths and weaknesses over opportunities and threats."""
    rows = report.filled("swot")
    quadrants = {key: group.sort_values("n") for key, group in rows.groupby("quadrant", sort=False)}
    body: list[Row] = []
    for pair in (("S", "W"), ("O", "T")):
        # A quadrant of which nothing is said keeps its place: the other one stands on its own side.
        held = [(key, quadrants.get(key)) for key in pair]
        if any(group is not None for _, group in held):
            body.append([heading(_quadrant(group, key)) for key, group in held])
            body.append(["не названы" if group is None else _ordered(group["text"]) for _, group in held])
    return Grid([["Помогает", "Мешает"]], body, (1, 1))


@needs(Words("problems"))
def problems(report: Report) -> Grid:
    """List problems and the ways to solve them."""
    rows = report.filled("problems")
    body = [[str(row["n"]), row["problem"], row["solution"]] for _, row in rows.iterrows()]
    return Grid([["№", "Проблема", "Пути решения"]], body, (6, 47, 47))


@needs(Words("plan"), Words("names"))
def plan(report: Report) -> Grid:
    """List the measures of the plan: who, what, by when."""
    rows, deadlines = report.filled("plan"), report.plan.deadlines()
    body = [
        [str(row["n"]), row["title"], responsible(report, row["responsible"]), deadlines[int(row["n"])].words]
        for _, row in rows.iterrows()
    ]
    return Grid([["№", "Мероприятие", "Исполнители", "Срок"]], body, (5, 57, 24, 14))


@needs(Words("plan"))
def plan_results(report: Report) -> Grid:
    """List what each measure of the plan is to bring."""
    body = [[str(row["n"]), row["title"], row["expected_result"]] for _, row in report.filled("plan").iterrows()]
    return Grid([["№", "Мероприятие", "Ожидаемый результат"]], body, (5, 45, 50))


TABLES = {
    "factors": factors,
    "legal-acts": legal_acts,
    "support-measures": support_measures,
    "target-groups": target_groups,
    "swot": swot,
    "problems": problems,
    "plan": plan,
    "plan-results": plan_results,
}


def _ordered(texts: pd.Series) -> str:
    return "\n".join(f"{place}. {text}" for place, text in enumerate(texts, start=1))


def _quadrant(group: pd.DataFrame | None, key: str) -> str:
    return f"{_QUADRANTS[key] if group is None else group['quadrant_name'].iloc[0]} ({key})"


def responsible(report: Report, ids: str) -> str:
    """Return who answers for a measure, by short names."""
    return ", ".join(report.name(name).short for name in ids.split(";"))
