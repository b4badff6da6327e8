"""What holds for any quantities.

Nothing loses its rows, units are checked, printed numbers read back, nouns follow numbers.
"""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.base.errors import DataError
from analysis.base.russian import MINUS, NARROW, NBSP, decimal, decimals_of, parse_number
from analysis.quantities import Observation, Quantity, indicators, mean, total
from analysis.quantities.constants import HUNDRED, TEN_THOUSAND
from analysis.quantities.formula import Seen
from analysis.quantities.frames import series
from analysis.show import wording

UNITS = (
    "people",
    "thousand_people",
    "mln_people",
    "percent",
    "pp",
    "rub",
    "thousand_rub",
    "mln_rub",
    "months",
    "ratio",
)
# Statistics know no number so small that a quotient by it leaves the range of floats.
NUMBERS = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-9)
SCALES = {"people": 1, "thousand_people": 1000, "mln_people": 10**6}


def seen(row, unit="people", value=1.0):
    return Observation("x", "t", "", 2000 + row, "A", "s", "с. 1", "data/x.csv", row, "", value, unit, 1)


@st.composite
def quantities(draw, units=UNITS, missing=True):
    value = draw(st.one_of(st.none(), NUMBERS)) if missing else draw(NUMBERS)
    unit, row = draw(st.sampled_from(units)), draw(st.integers(2, 40))
    return Quantity(value, unit, 1, (seen(row, unit, value),), Seen(seen(row, unit, value)))


def rows(*parts):
    return {one.row for part in parts for one in part.sources}


OPERATIONS = [
    lambda a, b: a + b,
    lambda a, b: a - b,
    lambda a, b: a / b,
    lambda a, b: a * b,
    indicators.growth,
    indicators.share,
    indicators.gap,
    indicators.part,
    lambda a, b: total([a, b]),
    lambda a, b: mean([a, b]),
]


@given(quantities(), quantities(), st.sampled_from(OPERATIONS))
def test_a_result_rests_on_all_it_was_made_of_or_is_refused(a, b, operation):
    try:
        result = operation(a, b)
    except DataError:
        return
    assert rows(result) == rows(a, b)
    assert {leaf.observation.row for leaf in result.formula.leaves() if isinstance(leaf, Seen)} == rows(a, b)
    assert result.missing or math.isfinite(result.value)
    assert not (a.missing or b.missing) or result.missing


@given(quantities(), quantities())
def test_what_adds_measures_the_same(a, b):
    alike = (
        a.unit == b.unit or {a.unit, b.unit} <= SCALES.keys() or {a.unit, b.unit} <= {"rub", "thousand_rub", "mln_rub"}
    )
    shares = {a.unit, b.unit} == {"percent", "pp"}
    if alike or shares:
        assert (a + b).unit == (a.unit if alike else "percent")
    else:
        with pytest.raises(DataError, match="единицы"):
            a + b


@pytest.mark.parametrize(
    ("left", "right"),
    [("percent", "people"), ("people", "percent"), ("percent", "ratio"), ("rub", "people"), ("pp", "percent")],
)
def test_per_cent_points_and_people_do_not_mix(left, right):
    a, b = Quantity(5.0, left, 1, (), "a"), Quantity(3.0, right, 1, (), "b")
    with pytest.raises(DataError, match="единицы"):
        a - b
    with pytest.raises(DataError, match="единицы"):
        assert a < b


def test_difference_of_shares_is_points_and_points_move_a_share():
    a, b = Quantity(5.4, "percent", 1, (), "a"), Quantity(4.2, "percent", 1, (), "b")
    assert (a - b).unit == "pp" and (b + (a - b)).unit == "percent" and (b + (a - b)).value == pytest.approx(5.4)


@given(st.floats(-1e6, 1e6), st.sampled_from(list(SCALES)), st.sampled_from(list(SCALES)))
def test_scales_convert_there_and_back(value, unit, into):
    converted = Quantity(value, unit, 1, (seen(2),), "a").to(into)
    assert converted.value * SCALES[into] == pytest.approx(value * SCALES[unit])
    assert rows(converted) == {2} and converted.to(unit).value == pytest.approx(value)


