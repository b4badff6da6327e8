"""Tables as other sections of the yearbook have them: cuts, several tables on a sheet, odd units.

None of them is in our raw files.
"""

from __future__ import annotations

import pytest

from analysis.ingest.opening import Sheet
from analysis.ingest.readers import rosstat_activities, rosstat_okved, rosstat_regions
from tests.ingest.workbooks import SERIES, opened, regional, value, yearbook


def read(*sheets):
    return rosstat_regions.read(opened(*sheets))


def test_cuts_under_years_are_read_with_merged_headings_and_without():
    """3.10, incomes by source: five columns a year; the year stands over the first of them."""
    heads = [
        [None, 2020.0, None, None, 2021.0, None, None],
        [None, *["Оплата труда", "Социальные\nвыплаты", "Другие доходы (включая «скрытые»)1)"] * 2],
    ]
    rows = [["Российская Федерация", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0], ["г. Москва", 7.0, 8.0, 9.0, 10.0, 11.0, 12.0]]
    for merged in ([((0, 1), (0, 3)), ((0, 4), (0, 6))], []):
        block = read(
            yearbook(
                "3.10.",
                ["3.10. СТРУКТУРА ДЕНЕЖНЫХ ДОХОДОВ", "(в процентах от общего объема денежных доходов)"],
                heads,
                rows,
                merged=merged,
            )
        ).blocks[0]
        assert value(block, "г. Москва", 2021, "Социальные выплаты") == 11
        assert value(block, "Российская Федерация", 2020, "Другие доходы (включая «скрытые»)") == 3
        assert block.unit == "в процентах от общего объема денежных доходов"


def test_one_year_in_the_title_and_cuts_as_columns_of_three_levels():
    heads = [[None, "Все население", "в том числе", None], [None, None, "городское", "сельское"]]
    block = read(
        yearbook(
            "1.9.",
            ["1.9. ЧИСЛЕННОСТЬ НАСЕЛЕНИЯ ПО ТИПАМ ПОСЕЛЕНИЙ в 2021 г.1)", "(тысяч человек)"],
            heads,
            [["Кемеровская область", 2604.0, 2250.0, 354.0]],
            merged=[((0, 2), (0, 3)), ((0, 1), (1, 1))],
        )
    ).blocks[0]
    assert value(block, "Кемеровская область", 2021, "городское") == 2250
    assert value(block, "Кемеровская область", 2021, "Все население") == 2604


def test_two_tables_on_a_sheet_keep_their_own_numbers_units_and_footnotes():
    sheet = regional("13.5.", "13.5. ВАЛОВОЙ СБОР ЗЕРНА", "(тысяч тонн)", notes=["1) Оценка."])
    sheet.rows.extend(
        [
            [],
            ["13.6. УРОЖАЙНОСТЬ ЗЕРНА1)"],
            ["(центнеров с одного гектара убранной площади)"],
            [None, 2020.0, 2021.0],
            ["Кемеровская область", 17.1, 18.2],
            ["____"],
            ["1) Без кукурузы."],
        ]
    )
    first, second = read(sheet).blocks
    assert [(block.code, block.unit, block.notes) for block in (first, second)] == [
        ("13.5", "тысяч тонн", ("1) Оценка.",)),
        ("13.6", "центнеров с одного гектара убранной площади", ("1) Без кукурузы.",)),
    ]
    assert value(second, "Кемеровская область", 2021) == 18.2


def test_a_table_that_goes_on_beneath_with_other_years_keeps_its_title():
    sheet = regional("19.1.", "19.1. ДОХОДЫ БЮДЖЕТОВ", "(миллионов рублей)")
    sheet.rows.extend([["Продолжение табл. 19.1"], [None, 2022.0, 2023.0], ["Кемеровская область", 5.0, 6.0]])
    first, second = read(sheet).blocks
    assert (
        (second.code, second.title, second.unit)
        == (first.code, first.title, first.unit)
        == ("19.1", "ДОХОДЫ БЮДЖЕТОВ", "миллионов рублей")
    )
    assert value(second, "Кемеровская область", 2023) == 6


def test_a_heading_repeated_on_a_new_page_is_no_new_table():
    sheet = regional()
    sheet.rows.extend([sheet.rows[-4], ["Томская область", 1.0, 2.0, 3.0]])
    assert len(read(sheet).blocks) == 1 and value(read(sheet).blocks[0], "Томская область", 2021) == 3


def test_a_sheet_of_countless_tables_is_read_to_a_limit_and_says_so():
    sheet = regional()
    sheet.rows.extend([[None, 2000.0 + place % 20] if place % 2 else ["Россия", 1.0] for place in range(1, 2001)])
    reading = read(sheet)
    assert len(reading.blocks) == 100 and "таблиц на листе больше 100" in reading.unread[-1].reason


