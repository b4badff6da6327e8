"""Small counts in words."""

import pytest

from analysis.base.gaps import GapError
from analysis.base.russian import NBSP
from analysis.quantities import Quantity
from analysis.show.spelled import among, if_any, spelled


def q(value):
    return Quantity(value, "count", 0, (), "q")


@pytest.mark.parametrize(
    ("value", "noun", "case", "text"),
    [
        (3, "соседний регион", "ablt", "тремя соседними регионами"),
        (1, "соседний регион", "loct", "одном соседнем регионе"),
        (6, "направление", "nomn", "шесть направлений"),
        (4, "группа", "gent", "четырех групп"),
        (2, "группа", "nomn", "две группы"),
        (1, "мера", "accs", "одну меру"),
        (1, "мера", "gent", "одной меры"),
        (1, "направление", "nomn", "одно направление"),
        (3, "год", "accs", "три года"),
        (2, "вуз", "nomn", "два вуза"),
        (3, "национальный исследовательский", "nomn", "три национальных исследовательских"),
        (10, "направление", "nomn", "10 направлений"),
        (21, "мера", "nomn", "21 мера"),
        (0, "мера", "gent", "0 мер"),
    ],
)
def test_numbers_up_to_nine_are_words(value, noun, case, text):
    assert spelled(q(value), noun, case).replace(NBSP, " ") == text


@pytest.mark.parametrize(("number", "said"), [(2, "За два."), (0, "Ни одного.")])
def test_a_count_of_nothing_has_words_of_its_own(number, said):
    assert if_any(q(number), lambda: "За два.", "Ни одного.") == said


def test_a_count_of_nothing_can_be_asked():
    assert [asked.value for asked in if_any(q(0), lambda: "", "Ни одного.").quantities] == [0]


def test_words_on_a_count_that_is_not_known_are_a_gap():
    with pytest.raises(GapError):
        if_any(q(None), lambda: "есть", "нет")


def test_missing_count_is_not_spelled():
    assert spelled(q(None), "мера") == "нет данных"


@pytest.mark.parametrize(
    ("some", "whole", "text"),
    [
        (6, 6, "во всех шести территориях"),
        (2, 6, "в двух территориях из шести"),
        (1, 12, "в одной территории из 12"),
    ],
)
def test_part_of_a_whole(some, whole, text):
    assert (
        among({str(n): q(n) for n in range(some)}, {str(n): q(n) for n in range(whole)}, "территория").replace(
            NBSP, " "
        )
        == text
    )
