"""A quantity keeps unit and observations through arithmetic."""

import numpy as np
import pytest

from analysis.base.errors import DataError
from analysis.quantities import Observation, Quantity, counted, indicators, total
from analysis.quantities.constants import HUNDRED
from analysis.show import directions, spelled, wording


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


@pytest.mark.parametrize(
    "computed",
    [
        lambda v: v + 5,
        lambda v: 5 + v,
        lambda v: v - 5,
        lambda v: 5 - v,
        lambda v: v * 1.1,
        lambda v: 2 * v,
        lambda v: v * np.float64(2),
        lambda v: np.float64(2) * v,
        lambda v: v / 3,
        lambda v: 1 / v,
        lambda v: v**2,
        lambda v: v * True,
        lambda v: v * "2",
        lambda v: indicators.share(v, 5000),
        lambda v: indicators.share(5000, v),
        lambda v: indicators.growth(v, 1000),
        lambda v: indicators.growth(1000, v),
        lambda v: indicators.index(v, 1000),
        lambda v: indicators.gap(v, 1),
        lambda v: indicators.plus(v, 1),
        lambda v: indicators.part(v, 60),
        lambda v: indicators.per_head(v, 450),
        lambda v: total([v, 5]),
        lambda v: directions.rose(v, 5),
    ],
)
def test_bare_numbers_are_refused(computed):
    with pytest.raises(DataError, match=r"голым числом|голое число"):
        computed(q(1))


@pytest.mark.parametrize(
    "said",
    [
        *(wording.num, wording.with_unit, wording.pct, wording.pp, wording.size, wording.signed, wording.times),
        *(wording.ordinal, lambda v: wording.count(v, "мера"), lambda v: spelled.spelled(v, "мера")),
        *(lambda v: wording.interval(v, v), lambda v: indicators.growth(v, v), lambda v: indicators.share(v, v)),
        *(lambda v: counted([v]), lambda v: directions.rose(v, v), lambda v: directions.choose(v, v, "а", "б", "в")),
        *(lambda v: directions.higher(v, v), lambda v: directions.more(v, v)),
    ],
)
@pytest.mark.parametrize("number", [12.3, 5, np.float64(12.3)])
def test_words_of_a_bare_number_are_refused_in_one_sentence(said, number):
    with pytest.raises(DataError, match=r"голое число|голым числом") as refused:
        said(number)
    assert "attribute" not in str(refused.value)


def test_a_constant_multiplies_by_its_name():
    assert (q(0.5) * HUNDRED).value == 50 and (q(500) / HUNDRED).value == 5


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
