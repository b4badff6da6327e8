"""The chain from a problem to a target: what is tied to what, and which ends hang loose."""

from __future__ import annotations

import pytest

from analysis.base.gaps import GapError
from analysis.catalogue import clear_cache, load
from analysis.editions.check import check_edition
from analysis.quantities.text import plain
from analysis.report import open_report
from analysis.show import tables
from analysis.show.tables.layout import cells_of

EDITION = "kemerovo-2021"


@pytest.fixture
def links(project):
    """Return what sets the links of an edition made in a test and opens its report."""

    def write(*rows: str):
        file = project / "data" / "editions" / EDITION / "argument_links.csv"
        head = file.read_text(encoding="utf-8").split("\n")[0]
        file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        clear_cache()
        return open_report(EDITION)

    return write


def row(problem, kind, ref) -> str:
    return f"{problem},{kind},{ref},составители доклада,,kemerovo"


def test_every_problem_of_the_finished_edition_is_followed_to_its_indicators():
    rows = load("argument_links", EDITION)
    problems = load("problems", EDITION)
    for problem in problems["n"]:
        kinds = set(rows.loc[rows["problem"] == problem, "kind"])
        assert {"plan", "indicator"} <= kinds, problem


def test_every_line_of_the_plan_serves_a_problem_or_is_named():
    report = open_report(EDITION)
    rows = load("argument_links", EDITION)
    served = set(rows.loc[rows["kind"] == "plan", "ref"].astype(int))
    loose = {int(n) for n in load("plan", EDITION)["n"]} - served
    assert {int(n) for n in report.argument.loose("plan")} == loose


def test_loose_ends_are_told_both_ways(links):
    report = links(row(1, "plan", 1), row(1, "measure", 3), row(2, "indicator", "employed"))
    argument = report.argument
    assert argument.without("measure") == [2, 3, 4]
    assert argument.without("plan") == [2, 3, 4]
    assert argument.without("indicator") == [1, 3, 4]
    assert 3 not in argument.loose("measure") and 1 in argument.loose("measure")
    assert argument.count_loose("measure").value == len(load("support_measures", EDITION)) - 1


def test_the_matrix_says_what_a_problem_lacks(links):
    grid = tables.TABLES["argument"](links(row(1, "plan", 1)))
    said = [[plain(cell.text) for cell in cells_of(line)] for line in grid.body]
    assert [line[0][:2] for line in said if len(line) == 1] == [f"{n}." for n in load("problems", EDITION)["n"]]
    first, second = dict(said[1:6]), dict(said[7:12])
    assert first["План"].startswith("№\u00a01 – КРИРПО") and first["Меры"] == "не названы"
    assert set(second.values()) == {"не названы"}


def test_the_matrix_names_owner_date_baseline_and_target():
    report = open_report(EDITION)
    grid = tables.TABLES["argument"](report)
    said = " ".join(plain(cell.text) for line in grid.body for cell in cells_of(line))
    assert "КРИРПО" in said
    assert "1\u00a0июля 2022" in said
    assert "59,4" in said
    assert "данных нет" in said


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (row(9, "plan", 1), "problem"),
        (row(1, "plan", 99), "ref"),
        (row(1, "measure", 99), "ref"),
        (row(1, "indicator", "employd"), "ref"),
        (row(1, "risk", "X9"), "ref"),
    ],
)
def test_a_link_to_nothing_stops_the_check(links, line, wanted):
    links(line)
    found = [it for it in check_edition(EDITION) if "argument_links" in it.file and it.severity == "error"]
    assert [it.column for it in found] == [wanted]
    assert found[0].row == 2


def test_without_problems_there_is_no_matrix():
    with pytest.raises(GapError):
        tables.TABLES["argument"](open_report("tatarstan-2022"))
