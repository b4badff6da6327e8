"""A misprint, a change of level, a growth without end, shares at their ends: none of them rules a forecast."""

import numpy as np
import pandas as pd
import pytest

from analysis.forecast import forecast_wide
from analysis.forecast.backtest import backtest
from analysis.forecast.dynamic import dynamic_theta
from analysis.forecast.windows import Windows


def asked(answer, name="a"):
    rows = answer[(answer["model"] == "combined") & (answer["series"] == name)]
    return rows.set_index("horizon")


def test_one_misprint_moves_neither_middle_nor_width_and_is_named(table):
    right, wrong = [100, 101, 99, 100, 102, 101, 100, 99], [100, 101, 99, 100, 5000, 101, 100, 99]
    sound, spoilt = (forecast_wide(table({"a": values}), 5) for values in (right, wrong))
    np.testing.assert_allclose(asked(spoilt)["mean"], asked(sound)["mean"], rtol=0.02)
    assert (asked(spoilt)["hi95"] < 130).all() and (asked(spoilt)["lo95"] > 70).all()
    year = int(sound["origin"].iloc[0]) - 3
    assert [note for note in spoilt.attrs["notes"] if f"«a», {year}" in note and "опечатки" in note]
    assert sound.attrs["notes"] == []


def test_a_change_of_level_is_no_trend_and_offered_for_a_break(table):
    answer = forecast_wide(table({"a": [100, 102, 104, 101, 103, 300, 305, 310]}), 5)
    assert asked(answer)["mean"].between(300, 330).all()
    assert asked(answer)["hi95"].max() < 450
    assert any("--breaks" in note and "«a»" in note for note in answer.attrs["notes"])


def test_a_leap_in_the_last_year_is_not_continued_and_may_be_taken_back(table):
    answer = forecast_wide(table({"b": [50, 51, 52, 53, 52, 51, 52, 5]}), 2)
    rows = asked(answer, "b")
    assert rows["mean"].between(4, 8).all()
    assert (rows["hi95"] > 45).all() and (rows["lo95"] > 0).all()


def test_what_siblings_share_is_no_misprint(table):
    calm = {f"s{number}": [10.0 + number, 10.2, 10.1, 10.3, 10.2, 30.0, 10.3, 10.2] for number in range(5)}
    assert forecast_wide(table(calm), 1).attrs["notes"] == []


def test_no_upper_bound_is_twenty_times_what_was_ever_seen(table):
    answer = asked(forecast_wide(table({"a": [1633.5, 1828.2, 954.2, 2633.5]}), 30))
    assert answer["hi95"].max() <= 20 * 2633.5 * (1 + 1e-9)


def test_a_clean_halving_goes_on(table):
    answer = asked(forecast_wide(table({"a": [1000, 500, 240, 130, 60, 31, 15]}), 10))
    assert 6 < answer.at[1, "mean"] < 11
    assert answer.at[1, "hi80"] < 20
    assert (answer["hi95"] < 300).all()


def test_series_that_look_like_shares_stay_between_their_ends_without_a_word_and_it_is_said(table):
    series = {
        "a": [97.0, 98.0, 98.5, 99.0, 99.2, 99.5, 99.7, 99.8],
        "b": [99.9, 99.9, 100, 100, 100, 100, 100, 100],
        "c": [90.0, 92, 95, 96, 97, 98, 98, 99],
    }
    answer = forecast_wide(table(series), 10)
    assert answer[["mean", "lo95", "hi95"]].max().max() <= 100
    assert asked(answer, "b")["lo95"].min() > 90
    assert any("приняты за доли" in note for note in answer.attrs["notes"])
    named = forecast_wide(table(series).assign(kind="level"), 10)
    assert named["hi95"].max() > 100 and not any("доли" in note for note in named.attrs["notes"])


def test_growth_in_thousands_of_units_keeps_its_lower_bound_near(table):
    # Wages: the past leaps of the logarithm, when values were small, do not tell how far the last one may fall.
    wages = {
        f"t{k}": [k * 2.2 * 1.25**step if step < 8 else k * 13 * 1.08 ** (step - 8) for step in range(22)]
        for k in (9, 10, 11)
    }
    answer = asked(forecast_wide(table(wages), 6), "t10")
    assert (answer["lo80"] > wages["t10"][-1]).all()


def test_stretches_before_a_break_tell_how_forecasts_held(table):
    random = np.random.default_rng(4)
    wild = {f"s{number}": 100 * np.exp(np.cumsum(random.normal(0, 0.3, 10))) for number in range(8)}
    calm = {name: path[-1] * np.exp(np.cumsum(random.normal(0, 0.05, 6))) for name, path in wild.items()}
    whole = table({name: np.r_[wild[name], calm[name]] for name in wild})
    breaks = pd.DataFrame({"series_id": list(wild), "period": int(whole["period"].max()) - 5})
    late = whole[whole["period"] >= breaks["period"].iloc[0]]
    with_past, without = (forecast_wide(panel, 3, breaks=given) for panel, given in ((whole, breaks), (late, None)))
    assert set(with_past["series"]) == set(without["series"])
    assert not np.allclose(with_past["hi80"], without["hi80"])


def test_the_dynamic_theta_continues_a_line_and_a_level():
    line, level = np.arange(12.0) * 3 + 5, np.full(12, 7.0)
    windows = Windows.of([line, level], [2020, 2020])
    ahead = dynamic_theta(windows, 4)
    np.testing.assert_allclose(ahead[1], 0, atol=1e-9)
    assert (np.diff(ahead[0]) > 1).all()
    shifted = Windows.of([line + 1000, level - 50], [2020, 2020])
    np.testing.assert_allclose(dynamic_theta(shifted, 4), ahead, atol=1e-8)


@pytest.mark.parametrize("model", ["combined", "last"])
def test_a_backtest_knows_breaks(table, model):
    paths = {f"s{number}": [10, 11, 12, 13, 14, 40, 41, 43, 44, 46 + number] for number in range(3)}
    panel = table(paths)
    breaks = pd.DataFrame({"series_id": list(paths), "period": int(panel["period"].min()) + 5})
    scores = backtest(panel, 2, breaks=breaks)
    assert model in set(scores["model"])
    assert not ((scores["origin"] < breaks["period"].iloc[0]) & (scores["actual"] > 30)).any()
