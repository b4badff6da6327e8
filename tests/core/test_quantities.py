"""A quantity keeps unit and observations through arithmetic."""

import pytest

from analysis.base.errors import DataError
from analysis.quantities import Observation, Quantity, counted, indicators, total


def seen(key):
    return Observation(key, "t", "", 2020, "A", "src", "с. 1", "file.csv")


def q(value, key="a", unit="people"):
    return Quantity(value, unit, 0, (seen(key),), key)


def test_sources_are_kept_once_each():
    result = (q(1, "a") + q(2, "b")) + q(1, "a")
    assert [source.indicator for source in result.sources] == ["a", "b"]


def test_different_units_do_not_add():
    with pytest.raises(DataError, match="единицы"):
        q(1) + q(1, unit="percent")


def test_bare_numbers_are_refused():
    with pytest.raises(DataError, match="голым числом"):
        q(1) + 5


def test_difference_of_per_cents_is_points():
    assert (q(5.4, unit="percent") - q(4.2, unit="percent")).unit == "pp"


def test_growth_share_and_gap():
    assert indicators.growth(q(90), q(100)).value == pytest.approx(-10)
    assert indicators.share(q(8387), q(14127)).value == pytest.approx(59.37, abs=0.01)
    assert indicators.gap(q(3), q(5)).value == -2


def test_missing_is_missing_in_every_result():
    nothing = q(None)
    assert (nothing + q(1)).missing and indicators.growth(q(1), nothing).missing and total([q(1), nothing]).missing


def test_order_and_rank_leave_missing_out():
    values = {"x": q(1), "y": q(3), "z": q(None), "w": q(2)}
    assert list(indicators.ordered(values)) == ["y", "w", "x"]
    assert indicators.highest(values) == "y" and indicators.lowest(values) == "x"
    assert indicators.rank(values, "w").value == 2


def test_a_count_rests_on_what_was_counted():
    number = counted([q(1, "a"), q(2, "b")])
    assert number.value == 2 and len(number.sources) == 2


def test_sum_of_one_unit():
    assert sum([q(1), q(2)]).value == 3
