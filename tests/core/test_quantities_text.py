"""Words remember the numbers they are made of, and a build turns that into cards."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.base.russian import NBSP
from analysis.quantities import Observation, Quantity, Text, Year, counted, quoted, registry, total
from analysis.quantities.constants import HUNDRED
from analysis.quantities.formula import Seen
from analysis.quantities.indicators import falling, growth, rising, share
from analysis.quantities.reading import in_words
from analysis.quantities.text import asked_of
from analysis.report import open_report
from analysis.show import dates, directions, wording
from analysis.show.spelled import among, spelled
from analysis.show.tables.layout import Cell, Grid, number

EDITION = "kemerovo-2021"


def q(value, key="employed", unit="people", year=2020, row=2):
    seen = Observation(key, "kemerovo", "", year, "A", "report2021", "с. 1", "data/x.csv", row, EDITION, value, unit, 0)
    return Quantity(value, unit, 0, (seen,), Seen(seen))


A, B = q(5.0, row=2), q(9.0, year=2019, row=3)
PERCENT = q(5.0, unit="percent")
RATIO = Quantity(0.5, "ratio", 3, A.sources, "r")
SAID = {
    "num": wording.num(A),
    "with_unit": wording.with_unit(A),
    "pct": wording.pct(PERCENT),
    "ratio": wording.pct(RATIO),
    "pp": wording.pp(PERCENT - PERCENT),
    "size": wording.size(A),
    "signed": wording.signed(A),
    "times": wording.times(RATIO),
    "count": wording.count(A, "студент"),
    "spelled": spelled(A, "мера"),
    "ordinal": wording.ordinal(A),
    "capital": wording.capital(wording.num(A)),
    "rose": directions.rose(A, B),
    "choose": directions.choose(A, B, "больше", "меньше"),
    "more": directions.more(A, B),
    "higher": directions.higher(A, B),
}


@pytest.mark.parametrize("said", SAID)
def test_every_wording_knows_its_rows(said):
    assert {seen.row for origin in SAID[said].quantities for seen in origin.sources} >= {2}


def test_words_that_compare_rest_on_both_sides():
    for said in ("rose", "choose", "more", "higher"):
        assert {seen.row for origin in SAID[said].quantities for seen in origin.sources} == {2, 3}


def test_joined_numbers_keep_each_its_own():
    for text in (
        wording.joined([wording.num(A), wording.num(B)]),
        wording.num(A) + " из " + wording.num(B),
        wording.interval(A, B),
    ):
        assert [origin.sources[0].row for origin in text.quantities] == [2, 3]
        assert [str(text)[mark.start : mark.end][0] for mark in text.marks] == ["5", "9"]


def test_a_number_that_words_are_chosen_with_keeps_its_own_card():
    picked = directions.choose(A, B, "больше", "всего " + wording.num(B))
    assert [[seen.row for seen in origin.sources] for origin in picked.quantities] == [
        [2, 3],
        [3],
    ]  # «всего» is the choice


def test_blanks_around_a_number_that_words_hold_are_in_no_card():
    text = directions.choose(A, B, "", ", всего " + wording.num(A) + " лет ")
    said = [str(text)[mark.start : mark.end] for mark in text.marks]
    assert said == [", всего", wording.num(A), "лет"]


def test_a_part_of_a_whole_knows_both():
    part = among({"x": A}, {"x": A, "y": B}, "территория")
    assert part.replace(NBSP, " ") == "в одной территории из двух" and len(part.quantities) == 2


@given(st.text("аб 1", max_size=8), st.integers(0, 9), st.integers(-9, 9), st.integers(-9, 9))
def test_cutting_and_adding_move_marks_with_their_characters(before, value, start, stop):
    text = before + wording.num(q(float(value))) + " чел."
    for piece in (text[start:stop], (text + text)[start:stop], *text.split(" ")):
        for mark in piece.marks:
            assert str(piece)[mark.start : mark.end] == str(value)
    assert str(text[start:stop]) == str(text)[start:stop]


def test_a_text_is_an_ordinary_string():
    text = wording.num(A)
    assert (
        text == "5" and hash(text) == hash("5") and f"{text}" == "5" and {"5": 1}[text] == 1 and str(text) + "" == "5"
    )


def test_an_f_string_carries_numbers_through_a_build_and_no_further(monkeypatch):
    monkeypatch.setenv("REPORT_CARDS", "1")
    text = Text(f"доля {wording.num(A)} и {wording.num(B):>3}")
    assert text == "доля 5 и   9" and [origin.sources[0].row for origin in text.quantities] == [2]


def test_years_remember_where_they_come_from():
    year = Year(2021, "год издания")
    assert (
        (year - 1, year + 1, year - (year - 2)) == (2020, 2022, 2) and {2021: "x"}[year] == "x" and f"{year}" == "2021"
    )
    assert str((year - 1).formula) == "год издания − 1" and dates.span(year - 1, year).quantities[0].value == 2020


def test_a_day_and_the_edition_can_be_asked():
    report = open_report(EDITION)
    day = dates.date(report.edition.as_of)
    assert day == f"1{NBSP}ноября 2021{NBSP}г." and "as_of" in str(day.quantities[0].formula)
    assert isinstance(report.edition.as_of, dt.date) and dates.date(report.plan.first_deadline).quantities[0].sources
    assert report.values("employed", "year").keys() == {2018, 2019, 2020}
    assert str(next(iter(report.values("employed", "year")))).quantities[0].sources[0].indicator == "employed"


def test_texts_of_the_data_with_digits_name_their_row():
    report = open_report(EDITION)
    assert "documents.csv" in report.document("order-dual").quantities[0].sources[0].table
    assert report.code("groups", "15.00.00").quantities[0].sources[0].row > 1
    assert quoted("без цифр", A.sources[0]).marks == ()


def test_only_free_digits_of_a_text_are_marked_and_marked_ones_stay():
    origin = SAID["rose"].quantities[0]
    text = asked_of("ТОП-50 на 2021 год и " + wording.num(A), origin)
    assert [str(text)[mark.start : mark.end] for mark in text.marks] == ["2021", "5"] and text.marks[1].origin is A


def test_a_desk_shows_plain_text_and_a_build_spans(monkeypatch):
    assert wording.num(A)._repr_markdown_() == "5" and number(A).text.html() == "5"
    monkeypatch.setenv("REPORT_CARDS", "1")
    registry.forget()
    name = registry.note(A)
    assert wording.num(A)._repr_markdown_() == f'[5]{{q="{name}"}}'
    assert (
        Grid([["a"]], [[number(A), Cell("<b>")]])
        .html()
        .count(f'<td class="num"><span data-q="{name}">5</span></td><td>&lt;b&gt;</td>')
        == 1
    )
    told = registry.collected()
    assert told["numbers"][name] == {
        "kind": "datum",
        "value": "5",
        "unit": "чел.",
        "formula": "employed[kemerovo, 2020]",
        "words": "занятые",
        "from": ["data/x.csv#2"],
    }
    assert (
        told["observations"]["data/x.csv#2"]["place"] == "Кузбасс"
        and told["observations"]["data/x.csv#2"]["value"] == "5"
    )


def test_a_number_has_one_id_and_another_number_another():
    assert registry.note(A) == registry.note(q(5.0)) != registry.note(B)
    assert registry.note(A * HUNDRED) != registry.note(A)


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (A, "занятые"),
        (A / q(2.0, "graduates"), "занятые / выпускники"),
        (A / B - B / A, "занятые (2020) / занятые (2019) − занятые (2019) / занятые (2020)"),
        ((A + B) * HUNDRED, "(занятые (2020) + занятые (2019)) × 100"),
        (total([A, B]), "(занятые (2020) + занятые (2019))"),
        (total([A] * 21), "сумма 21 значения (занятые, 2020)"),
        (counted([A, B]), "подсчет 2 значений (занятые, 2019 и 2020)"),
        (abs(growth(A, B)), "|(занятые (2020) / занятые (2019) − 1) × 100|"),
        (A * HUNDRED / HUNDRED, "занятые"),
        (counted(falling({"x": growth(A, B)})), "подсчет 1 значения (занятые, 2019 и 2020; условие: снижение)"),
        (counted(rising({"x": A})), "подсчет 1 значения (занятые, 2020; условие: больше нуля)"),
    ],
)
def test_formulas_in_words(quantity, words):
    assert in_words(quantity.formula) == words


def test_a_share_in_words_and_in_symbols():
    part = share(A, q(2.0, "graduates"))
    assert in_words(part.formula) == "занятые / выпускники × 100"
    assert str(growth(A, B).formula) == "(employed[kemerovo, 2020] / employed[kemerovo, 2019] − 1) × 100"


def test_what_no_table_holds_has_no_row_a_card_could_lead_to():
    nowhere = Observation("employed", "kemerovo", "", 2018, "M", "", "", "", edition=EDITION, unit="people")
    absent = Quantity(None, "people", 0, (nowhere,), Seen(nowhere))
    registry.forget()
    name = registry.note(Quantity(1.0, "count", 0, A.sources + absent.sources, A.formula))
    told = registry.collected()
    assert told["numbers"][name]["from"] == list(told["observations"]) == [A.sources[0].address]
    partly = Quantity(None, "people", 0, A.sources + absent.sources, A.formula)
    assert not number(absent).words.marks and number(partly).words.marks
