"""Workbooks of EMISS, new and old: cuts wherever they stand, years however they are written, nothing lost unsaid."""

import datetime as dt
import math
from pathlib import Path

import pytest

from analysis.ingest.opening import OpenedFile, Sheet, open_file
from analysis.ingest.readers import emiss_xls, emiss_xlsx
from tests.ingest import containers as made

CUTS = [
    ["2311 Численность занятых", None],
    ["ЕДИНИЦА ИЗМЕРЕНИЯ", "Тысяча человек"],
    ["ТИП СБОРА", "За период"],
    ["ПЕРИОД", "2019 г., 2020 г."],
    ["ОКАТО", "643 Российская Федерация, 035 Сибирский федеральный округ, 041 Сибирский федеральный округ"],
]
PASSPORT = [
    ["Паспорт показателя"],
    ["Наименование показателя", "Уровень безработицы населения"],
    ["Ведомство", "Росстат"],
    ["Единица измерения", "процент"],
    ["Ссылка", "https://www.fedstat.ru/indicator/43062"],
    ["Методология", "Рассчитывается: 1) делением"],
]


def jan(*years):
    return [dt.date(year, 1, 1) for year in years]


def new(report, cuts=CUTS):
    file = OpenedFile(Path("e.xlsx"), "workbook", [Sheet("Отчет", report), Sheet("Установленные разрезы", cuts)])
    assert emiss_xlsx.recognises(file) and not emiss_xls.recognises(file)
    return emiss_xlsx.read(file)


def old(data, passport=PASSPORT, merged=()):
    file = OpenedFile(Path("e.xls"), "workbook", [Sheet("Данные", data, list(merged)), Sheet("Паспорт", passport)])
    assert emiss_xls.recognises(file) and not emiss_xlsx.recognises(file)
    return emiss_xls.read(file)


def rows(reading, *columns):
    (block,) = reading.blocks
    return block.rows[list(columns)].values.tolist()


def test_dates_of_first_january_are_years():
    done = new([["OKATO", "OKATO_id", *jan(2019, 2020)], ["Российская Федерация", "643", 1.5, 2.25]])
    (block,) = done.blocks
    assert (block.title, block.code, block.unit, done.unread) == ("Численность занятых", "2311", "Тысяча человек", [])
    assert rows(done, "territory", "territory_code", "category", "year", "value", "cell") == [
        ["Российская Федерация", "643", "", 2019, 1.5, "C2"],
        ["Российская Федерация", "643", "", 2020, 2.25, "D2"],
    ]


def test_both_siberian_districts_stay_apart_by_code():
    done = new(
        [
            ["OKATO", "OKATO_id", *jan(2019)],
            ["Сибирский федеральный округ", "035", 1],
            ["Сибирский федеральный округ", "041", 2],
        ]
    )
    assert rows(done, "territory_code", "value") == [["035", 1], ["041", 2]]


def test_several_cuts_stand_in_the_category_with_their_codes():
    report = [
        ["OKVED2", "OKVED2_id", "OKATO", "OKATO_id", *jan(2019)],
        ["Всего", "101.АГ", "Российская Федерация", "643", 5],
        ["Раздел A", "101.А", "Российская Федерация", "643", 6],
    ]
    done = new(report, [*CUTS, ["ПОЛ", "12 Оба пола"], ["ОКВЭД2", "101.АГ Всего, 101.А Раздел A"]])
    assert rows(done, "territory_code", "category", "category_code", "value") == [
        ["643", "Всего / Оба пола", "101.АГ / 12", 5],
        ["643", "Раздел A / Оба пола", "101.А / 12", 6],
    ]


def test_a_cut_beside_the_table_is_not_forgotten():
    done = new(
        [["OKATO", "OKATO_id", *jan(2019)], ["Российская Федерация", "643", 1]],
        [*CUTS, ["ТИП ПОСЕЛЕНИЯ", "w2:p_mest:13 сельское население"]],
    )
    assert rows(done, "category", "category_code") == [["сельское население", "w2:p_mest:13"]]


