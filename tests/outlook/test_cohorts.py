"""Graduates by admissions in a report: beside the trend, from what was known, left out where nothing is known."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.base.gaps import GapError
from analysis.catalogue import opened
from analysis.outlook import panels
from analysis.report import Report, open_report
from analysis.show import tables
from analysis.show.admitted import by_admission, study_times

EDITION = "kemerovo-2021"
THEN = {"horizon": 2024, "vintage": 2020}
FED = ("spo_graduates_workers", "spo_graduates_specialists")
NOUNS = {"spo_graduates_workers": "выпуска рабочих", "spo_graduates_specialists": "выпуска специалистов"}


@pytest.fixture(scope="module")
def report() -> Report:
    return open_report(EDITION, **THEN)


def spoil(project: Path, inflow: str, chosen, value: str) -> None:
    """Change the admissions of the region where `chosen` says so of a year."""
    file = project / "data" / "statistics" / f"{inflow}.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows = table["territory"].eq("kemerovo") & table["year"].astype(int).map(chosen)
    assert rows.any()
    if value:
        table.loc[rows, "value"] = value
    else:
        table = table[~rows]
    table.to_csv(file, index=False, lineterminator="\n")


def middles(indicator: str) -> list[float]:
    found = open_report(EDITION, **THEN).forecast(indicator)
    return [found.mean(year).value for year in found.years]


def test_every_lag_has_a_source_and_lasts_as_long_as_its_programme():
    flows = opened().load("flows")
    assert set(flows["source"]) <= set(opened().publications())
    for row in flows.to_dict("records"):
        # Ten months from September end in the summer of the next year, two years and ten months in the third; who was
        # admitted so many years before still studies; two years of school end where they began, in summer.
        years = int(row["duration"].split()[0]) if "год" in row["duration"] else 0
        leaves = row["indicator"] in FED
        assert row["lag"] == years + leaves
    assert set(FED) <= set(flows["indicator"])


def test_a_whole_is_fed_by_what_feeds_its_parts(report):
    assert panels.inflows(report, "spo_graduates") == {
        "spo_admission_workers": (1, 2, 3, 4),
        "spo_admission_specialists": (2, 3, 4, 5),
    }
    assert panels.inflows(report, "wage_nominal") == {}
    known = panels.feeds(report, ("spo_graduates", *FED), 2020)
    mine = known[known["series_id"].str.endswith(" kemerovo")].pivot_table(
        index="period", columns="series_id", values="value"
    )
    parts = sum(mine[f"{name} kemerovo"] for name in FED)
    pd.testing.assert_series_equal(mine["spo_graduates kemerovo"], parts, check_names=False)
    assert known["period"].max() == 2020


def test_later_admissions_do_not_change_a_forecast_and_earlier_ones_do(project):
    before = middles("spo_graduates_specialists")
    spoil(project, "spo_admission_specialists", lambda year: year == 2021, "12")
    assert middles("spo_graduates_specialists") == before
    spoil(project, "spo_admission_specialists", lambda year: year == 2020, "12")
    assert middles("spo_graduates_specialists") != before


def test_both_stand_beside_the_forecast_with_their_record(report):
    told = report.cohorts.told
    assert set(told) == set(FED)
    for key, cohort in told.items():
        assert set(cohort.cohort) == set(cohort.trend) == set(map(int, report.prospects.years))
        assert 0 < cohort.weight.value <= 100
        inflow = key.replace("graduates", "admission")
        assert inflow in {seen.indicator for seen in cohort.cohort[2024].sources}
        assert inflow not in {seen.indicator for seen in cohort.trend[2024].sources}
        assert report.record.beside(key, "cohort").value < report.record.beside(key, "trend").value
    assert by_admission(report, **NOUNS).count("вес приема") == len(FED)
    grid = tables.TABLES["forecast-cohorts"](report)
    assert len(grid.body) == 3 * len(FED)


def test_forecasts_say_that_they_rest_on_admissions(report):
    assert "по приему" in report.forecast(FED[0]).mean(2024).formula.about
    assert "по приему" not in report.forecast("wage_nominal").mean(2024).formula.about


def test_a_region_without_admissions_keeps_its_forecast_and_says_nothing_of_them(project):
    for kind in ("workers", "specialists"):
        spoil(project, f"spo_admission_{kind}", lambda _: True, "")
    found = open_report(EDITION, **THEN)
    assert found.forecast(FED[0]).mean(2024).value > 0
    assert found.cohorts.told == {}
    with pytest.raises(GapError, match="Прогноз выпуска по приему"):
        by_admission(found, **NOUNS)
    with pytest.raises(GapError):
        tables.build(found, "forecast-cohorts")


def test_one_kind_without_admissions_is_named(project):
    # Every second year is gone: no change from one year to the next is known.
    spoil(project, "spo_admission_workers", lambda year: year % 2 == 0, "")
    found = open_report(EDITION, **THEN)
    assert set(found.cohorts.told) == {"spo_graduates_specialists"}
    assert "Для выпуска рабочих прием региона не известен" in by_admission(found, **NOUNS)


def test_times_of_study_are_those_of_the_table(report):
    words = study_times(report, spo_graduates_workers="рабочих", spo_graduates_specialists="специалистов")
    assert words.replace("\N{NO-BREAK SPACE}", " ") == (
        "Самая короткая программа рабочих длится 10 месяцев, самая длинная – 3 года 5 месяцев; специалистов –"
        " 1 год 10 месяцев и 4 года 10 месяцев."
    )
