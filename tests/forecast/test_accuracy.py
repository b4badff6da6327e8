"""What the forecast is worth: gates on official series and on simulated ones. Wide enough to let a better method in."""

import numpy as np
import pandas as pd
import pytest

from analysis.forecast import forecast_wide
from analysis.forecast.backtest import backtest
from analysis.forecast.learned import stored
from analysis.forecast.official import official_panel
from analysis.forecast.scores import geometric, score, summary
from analysis.forecast.trends import models
from bench.learn import LEVELS, learn, shares, sources
from bench.learn import official as learned_from
from bench.simulate import mixed, siblings

SIX = ("russia", "siberia", "kemerovo", "novosibirsk", "tomsk", "krasnoyarsk")


@pytest.fixture(scope="module")
def official():
    panel, breaks = official_panel(SIX)
    parts = []
    for name, rows in panel.groupby("panel"):
        said = breaks.loc[breaks["series_id"].isin(rows["series_id"]), ["series_id", "period"]]
        parts.append(backtest(rows, 3, breaks=said).assign(panel=name))
    return pd.concat(parts)


def test_official_panels_are_forecast_better_than_by_the_last_value(official):
    panels = summary(official, ["panel"])
    assert len(panels) > 30
    assert geometric(panels["relative"]) <= 0.85
    assert panels["relative"].max() <= 1.05
    assert panels.loc["wage_nominal", "relative"] < 0.4


def test_intervals_of_official_panels_hold(official):
    held = summary(official).iloc[0]
    assert 75 <= held["coverage80"] <= 85
    assert 92 <= held["coverage95"] <= 97


def rolled(paths, known):
    """Return scores of series cut at a length, forecast to their ends."""
    rows = [(str(number), place, value) for number, path in enumerate(paths) for place, value in enumerate(path)]
    whole = pd.DataFrame(rows, columns=["series_id", "period", "value"])
    seen = whole[whole["period"] < known]
    scale = seen.groupby("series_id")["value"].apply(lambda values: values.diff().abs().mean())
    return score(forecast_wide(seen, len(paths[0]) - known), whole, scale)


@pytest.mark.parametrize("known", [3, 4, 6, 10])
def test_unlike_series_are_covered_and_forecast_better_than_by_the_last_value(known):
    total = summary(rolled(mixed(300, known + 5, seed=known + 70), known)).iloc[0]
    assert total["relative"] < 0.95
    assert 75 <= total["coverage80"] <= 87
    assert 92 <= total["coverage95"] <= 98.5


@pytest.mark.parametrize("known", [4, 8])
def test_panels_that_share_their_shocks_are_covered_on_average(known):
    scores = pd.concat([rolled(siblings(6, known + 4, seed=500 + seed), known) for seed in range(60)])
    total = summary(scores).iloc[0]
    assert 73 <= total["coverage80"] <= 88
    assert 90 <= total["coverage95"] <= 98.5


def test_stored_widths_come_from_what_is_in_the_project():
    wanted = {"mixed": 3, "pieces": 3, "siblings": 40, "panels": 60}
    few = []
    for name, group in sources(learned_from(), sets=1, count=100):
        if wanted[name]:
            wanted[name] -= 1
            few.append((name, group))
    again = learn(iter(few))["by source"]
    for name, level in ((name, f"{level:g}") for name in wanted for level in LEVELS):
        assert abs(np.log(again[name][level] / stored()["by source"][name][level])) < 0.3


def test_stored_shares_of_the_trend_models_come_from_the_official_series():
    assert len(models()) == len(stored()["models"])
    np.testing.assert_allclose(shares(learned_from()), stored()["models"], atol=2e-4)
