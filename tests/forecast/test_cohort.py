"""Graduates from admissions: turns that no trend can see, nothing from later, nothing where nothing is known."""

import numpy as np
import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.forecast import forecast_wide
from analysis.forecast.backtest import backtest
from analysis.forecast.official import official_feeds, official_panel
from analysis.forecast.scores import beside

LAG, FIRST, LAST = 3, 2000, 2020
REGIONS = [f"р{number}" for number in range(12)]
KEYS = ["series", "target_period"]


@pytest.fixture(scope="module")
def admitted() -> pd.DataFrame:
    """Return admissions that rise, and turn in the last three years, by year and region."""
    random = np.random.default_rng(5)
    rate = random.normal(0.03, 0.06, (LAST - FIRST + 1 + LAG, len(REGIONS)))
    rate[-LAG:] = random.normal(-0.15, 0.03, (LAG, len(REGIONS)))
    years = range(FIRST - LAG, LAST + 1)
    return pd.DataFrame(1000 * np.exp(np.cumsum(rate, axis=0)), index=years, columns=REGIONS)


def long(wide: pd.DataFrame) -> pd.DataFrame:
    rows = wide.rename_axis("period").reset_index().melt("period", var_name="series_id")
    return rows[["series_id", "period", "value"]].dropna()


def graduates(admitted: pd.DataFrame) -> pd.DataFrame:
    return long((0.8 * admitted).shift(LAG).dropna())


def feeds(admitted: pd.DataFrame, lags: str = "1 2 3 4") -> pd.DataFrame:
    return long(admitted).assign(lags=lags)


def of(table: pd.DataFrame, model: str) -> pd.Series:
    return table[table["model"] == model].set_index(KEYS)["mean"]


def test_the_cohort_sees_a_turn_that_the_trend_does_not(admitted):
    table = forecast_wide(graduates(admitted), LAG, feeds=feeds(admitted))
    came = pd.Series(
        {(name, LAST + ahead): 0.8 * admitted.at[LAST + ahead - LAG, name] for name in REGIONS for ahead in (1, 2, 3)}
    )
    wrong = {
        model: (np.log(of(table, model)) - np.log(came)).abs().groupby(level=1).mean()[LAST + LAG]
        for model in ("cohort", "trend", "combined")
    }
    assert wrong["cohort"] < 0.05
    assert wrong["trend"] > 0.3
    assert wrong["combined"] < wrong["trend"] / 2
    assert table.loc[table["model"] == "combined", "inflow"].between(0.5, 1).all()


def test_what_is_admitted_after_the_end_of_a_series_changes_nothing(admitted):
    panel = graduates(admitted)
    panel = panel[panel["period"] <= LAST - 2]
    known = feeds(admitted)
    later = known.assign(value=known["value"].where(known["period"] <= LAST - 2, 7 * known["value"]))
    pd.testing.assert_frame_equal(forecast_wide(panel, 3, feeds=known), forecast_wide(panel, 3, feeds=later))
    before = known.assign(value=known["value"].where(known["period"] != LAST - 3, 1.1 * known["value"]))
    assert not of(forecast_wide(panel, 3, feeds=before), "combined").equals(
        of(forecast_wide(panel, 3, feeds=known), "combined")
    )


def test_no_origin_of_a_backtest_knows_later_admissions(admitted):
    panel, known = graduates(admitted), feeds(admitted)
    later = known.assign(value=known["value"].where(known["period"] <= 2012, known["value"] * 1.4))
    one, other = (backtest(panel, 2, feeds=given).query("origin <= 2012") for given in (known, later))
    pd.testing.assert_frame_equal(one, other)
    rows = beside(backtest(panel, 2, feeds=known))
    assert rows.at["cohort", "mase"] < rows.at["trend", "mase"]
    assert rows.at["combined", "mase"] < rows.at["trend", "mase"]


@pytest.mark.parametrize("gap", ["none", "hole", "zero"])
def test_a_series_whose_inflow_is_not_known_keeps_the_trend(admitted, gap):
    panel, known = graduates(admitted), feeds(admitted)
    mine = known["series_id"] == "р0"
    if gap == "none":
        given = known[~mine]
    elif gap == "hole":
        # Every second year: no change from one year to the next is left.
        given = known[~(mine & (known["period"] % 2 == 0))]
    else:
        given = known.assign(value=known["value"].mask(mine, 0.0))
    table = forecast_wide(panel, 3, feeds=given)
    assert "р0" not in set(table.loc[table["model"] == "cohort", "series"])
    assert "р1" in set(table.loc[table["model"] == "cohort", "series"])
    alone = forecast_wide(panel, 3)
    np.testing.assert_array_equal(of(table, "combined")["р0"], of(alone, "combined")["р0"])
    assert (table.loc[table["series"] == "р0", "inflow"] == 0).all()


def test_a_missing_year_is_no_year_of_the_cohort_and_others_are(admitted):
    panel, known = graduates(admitted), feeds(admitted, "3")
    holed = known[~((known["series_id"] == "р0") & (known["period"] == LAST - 1))]
    whole, part = (of(forecast_wide(panel, 3, feeds=given), "cohort")["р0"] for given in (known, holed))
    # Three years ago was admitted what leaves next year: that is known in both.
    assert part[LAST + 1] == pytest.approx(whole[LAST + 1], rel=0.01)
    assert part[LAST + 3] != pytest.approx(whole[LAST + 3], rel=0.1)


