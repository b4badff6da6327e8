"""Scores of forecasts, rolling origins, cards of methods."""

import pandas as pd
import pytest

from analysis.base.errors import UsageError
from analysis.forecast.backtest import backtest
from analysis.forecast.cards import model_card
from analysis.forecast.engine import COMBINED
from analysis.forecast.methods import NAMES
from analysis.forecast.scores import geometric, score, summary


@pytest.fixture
def stated():
    """Return forecasts of two years of one series, ours and the last value's."""
    row = {"series": "a", "origin": 2020, "lo80": 8.0, "hi80": 12.0}
    ours = [row | {"model": "combined", "horizon": step, "target_period": 2020 + step, "mean": 10.0} for step in (1, 2)]
    last = [row | {"model": "last", "horizon": step, "target_period": 2020 + step, "mean": 8.0} for step in (1, 2)]
    return pd.DataFrame(ours + last)


def test_scores_are_what_their_formulas_say(stated):
    actual = pd.DataFrame({"series_id": ["a", "a"], "period": [2021, 2022], "value": [11.0, 14.0]})
    scores = score(stated, actual, pd.Series({"a": 2.0}))
    ours = scores[scores["model"] == "combined"]
    assert ours["error"].tolist() == [0.5, 2.0]
    assert ours["inside80"].tolist() == [1, 0]
    # Width 4, and ten times the two units the outcome lies beyond the bound; all in units of 2.
    assert ours["interval80"].tolist() == [2.0, (4 + 10 * 2) / 2]
    assert ours["smape"].tolist() == pytest.approx([200 / 21, 200 * 4 / 24])
    total = summary(scores).iloc[0]
    assert (total["mase"], total["relative"], total["coverage80"]) == (1.25, 1.25 / 2.25, 50)
    assert summary(scores, ["horizon"])["relative"].tolist() == pytest.approx([1 / 3, 2 / 3])


def test_outcomes_that_have_not_come_are_not_scored(stated):
    actual = pd.DataFrame({"series_id": ["a", "b"], "period": [2021, 2022], "value": [11.0, 14.0]})
    assert score(stated, actual, pd.Series({"a": 2.0}))["horizon"].tolist() == [1, 1]
    assert score(stated, actual, pd.Series({"a": 0.0})).empty


def test_an_origin_knows_nothing_of_what_came_later(walks):
    panel = walks(5, 9)
    later = panel.copy()
    later.loc[later["period"] == 2020, "value"] *= 50
    one, other = (backtest(table, 2) for table in (panel, later))
    early = [rows[rows["origin"] + rows["horizon"] < 2020].reset_index(drop=True) for rows in (one, other)]
    assert len(early[0]) > 0
    pd.testing.assert_frame_equal(*early)


def test_outcomes_beyond_a_break_are_not_scored(walks):
    panel = walks(4, 12)
    breaks = pd.DataFrame({"series_id": panel["series_id"].unique(), "period": 2016})
    scores = backtest(panel, 3, breaks=breaks)
    before = scores[scores["origin"] < 2016]
    assert (before["origin"] + before["horizon"]).max() == 2015
    assert scores.loc[scores["origin"] >= 2016, "origin"].min() == 2019
    assert scores["points"].min() == 4


def test_nothing_to_roll_over_is_an_empty_table(walks):
    assert backtest(walks(3, 4), 2).empty


def test_every_method_has_a_card():
    for name in (COMBINED, *NAMES):
        assert len(model_card(name)) > 60
    with pytest.raises(UsageError, match="Возможно, имелось в виду «theta»"):
        model_card("teta")


def test_geometric_mean():
    assert geometric(pd.Series([0.5, 2.0])) == pytest.approx(1)
