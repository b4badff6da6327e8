"""What follows from the data is made once, and whoever gets it has read what its maker read."""

from __future__ import annotations

import pytest

from analysis.base import reads
from analysis.catalogue import clear_cache, current, load, opened
from analysis.outlook import panels
from analysis.report import open_report

EDITION = "kemerovo-2021"


@pytest.fixture(autouse=True)
def fresh():
    clear_cache()
    yield
    clear_cache()


def test_a_result_is_made_once_and_its_files_are_noted_each_time():
    made = []

    def make() -> int:
        made.append(1)
        return len(load("territories"))

    seen = []
    for _ in range(2):
        with reads.noted() as names:
            assert current().keep("count", make) > 80
        seen.append(list(names))
    assert made == [1]
    assert seen[0] == seen[1] and "data/codes/territories.csv" in seen[0]


def test_what_fails_is_not_kept():
    def fail() -> None:
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            current().keep("failing", fail)
    assert current().keep("failing", lambda: 1) == 1


def test_a_table_that_was_handed_out_may_be_changed():
    first = load("unemployment_rate")
    first["value"] = 0.0
    first.drop(columns="note", inplace=True)
    again = load("unemployment_rate")
    assert again["value"].max() > 1 and "note" in again
    rows = current().observations("unemployment_rate")
    rows["value"] = 0.0
    assert current().observations("unemployment_rate")["value"].max() > 1


def test_the_files_of_a_forecast_are_noted_for_everybody_who_asks():
    report = open_report(EDITION)
    seen = []
    for _ in range(2):
        with reads.noted() as names:
            panels.panel(report, ("unemployment_rate",), 2021)
        seen.append(set(names))
    assert seen[0] == seen[1] >= {"data/statistics/unemployment_rate.csv"}


def test_the_same_data_can_be_asked_as_if_nothing_had_been_made_of_them():
    current().keep("count", lambda: 1)
    again = opened().afresh()
    assert again.keep("count", lambda: 2) == 2
    assert current().keep("count", lambda: 3) == 1
    assert {file for file, _ in again._contents} == {file for file, _ in opened()._contents}


def test_what_a_process_has_read_can_be_forgotten():
    load("territories")
    assert "data/codes/territories.csv" in reads.listed()
    reads.forget()
    assert reads.listed() == []
