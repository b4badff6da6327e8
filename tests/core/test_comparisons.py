"""Quantities side by side: by key, with missing ones left out of every count."""

import pytest

from analysis.base.errors import DataError
from analysis.base.gaps import GapError
from analysis.quantities import Quantity, indicators


def q(value, unit="people", key="a"):
    return Quantity(value, unit, 1, (), key)


NOW = {"x": q(12), "y": q(9), "z": q(None), "w": q(10)}
BEFORE = {"w": q(10), "z": q(5), "y": q(10), "x": q(10)}


def test_each_pairs_quantities_by_key_not_by_place():
    changes = indicators.each(indicators.gap, NOW, BEFORE)
    assert {key: change.value for key, change in changes.items()} == {"x": 2, "y": -1, "z": None, "w": 0}


def test_what_is_missing_or_unchanged_neither_rises_nor_falls():
    changes = indicators.each(indicators.gap, NOW, BEFORE)
    assert list(indicators.rising(changes)) == ["x"] and list(indicators.falling(changes)) == ["y"]


def test_unchanged_is_neither_missing_nor_a_growth_from_zero():
    now, before = {**NOW, "none": q(0)}, {**BEFORE, "none": q(0)}
    assert list(indicators.unchanged(indicators.each(indicators.growth, now, before))) == ["w"]


def test_top_leaves_missing_out_and_keeps_the_order_of_size():
    assert indicators.top(NOW, 2) == ["x", "w"] and indicators.top(NOW, 9) == ["x", "w", "y"]


def test_only_takes_the_keys_asked_in_their_order():
    assert list(indicators.only(NOW, ["w", "x"])) == ["w", "x"]


def test_a_part_is_a_share_of_the_whole_in_the_unit_of_the_whole():
    part = indicators.part(q(200), q(25, "percent"))
    assert (part.value, part.unit) == (50, "people")
    assert indicators.part(q(None), q(25, "percent")).missing


def test_a_quotient_by_zero_is_missing():
    assert indicators.growth(q(5), q(0)).missing and indicators.share(q(5), q(0)).missing
    assert indicators.per_head(q(5, "mln_rub"), q(0)).missing


@pytest.mark.parametrize("ask", [indicators.ordered, indicators.highest, indicators.lowest])
def test_nothing_known_has_no_order(ask):
    with pytest.raises(GapError):
        ask({"x": q(None)})


@pytest.mark.parametrize("ask", [indicators.ordered, indicators.highest, indicators.lowest])
def test_an_empty_selection_has_no_order_and_that_is_no_gap(ask):
    with pytest.raises(DataError, match="список пуст") as caught:
        ask({})
    assert not isinstance(caught.value, GapError)


def test_what_is_missing_has_no_rank():
    with pytest.raises(GapError):
        indicators.rank(NOW, "z")
    with pytest.raises(DataError, match="«nowhere»"):
        indicators.rank(NOW, "nowhere")


def test_a_part_needs_a_share():
    with pytest.raises(DataError, match="не в процентах"):
        indicators.part(q(200), q(0.25, "ratio"))
