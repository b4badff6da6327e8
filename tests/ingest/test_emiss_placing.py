"""Which cut of an export becomes an observation: the one the indicator is, and no other."""

import pandas as pd
import pytest

from analysis.ingest.placing.categories import Categories
from analysis.ingest.placing.placing import place
from analysis.ingest.reading import BLOCK_COLUMNS, Block, Reading


def export(
    *cuts, title="Численность постоянного населения - женщин по возрасту на 1 января", code="33459", unit="человек"
):
    """Return a reading with one value a cut: Russia in 2020."""
    rows = pd.DataFrame(
        [
            ("Российская Федерация", "643", cut, number, 2020, float(at), "", "C2", "")
            for at, (cut, number) in enumerate(cuts, 1)
        ],
        columns=BLOCK_COLUMNS,
    ).astype({"year": "Int64"})
    return Reading("emiss-sdmx", "1", [Block("DataSet", title, code, unit, rows)])


def test_of_all_ages_the_total_is_taken():
    done = place(
        export(
            ("0-17 лет / все население", "319 / w2:p_mest:11"),
            ("Всего / все население", "1 / w2:p_mest:11"),
            ("Всего / сельское население", "1 / w2:p_mest:13"),
        )
    )
    assert done.observations[["indicator", "value"]].values.tolist() == [["population_women", 2]]
    assert any("0-17 лет / все население" in entry.what for entry in done.unplaced)


def test_of_all_ages_the_one_the_indicator_is_for_is_taken():
    done = place(
        export(
            ("Всего / Оба пола", "1 / 12"),
            ("15-72 лет / Оба пола", "2 / 12"),
            ("15-72 лет / Женщины", "2 / 2"),
            title="Численность занятых",
            code="",
            unit="тысяча человек",
        ),
        indicator="employed_15_72",
    )
    assert done.observations["value"].tolist() == [2]
    assert len(done.unplaced) == 2


def test_with_a_cut_the_total_is_something_else():
    ages = Categories("", "15-72 лет")
    assert ages.cut_in(["Всего / Оба пола", "15-72 лет / Оба пола"])
    assert ages.match("15–72 лет / Оба пола", "", True) == ("", "")
    assert ages.match("Всего / Оба пола", "", True)[1] and ages.match("15-72 лет / мужчины", "", True)[1]
    assert ages.match("", "") == ("", ""), "a table of this age alone says so in its title"


@pytest.mark.parametrize(
    ("printed", "code", "section"),
    [
        ("Раздел A Сельское, лесное хозяйство, охота, рыболовство и рыбоводство", "101.А", "A"),
        ("РАЗДЕЛ С ОБРАБАТЫВАЮЩИЕ ПРОИЗВОДСТВА", "101.03 / 12", "C"),
        ("Добыча полезных ископаемых / Оба пола", "2 / 12", "B"),
        ("Всего / Оба пола", "101.АГ / 12", "TOTAL"),
    ],
)
def test_sections_are_known_by_letter_and_name(printed, code, section):
    known = Categories("sections")
    assert known.match(printed, code) == (
        (section, "") if section in known.names else ("", known.match(printed, code)[1])
    )


def test_a_letter_with_the_words_of_another_section_is_refused():
    assert Categories("sections").match("Раздел B Обрабатывающие производства", "")[1]
