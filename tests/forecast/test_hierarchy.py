"""Parts that sum into a whole."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import DataError
from analysis.forecast import forecast_wide

PARENTS = {"a": "north", "b": "north", "c": "south", "d": "south", "north": "all", "south": "all"}


@pytest.fixture
def tree(table):
    random = np.random.default_rng(4)
    leaves = {name: 50 * np.exp(np.cumsum(random.normal(0.05, 0.1, 10))) for name in "abcd"}
    whole = {"north": leaves["a"] + leaves["b"], "south": leaves["c"] + leaves["d"]}
    panel = table(leaves | whole | {"all": whole["north"] + whole["south"]})
    return panel.assign(parent=panel["series_id"].map(PARENTS))


def means(answer, model):
    return answer[answer["model"] == model].pivot(index="horizon", columns="series", values="mean")


@pytest.mark.parametrize("model", ["combined", "last"])
def test_means_add_up_on_every_floor(tree, model):
    answer = means(forecast_wide(tree, 4), model)
    for whole in ("north", "south", "all"):
        parts = [part for part, parent in PARENTS.items() if parent == whole]
        np.testing.assert_allclose(answer[parts].sum(axis=1), answer[whole], rtol=1e-12)


def test_intervals_move_along_and_stay_in_order(tree):
    before = forecast_wide(tree.drop(columns="parent"), 4)
    after = forecast_wide(tree, 4)
    assert (np.diff(after[["lo95", "lo80", "mean", "hi80", "hi95"]].to_numpy(), axis=1) >= 0).all()
    np.testing.assert_allclose(after["hi80"] / after["mean"], before["hi80"] / before["mean"])
    assert (before["mean"] - after["mean"]).abs().max() > 0


def test_what_is_known_worse_gives_way(table):
    random = np.random.default_rng(1)
    calm, wild = 1000 * np.exp(np.cumsum(random.normal(0.02, 0.002, 12))), 1000 * np.exp(np.cumsum(random.normal(0.02, 0.2, 12)))
    panel = table({"calm": calm, "wild": wild, "all": calm + wild})
    free = means(forecast_wide(panel, 3), "combined")
    tied = means(forecast_wide(panel.assign(parent=panel["series_id"].map({"calm": "all", "wild": "all"})), 3), "combined")
    moved = (tied - free).abs().sum()
    assert moved["wild"] > 10 * moved["calm"]


def test_a_whole_that_never_was_the_sum_stays_alone(table):
    panel = table({"a": [10, 11, 12, 13.0], "b": [20, 21, 22, 23.0], "mean": [15, 16, 17, 18.0]})
    answer = forecast_wide(panel.assign(parent=panel["series_id"].map({"a": "mean", "b": "mean"})), 2)
    assert answer.attrs["notes"] == ["«mean» в прошлом не равнялся сумме своих частей: он прогнозируется сам по себе."]
    assert answer.query("series == 'mean' and model == 'combined'")["mean"].between(15, 25).all()


@pytest.mark.parametrize(
    ("parents", "words"),
    [
        ({"a": "алл"}, "Ряд «a»: его целого «алл» нет среди рядов"),
        ({"a": "a"}, "по кругу: «a» → «a»"),
        ({"a": "b", "b": "c", "c": "a"}, "по кругу: «a» → «b» → «c» → «a»"),
    ],
)
def test_impossible_trees_are_refused(table, parents, words):
    panel = table({name: [1, 2, 3.0] for name in "abc"})
    with pytest.raises(DataError, match=words):
        forecast_wide(panel.assign(parent=panel["series_id"].map(parents)), 1)


def test_parts_of_other_length_and_end_are_tied_by_the_year(table):
    panel = pd.concat([table({"a": [10, 11, 12, 13, 14.0]}), table({"b": [20, 21, 22, 23.0]}, last=2019), table({"all": [30, 32, 34, 36.0]}, last=2019)])
    answer = forecast_wide(panel.assign(parent=panel["series_id"].map({"a": "all", "b": "all"})), 3)
    years = answer[answer["model"] == "combined"].pivot(index="target_period", columns="series", values="mean").dropna()
    assert len(years) == 2
    np.testing.assert_allclose(years["a"] + years["b"], years["all"], rtol=1e-12)
