"""One fault of Rosstat's workbooks a test, in tables made for it."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from analysis.ingest.opening import Sheet, open_file
from analysis.ingest.placing.placing import place
from analysis.ingest.readers import readers, rosstat_activities, rosstat_okved, rosstat_regions
from analysis.ingest.readers._rosstat_words import cell_of, plain_year, squeeze, without_marks
from tests.ingest.workbooks import SERIES, opened, regional, value, yearbook


def only(*sheets, reader=rosstat_regions, name="Раздел 2 - Труд.xlsx"):
    """Return the one block of the sheets."""
    reading = reader.read(opened(*sheets, name=name))
    assert len(reading.blocks) == 1, (reading.blocks, reading.unread)
    return reading.blocks[0]


@pytest.mark.parametrize("name", ["2.1.", "2.1"])
def test_sheet_names_end_with_a_dot_or_without(name):
    block = only(regional(name))
    assert (block.sheet, block.code, block.title, block.unit) == (
        name,
        "2.1",
        "ЧИСЛЕННОСТЬ РАБОЧЕЙ СИЛЫ",
        "тысяч человек",
    )


def test_the_number_of_a_part_goes_with_the_title_of_the_whole():
    block = only(
        yearbook(
            "2.18.1.",
            ["ЧИСЛЕННОСТЬ МУНИЦИПАЛЬНЫХ СЛУЖАЩИХ1)", "2.18.1 . Всего", "(человек)"],
            [[None, 2020.0]],
            [["Россия", 5.0]],
        )
    )
    assert (block.code, block.title) == ("2.18.1", "ЧИСЛЕННОСТЬ МУНИЦИПАЛЬНЫХ СЛУЖАЩИХ. Всего")


def test_a_title_and_a_unit_broken_over_rows_are_put_together():
    block = only(
        yearbook(
            "3.5.",
            ["3.5.СРЕДНЕМЕСЯЧНАЯ ЗАРАБОТНАЯ ПЛАТА", "РАБОТНИКОВ2)", "(по данным выборочных", "обследований; рублей)"],
            [[None, 2020.0]],
            [["Российская Федерация", 5.0]],
        )
    )
    assert (block.title, block.unit, block.notes) == (
        "СРЕДНЕМЕСЯЧНАЯ ЗАРАБОТНАЯ ПЛАТА РАБОТНИКОВ",
        "рублей",
        ("по данным выборочных обследований",),
    )


def test_five_to_eight_rows_may_stand_above_the_heading():
    sheet = regional("2.8.")
    sheet.rows[:0] = [
        ["Регионы России. Социально-экономические показатели"],
        [" ТРУД"],
        ["ЗАНЯТОСТЬ И БЕЗРАБОТИЦА"],
        [],
    ]
    assert value(only(sheet), "Кемеровская область", 2021) == 1236


@pytest.mark.parametrize(
    ("printed", "year", "marks"),
    [
        (2000.0, 2000, ()),
        (2000, 2000, ()),
        ("20172)", 2017, ("2",)),
        ("2020¹", 2020, ("1",)),
        ("2021¹⁾", 2021, ("1",)),
        ("20252),3)", 2025, ("2", "3")),
        ("2016/2017 ", 2016, ()),
        ("2001/02", 2001, ()),
        ("2020 г.", 2020, ()),
        ("2020-2021 уч. год", 2020, ()),
        (dt.date(2019, 1, 1), 2019, ()),
        ("2021*", 2021, ()),
    ],
)
def test_years_are_known_however_printed(printed, year, marks):
    assert plain_year(printed) == (year, marks)


@pytest.mark.parametrize("printed", [20009.0, 741.5, "2000-2004", "Всего", None, True, "20172"])
def test_what_is_no_year_is_none(printed):
    assert plain_year(printed) is None


def test_a_footnote_glued_to_a_year_is_a_footnote():
    block = only(
        regional(
            heading=[None, "2019", "20202)", "2021"], notes=["1) По данным обследования.", "2) С учётом", "переписи."]
        )
    )
    noted = dict(zip(block.rows["year"], block.rows["note"], strict=True))
    assert noted == {2019: "", 2020: "С учётом переписи.", 2021: ""}
    assert block.notes == ("1) По данным обследования.", "2) С учётом переписи.")


@pytest.mark.parametrize(
    ("printed", "name", "marks"),
    [
        ("Московская область1);2)", "Московская область", ("1", "2")),
        ("г. Москва 2)", "г. Москва", ("2",)),
        ("Южный округ 2); 3)", "Южный округ", ("2", "3")),
        ("Сибирский округ²⁾", "Сибирский округ", ("2",)),
        ("Центральный  \n федеральный округ", "Центральный федеральный округ", ()),
        ("Ханты-Ман\xadсийский округ", "Ханты-Мансийский округ", ()),
        ("Смертность (без причин)1)", "Смертность (без причин)", ("1",)),
        ("ЗАНЯТЫЕ1);2) \nПО ВИДАМ", "ЗАНЯТЫЕ ПО ВИДАМ", ("1", "2")),
        ("структура в 2016 г.1)", "структура в 2016 г.", ("1",)),
        ("Население (в возрасте 15–72)", "Население (в возрасте 15–72)", ()),
        ("тыс. м2 (по п. 2)", "тыс. м2 (по п. 2)", ()),
    ],
)
def test_footnote_marks_are_taken_off_names(printed, name, marks):
    assert without_marks(printed) == (name, marks)


def test_latin_letters_within_russian_words_are_mended_and_others_kept():
    assert squeeze("Кемеpовская oбласть, COVID-19") == "Кемеровская область, COVID-19"


@pytest.mark.parametrize(
    ("raw", "number", "mark", "notes"),
    [
        (69.8636290561913, 69.8636290561913, "", ()),
        ("4\xa0049,3", 4049.3, "", ()),
        ("1 053", 1053, "", ()),
        ("41.0", 41, "", ()),
        ("-0,4", -0.4, "", ()),
        ("−5", -5, "", ()),
        ("12,52)", 12.5, "", ("2",)),
        ("12,5 2)", 12.5, "", ("2",)),
        ("7²", 7, "", ("2",)),
        ("…", None, "…", ()),
        ("…2)", None, "…", ("2",)),
        (" - ", None, "-", ()),
        ("в 5,8 р.", None, "в 5,8 р.", ()),
        ("1,234.5", None, "1,234.5", ()),
        ("12,59)", None, "12,59)", ()),
        (None, None, "", ()),
        (True, None, "True", ()),
        ("#VALUE!", None, "#VALUE!", ()),
    ],
)
def test_cells_hold_a_number_or_a_mark(raw, number, mark, notes):
    read = cell_of(raw, frozenset({"1", "2"}))
    assert (read.value, read.mark, read.notes) == (number, mark, notes)


def test_names_broken_over_two_rows_are_one_name():
    block = only(
        regional(
            rows=[
                ["Российская Федерация", 1.0, 2.0, 3.0],
                ["Ханты-Мансийский"],
                ["автономный округ – Югра", 4.0, 5.0, 6.0],
                ["Еврейская автономная", 7.0, 8.0, 9.0],
                ["область"],
                ["Ростовская область"],
                ["г. Севастополь", 1.0, 1.0, 1.0],
            ]
        )
    )
    assert value(block, "Ханты-Мансийский автономный округ – Югра", 2019) == 4
    assert value(block, "Еврейская автономная область", 2021) == 9
    assert {"Ростовская область", "г. Севастополь"} <= set(block.rows["territory"])


def test_among_which_is_no_territory_and_a_district_without_figures_is_one():
    block = only(
        regional(
            rows=[
                ["Тюменская область", 1.0, 2.0, 3.0],
                ["  в том числе: "],
                ["в том числе Ненецкий автономный округ", 4.0, 5.0, 6.0],
                ["Уральский федеральный округ"],
                [],
                ["Курганская область", 7.0, 8.0, 9.0],
            ]
        )
    )
    assert list(block.rows["territory"].unique()) == [
        "Тюменская область",
        "Ненецкий автономный округ",
        "Уральский федеральный округ",
        "Курганская область",
    ]
    empty = block.rows[block.rows["territory"].eq("Уральский федеральный округ")]
    assert empty["value"].isna().all() and empty["mark"].eq("").all() and len(empty) == 3


def test_parts_of_a_territory_are_cuts_and_not_territories():
    block = only(
        regional(
            rows=[
                ["Российская Федерация", 9.0, 9.0, 9.0],
                ["в том числе в органах:"],
                ["на федеральном уровне", 4.0, 4.0, 4.0],
                ["Центральный федеральный округ", 5.0, 5.0, 5.0],
            ]
        )
    )
    assert value(block, "Российская Федерация", 2020, "на федеральном уровне") == 4
    assert value(block, "Центральный федеральный округ", 2020) == 5


@pytest.mark.parametrize("rule", ["¾¾¾¾¾", "_________", "———"])
def test_footnotes_beneath_the_rule_are_no_rows(rule):
    sheet = regional(notes=["1) По данным Роструда.", "Примечание: без округов."])
    sheet.rows[-3][0] = rule
    block = only(sheet)
    assert block.rows["territory"].nunique() == 3 and "1) По данным Роструда." in block.notes


def test_a_mistyped_year_is_told_and_its_column_left():
    reading = rosstat_regions.read(opened(regional(heading=[None, 2019.0, 20020.0, 2021.0])))
    assert set(reading.blocks[0].rows["year"]) == {2019, 2021}
    assert [part.reason for part in reading.unread] == ["столбец C озаглавлен «20020»: это не год"]


def test_figures_without_a_heading_are_told():
    reading = rosstat_regions.read(opened(regional(rows=[["Россия", 1.0, 2.0, 3.0, 4.0]])))
    assert len(reading.blocks[0].rows) == 3
    assert [part.reason for part in reading.unread] == ["над числами столбца E нет заголовка"]


def test_units_as_rows_within_the_table_make_two_tables():
    sheet = Sheet(
        "Лист1",
        [
            [],
            ["СРЕДНЕГОДОВАЯ ЧИСЛЕННОСТЬ ЗАНЯТЫХ В РОССИИ1) \nПО ВИДАМ ЭКОНОМИЧЕСКОЙ ДЕЯТЕЛЬНОСТИ"],
            [None, 2023.0, 2024.0],
            ["Тысяч человек"],
            *ACTIVITIES,
            ["\xa0В процентах к итогу"],
            *[[name, 1.0, 2.0] if number else [name] for name, *number in ACTIVITIES],
            [],
            ["1) Данные пересчитаны."],
        ],
    )
    reading = rosstat_activities.read(opened(sheet, name="05-05_2017-2024.xls"))
    assert [(block.code, block.unit, len(block.rows)) for block in reading.blocks] == [
        ("05-05", "Тысяч человек", 14),
        ("05-05", "В процентах к итогу", 14),
    ]
    placed = place(reading, source="employed_okved2")
    rows = placed.observations.set_index(["indicator", "category", "year"])["value"]
    assert rows["employed_by_section", "C", 2024] == 10571.2 and rows["employed_structure", "TOTAL", 2023] == 1
    assert len(rows) == 24 and "научные исследования" in placed.unplaced[0].what


ACTIVITIES = [
    ["Всего ", 72911.8, 73267.3],
    ["из них по видам экономической деятельности:"],
    ["Добыча полезных ископаемых", 1217.6, 1234.1],
    ["Обрабатывающие производства", 10317.2, 10571.2],
    ["Строительство", 6814.0, 6816.0],
    ["Деятельность профессиональная,научная и техническая", 2957.8, 2977.7],
    ["\xa0\xa0из них научные исследования и разработки", 823.4, 802.4],
    ["Образование", 5412.2, 5359.2],
]


def structure(
    name: str,
    year: int,
    seed: float = 0.0,
    first: str = "Сельское, лесное хозяйство, охота, рыболовство и рыбоводство",
    second: str = "Добыча полезных ископаемых",
) -> Sheet:
    """Return a sheet of the ОКВЭД2 workbook; О of «Раздел О» is Cyrillic, as the publisher types it."""
    names = [
        first,
        second,
        "Обрабатывающие производства",
        "Строительство",
        "Транспортировка и хранение",
        "Образование",
        "Деятельность в области информации и связи",
        "Государственное управление и обеспечение военной безопасности; социальное обеспечение",
    ]
    if "рыболовство" in second.casefold():
        names[4], names[6] = "Гостиницы и рестораны", "Транспорт и связь"
    return Sheet(
        name,
        [
            [None, "К содержанию"],
            [
                None,
                (
                    f"Отраслевая структура валовой добавленной стоимости субъектов Российской Федерации в {year}"
                    " г.1)\n(в текущих ценах; в процентах к итогу)"
                ),
            ],
            [None, None, "Валовая добавленная стоимость в основных ценах", "в том числе"],
            [None, None, None, *(f"Раздел {letter}" for letter in ("A", "В", "С", "F", "Н", "P", "J", "О"))],
            ["name", None, None, *names],
            [
                "Российская Федерация",
                "Российская Федерация из суммы субъектов Российской Федерации",
                100.0,
                *(seed + place for place in range(8)),
            ],
            [None, "Центральный федеральный округ", 100.0, *(seed + 1 + place for place in range(8))],
            [
                "Кемеровская область - Кузбасс",
                " Кемеровская область-Кузбасс",
                99.99999999999999,
                23.599999999999998,
                *(seed + 2 + place for place in range(7)),
            ],
        ],
        [((2, 3), (2, 10))],
    )


def test_letters_of_sections_are_told_by_sight_and_confirmed_by_name():
    placed = place(rosstat_okved.read(opened(structure("2016", 2016))), source="gva_okved2")
    rows = placed.observations.set_index(["territory", "category"])["value"]
    assert rows["russia-sum", "O"] == 7 and rows["russia-sum", "B"] == 1 and rows["kemerovo", "A"] == 23.6
    assert [entry.what for entry in placed.unplaced] == [
        "«Валовая добавленная стоимость в основных ценах»: 3 наблюдения"
    ]


@pytest.mark.parametrize(
    ("sheets", "refused", "words"),
    [
        (
            [structure("2022", 2022), structure("2023", 2022)],
            "2023",
            ["в заголовке 2022 год", "все числа те же, что на листе «2022»"],
        ),
        ([structure("2022", 2022), structure("2023", 2023)], "2023", ["копия другого года", "все числа те же"]),
        (
            [structure("2022", 2022), structure("2023", 2022, 3.0)],
            "2023",
            ["неясно, какой это год", "в заголовке 2022 год"],
        ),
        (
            [
                structure(
                    "2009",
                    2009,
                    second="Рыболовство, рыбоводство",
                    first="Сельское хозяйство, охота и лесное хозяйство",
                )
            ],
            "2009",
            ["первого ОКВЭД"],
        ),
    ],
)
def test_sheets_of_another_year_or_classification_are_refused(sheets, refused, words):
    reading = rosstat_okved.read(opened(*sheets))
    assert [part.sheet for part in reading.unread] == [refused]
    assert all(word in reading.unread[0].reason for word in words)
    assert {block.sheet for block in reading.blocks} == {sheet.name for sheet in sheets} - {refused}


def test_wages_of_the_first_classification_are_refused_and_preliminary_figures_marked():
    title = "СРЕДНЕМЕСЯЧНАЯ НОМИНАЛЬНАЯ НАЧИСЛЕННАЯ ЗАРАБОТНАЯ ПЛАТА РАБОТНИКОВ ПО ПОЛНОМУ КРУГУ"
    rest = (
        "ОРГАНИЗАЦИЙ ПО ВИДАМ ЭКОНОМИЧЕСКОЙ ДЕЯТЕЛЬНОСТИ (в соответствии с ОКВЭД2) В РОССИЙСКОЙ ФЕДЕРАЦИИ с 2017 года "
        " рублей "
    )
    new = Sheet(
        "с 2017 г.",
        [[], [title], [rest], [], [None, "20241)", "20252),3)"], *ACTIVITIES, ["3) Предварительные данные."]],
    )
    old = Sheet(
        "2000-2016 гг.",
        [
            [title + " ОРГАНИЗАЦИЙ"],
            [*[None] * 2, "рублей"],
            [None, 2015.0, 2016.0],
            ["Всего по  экономике", 1.0, 2.0],
            ["Рыболовство, рыбоводство", 1.0, 2.0],
            ["Гостиницы и рестораны", 3.0, 4.0],
            ["Строительство", 3.0, 4.0],
            ["Образование", 1.0, 1.0],
        ],
    )
    reading = rosstat_activities.read(opened(new, old, name="tab3-zpl_2025.xlsx"))
    assert [part.sheet for part in reading.unread] == ["2000-2016 гг."]
    placed = place(reading)
    assert set(placed.observations["indicator"]) == {"wage_by_section"} and set(placed.observations["source"]) == {
        "wage_okved2"
    }
    assert placed.observations.set_index(["category", "year"])["status"]["F", 2025] == "P"


def test_a_workbook_on_disk_keeps_merged_headings_dates_and_text(tmp_path):
    """The same table through a real file: years as dates, a heading merged over two columns, numbers typed as text."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "14.8."
    for row in (
        [SERIES],
        ["14. СТРОИТЕЛЬСТВО"],
        ["14.8. ЖИЛЫЕ ДОМА В НЕЗАВЕРШЕННОМ СТРОИТЕЛЬСТВЕ"],
        [None, dt.datetime.fromisoformat("2020-01-01T00:00"), None, "20211)", None],
        [None, "Число жилых домов", "Общая площадь, тыс. м2", "Число жилых домов", "Общая площадь, тыс. м2"],
        ["Кемеровская область", "1\xa0053", "7,5", 12, "…"],
    ):
        sheet.append(row)
    sheet.merge_cells("B4:C4")
    sheet.merge_cells("D4:E4")
    book.save(tmp_path / "раздел.xlsx")
    file = open_file(tmp_path / "раздел.xlsx")
    assert [reader.NAME for reader in readers() if reader.recognises(file)] == ["rosstat-regions"]
    houses, area = rosstat_regions.read(file).blocks
    assert (houses.unit, area.unit) == ("", "тыс. м2")
    assert value(houses, "Кемеровская область", 2020, "Число жилых домов") == 1053
    assert value(area, "Кемеровская область", 2020, "Общая площадь") == 7.5
    assert area.rows["mark"].tolist() == ["", "…"] and area.rows["cell"].tolist() == ["C6", "E6"]
