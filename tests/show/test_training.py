"""Training beside demand: the index of mismatch, the table, and what a chapter says of groups that nobody counted."""

from __future__ import annotations

import ast
import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import chapter
from analysis.base import inline, ipynb
from analysis.base.errors import DataError
from analysis.base.gaps import GapError
from analysis.catalogue.check import check_data
from analysis.quantities import Quantity
from analysis.quantities.mismatch import mismatch
from analysis.report import open_report
from analysis.show import tables
from analysis.show.training import TRAINING, by_group, lacking
from tests.show.figure_data import EDITION

GROUPS = {"15.00.00": (60, 50, 40, 30, 90, 3), "38.00.00": (25, 30, 30, 12, 5, 0), "43.00.00": (15, 20, 10, 9, 5, 1)}
CHAPTER, SECTION = Path(__file__).parents[2] / "chapters/12-spo-system.ipynb", "d15e0007"


def people(*values: float | None) -> dict[str, Quantity]:
    return {str(group): Quantity(value, "people", 0) for group, value in enumerate(values)}


@pytest.fixture
def filled(project):
    """Return a function that opens the report with what is known of three groups, without some indicators."""

    def opened(*without: str):
        file = project / "data" / "editions" / EDITION / "training_demand.csv"
        with file.open("a", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream, lineterminator="\n")
            for group, values in GROUPS.items():
                for indicator, value in zip(TRAINING, values, strict=True):
                    if indicator not in without:
                        rows.writerow([indicator, "kemerovo", group, 2020, value, "A", "report2021", "с. 1", "", ""])
        return open_report(EDITION)

    return opened


def test_the_index_is_what_would_have_to_move():
    assert float(mismatch(people(60, 40), people(90, 10))) == pytest.approx(30)
    assert float(mismatch(people(10, 0), people(0, 7))) == pytest.approx(100)
    assert mismatch(people(60, None), people(90, 10)).missing and mismatch(people(60, 40), people(90, None)).missing


@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=1, max_size=9), st.integers(2, 9))
def test_the_index_lies_within_a_hundred_and_knows_no_side_and_no_size(pairs, times):
    ours, theirs = ([1.0 + pair[side] for pair in pairs] for side in (0, 1))
    apart = float(mismatch(people(*ours), people(*theirs)))
    assert -1e-9 <= apart <= 100 + 1e-9 and float(mismatch(people(*ours), people(*ours))) == pytest.approx(0)
    assert apart == pytest.approx(float(mismatch(people(*theirs), people(*ours))))
    assert apart == pytest.approx(float(mismatch(people(*(times * one for one in ours)), people(*theirs))))


def test_other_groups_are_refused_by_name():
    with pytest.raises(DataError, match="а здесь иначе: 1, 2"):
        mismatch(people(1, 2), {"0": Quantity(1, "people", 0), "2": Quantity(1, "people", 0)})
    with pytest.raises(DataError, match="ни одной группы"):
        mismatch({}, {})


def test_where_nothing_is_collected_it_is_said_what(project):
    report = open_report(EDITION)
    assert [str(name) for name in lacking(report)][:2] == ["места (КЦП)", "прием"] and len(lacking(report)) == 6
    for ask in (lambda: by_group(report, "training_quota"), lambda: tables.TABLES["training-demand"](report)):
        with pytest.raises(GapError, match="укрупненным группам"):
            ask()


def test_the_table_has_a_column_for_what_is_known(filled):
    report = filled("training_intake")
    made = tables.TABLES["training-demand"](report)
    assert [str(name) for name in lacking(report)] == ["прием"]
    assert [str(cell) for cell in made.head[0]][:2] == ["Укрупненная группа", "Места (КЦП)"] and len(made.head[0]) == 6
    assert next([cell.text for cell in row[1:]] for row in made.body) == ["60", "40", "30", "90", "3"]


def test_the_chapter_says_where_places_and_vacancies_part(filled):
    said = " ".join(_said(filled()))
    assert "пришлось бы перенести 30,0 % мест".replace(" %", "\u00a0%") in said
    assert "опережают места в группе 15.00.00 «Машиностроение»: на нее приходится 90,0" in said
    assert "резче всего в группе 38.00.00" in said
    assert "выпускники группы 43.00.00 (90,0" in said and "группы 38.00.00 (40,0" in said


def test_more_at_work_than_graduated_is_an_error(filled, project):
    filled()
    file = project / "data" / "editions" / EDITION / "training_demand.csv"
    wrong = file.read_text("utf-8").replace(
        "training_employed,kemerovo,43.00.00,2020,9", "training_employed,kemerovo,43.00.00,2020,19"
    )
    assert wrong != file.read_text("utf-8")
    file.write_text(wrong, "utf-8")
    assert any("не меньше, чем трудоустроенных" in finding.problem for finding in check_data(EDITION))


def _said(report) -> list[str]:
    """Return the passages of the section with their values."""
    cells = {cell.id: cell for cell in ipynb.read(CHAPTER).cells}
    space = {name: getattr(chapter, name) for name in chapter.__all__} | {"report": report}
    exec(compile(ast.parse(cells["d15e0006"].source), "chapter", "exec"), space)  # noqa: S102 - our own chapter
    source, said, end = cells[SECTION].source, [], 0
    for start, stop, asked in inline.spans(source):
        said += [source[end:start], str(eval(asked, space))]  # noqa: S307 - our own chapter
        end = stop
    return ["".join([*said, source[end:]])]
