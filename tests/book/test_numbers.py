"""The appendix of numbers: every number of every section, in words, with publication, file and rows."""

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.book.provenance.numbers import written

FILE = "data/statistics/rate.csv"


def observation(year, row, place="Север", **more):
    return {
        "name": "Уровень",
        "place": place,
        "year": year,
        "value": "5,5",
        "unit": "%",
        "source": "book",
        "locator": f"табл. 1, столбец {year}",
        "table": FILE,
        "row": row,
        **more,
    }


@pytest.fixture
def told():
    rows = {f"{FILE}#{row}": observation(2014 + row, row) for row in range(2, 9)}
    rows["data/codes/groups.csv#3"] = {"name": "Группы", "table": "data/codes/groups.csv", "row": 3}
    seen = list(rows)
    numbers = {
        "a": {"kind": "datum", "value": "5,5", "words": "уровень", "from": seen[:1]},
        "b": {"kind": "value", "value": "1,2", "words": "уровень (2017) − уровень (2016)", "from": seen[:2]},
        "c": {"kind": "words", "words": "сравнение", "from": seen[:2]},
        "d": {"kind": "value", "value": "38", "words": "сумма по 7 значениям: уровень", "from": seen[6::-1]},
        "e": {"kind": "year", "value": "2020", "words": "год издания"},
        "f": {"kind": "text", "words": "текст таблицы", "from": ["data/codes/groups.csv#3"]},
        "g": {"kind": "datum", "value": "6,1", "words": "уровень", "from": seen[1:2]},
    }
    places = [
        ("one", "sec-one", "", "5,5 %", "a"),
        ("one", "sec-two", "", "1,2 п. п.", "b"),
        ("one", "sec-two", "", "вырос", "c"),
        ("one", "sec-two", "", "5,5", "a"),
        ("one", "sec-two", "", "5,5 %", "a"),
        ("one", "sec-two", "tbl-x", "5,5", "a"),
        ("one", "sec-two", "tbl-x", "6,1", "g"),
        ("one", "sec-two", "", "38 %", "d"),
        ("two", "", "", "2020", "e"),
        ("two", "", "", "15*|[00]", "f"),
    ]
    keys = ("chapter", "section", "exhibit", "text", "number")
    return {
        "numbers": numbers,
        "observations": rows,
        "places": [dict(zip(keys, (f"chapters/{one[0]}.ipynb", *one[1:]), strict=True)) for one in places],
    }


@pytest.fixture
def lines(told):
    value = {"expression": "region", "result": {"status": "ok", "data": {"text/markdown": '[Севере]{q="abc"}'}}}
    one = new_notebook(
        cells=[
            new_markdown_cell("# Первая о `{python} region` {#sec-one}", metadata={"user_expressions": [value]}),
            new_markdown_cell("## Раздел {#sec-two}"),
        ]
    )
    two = new_notebook(cells=[new_markdown_cell("# Вторая {.unnumbered}")])
    return written(told, {"chapters/one.ipynb": one, "chapters/two.ipynb": two}).splitlines()


def rows(lines):
    return [line for line in lines if line.startswith("| ") and not line.startswith("| Число")]


def test_sections_stand_in_the_order_of_the_book(lines):
    assert [line for line in lines if line.startswith("## ")] == [
        "## Первая о Севере {#num-one}",
        "## Вторая {#num-two}",
    ]
    assert [lines[place + 2] for place, line in enumerate(lines) if line == "::: {.numbers-title}"] == ["Раздел"]


def test_observation_is_told_by_name_place_and_year(lines):
    assert (
        rows(lines)[0]
        == "| 5,5 % | Уровень, Север, 2016 | [@book], табл. 1, столбец 2016; rate.csv, [строка 2](data/rate.html#r2) |"
    )


def test_formula_is_told_in_words_with_what_its_observations_share(lines):
    assert (
        rows(lines)[1]
        == "| 1,2 п. п. | уровень (2017) − уровень (2016) – Север | [@book], табл. 1, столбец 2016; столбец 2017; "
        "rate.csv, [строки 2–3](data/rate.html#r2) |"
    )


def test_number_has_one_row_in_a_section_with_every_way_it_is_printed(lines):
    assert rows(lines)[2].startswith("| 5,5; 5,5 % | Уровень, Север, 2016 |")


def test_many_places_are_told_as_a_span_and_all_rows_are_named(lines):
    assert rows(lines)[3].endswith(
        "| [@book], табл. 1, столбец 2016 – столбец 2022; rate.csv, [строки 2–8](data/rate.html#r2) |"
    )


def test_numbers_of_a_table_got_one_way_share_a_row(lines):
    assert (
        rows(lines)[4]
        == "| Таблица [-@tbl-x] | Уровень: 5,5; 6,1 | [@book], табл. 1, столбец 2016; столбец 2017; rate.csv, [строки"
        " 2–3](data/rate.html#r2) |"
    )


def test_what_rests_on_no_row_says_how_it_is_known_and_code_lists_have_their_own_page(lines):
    assert rows(lines)[5:] == [
        "| 2020 | год издания | – |",
        "| 15&#42;&#124;&#91;00&#93; | текст таблицы | codes-groups.csv, [строка 3](data/codes-groups.html#r3) |",
    ]


def test_words_are_no_numbers(lines):
    assert "вырос" not in "\n".join(lines)
