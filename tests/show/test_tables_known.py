"""A table shows no row and no column of which nothing is known; its note names them."""

from __future__ import annotations

import pytest

from analysis.quantities import Quantity
from analysis.quantities.formula import Named
from analysis.show.tables.known import without_unknown
from analysis.show.tables.layout import Cell, Grid, band, heading, number


def cell(value):
    return number(Quantity(value, "percent", 1, (), Named("")))


HEAD = [
    [Cell("Территория", rows=2), Cell("Учатся, чел.", columns=2), Cell("Работают, %", columns=2)],
    ["2019", "2020", "2019", "2020"],
]


def grid(*rows, note=""):
    body = [row if isinstance(row, list) else [heading(row[0]), *map(cell, row[1:])] for row in rows]
    return Grid(HEAD, body, (20, 10, 11, 12, 13), {"first": 2019, "last": 2020}, note)


def names(rows):
    return [[text if isinstance(text, str) else str(text.text) for text in row] for row in rows]


def test_a_table_without_gaps_stays_the_same():
    whole = grid(("Север", 1.0, None, 3.0, 4.0), ("Юг", None, 2.0, 3.0, None))
    assert without_unknown(whole) is whole


def test_a_row_of_nothing_known_goes_and_is_named():
    told = without_unknown(grid(("Север", 1.0, 2.0, 3.0, 4.0), ("Юг", None, None, None, None), note="Сказано."))
    assert [row[0] for row in names(told.body)] == ["Север"]
    assert told.note == "Сказано. Не показано, потому что данных нет: Юг."
    assert told.placeholders == {"first": 2019, "last": 2020}


def test_a_year_of_nothing_known_goes_from_head_widths_and_caption():
    told = without_unknown(grid(("Север", None, 2.0, None, 4.0), ("Юг", None, 1.0, None, 2.0)))
    assert names(told.head) == [["Территория", "Учатся, чел.", "Работают, %"], ["2020", "2020"]]
    assert [one.columns for one in told.head[0]] == [1, 1, 1]
    assert [len(row) for row in told.body] == [3, 3]
    assert list(told.widths) == [20, 11, 13]
    assert told.placeholders == {"first": 2020, "last": 2020}
    assert told.note.endswith("данных нет: 2019 («Учатся, чел.»), 2019 («Работают, %»).")


def test_a_measure_of_nothing_known_goes_whole_and_is_named_once():
    told = without_unknown(grid(("Север", 1.0, 2.0, None, None), ("Юг", 3.0, 1.0, None, None)))
    assert names(told.head) == [["Территория", "Учатся, чел."], ["2019", "2020"]]
    assert told.note == "Не показано, потому что данных нет: «Работают, %»."


def test_a_heading_goes_with_the_last_of_its_rows():
    told = without_unknown(
        grid(
            band("Города", 5),
            ("Юг", None, None, None, None),
            band("Районы", 5),
            ("Север", 1.0, 2.0, 3.0, 4.0),
        )
    )
    assert [row[0] for row in names(told.body)] == ["Районы", "Север"]


@pytest.mark.parametrize("rows", [[("Юг", None, None, None, None)], [["слова", "слова"]]])
def test_a_table_of_nothing_known_or_of_words_is_left_to_others(rows):
    whole = grid(*rows)
    assert without_unknown(whole) is whole
