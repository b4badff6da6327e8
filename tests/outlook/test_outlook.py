"""Forecasts of an edition: they rest on what was known by the vintage, say so, stay in bounds, keep judgement apart."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from analysis.base.errors import DataError, UsageError
from analysis.base.gaps import GapError
from analysis.catalogue import clear_cache
from analysis.editions.edition import available
from analysis.outlook import panels
from analysis.outlook.archive import judged, write
from analysis.outlook.forecasts import DRAWN, INNER, LEVELS, OUTER, SHOWN
from analysis.quantities.formula import Operation, Seen
from analysis.quantities.reading import in_words
from analysis.report import Report, open_report
from analysis.show import figures, tables, theme
from analysis.show.forecasts import (
    LIKELY,
    bare,
    expected,
    interval_of,
    new_extremes,
    series_value,
    which_way,
)
from analysis.show.foretold import earlier_held, later_values, scenarios_judged
from analysis.show.wording import pct

EDITION = "kemerovo-2021"
# The year it reports; more is known by now.
THEN = {"horizon": 2026, "vintage": 2020}


@pytest.fixture(scope="module")
def report() -> Report:
    return open_report(EDITION, **THEN)


def change(project: Path, indicator: str, year: int, value: float, territory: str = "kemerovo") -> None:
    file = project / "data" / "statistics" / f"{indicator}.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    row = (table["territory"] == territory) & (table["year"] == str(year))
    assert row.sum() == 1
    table.loc[row, "value"] = str(value)
    table.to_csv(file, index=False, lineterminator="\n")


def told(indicator: str = "unemployment_rate", **asked) -> list[float]:
    found = open_report(EDITION, **(THEN | asked)).forecast(indicator)
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
    clear_cache()  # other methods come with another process
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
    drawing = figures.draw(early, "forecast")
    drawn = drawing.data.loc[drawing.data["status"] == "F", "indicator"]
    assert "Без прогноза" in drawing.note and not drawn.str.startswith("spo_").any() and "wage_nominal" in set(drawn)
    assert "ряд короток" in early.table("forecast").caption.note


@pytest.mark.parametrize(
    "asked", [{"horizon": 2021}, {"horizon": 1999}, {"horizon": 2032}, {"horizon": 2026, "vintage": 2026}]
)
def test_horizon_that_cannot_be_is_refused(asked):
    with pytest.raises(UsageError, match="horizon"):
        _ = open_report(EDITION, **asked).prospects


def test_direction_is_said_only_where_the_last_value_lies_outside(report):
    told = which_way(report, 2026, employment_rate="уровень занятости", unemployment_rate="уровень безработицы")
    assert told.startswith(
        "В\u00a0какую сторону изменятся уровень занятости и\u00a0уровень безработицы, по этим данным не сказать"
    )
    told = (open_report(EDITION, horizon=year + 1, vintage=year) for year in range(2008, 2021))
    # Wages grew by a tenth a year.
    early = next(one for one in told if one.forecast("wage_nominal").low(one.horizon) > one.past("wage_nominal").last)
    surely = "скорее всего" if early.record.coverage(INNER, "wage_nominal") >= LIKELY else "по расчету"
    assert which_way(early, early.horizon, wage_nominal="заработная плата").startswith(
        f"Заработная плата, {surely}, вырастет:"
    )
    assert (
        which_way(open_report(EDITION, horizon=2024, vintage=2018), 2024, spo_graduates="выпуск")
        == "О направлении судить не по чему."
    )


@pytest.mark.parametrize("indicator", DRAWN)
def test_only_what_held_often_enough_is_called_likely(report, indicator):
    share = report.record.coverage(INNER, indicator)
    told, bounds = expected(report, indicator, 2026), interval_of(report, indicator, 2026)
    held = f"прежде такой интервал держался в\u00a0{pct(share)} случаев"
    assert ("скорее всего" in told, held in told, held in bounds) == (
        (True, False, False) if share.value >= LIKELY else (False, True, True)
    )


def test_two_changes_are_called_no_bound(report):
    assert "двух\u00a0изменений" in new_extremes(report) and "чаще выходит" in new_extremes(report)


def test_vacancies_are_no_people(report):
    assert series_value("registered_vacancies", report.past("registered_vacancies").last) == "30,1\u00a0тыс."
    assert "чел." not in expected(report, "registered_vacancies", 2026)


# -- scenarios ------------------------------------------------------------------------------


def test_scenario_is_added_on_top_and_leaves_the_forecast_alone(project):
    alone = told("employment_rate")
    scenario(project, effect="1.5")
    found = open_report(EDITION, **THEN)
    plant = found.scenarios["plant"]
    assert set(plant.values) == {2023, 2024}
    assert plant.values[2024].value == pytest.approx(found.forecast("employment_rate").mean(2024).value + 1.5)
    assert told("employment_rate") == alone
    assert "…" in found.table("decision").body and "Новый завод" in found.table("scenarios").body


def test_levels_come_from_the_series_in_every_year(report):
    last = report.past("employment_rate").last
    for year in report.prospects.years:
        assert report.scenarios["as-now"].values[int(year)] == last
        assert report.scenarios["recovery"].values[int(year)].value == 56.1
        assert report.scenarios["slump"].values[int(year)].value == pytest.approx(54.7 - 2.6)
    for year in report.working.years:
        assert (
            report.graduates_at_work["slump"][int(year)]
            < report.graduates_at_work["as-now"][int(year)]
            < report.graduates_at_work["recovery"][int(year)]
        )


def test_a_year_of_its_own_goes_before_all_years(project):
    scenario(project, effect="1.5", id="as-now")
    values = open_report(EDITION, **THEN).scenarios["as-now"].effects
    assert set(values) == set(range(2021, 2027))
    assert {year for year, effect in values.items() if effect.value == 1.5} == {2023, 2024}


# -- graduates at work ----------------------------------------------------------------------


def ratios(formula) -> list[Operation]:
    """Return what a product multiplies its count by; nothing but quotients may stand there."""
    assert isinstance(formula, Operation) and formula.sign == "×", formula
    below = ratios(formula.left) if isinstance(formula.left, Operation) and formula.left.sign == "×" else []
    return [*below, formula.right]


def sources_of(formula) -> set[str]:
    return {leaf.observation.source for leaf in formula.leaves() if isinstance(leaf, Seen)}


@pytest.mark.parametrize("vintage", [2020, 2021])
def test_the_count_is_carried_on_by_ratios_each_within_one_source(vintage):
    found = open_report(EDITION, vintage=vintage)
    told = {"": found.working.expected, **found.graduates_at_work}
    assert set(told) == {"", *found.scenarios}
    for value in (value for values in told.values() for value in values.values()):
        moved = ratios(value.formula)
        assert len(moved) == 2
        for one in moved:
            assert one.sign == "/" and len(sources_of(one)) == 1, in_words(value.formula)
            assert {leaf.observation.indicator for leaf in one.left.leaves()} == {
                leaf.observation.indicator for leaf in one.right.leaves()
            }
        # The ministry's own level appears once, and never beside a level of another source.
        counted = [row for row in value.sources if row.indicator == "graduate_outcomes"]
        assert len(counted) == 1 and not sources_of(moved[0]) & {counted[0].source}


def test_the_year_counted_is_told_as_counted_and_not_forecast():
    found = open_report(EDITION)
    counted = found.value("graduate_outcomes", year=2021, category="employed")
    assert found.working.year == 2021 and found.working.count == counted
    for vintage in (2020, 2021):
        early = open_report(EDITION, vintage=vintage)
        assert min(early.working.expected) == min(early.working.years) == 2022
        for values in early.graduates_at_work.values():
            assert min(values) == 2022
        made = tables.TABLES["decision"](early)
        assert [cell if isinstance(cell, str) else cell.text for cell in made.head[0]][1:3] == ["Учет 2021", "2022"]
        assert all(row[1].quantity == counted for row in made.body)


def test_a_year_that_goes_on_as_the_year_counted_gives_its_count_again():
    found = open_report(EDITION)
    rate = found.value("employment_rate", year=2021)
    graduates = found.past("spo_graduates").values[2021]
    for year, value in found.working.at_rates(dict.fromkeys(found.working.years, rate)).items():
        grown = float(found.forecast("spo_graduates").mean(year)) / float(graduates)
        assert value.value == pytest.approx(8.387 * grown)


def test_bounds_hold_both_uncertainties():
    found = open_report(EDITION)
    for year, (low, high) in found.working.bounds.items():
        middle = float(found.working.expected[year])
        for bound, side in ((low, "low"), (high, "high")):
            parts = [found.forecast(one) for one in ("spo_graduates", "employment_rate")]
            halves = [math.log(float(getattr(one, side)(year)) / float(one.mean(year))) for one in parts]
            assert abs(math.log(float(bound) / middle)) == pytest.approx(math.hypot(*halves))
            assert abs(math.log(float(bound) / middle)) > max(map(abs, halves))


def test_scenarios_are_held_against_the_bounds(project):
    scenario(project, effect="-40")
    found = open_report(EDITION)
    inside, outside = (scenarios_judged(found, year) for year in (2022, 2024))
    assert inside.startswith("Все сценарии лежат внутри пределов")
    assert outside.startswith("Сценарий «новый завод»") and "вне пределов" in outside


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
    with pytest.raises(DataError, match="строка 5") as refusal:
        _ = open_report(EDITION, **THEN).scenarios
    assert said in str(refusal.value)


# -- the earlier forecast -------------------------------------------------------------------


def test_forecasts_begin_after_the_last_year_known():
    found = open_report(EDITION)
    assert found.edition.year == 2020 and found.vintage == 2021 and found.horizon == 2027
    assert "ни одного известного значения" in later_values(found)
    assert "более поздние значения, по 2021" in later_values(open_report(EDITION, vintage=2020)).replace("\u00a0", " ")


@pytest.mark.parametrize("edition", available())
def test_no_year_is_forecast_whose_outcome_is_known(edition):
    found = open_report(edition)
    drawing = figures.draw(found, "forecast")
    ahead, known = drawing.data[drawing.data["status"] == "F"], drawing.data[drawing.data["status"] != "F"]
    seen = set(zip(known["indicator"], known["year"], strict=True))
    again = {(row.indicator, row.year) for row in ahead.itertuples() if row.note != "Прежний прогноз."}
    assert again and not {(part, year) for key, year in again for part in panels.SUMS.get(key, (key,))} & seen
    for indicator in DRAWN:
        held = {int(year) for year, value in found.values(indicator, "year", territory=found.edition.region).items()}
        assert not {year for _, year in found.forecast(indicator).values} & held


def test_what_was_forecast_as_of_the_year_reported_stands_beside_what_came():
    found = open_report(EDITION)
    then = open_report(EDITION, vintage=2020, horizon=2021)
    assert found.earlier.edition == "" and {one.indicator for one in found.earlier.rows} == set(DRAWN)
    for one in found.earlier.said:
        made = then.forecast(one.indicator)
        assert (one.year, one.middle, one.low, one.high) == (2021, made.mean(2021), made.low(2021), made.high(2021))
        assert one.came == found.past(one.indicator).values[2021]
    held = sum(one.low.value <= one.came.value <= one.high.value for one in found.earlier.rows)
    assert f"{held} из {len(DRAWN)} исходов" in earlier_held(found).replace("\u00a0", " ")
    body = tables.TABLES["forecast-earlier"](found).body
    assert [row[-1] for row in body].count("да") == held and len(body) == len(DRAWN)


def test_earlier_forecasts_are_hollow_points_on_every_fan():
    found = open_report(EDITION)
    drawing = figures.draw(found, "forecast")
    for ax, indicator in zip(drawing.fig.axes, SHOWN, strict=True):
        (said,) = found.earlier.of(indicator)
        points = [line for line in ax.lines if line.get_marker() == "o" and line.get_markerfacecolor() == theme.PAPER]
        assert [(line.get_xdata()[0], line.get_ydata()[0]) for line in points] == [(2021, float(said.middle))]
        (label,) = [text for text in ax.texts if text.get_text().startswith("(")]
        told = found.forecast(indicator)
        assert label.get_text() == f"({bare(told.low(2027))}–{bare(told.high(2027))})"


def test_without_a_later_year_or_an_earlier_edition_nothing_is_said_of_it(report):
    assert judged(report.prospects).empty and report.earlier.said == ()
    for asked in (tables.TABLES["forecast-earlier"], earlier_held):
        with pytest.raises(GapError):
            asked(report)


def next_year(project: Path) -> None:
    """Lay a copy of the edition beside it that reports the next year."""
    mine = project / "data" / "editions" / "kemerovo-2022"
    shutil.rmtree(mine, ignore_errors=True)
    file = Path(shutil.copytree(mine.with_name(EDITION), mine)) / "edition.yml"
    fields = yaml.safe_load(file.read_text(encoding="utf-8")) | {"id": "kemerovo-2022", "year": 2021}
    file.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")


def test_next_edition_judges_what_this_one_said_whichever_year_it_forecast_from(project):
    write(open_report(EDITION).prospects)
    next_year(project)
    found = open_report("kemerovo-2022")
    rows = judged(found.prospects).set_index("indicator")
    assert set(rows["year"]) == {2021} and set(rows["origin"]) == {2020} and set(rows["edition"]) == {EDITION}
    fact = rows.loc["unemployment_rate"]
    assert fact["fact"] == 5.4 and fact["lo80"] < fact["mean"] < fact["hi80"]
    assert found.earlier.edition == EDITION and len(found.earlier.rows) == len(DRAWN)
    for one in found.earlier.rows:
        said = rows.loc[one.indicator]
        assert [one.middle.value, one.low.value, one.high.value] == [said["mean"], said["lo80"], said["hi80"]]
    inside = rows.loc[list(DRAWN)]
    held = inside["fact"].between(inside["lo80"], inside["hi80"]).sum()
    told = earlier_held(found).replace("\u00a0", " ")
    assert told.startswith("Прогноз прошлого издания") and f"{held} из {len(DRAWN)}" in told


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "origin;series\n"])
def test_archive_is_laid_over_nothing_but_an_archive(project, content):
    file = project / "data" / "editions" / EDITION / "forecasts.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="записан он не этой командой"):
        write(open_report(EDITION).prospects)
    assert file.read_text(encoding="utf-8") == content