def test_what_is_not_admitted_yet_is_left_to_the_trend(admitted):
    panel = graduates(admitted)
    table = forecast_wide(panel, 4, feeds=feeds(admitted, "1"))
    last = panel[panel["period"] == LAST].set_index("series_id")["value"]
    cohort, trend = (
        np.log(of(table, model).unstack("target_period").div(last, axis=0))  # noqa: PD010 - of a series
        for model in ("cohort", "trend")
    )
    for ahead in (2, 3, 4):
        # One year of the way is known, the others are the trend's.
        expected = cohort[LAST + 1] + (1 - 1 / ahead) * trend[LAST + ahead]
        np.testing.assert_allclose(cohort[LAST + ahead], expected, rtol=1e-9)


def test_a_change_into_a_new_reckoning_is_none(admitted):
    panel, start = graduates(admitted), 2010
    whole = feeds(admitted).assign(anew=lambda rows: rows["period"] == start)
    for factor in (0.8, 1.3):
        other = whole.assign(value=whole["value"].where(whole["period"] < start, factor * whole["value"]))
        one, two = (of(forecast_wide(panel, 3, feeds=given), "combined") for given in (whole, other))
        np.testing.assert_allclose(one, two, rtol=1e-9)
    assert not np.allclose(one, of(forecast_wide(panel, 3, feeds=other.drop(columns="anew")), "combined"), rtol=1e-4)


def test_a_leap_of_the_inflow_is_another_way_of_counting(admitted):
    panel, known = graduates(admitted), feeds(admitted)
    leaps = known.assign(value=known["value"].where(known["period"] < 2010, 4 * known["value"]))
    told = known.assign(anew=known["period"] == 2010)
    one, other = (of(forecast_wide(panel, 3, feeds=given), "combined") for given in (leaps, told))
    np.testing.assert_allclose(one, other, rtol=1e-9)


def test_an_inflow_that_tells_nothing_earns_little(admitted):
    random = np.random.default_rng(1)
    noise = np.exp(np.cumsum(random.normal(0, 0.15, admitted.shape), axis=0))
    other = pd.DataFrame(noise, admitted.index, admitted.columns)
    table = forecast_wide(graduates(admitted), 3, feeds=feeds(other))
    assert table.loc[table["model"] == "combined", "inflow"].max() < 0.25


def test_the_order_of_rows_does_not_matter_and_the_answer_is_the_same_each_time(admitted):
    panel, known = graduates(admitted), feeds(admitted)
    one, again = (forecast_wide(panel, 3, feeds=known) for _ in range(2))
    pd.testing.assert_frame_equal(one, again)
    shuffled = forecast_wide(panel.sample(frac=1, random_state=0), 3, feeds=known.sample(frac=1, random_state=1))
    for model in ("combined", "trend", "cohort"):
        pd.testing.assert_series_equal(of(one, model).sort_index(), of(shuffled, model).sort_index())


def test_parts_add_up_whichever_way_they_are_forecast(admitted):
    halves = [name for name in REGIONS if int(name[1:]) % 2 == 0]
    whole = sum(admitted[name] for name in REGIONS)
    every = admitted.assign(все=whole)
    panel = graduates(every).assign(parent=lambda rows: np.where(rows["series_id"] == "все", "", "все"))
    table = forecast_wide(panel, 4, feeds=feeds(every[[*halves, "все"]]))
    told = of(table, "combined")
    for year in range(LAST + 1, LAST + 5):
        assert told["все", year] == pytest.approx(sum(told[name, year] for name in REGIONS), rel=1e-9)
    bounds = table[["lo95", "lo80", "mean", "hi80", "hi95"]].to_numpy()
    assert (np.diff(bounds, axis=1) >= 0).all()


def test_without_feeds_nothing_is_told_of_them(admitted):
    table = forecast_wide(graduates(admitted), 2, feeds=feeds(admitted).iloc[:0])
    pd.testing.assert_frame_equal(table, forecast_wide(graduates(admitted), 2))
    assert set(table["model"]) == {"combined", "last"}
    assert "inflow" not in table


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda rows: rows.drop(columns="lags"), "нет столбца «lags»"),
        (lambda rows: rows.assign(lags="2 x"), "lags «2 x»"),
        (lambda rows: rows.assign(lags="0 1"), "lags «0 1»"),
        (lambda rows: rows.assign(lags=""), "через сколько лет"),
        (lambda rows: rows.assign(series_id="чужой " + rows["series_id"]), "нет в таблице рядов"),
        (lambda rows: pd.concat([rows, rows.head(1)]), "встречается дважды"),
    ],
)
def test_an_inflow_that_is_not_usable_is_refused(admitted, spoil, words):
    with pytest.raises(DataError, match=words):
        forecast_wide(graduates(admitted), 2, feeds=spoil(feeds(admitted)))


def test_official_graduates_are_forecast_better_with_admissions_than_without():
    panel, breaks = official_panel(last=2015)
    known = official_feeds(panel, breaks)
    for indicator in ("spo_graduates_workers", "spo_graduates_specialists"):
        rows = panel[panel["indicator"] == indicator]
        own = breaks[breaks["series_id"].isin(rows["series_id"])]
        inflow = known[known["series_id"].isin(rows["series_id"])]
        scores = beside(backtest(rows, 3, breaks=own, feeds=inflow))
        assert scores.at["combined", "relative"] < 0.96 * scores.at["trend", "relative"]
        assert scores.at["combined", "msis80"] < scores.at["trend", "msis80"]
        assert scores.at["combined", "coverage80"] > 70
        assert scores.at["cohort", "relative"] < 0.85