def test_the_country_in_another_unit_is_a_table_of_its_own():
    blocks = read(
        regional(
            "15.1.",
            "15.1. ОБОРОТ РОЗНИЧНОЙ ТОРГОВЛИ",
            "(миллионов рублей)",
            rows=[
                ["Российская Федерация,\nмлрд руб. ", 33.6, 33.8, 39.4],
                ["Кемеровская область", 420.0, 430.0, 500.0],
            ],
        )
    ).blocks
    assert {(block.unit, tuple(block.rows["territory"].unique())) for block in blocks} == {
        ("млрд руб.", ("Российская Федерация",)),
        ("миллионов рублей", ("Кемеровская область",)),
    }


def test_subheadings_among_the_rows_are_cuts():
    block = read(
        regional(
            rows=[["Городское население"], ["Россия", 1.0, 2.0, 3.0], ["Сельское население"], ["Россия", 4.0, 5.0, 6.0]]
        )
    ).blocks[0]
    assert (
        value(block, "Россия", 2019, "Городское население") == 1
        and value(block, "Россия", 2019, "Сельское население") == 4
    )


def test_a_column_that_compares_two_years_has_its_own_unit():
    blocks = read(regional(heading=[None, "2020", "2021", "2021 в процентах к 2020"])).blocks
    compared = next(block for block in blocks if block.unit == "в процентах")
    assert set(compared.rows["year"]) == {2021} and set(compared.rows["category"]) == {"2021 в процентах к 2020"}


def test_what_all_headings_say_alike_is_no_cut():
    block = read(regional(heading=[None, "на 1 января 2019 г.", "на 1 января 2020 г.", "на 1 января 2021 г."])).blocks[
        0
    ]
    assert set(block.rows["category"]) == {""} and set(block.rows["year"]) == {2019, 2020, 2021}


def test_a_row_of_column_numbers_is_no_row_of_figures():
    sheet = regional()
    sheet.rows.insert(-3, ["А", 1.0, 2.0, 3.0])
    assert "А" not in set(read(sheet).blocks[0].rows["territory"])


def test_growth_in_times_is_kept_as_it_is_printed():
    block = read(
        regional(
            "12.3.",
            "12.3. ИНДЕКСЫ ПРОИЗВОДСТВА",
            "(в процентах к предыдущему году)",
            rows=[["Республика Тыва", "в 5,8 р.", 101.0, "…1)"]],
        )
    ).blocks[0]
    assert block.rows["mark"].tolist() == ["в 5,8 р.", "", "…"] and block.rows["value"].isna().tolist() == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (
            Sheet(
                "Раздел 5",
                [[], [SERIES], ["5. ЗДРАВООХРАНЕНИЕ"], ["5.1.", "Число больничных коек"], ["5.2.", "Число врачей"]],
            ),
            "оглавление, чисел нет",
        ),
        (Sheet("Содержание", [["Содержание"], ["Раздел 1. Население"], ["Раздел 2. Труд"]]), "оглавление, чисел нет"),
        (Sheet("Лист3", [[], [None, " "]]), "лист пуст"),
        (Sheet("Методика", [["Пояснения"], ["Данные приведены по методологии МОТ."]]), "таблицы с числами нет"),
        (
            Sheet("5.7.", [[SERIES], ["5.7. ЧИСЛО ВРАЧЕЙ"], ["(человек)"]]),
            "у таблицы есть номер, но нет строк с числами",
        ),
    ],
)
def test_a_sheet_without_a_table_is_named_with_the_reason(sheet, reason):
    reading = read(regional(), sheet)
    assert [(part.sheet, part.reason) for part in reading.unread] == [(sheet.name, reason)] and len(reading.blocks) == 1


def test_the_edition_is_known_where_a_title_page_says_it():
    page = Sheet("Титул", [["Регионы России. Социально-экономические показатели. 2023"], ["Статистический сборник"]])
    assert read(page, regional()).publication == "Регионы России. Социально-экономические показатели. 2023"
    assert read(regional()).publication == "Регионы России. Социально-экономические показатели"


def test_each_file_has_one_reader():
    yearbook_file = opened(regional())
    assert rosstat_regions.recognises(yearbook_file)
    assert not rosstat_activities.recognises(yearbook_file) and not rosstat_okved.recognises(yearbook_file)
    export = opened(
        Sheet("Данные", [["Численность"], [None, 2020.0], ["Центральный федеральный округ", 1.0]]),
        Sheet("Паспорт", [["Код"]]),
    )
    assert not rosstat_regions.recognises(export)
