"""The comparison with models of single series: one sample for all, refusals told, and who is near or better."""

from itertools import count

import numpy as np
import pandas as pd
import pytest

from analysis.forecast.engine import COMBINED, LAST
from bench import forecasts as bench
from bench.reference import AUTO, absent, answer, models
from bench.standings import BASE, OURS, Row, lines, ratios, rivals_near, row_of

NOTHING = pd.DataFrame({"series_id": [], "period": []})


def stubborn(values, horizon, levels):
    raise NotImplementedError("tiny datasets")


def still(values, horizon, levels):
    """The last value, surely."""
    return np.full(horizon, values[-1]), np.full((horizon, len(levels), 2), values[-1])


def broad(values, horizon, levels):
    return np.full(horizon, values[-1]), np.tile([-1e9, 1e9], (horizon, len(levels), 1))


@pytest.fixture(scope="module")
def done(walks):
    panel = walks(6, 12).assign(panel="п")
    ticks = count()
    return bench.compare(
        panel, NOTHING, {"отказ": stubborn, "стоит": still, "широкий": broad}, each=3, clock=lambda: float(next(ticks))
    )


def of(done, name):
    return done.scores[done.scores["name"] == name]


def test_every_model_is_scored_on_the_same_histories(done):
    asked = {
        (name, model): set(zip(rows["key"], rows["horizon"], strict=True))
        for (name, model), rows in done.scores.groupby(["name", "model"])
    }
    assert len(asked) == 8 and len({frozenset(pairs) for pairs in asked.values()}) == 1
    histories = of(done, OURS).drop_duplicates("key")
    assert histories["points"].between(4, 8).sum() == 3 and histories["points"].between(9, 16).sum() == 3


def test_errors_are_in_the_units_of_the_last_value(done):
    """Whoever says the last value errs as it does, wherever that comes from."""
    row = row_of(of(done, "стоит"))
    assert (row.error, row.coverage80, row.coverage95, row.refused) == (pytest.approx(1), 0, 0, 0)
    assert row.interval > 1
    assert row_of(of(done, "широкий"))[1:3] == (100, 100)


def test_where_a_model_refuses_the_last_value_stands_and_it_is_told(done):
    row = row_of(of(done, "отказ"))
    last = of(done, "отказ").query("model == @LAST")
    assert (row.error, row.interval, row.refused) == (1, 1, 100)
    assert row.coverage80 == 100 * last["inside80"].mean() > 0


def test_the_processor_is_counted_for_one_history(done):
    """The clock of this test moves on by one a look: ours told every history, the others the drawn ones."""
    every = 6 * 8
    assert done.seconds == {OURS: 1 / every, "отказ": 1 / 6, "стоит": 1 / 6, "широкий": 1 / 6}


def test_histories_are_drawn_whole_and_alike_each_time(done):
    rows = of(done, OURS).drop(columns="key")
    first, again = bench.draw(rows, 1), bench.draw(rows.sample(frac=1, random_state=1), 1)
    assert set(first["key"]) == set(again["key"]) and first["key"].nunique() == 2
    assert len(first) == len(again) == (rows["series"] + " " + rows["origin"].astype(str)).isin(first["key"]).sum()


def scored(errors, points=5):
    """Return scores of models by name: the error, which is the interval's too, in each panel; the last value's is 1."""
    cells = [
        {"name": name, "model": model, "panel": f"п{at}", "points": points, "refused": False}
        | {"error": error, "smape": 1.0, "inside80": 1.0, "inside95": 1.0, "interval80": error, "interval95": error}
        for name, each in errors.items()
        for at, own in enumerate(each)
        for model, error in ((COMBINED, own), (LAST, 1.0))
    ]
    return pd.DataFrame(cells)


def test_a_panel_counts_once_however_many_forecasts_it_has():
    scores = scored({OURS: (0.5, 2.0)})
    much = pd.concat([scores, *[scores[scores["panel"] == "п1"]] * 9])
    assert row_of(much) == Row(pytest.approx(1), 100, 100, pytest.approx(1), 0)
    assert ratios(much)[0].to_dict() == {"п0": 0.5, "п1": 2.0}


def test_the_table_tells_all_and_each_length_and_time_once():
    scores = pd.concat([scored({OURS: (0.8,), BASE: (0.9,)}), scored({OURS: (0.7,), BASE: (1.5,)}, points=20)])
    shown = lines(scores, {OURS: 0.001, BASE: 0.004})
    heads = [line for line in shown if "прогнозов" in line]
    assert heads == ["Все: прогнозов 2", "4–8 точек: прогнозов 1", "от 17 точек: прогнозов 1"]
    ours = [line.removeprefix(OURS).split() for line in shown if line.startswith(OURS)]
    assert ours == [
        ["0,750", "100,0", "100,0", "0,750", "0,0", "0,25"],
        ["0,800", "100,0", "100,0", "0,800", "0,0"],
        ["0,700", "100,0", "100,0", "0,700", "0,0"],
    ]
    assert sum("время" in line for line in shown) == 1


def test_whoever_is_better_or_near_is_named_and_nobody_else():
    ours = (0.8, 0.8, 0.8, 0.8)
    scores = scored(
        {OURS: ours, "лучший": (0.7, 0.7, 0.71, 0.7), "равный": (0.7, 0.9, 0.75, 0.87), "худший": (0.9,) * 4}
    )
    said = "\n".join(rivals_near(scores))
    assert "4–8 точек, MASE: лучший – лучше нашего, отношение 0,878" in said
    assert "4–8 точек, Winkler 95: равный – не отличить от нашего, отношение 1,001" in said
    assert "худший" not in said
    assert rivals_near(scores[scores["name"].isin([OURS, "худший"])])[-1].endswith(" никто, ни при какой длине.")


def test_what_is_not_installed_is_said_in_one_line(monkeypatch):
    monkeypatch.setattr("bench.reference.find_spec", lambda _: None)
    assert absent(models()) == (
        "Пакет statsforecast не установлен: без AutoETS, AutoTheta и DynamicOptimizedTheta, остальное сравнивается."
    )
    monkeypatch.setattr("bench.reference.find_spec", lambda _: object())
    assert absent(models()) == "" and len(models()) == 2 + len(AUTO)


@pytest.mark.parametrize("bad", [stubborn, lambda *_: (np.array([1.0, np.nan]), np.zeros((2, 1, 2)))])
def test_a_model_that_refuses_or_loses_its_way_gives_nothing(bad):
    assert answer(bad, np.array([5.0, 7.0]), 2, (80,)) is None


@pytest.mark.parametrize("name", ["ETS (statsmodels)", "Theta (statsmodels)"])
def test_peers_of_statsmodels_answer_with_bounds_about_their_middle(name):
    mean, bounds = answer(models()[name], np.array([5.0, 7, 6, 8, 9, 8, 10, 11]), 3, (80, 95))
    assert mean.shape == (3,) and bounds.shape == (3, 2, 2)
    assert (bounds[:, 1, 0] < bounds[:, 0, 0]).all() and (bounds[:, 0, 0] < mean).all()
    assert (mean < bounds[:, 0, 1]).all() and (bounds[:, 0, 1] < bounds[:, 1, 1]).all()
