"""How numbers and the words around them are set in Russian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.base import russian
from analysis.base.errors import DataError
from analysis.base.gaps import GapError
from analysis.base.russian import MINUS, NARROW, NBSP, decimal
from analysis.editions.edition import read_edition
from analysis.quantities import Quantity
from analysis.report import Report
from analysis.show import dates, directions, wording


def q(value, unit="people", decimals=0):
    return Quantity(value, unit, decimals, (), "q")


@pytest.mark.parametrize(("value", "digits"), [(0.5, 1), (100.0, 0), (1_234_567.0, 0), (56_329.25, 2), (0.00005, 5)])
def test_number_that_was_typed_is_printed_in_full(value, digits):
    assert russian.decimals_needed(value) == digits


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1189.3, 1, "1189,3"),
        (14127, 0, f"14{NARROW}127"),
        (72354.4, 1, f"72{NARROW}354,4"),
        (-10.5, 1, f"{MINUS}10,5"),
        (-0.04, 1, "0,0"),
        (2.675, 2, "2,68"),
        (0.5, 0, "1"),
        (1234567, 0, f"1{NARROW}234{NARROW}567"),
    ],
)
def test_number_is_set_with_comma_minus_and_spaces(value, digits, text):
    assert decimal(value, digits) == text


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_printed_number_reads_back(value, digits):
    printed = decimal(value / 10**digits, digits)
    assert float(printed.replace(NARROW, "").replace(",", ".").replace(MINUS, "-")) == value / 10**digits


@pytest.mark.parametrize(
    ("number", "phrase", "words"),
    [
        (1, "выпускник", "выпускник"),
        (2, "выпускник", "выпускника"),
        (5, "выпускник", "выпускников"),
        (11, "выпускник", "выпускников"),
        (21, "территория", "территория"),
        (14, "территория", "территорий"),
        (5, "год", "лет"),
        (3, "год", "года"),
        (68, "колледж", "колледжей"),
        (5, "новая группа", "новых групп"),
        (22, "человек", "человека"),
        (5, "человек", "человек"),
    ],
)
def test_noun_follows_the_number(number, phrase, words):
    assert wording.agree(number, phrase) == words


@pytest.mark.parametrize(
    ("number", "case", "words"),
    [(21, "gent", "территории"), (14, "gent", "территорий"), (14, "loct", "территориях"), (1, "accs", "территорию")],
)
def test_noun_stands_in_the_case_of_the_phrase(number, case, words):
    assert wording.agree(number, "территория", case) == words


@given(st.integers(0, 10**6))
def test_every_number_has_a_noun_form(number):
    last, last_two = number % 10, number % 100
    if last == 1 and last_two != 11:
        expected = "студент"
    elif last in (2, 3, 4) and last_two not in (12, 13, 14):
        expected = "студента"
    else:
        expected = "студентов"
    assert wording.agree(number, "студент") == expected


def test_verb_follows_the_change_and_its_tolerance():
    assert directions.rose(q(110), q(100), "m") == "вырос"
    assert directions.rose(q(90), q(100), "pl") == "снизились"
    assert directions.rose(q(100.9), q(100), "f") == "практически не изменилась"
    assert directions.rose(q(100.9), q(100), "f", steady=0.5) == "выросла"


def test_rates_are_steady_within_a_tenth_of_a_point():
    assert directions.rose(q(5.5, "percent", 1), q(5.4, "percent", 1), "m") == "вырос"
    assert directions.rose(q(5.45, "percent", 2), q(5.40, "percent", 2), "m") == "практически не изменился"


def test_bounds_of_what_is_steady_are_named_as_they_are_applied():
    report = Report(read_edition("kemerovo-2021"), steady=0.5)
    assert wording.with_unit(report.tolerance) == f"0,5{NBSP}%"
    assert wording.pp(report.tolerance_points) == f"0,05{NBSP}п.{NBSP}п."
    inside, outside = report.tolerance_points.value * 0.9, report.tolerance_points.value * 1.1
    assert directions.direction(q(5 + inside, "percent", 2), q(5, "percent", 2), report.steady) == 0
    assert directions.direction(q(5 + outside, "percent", 2), q(5, "percent", 2), report.steady) == 1


def test_equal_values_without_a_word_for_it_are_an_error():
    with pytest.raises(DataError, match="равны"):
        directions.choose(q(1), q(1), "больше", "меньше")


def test_units_are_printed_and_missing_is_said():
    assert wording.with_unit(q(43429, "rub")) == f"43{NARROW}429{NBSP}руб."
    assert wording.with_unit(q(None, "rub")) == "нет данных"
    assert wording.pct(q(0.134, "ratio", 3)) == f"13,4{NBSP}%"
    assert wording.signed(q(1.2, "pp", 1)) == f"+1,2{NBSP}п.{NBSP}п."


def test_per_cent_and_points_are_not_mixed_up():
    with pytest.raises(DataError, match="процент"):
        wording.pct(q(1.2, "pp", 1))
    with pytest.raises(DataError, match="разность"):
        wording.pp(q(1.2, "percent", 1))


def test_times_agree_with_the_number():
    assert wording.times(q(5.44, "ratio", 3)) == f"в{NBSP}5,4{NBSP}раза"
    assert wording.times(q(5, "ratio", 3), 0) == f"в{NBSP}5{NBSP}раз"


def test_noun_follows_times_as_printed():
    assert wording.times(q(1.96, "ratio", 3), 0) == f"в{NBSP}2{NBSP}раза"
    assert wording.times(q(None, "ratio", 3)) == "нет данных"


@pytest.mark.parametrize("say", [directions.rose, directions.higher, directions.more])
@pytest.mark.parametrize("pair", [(None, 1), (1, None)])
def test_nothing_is_said_of_a_change_from_or_to_the_unknown(say, pair):
    with pytest.raises(GapError):
        say(*map(q, pair))


def test_different_units_are_not_compared():
    with pytest.raises(DataError, match="единицы"):
        directions.higher(q(1), q(1, "percent"))


def test_the_last_binary_place_makes_no_difference():
    assert directions.higher(q(0.1 + 0.2), q(0.3)) == "на том же уровне"


def test_what_rounds_to_zero_has_no_sign():
    assert wording.signed(q(0.04, "pp", 1)) == wording.signed(q(-0.04, "pp", 1)) == f"0,0{NBSP}п.{NBSP}п."


def test_nothing_is_not_listed():
    with pytest.raises(DataError, match="нечего"):
        wording.joined([])


def test_dates_are_russian():
    assert dates.date("2021-06-18") == f"18{NBSP}июня 2021{NBSP}г."


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2012", "", "2012 г."),
        ("2021-07", "", "июля 2021 г."),
        ("2021-Q1", "", "I квартала 2021 г."),
        ("2021-Q4", "", "IV квартала 2021 г."),
        ("2019-12-02", "2019-12-08", "2–8 декабря 2019 г."),
        ("2019-12-02", "", "2 декабря 2019 г."),
    ],
)
def test_every_time_of_an_event_has_words(first, last, words):
    assert dates.period(first, last).replace(NBSP, " ") == words


@pytest.mark.parametrize(
    ("name", "within"),
    [("Торговля", "торговля"), ("СПО и ДПО", "СПО и ДПО"), ("Ремонт АТС", "ремонт АТС"), ("Я", "я"), ("", "")],
)
def test_a_name_within_a_sentence_loses_no_capital_but_its_first(name, within):
    assert wording.lowered(name) == within


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "many"),
        (1, "one"),
        (2, "few"),
        (5, "many"),
        (11, "many"),
        (12, "many"),
        (21, "one"),
        (104, "few"),
        (111, "many"),
    ],
)
def test_a_noun_of_three_forms_follows_its_number(number, form):
    assert russian.agreed(number, "one", "few", "many") == form
