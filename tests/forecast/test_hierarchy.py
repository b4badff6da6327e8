"""Parts that sum into a whole."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.forecast import forecast_wide

PARENTS = {"a": "north", "b": "north", "c": "south", "d": "south", "north": "all", "south": "all"}


@pytest.fixture
def tree(table):
    random = np.random.default_rng(4)
    leaves = {name: 50 * np.exp(np.cumsum(random.normal(0.05, 0.1, 10))) for name in "abcd"}
    whole = {"north": leaves["a"] + leaves["b"], "south": leaves["c"] + leaves["d"]}
    panel = table(leaves | whole | {"all": whole["north"] + whole["south"]})
    return panel.assign(parent=panel["series_id"].map(PARENTS))


def means(answer, model, index="horizon"):
    rows = answer[answer["model"] == model]
    return rows.pivot(index=index, columns="series", values="mean")  # noqa: PD010 - a pair that stands twice fails


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
    calm, wild = (
        1000 * np.exp(np.cumsum(random.normal(0.02, 0.002, 12))),
        1000 * np.exp(np.cumsum(random.normal(0.02, 0.2, 12))),
    )
    panel = table({"calm": calm, "wild": wild, "all": calm + wild})
    free = means(forecast_wide(panel, 3), "combined")
    tied = means(
        forecast_wide(panel.assign(parent=panel["series_id"].map({"calm": "all", "wild": "all"})), 3), "combined"
    )
    moved = (tied - free).abs().sum()
    assert moved["wild"] > 10 * moved["calm"]


def test_a_whole_that_never_was_the_sum_stays_alone(table):
    panel = table({"a": [10, 11, 12, 13.0], "b": [20, 21, 22, 23.0], "mean": [15, 16, 17, 18.0]})
    answer = forecast_wide(panel.assign(parent=panel["series_id"].map({"a": "mean", "b": "mean"})), 2)
    assert answer.attrs["notes"] == ["«mean» в прошлом не равнялся сумме своих частей: он прогнозируется сам по себе."]
    assert answer.query("series == 'mean' and model == 'combined'")["mean"].between(15, 25).all()


def test_years_in_which_a_part_is_missing_are_named_and_forecasts_add_up(table):
    """A third part that mostly is nought, and that nobody named."""
    first = [36.9, 51.5, 44.3, 59.1, 37.7, 47.7, 61.7, 66.3, 40.7, 55.0, 62.6, 56.1]
    second = [62.7, 40.0, 51.8, 40.1, 59.2, 47.3, 44.0, 32.8, 59.5, 51.5, 51.0, 53.6]
    unnamed = [4.8, 0, 0, 0, 11.0, 0, 0, 0, 0, 2.1, 0, 0]
    panel = table({"a1": first, "a2": second, "a": np.sum([first, second, unnamed], axis=0)}, 2021)
    answer = forecast_wide(panel.assign(parent=panel["series_id"].map({"a1": "a", "a2": "a"})), 3)
    found = means(answer, "combined")
    np.testing.assert_allclose(found["a1"] + found["a2"], found["a"], rtol=1e-12)
    assert found["a"].between(95, 120).all()
    (note,) = answer.attrs["notes"]
    assert note.startswith("Части не складывались в целое: «a», 2010, 2014. ") and "все ли части названы" in note


def test_parts_that_sum_up_to_rounding_are_not_spoken_of(table):
    parts = {"a": [10.04, 11.02, 12.03, 13.01], "b": [20.04, 21.04, 22.03, 23.04]}
    panel = table(parts | {"c": [30.1, 32.1, 34.1, 36.1]})
    assert forecast_wide(panel.assign(parent=panel["series_id"].map({"a": "c", "b": "c"})), 2).attrs["notes"] == []


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
    panel = pd.concat(
        [
            table({"a": [10, 11, 12, 13, 14.0]}),
            table({"b": [20, 21, 22, 23.0]}, last=2019),
            table({"all": [30, 32, 34, 36.0]}, last=2019),
        ]
    )
    answer = forecast_wide(panel.assign(parent=panel["series_id"].map({"a": "all", "b": "all"})), 3)
    years = means(answer, "combined", "target_period").dropna()
    assert len(years) == 2
    np.testing.assert_allclose(years["a"] + years["b"], years["all"], rtol=1e-12)


def test_trees_do_not_tell_on_each_other(tree, table):
    alone = forecast_wide(tree, 3)
    other = table({"x": [1e12, 2e12, 3e12, 5e12], "y": [2e12, 1e12, 4e12, 2e12], "xy": [3e12, 3e12, 7e12, 7e12]})
    other["parent"] = other["series_id"].map({"x": "xy", "y": "xy"})
    both = pd.concat([tree.assign(panel="1"), other.assign(panel="2")])
    beside = forecast_wide(both, 3)
    pd.testing.assert_frame_equal(
        beside[beside["series"].isin(alone["series"])].reset_index(drop=True), alone, rtol=1e-7
    )


def test_counts_with_noughts_stay_above_nought_and_within_reach(table):
    random = np.random.default_rng(2)
    for _ in range(20):
        parts = {name: random.integers(0, 3, 9).astype(float) for name in "abcdef"}
        panel = table(parts | {"all": sum(parts.values())})
        free, answer = (
            forecast_wide(one, 4)
            for one in (panel, panel.assign(parent=panel["series_id"].map(dict.fromkeys("abcdef", "all"))))
        )
        values = answer[["lo95", "lo80", "mean", "hi80", "hi95"]].to_numpy()
        assert (values >= 0).all() and (np.diff(values, axis=1) >= 0).all()
        stands = (free["lo95"] == 0) & (free["mean"] > 0) & (answer["mean"] > 0)
        assert stands.any() and (answer.loc[stands, "lo95"] == 0).all()
        assert (answer["hi95"] <= 2 * free["hi95"] + 2).all()


@pytest.mark.parametrize("unit", [1e-300, 1.0, 5e306])
def test_units_do_not_tell_whether_parts_add_up(table, unit):
    parts = {name: unit * np.array([1.0, 2.0, 4.0, 3.0]) * (place + 1) for place, name in enumerate("abc")}
    panel = table(parts | {"all": sum(parts.values())})
    answer = forecast_wide(panel.assign(parent=panel["series_id"].map(dict.fromkeys("abc", "all"))), 2)
    assert answer.attrs["notes"] == []


def test_gains_and_losses_that_cancel_add_up_but_for_rounding(table):
    panel = table({"in": [100.2, 90.4, 120.3, 99.1], "out": [-99.7, -90.6, -119.8, -99.3], "net": [0.0, 0.0, 1.0, 0.0]})
    assert (
        forecast_wide(panel.assign(parent=panel["series_id"].map({"in": "net", "out": "net"})), 2).attrs["notes"] == []
    )


def test_many_small_trees_and_long_chains_are_no_burden(table):
    path = np.array([10.0, 11.0, 12.0, 14.0])
    names = [f"n{number}" for number in range(1500)]
    panel = table(dict.fromkeys(names, path))
    answer = forecast_wide(panel.assign(parent=panel["series_id"].map(dict(pairwise(names)))), 1)
    assert len(answer.loc[answer["model"] == "combined", "mean"].unique()) == 1