def test_a_cut_of_several_values_that_the_table_lacks_is_reported():
    done = new(
        [["OKATO", "OKATO_id", *jan(2019)], ["Российская Федерация", "643", 1]],
        [*CUTS, ["ПОЛ", "12 Оба пола, 2 Женщины"]],
    )
    assert any("«ПОЛ»" in unread.reason for unread in done.unread)


def test_dates_of_months_are_not_years():
    report = [
        ["OKATO", "OKATO_id", *jan(2019), dt.date(2019, 2, 1), *jan(2020)],
        ["Российская Федерация", "643", 1, 2, 3],
    ]
    done = new(report)
    assert done.blocks == [] and any(
        "часть года" in unread.reason and "2019-01" in unread.reason for unread in done.unread
    )


@pytest.mark.parametrize(
    "heading", [2019.0, "2019", "2019 г.", "2019 год", "на 1 января 2019 г.", "2019 г., январь-декабрь", "01.01.2019"]
)
def test_years_however_written(heading):
    assert rows(new([["OKATO", "OKATO_id", heading], ["Российская Федерация", "643", 1]]), "year", "value") == [
        [2019, 1]
    ]


@pytest.mark.parametrize("heading", ["январь 2019 г.", "I квартал 2019 г.", "2019 г., январь-март", "01.07.2019"])
def test_parts_of_years_however_written(heading):
    done = new([["OKATO", "OKATO_id", heading, "IV квартал 2019 г."], ["Российская Федерация", "643", 1, 2]])
    assert done.blocks == [] and any("часть года" in unread.reason for unread in done.unread)


def test_old_workbook_with_periods_under_the_years():
    done = old(
        [
            ["Уровень безработицы населения"],
            [],
            [None, None, None, 2019.0, None, None, 2020.0, None],
            [None, None, None, "январь", "январь-декабрь", "IV квартал", "январь", "январь-декабрь"],
            ["643 Российская Федерация", "процент", "12 Оба пола", 4.9, 4.6, 4.5, 4.7, 5.8],
            [None, None, "2 Женщины", 4.9, 4.4, 4.5, 4.7, 5.6],
            ["        035 Сибирский федеральный округ", "процент", "12 Оба пола", "7,1", "6,9", 1, "7,0", "7,3"],
            ["Примечание. Данные предварительные."],
        ]
    )
    (block,) = done.blocks
    assert (block.title, block.code, block.unit) == ("Уровень безработицы населения", "43062", "процент")
    assert "Примечание. Данные предварительные." in block.notes
    assert rows(done, "territory", "territory_code", "category", "year", "value", "cell") == [
        ["Российская Федерация", "643", "Оба пола", 2019, 4.6, "E5"],
        ["Российская Федерация", "643", "Оба пола", 2020, 5.8, "H5"],
        ["Российская Федерация", "643", "Женщины", 2019, 4.4, "E6"],
        ["Российская Федерация", "643", "Женщины", 2020, 5.6, "H6"],
        ["Сибирский федеральный округ", "035", "Оба пола", 2019, 6.9, "E7"],
        ["Сибирский федеральный округ", "035", "Оба пола", 2020, 7.3, "H7"],
    ]
    assert any("ячеек: 9" in unread.reason for unread in done.unread)


def test_cuts_and_units_as_column_headings():
    done = old(
        [
            ["Уровень безработицы населения"] * 6,
            [None, None, "процент", None, "процент", None],
            [None, None, "мужчины", None, "женщины", None],
            ["Регион", None, "2019 г.", "2020 г.", "2019 г.", "2020 г."],
            ["Томская область", "w2:p_mest:11 все население", 1999, 2000, 2001, 2002],
        ],
        merged=[((0, 0), (0, 5)), ((2, 2), (2, 3)), ((2, 4), (2, 5))],
    )
    assert rows(done, "category", "year", "value") == [
        ["все население / мужчины", 2019, 1999],
        ["все население / мужчины", 2020, 2000],
        ["все население / женщины", 2019, 2001],
        ["все население / женщины", 2020, 2002],
    ]


def test_a_title_merged_over_the_table_is_no_cut():
    done = old([["Выгружено 1 мая"] * 3, [None, "2019", "2020"], ["Томская область", 1, 2]], merged=[((0, 0), (0, 2))])
    assert rows(done, "category", "value") == [["", 1], ["", 2]]