def test_money_over_people_is_money_for_each_and_back():
    each = Quantity(40.7, "mln_rub", 1, (), "cost") / Quantity(407.0, "people", 0, (), "people")
    assert (each.value, each.unit) == (pytest.approx(100_000), "rub_per_person")
    assert (each * Quantity(407.0, "people", 0, (), "people")).to("mln_rub").value == pytest.approx(40.7)
    with pytest.raises(DataError, match="единицы"):
        Quantity(1.0, "people", 0, (), "people") / Quantity(1.0, "rub", 0, (), "cost")


def test_a_constant_is_only_a_factor_and_is_recorded():
    a = Quantity(5.0, "people", 0, (seen(2),), "a")
    assert str((a * HUNDRED).formula) == str((HUNDRED * a).formula) == "a × 100"
    assert str((a / TEN_THOUSAND).formula) == "a / 10000"
    with pytest.raises(DataError, match="голым числом"):
        a + HUNDRED


@given(st.lists(quantities(units=("people",), missing=False), min_size=1, max_size=8), st.data())
def test_pandas_keeps_rows(parts, data):
    column = series(parts)
    chosen = data.draw(st.lists(st.booleans(), min_size=len(parts), max_size=len(parts)))
    picked = column[chosen]
    assert [one.sources for one in picked] == [part.sources for part, kept in zip(parts, chosen, strict=True) if kept]
    assert rows(column.sum()) == rows(*parts) == rows(column.mean())
    assert column.sum().value == pytest.approx(sum(part.value for part in parts))
    assert rows((column + column.iloc[::-1]).sum()) == rows(*parts)
    assert list(column.sort_values().map(float)) == sorted(map(float, parts))


def test_pandas_checks_units_and_misses_what_is_missing():
    column = series([Quantity(1.0, "people", 0, (seen(2),), "a"), Quantity(None, "people", 0, (seen(3),), "b")])
    assert column.isna().tolist() == [False, True] and column.sum().missing
    with pytest.raises(DataError, match="единицы"):
        column + series([Quantity(1.0, "percent", 0, (), "c")] * 2)
    with pytest.raises(DataError, match="нет действия"):
        column.std()


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_printed_numbers_read_back(whole, digits):
    value = whole / 10**digits
    printed = decimal(value, digits)
    for space in (NARROW, NBSP, " ", ""):
        assert parse_number(printed.replace(NARROW, space)) == pytest.approx(value, abs=1e-9)
    assert parse_number(printed.replace(MINUS, "-")) == pytest.approx(value, abs=1e-9)
    assert decimals_of(printed) == digits


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("49932,0", 49932.0),
        ("1 143", 1143.0),
        (f"1{NBSP}143", 1143.0),
        ("−1,2", -1.2),
        ("-1,2", -1.2),
        ("–1,2", -1.2),
        ("+3,5", 3.5),
        ("0,0", 0.0),
        (f"12{NARROW}345{NARROW}678,9", 12345678.9),
    ],
)
def test_numbers_as_they_are_printed(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "5 %", "1 2", "12 34", "1,", ",5", "1.5", "1,5,5", "пять", "…"])
def test_what_is_no_printed_number_is_refused(text):
    with pytest.raises(DataError, match="не число"):
        parse_number(text)


@given(
    st.integers(0, 10**6),
    st.sampled_from(
        [
            ("территория", "территории", "территорий"),
            ("вуз", "вуза", "вузов"),
            ("год", "года", "лет"),
            ("человек", "человека", "человек"),
            ("мероприятие", "мероприятия", "мероприятий"),
        ]
    ),
)
def test_nouns_follow_numbers(number, forms):
    last, two = number % 10, number % 100
    form = (
        forms[0] if last == 1 and two != 11 else forms[1] if last in (2, 3, 4) and two not in (12, 13, 14) else forms[2]
    )
    said = wording.count(Quantity(float(number), "count", 0, (), "n"), forms[0])
    assert said == f"{decimal(number, 0)}{NBSP}{form}" and parse_number(said.split(NBSP)[0]) == number
