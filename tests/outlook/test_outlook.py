"""Forecasts of an edition: they rest on what was known by the vintage, say so, stay in bounds, keep judgement apart."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis.base import paths
from analysis.base.errors import DataError, UsageError
from analysis.base.gaps import GapError
from analysis.outlook import panels
from analysis.outlook.archive import judged, write
from analysis.outlook.forecasts import DRAWN, INNER, LEVELS, OUTER
from analysis.quantities.reading import in_words
from analysis.report import Report, open_report
from analysis.show import figures
from analysis.show.forecasts import expected, interval_of, new_extremes, series_value, which_way, worse_than_naive

EDITION = "kemerovo-2021"


@pytest.fixture(scope="module")
def report() -> Report:
    return open_report(EDITION, horizon=2026)


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """Return a copy of the data that a test may spoil."""
    shutil.copytree(paths.data(), tmp_path / "data")
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    return tmp_path


def change(project: Path, indicator: str, year: int, value: float, territory: str = "kemerovo") -> None:
    file = project / "data" / "statistics" / f"{indicator}.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    row = (table["territory"] == territory) & (table["year"] == str(year))
    assert row.sum() == 1
    table.loc[row, "value"] = str(value)
    table.to_csv(file, index=False, lineterminator="\n")


def told(indicator: str = "unemployment_rate", **asked) -> list[float]:
    found = open_report(EDITION, horizon=2026, **asked).forecast(indicator)
    return [value.value for value in found.values.values()]


def scenario(project: Path, **fields) -> None:
    file = project / "data" / "editions" / EDITION / "scenarios.csv"
    row = {
        "id": "plant",
        "name": "Новый завод",
        "author": "мы",
        "reason": "Завод открыт.",
        "indicator": "employment_rate",
        "year": 2024,
        "effect": "",
        "level": "",
    } | fields
    rows = [row | {"year": year} for year in (2023, 2024)]
    pd.concat([pd.read_csv(file, dtype=str, keep_default_na=False), pd.DataFrame(rows).astype(str)]).to_csv(
        file, index=False, lineterminator="\n"
    )


# -- what they rest on ----------------------------------------------------------------------


def test_later_observations_do_not_change_a_forecast_and_earlier_ones_do(project):
    before = told()
    change(project, "unemployment_rate", 2021, 25.0)
    change(project, "unemployment_rate", 2021, 25.0, "tomsk")
    assert told() == before
    change(project, "unemployment_rate", 2019, 9.9)
    changed = told()
    assert changed != before
    change(project, "unemployment_rate", 2019, 9.9, "tomsk")  # siblings lend evidence
    assert told() != changed


def test_vintage_moves_what_is_known(report):
    assert report.past("unemployment_rate").last_year == 2020
    later = open_report(EDITION, horizon=2026, vintage=2021)
    assert later.past("unemployment_rate").last_year == 2021
    assert len(later.forecast("unemployment_rate").years) == 5


def test_number_says_what_it_rests_on(report):
    bound = report.forecast("employment_rate").low(2026)
    assert {seen.year for seen in bound.sources} == {2017, 2018, 2019, 2020}  # the break of 2017 ends what is used
    words = in_words(bound.formula)
    assert "прогноз" in words and "нижняя граница 80" in words and "2026" in words and "2017–2020" in words


def test_kept_result_is_the_computed_one(project):
    cold = told("wage_nominal")
    assert list((project / "build" / "cache").glob("forecast-*.csv"))
    assert told("wage_nominal") == cold


def test_methods_that_changed_are_computed_anew(project, monkeypatch):
    told()
    kept = set((project / "build" / "cache").iterdir())
    monkeypatch.setattr("analysis.outlook.cache.methods", lambda: "other methods")
    told()
    assert set((project / "build" / "cache").iterdir()) > kept


# -- what they say --------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", DRAWN)
def test_intervals_hold_the_middle_and_rates_their_bounds(report, indicator):
    found = report.forecast(indicator)
    for year in found.years:
        low, high = found.low(year, OUTER), found.high(year, OUTER)
        assert low <= found.low(year) <= found.mean(year) <= found.high(year) <= high
        assert low >= 0
        if found.last.unit == "percent":
            assert high <= 100


def test_kinds_of_programmes_add_up_to_all(report):
    for whole, parts in panels.SUMS.items():
        for year in report.prospects.years:
            assert report.forecast(whole).mean(year).value == pytest.approx(
                sum(report.forecast(part).mean(year).value for part in parts), rel=1e-9
            )


def test_units_are_coarse_and_amounts_are_kept(report):
    assert report.past("wage_nominal").last.unit == "thousand_rub"
    assert report.past("wage_nominal").last.value == pytest.approx(report.value("wage_nominal", year=2020).value / 1000)
    assert 30 < report.forecast("wage_nominal").mean(2021).value < 60


def test_record_is_of_outcomes_by_the_vintage(report):
    scores = report.record.scores
    assert (scores["origin"] + scores["horizon"]).max() <= 2020
    for level in LEVELS:
        rows = scores[scores["model"] == "combined"]
        assert report.record.coverage(level).value == pytest.approx(100 * rows[f"inside{level}"].mean())
    assert report.record.coverage(INNER) < report.record.coverage(OUTER)


def test_changes_never_cross_a_break(report):
    known = report.past("employment_rate")
    assert 2017 not in known.changes  # another age base: −6,1 points that nobody lived through
    assert known.extreme("fall").value == pytest.approx(59.3 - 61.9)


def test_short_series_gets_its_range_of_experience(project):
    early = open_report(EDITION, horizon=2024, vintage=2018)
    with pytest.raises(DataError, match="известно лет"):
        early.forecast("spo_graduates_workers")
    assert "прогноза нет" in expected(early, "spo_graduates_workers", 2024)
    assert "ряд короток" in interval_of(early, "spo_graduates_workers", 2024)
    drawing = figures.draw(early, "forecast-training")
    assert "Без прогноза" in drawing.note and not (drawing.data["status"] == "F").any()
    assert "ряд короток" in early.table("forecast-graduates").caption.note


@pytest.mark.parametrize(
    "asked", [{"horizon": 2020}, {"horizon": 1999}, {"horizon": 2031}, {"horizon": 2026, "vintage": 2026}]
)
def test_horizon_that_cannot_be_is_refused(asked):
    with pytest.raises(UsageError, match="horizon"):
        _ = open_report(EDITION, **asked).prospects


def test_direction_is_said_only_where_the_last_value_lies_outside(report):
    told = which_way(report, 2026, employment_rate="уровень занятости", unemployment_rate="уровень безработицы")
    assert told.startswith(
        "В\u00a0какую сторону изменятся уровень занятости и\u00a0уровень безработицы, по этим данным не сказать"
    )
    early = open_report(EDITION, horizon=2016, vintage=2012)  # wages grew by a tenth a year
    assert early.forecast("wage_nominal").low(2016) > early.past("wage_nominal").last
    assert which_way(early, 2016, wage_nominal="заработная плата").startswith(
        "Заработная плата, скорее всего, вырастет:"
    )
    assert (
        which_way(open_report(EDITION, horizon=2024, vintage=2018), 2024, spo_graduates="выпуск")
        == "О направлении судить не по чему."
    )


def test_words_follow_the_record(report):
    assert "скорее всего" in expected(report, "wage_nominal", 2026)
    assert "держался лишь" in expected(report, "spo_students_workers", 2026)
    worse = {one for one in DRAWN if report.record.relative(one).value >= 100}
    assert worse and worse_than_naive(report).count("его ошибки") == len(worse)


def test_two_changes_are_called_no_bound(report):
    assert "двух\u00a0изменений" in new_extremes(report) and "чаще выходит" in new_extremes(report)


def test_vacancies_are_no_people(report):
    assert series_value("registered_vacancies", report.past("registered_vacancies").last) == "30,1\u00a0тыс."
    assert "чел." not in expected(report, "registered_vacancies", 2026)


# -- scenarios ------------------------------------------------------------------------------


def test_scenario_is_added_on_top_and_leaves_the_forecast_alone(project):
    alone = told("employment_rate")
    scenario(project, effect="1.5")
    found = open_report(EDITION, horizon=2026)
    plant = found.scenarios["plant"]
    assert set(plant.values) == {2023, 2024}
    assert plant.values[2024].value == pytest.approx(found.forecast("employment_rate").mean(2024).value + 1.5)
    assert told("employment_rate") == alone
    assert "…" in found.table("decision").body and "Новый завод" in found.table("scenarios").body


def test_levels_come_from_the_series(report):
    last = report.past("employment_rate").last
    for year in report.prospects.years:
        assert report.scenarios["as-now"].values[int(year)] == last
        assert report.scenarios["recovery"].values[int(year)].value == 56.1
        assert report.scenarios["slump"].values[int(year)].value == pytest.approx(54.7 - 2.6)
        assert (
            report.graduates_at_work["slump"][int(year)]
            < report.graduates_at_work["as-now"][int(year)]
            < report.graduates_at_work["recovery"][int(year)]
        )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "effect"),
        ({"effect": "1", "level": "last"}, "effect"),
        ({"effect": "90"}, "от 0 до 100"),
        ({"level": "hihgest"}, "level"),
    ],
)
def test_scenario_that_says_nothing_sensible_is_refused_by_its_row(project, fields, said):
    scenario(project, **fields)
    with pytest.raises(DataError, match="строка 2") as refusal:
        _ = open_report(EDITION, horizon=2026).scenarios
    assert said in str(refusal.value)


# -- last year's forecast -------------------------------------------------------------------


def test_without_an_earlier_edition_nothing_is_said_of_it(report):
    assert judged(report.prospects).empty
    with pytest.raises(GapError):
        figures.draw(report, "forecast-previous")


def test_next_edition_judges_this_one(project):
    write(open_report(EDITION, horizon=2026).prospects)
    nearest = project / "data" / "editions"
    shutil.rmtree(nearest / "kemerovo-2022", ignore_errors=True)
    shutil.copytree(nearest / EDITION, nearest / "kemerovo-2022")
    file = nearest / "kemerovo-2022" / "edition.yml"
    fields = yaml.safe_load(file.read_text(encoding="utf-8")) | {"id": "kemerovo-2022", "year": 2021}
    file.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
    rows = judged(open_report("kemerovo-2022", horizon=2026).prospects).set_index("indicator")
    assert set(rows["year"]) == {2021} and set(rows["edition"]) == {EDITION}
    fact = rows.loc["unemployment_rate"]
    assert fact["fact"] == 5.4 and fact["lo80"] < fact["mean"] < fact["hi80"]
    drawing = figures.draw(open_report("kemerovo-2022", horizon=2026), "forecast-previous")
    inside = rows["fact"].between(rows["lo80"], rows["hi80"]).sum()
    assert f"{inside} из {len(rows)}" in drawing.note


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "origin;series\n"])
def test_archive_is_laid_over_nothing_but_an_archive(project, content):
    file = project / "data" / "editions" / EDITION / "forecasts.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="записан он не этой командой"):
        write(open_report(EDITION, horizon=2026).prospects)
    assert file.read_text(encoding="utf-8") == content
