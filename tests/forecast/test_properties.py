"""What holds of every forecast, whatever the series."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.forecast import forecast, forecast_wide
from analysis.forecast.origins import look_back
from analysis.forecast.series import Series, gather

BOUNDS = ["lo95", "lo80", "mean", "hi80", "hi95"]
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
numbers = st.floats(allow_nan=False, allow_infinity=False, width=64)
panels = st.lists(st.lists(numbers, min_size=1, max_size=12), min_size=1, max_size=6)
positive = st.lists(st.lists(st.floats(0.01, 1e6), min_size=3, max_size=9), min_size=1, max_size=6)


def named(series):
    return {f"s{number}": values for number, values in enumerate(series)}


@quick
@given(series=panels, horizon=st.integers(1, 12))
def test_any_finite_series_is_answered_in_order(table, series, horizon):
    answer = forecast_wide(table(named(series)), horizon)
    values = answer[BOUNDS].to_numpy()
    assert np.isfinite(values).all()
    assert (values[:, 1:] >= values[:, :-1]).all()
    asked = {
        (model, name, step)
        for model in ("combined", "last")
        for name in named(series)
        for step in range(1, horizon + 1)
    }
    assert set(zip(answer["model"], answer["series"], answer["horizon"], strict=True)) == asked


@quick
@given(series=positive, unit=st.sampled_from([1e-6, 0.5, 1000.0, 2.0**40]))
def test_another_unit_changes_nothing_but_the_unit(table, series, unit):
    one = forecast_wide(table(named(series)), 3)[BOUNDS]
    other = forecast_wide(table(named([[unit * value for value in values] for values in series])), 3)[BOUNDS]
    np.testing.assert_allclose(other, unit * one, rtol=1e-6)


def test_balances_keep_their_distance_when_shifted(table):
    random = np.random.default_rng(5)
    paths = {f"s{number}": np.cumsum(random.normal(size=9)) - 20 for number in range(8)}
    one = forecast_wide(table(paths), 4)[BOUNDS]
    other = forecast_wide(table({name: path - 1000 for name, path in paths.items()}), 4)[BOUNDS]
    np.testing.assert_allclose(other + 1000, one, rtol=1e-6)


@quick
@given(series=st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=10), min_size=1, max_size=5))
def test_counts_do_not_fall_below_nought(table, series):
    assert (forecast_wide(table(named([list(map(float, values)) for values in series])), 5)[BOUNDS] >= 0).all().all()


@quick
@given(series=st.lists(st.lists(st.floats(0, 100), min_size=3, max_size=10), min_size=1, max_size=5))
def test_shares_stay_between_0_and_100(table, series):
    answer = forecast_wide(table(named(series)).assign(kind="share"), 5)[BOUNDS].to_numpy()
    assert (answer >= 0).all() and (answer <= 100).all()


def test_order_of_rows_does_not_matter(walks):
    panel = walks(7, 8)
    shuffled = panel.sample(frac=1, random_state=3)
    keys = ["model", "series", "horizon"]
    one, other = (forecast_wide(part, 3).sort_values(keys).reset_index(drop=True) for part in (panel, shuffled))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_uncertainty_grows_with_the_horizon_and_with_the_level(walks):
    answer = forecast_wide(walks(20, 8), 6, levels=(50, 80, 95))
    for _, rows in answer[answer["model"] == "combined"].groupby("series"):
        for level in ("50", "80", "95"):
            width = np.log(rows[f"hi{level}"] / rows[f"lo{level}"]).to_numpy()
            assert (np.diff(width) >= -1e-12).all()
        assert (rows["hi95"] - rows["lo95"] > rows["hi80"] - rows["lo80"]).all()


def test_long_table_is_the_wide_one_in_hub_format(walks):
    panel = walks(3, 6)
    long = forecast(panel, 2, levels=(80,))
    assert list(long.columns) == [
        "model",
        "origin",
        "series",
        "target_period",
        "horizon",
        "output_type",
        "quantile",
        "value",
    ]
    quantiles = long[long["output_type"] == "quantile"]
    assert sorted(quantiles["quantile"].unique()) == [0.1, 0.9]
    wide = forecast_wide(panel, 2, levels=(80,))
    row = wide[(wide["model"] == "combined") & (wide["series"] == "ряд 1") & (wide["horizon"] == 2)].iloc[0]
    same = long[(long["model"] == "combined") & (long["series"] == "ряд 1") & (long["target_period"] == 2022)]
    assert dict(zip(same["quantile"].fillna(0.5), same["value"], strict=True)) == {
        0.1: row["lo80"],
        0.5: row["mean"],
        0.9: row["hi80"],
    }


def test_missing_years_are_bridged_but_not_taken_for_facts(walks):
    panel = walks(6, 9)
    holed = panel[~((panel["series_id"] == "ряд 2") & panel["period"].isin([2015, 2016]))]
    answer = forecast_wide(holed, 2)
    assert answer[answer["series"] == "ряд 2"]["target_period"].unique().tolist() == [2021, 2022]
    empty = panel.copy()
    empty.loc[(panel["series_id"] == "ряд 2") & panel["period"].isin([2015, 2016]), "value"] = np.nan
    pd.testing.assert_frame_equal(forecast_wide(empty, 2), answer)


def test_what_was_bridged_is_no_target_of_calibration():
    holed = Series("a", np.array([2011, 2012, 2013, 2014, 2015, 2018, 2019, 2020]), np.arange(8.0) + 10)
    group = gather([holed])
    targets = {(2020 - cell.steps) + cell.horizon for cell in look_back(group.windows, 3, group.known, group.logs)}
    assert targets == {2013, 2014, 2015, 2018, 2019, 2020}


def test_a_break_ends_the_usable_history(table):
    jumped = {"a": [10, 11, 12, 13, 500, 510, 520, 530.0], "b": [5, 5.5, 6, 6.2, 6.5, 6.9, 7, 7.4]}
    breaks = pd.DataFrame({"series_id": ["a"], "period": [2017]})
    whole, cut = (
        forecast_wide(table(jumped), 1, breaks=given).query("model == 'combined' and series == 'a'").iloc[0]
        for given in (None, breaks)
    )
    # Neither rules the leap that nobody has called a break.
    assert whole["hi95"] / whole["lo95"] < 2 and cut["hi95"] / cut["lo95"] < 2
    assert whole["mean"] == pytest.approx(540, rel=0.05)
    assert cut["mean"] == pytest.approx(540, rel=0.02)


def test_few_points_are_answered_and_said(table):
    answer = forecast_wide(table({"a": [7.0], "b": [3.0, 4.0], "c": [1, 2, 3, 4, 5.0]}), 2)
    assert set(answer["series"]) == {"a", "b", "c"}
    assert answer.attrs["notes"] == [
        "Точек меньше трех: «a», «b». Такой прогноз держится на соседних рядах, интервал широк."
    ]


def test_series_of_several_groups_are_not_mixed(walks):
    calm, wild = walks(6, 8, seed=1, growth=0.0), walks(6, 8, seed=2, growth=0.3)
    wild["series_id"] = "б" + wild["series_id"]
    both = pd.concat([calm.assign(panel="1"), wild.assign(panel="2")])
    alone = forecast_wide(calm, 2)
    beside = forecast_wide(both, 2)
    pd.testing.assert_frame_equal(
        beside[beside["series"].isin(alone["series"])].reset_index(drop=True), alone, rtol=1e-9
    )


def test_growth_goes_on_between_so_many_per_cent_and_so_many_units(table):
    paths = {f"s{unit}": [unit * 2.0**place for place in range(8)] for unit in (1.0, 7.0, 50.0)}
    rows = forecast_wide(table(paths), 2).query("model == 'combined' and horizon == 2").set_index("series")
    for unit in (1.0, 7.0, 50.0):
        assert 128 + 2 * 64 < rows.loc[f"s{unit}", "mean"] / unit < 420


@pytest.mark.parametrize("length", [3, 5, 9])
def test_series_that_jump_manifold_get_no_astronomic_intervals(table, length):
    random = np.random.default_rng(length)
    paths = {f"s{number}": np.exp(random.normal(0, 1.5, length)) for number in range(8)}
    answer = forecast_wide(table(paths), 4)
    largest = answer["series"].map({name: path.max() for name, path in paths.items()})
    assert (answer["hi95"] < 300 * largest).all() and (answer["lo95"] >= 0).all()


@pytest.mark.parametrize("seed", [39, 51, 130, 154])
def test_few_errors_do_not_tell_how_far_the_rare_outcome_lies(table, seed):
    random = np.random.default_rng(seed)
    counts = {
        f"s{number}": random.poisson(random.uniform(0.5, 3), 9).astype(float) for number in range(random.integers(2, 8))
    }
    answer = forecast_wide(table(counts), 3).query("model == 'combined'")
    assert (
        answer["hi95"]
        <= 15 * answer["series"].map({name: max(values) for name, values in counts.items()}).clip(lower=1)
    ).all()
