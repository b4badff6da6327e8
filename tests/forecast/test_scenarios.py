"""Judgement on top of the forecast, apart from it."""

import pandas as pd
import pytest

from analysis.errors import DataError
from analysis.forecast import forecast_wide
from analysis.forecast.scenarios import apply

SAID = {"scenario": "рост", "author": "Министерство", "reason": "Новый колледж", "indicator": "ряд 1", "year": 2022, "effect": 10.0}


def test_an_effect_moves_its_year_and_leaves_the_forecast(walks):
    forecasts = forecast_wide(walks(3, 8), 3)
    before = forecasts.copy()
    rows = apply(forecasts, pd.DataFrame([SAID, SAID | {"scenario": "спад", "effect": -5.0, "measure": "units"}]))
    pd.testing.assert_frame_equal(forecasts, before)
    mean = forecasts.query("model == 'combined' and series == 'ряд 1'").set_index("target_period")["mean"]
    up, down = (rows[rows["scenario"] == name].set_index("target_period") for name in ("рост", "спад"))
    assert up.loc[2022, "value"] == pytest.approx(1.1 * mean[2022])
    assert down.loc[2022, "value"] == pytest.approx(mean[2022] - 5)
    for other in (2021, 2023):
        assert up.loc[other, "value"] == mean[other]
    assert set(rows["author"]) == {"Министерство"} and set(rows["reason"]) == {"Новый колледж"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"author": " "}, "строка 1: не заполнен столбец «author»"),
        ({"reason": None}, "строка 1: не заполнен столбец «reason»"),
        ({"effect": "много"}, "в столбце «effect» нужно число"),
        ({"measure": "percents"}, "Возможно, имелось в виду «percent»"),
        ({"indicator": "ряд 9"}, "ряд «ряд 9» не прогнозируется"),
        ({"year": 2030}, "нет прогноза на 2030 год; есть 2021–2023"),
    ],
)
def test_a_scenario_must_say_who_why_and_what(walks, change, words):
    with pytest.raises(DataError, match=words):
        apply(forecast_wide(walks(3, 8), 3), pd.DataFrame([SAID | change]))


def test_a_scenario_says_one_thing_of_a_year(walks):
    with pytest.raises(DataError, match="два эффекта"):
        apply(forecast_wide(walks(3, 8), 3), pd.DataFrame([SAID, SAID]))
