"""A second year of observations beside the one a figure is about changes nothing of what it says of that one."""

from __future__ import annotations

import csv

import pytest

from analysis.report import open_report
from analysis.show import figures
from tests.show.figure_data import DRAWN, EDITION

# What is about one year of printed values; the others show all the years there are.
OF_ONE_YEAR = [
    "quotas",
    "admission-quotas",
    "outcomes-2021",
    "employment-structure",
    "unemployed-spo",
    "wages-by-section",
    "wage-by-education",
]
TABLES = ("facts.csv", "figure_values.csv", "admission_top.csv")


def with_another_year(folder, shift: int) -> set[str]:
    """Give every series of one year a second one, in front of it; return which."""
    widened = set()
    for file in [file for name in TABLES for file in folder.rglob(name)]:
        with file.open(encoding="utf-8", newline="") as text:
            head, *rows = list(csv.reader(text))
        key, year = head.index("indicator"), head.index("year")
        several = {
            name
            for name in {row[key] for row in rows}
            if len({row[year] for row in rows if row[key] == name and row[year]}) != 1
        }
        added = [
            [*row[:year], str(int(row[year]) + shift), *row[year + 1 :]]
            for row in rows
            if row[key] not in several and row[year]
        ]
        widened |= {row[key] for row in added}
        with file.open("w", encoding="utf-8", newline="") as text:
            csv.writer(text, lineterminator="\n").writerows([head, *added, *rows])
    return widened


@pytest.mark.parametrize("shift", [-1, 3])
def test_figures_of_one_year_say_the_same_beside_another(drawn, project, shift):
    widened = with_another_year(project / "data" / "editions" / EDITION, shift)
    assert {
        "quota_share",
        "graduate_outcomes",
        "employment_structure_printed",
        "unemployed_vocational_change_printed",
        "intake",
        "wage_index_printed",
    } <= widened
    report = open_report(EDITION)
    for name in OF_ONE_YEAR:
        again, before = figures.draw(report, name), drawn(name)
        assert (name, again.alt, again.placeholders) == (name, before.alt, before.placeholders)
        assert sorted(again.data["value"].dropna()) == sorted(before.data["value"].dropna()), name


def test_every_figure_and_table_is_made_where_each_series_has_another_year(project):
    with_another_year(project / "data" / "editions" / EDITION, -1)
    report = open_report(EDITION)
    for name in DRAWN:
        if not name.startswith("forecast"):
            assert figures.draw(report, name) is not None, name
    for name in (
        "employed",
        "education",
        "wages",
        "tension",
        "labour-migration",
        "network",
        "admission-top",
        "targeted",
    ):
        assert "<table" in report.table(name).body