def test_a_heading_that_repeats_the_indicator_is_no_cut():
    done = old(
        [
            ["Заголовок"],
            [None, "2019", "2020"],
            [None, *["Уровень безработицы населения"] * 2],
            ["Томская область", 1, 2],
        ]
    )
    assert rows(done, "category", "value") == [["", 1], ["", 2]]


def test_merged_row_headings_hold_for_all_their_rows():
    done = old(
        [["Заголовок"], [None, None, 2019.0], ["Томская область", "мужчины", 1], [None, "женщины", 2]],
        merged=[((2, 0), (3, 0))],
    )
    assert rows(done, "territory", "category", "value") == [
        ["Томская область", "мужчины", 1],
        ["Томская область", "женщины", 2],
    ]


def test_years_to_the_left_and_cuts_above():
    done = old(
        [
            ["Заголовок"],
            ["Территория", "Год", "Оба пола", "Женщины"],
            *[["Томская область", year, year - 2000, 0.5] for year in (2018, 2019, 2020)],
        ]
    )
    assert rows(done, "category", "year", "value")[:2] == [["Оба пола", 2018, 18], ["Женщины", 2018, 0.5]]


def test_marks_in_place_of_numbers_are_kept_and_empty_cells_are_none():
    done = new(
        [["OKATO", "OKATO_id", *jan(2018, 2019, 2020, 2021)], ["Российская Федерация", "643", "…", "#REF!", None, 1]]
    )
    found = rows(done, "year", "value", "mark")
    assert [(year, mark) for year, _, mark in found] == [(2018, "…"), (2019, "#REF!"), (2021, "")]
    assert math.isnan(found[0][1])


def test_an_age_is_no_code():
    done = old(
        [
            ["Заголовок"],
            [None, None, 2019.0],
            ["Томская область", "16 лет", 1],
            ["Томская область", "100 и более лет", 2],
            ["Томская область", "15-72 лет", 3],
        ]
    )
    assert [category for (category,) in rows(done, "category")] == ["16 лет", "100 и более лет", "15-72 лет"]


def test_columns_without_a_year_are_reported():
    done = new([["OKATO", "OKATO_id", *jan(2019, 2020), "В среднем"], ["Российская Федерация", "643", 1, 2, 3]])
    assert rows(done, "value") == [[1], [2]]
    assert any("E2" in unread.reason for unread in done.unread)


def test_numbers_without_a_territory_are_reported():
    done = old([["Заголовок"], [None, 2019.0], ["мужчины", 1]])
    assert done.blocks == [] and any("территория" in unread.reason for unread in done.unread)


def test_every_sheet_is_accounted_for():
    sheets = [
        Sheet("Данные", [[None, 2019.0], ["Томская область", 1]]),
        Sheet("Паспорт", PASSPORT),
        Sheet("Лист3", []),
        Sheet("Лист4", [["слова"]]),
    ]
    done = emiss_xls.read(OpenedFile(Path("e.xls"), "workbook", sheets))
    assert [block.sheet for block in done.blocks] == ["Данные"] and [unread.sheet for unread in done.unread] == [
        "Лист3",
        "Лист4",
    ]


def test_a_table_that_fills_the_old_format_may_be_cut_off():
    done = old([[None, *[1950.0 + at % 70 for at in range(255)]], ["Томская область", *[1.0] * 255]])
    assert any("256" in unread.reason for unread in done.unread)


def test_a_real_old_file_end_to_end(tmp_path):
    data = made.cells(
        [
            ["Уровень безработицы населения"],
            [None, 2019.0, 2020.0],
            ["32000000000 Кемеровская область - Кузбасс", 5.5, 6.7],
        ]
    )
    done = emiss_xls.read(
        open_file(
            made.xls(tmp_path / "e.xls", {"Данные": data + made.merged(0, 0, 0, 2), "Паспорт": made.cells(PASSPORT)})
        )
    )
    assert rows(done, "territory", "territory_code", "year", "value") == [
        ["Кемеровская область - Кузбасс", "32000000000", 2019, 5.5],
        ["Кемеровская область - Кузбасс", "32000000000", 2020, 6.7],
    ]
