"""What a row says twice agrees: numbers and prints, days and texts, deadlines, the exact words of a text."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.base.days import as_iso, days_in, in_words
from analysis.base.deadlines import Deadline, kinds_of
from analysis.base.exact_words import exact_words, spelled_value
from analysis.catalogue import load, tables
from analysis.catalogue.bibliography import Publication
from analysis.catalogue.descriptor import Table
from analysis.catalogue.rules.deadlines import contradiction
from analysis.catalogue.rules.printed import printed
from analysis.catalogue.rules.said import said
from analysis.editions.edition import available

# Columns that no text of a reader stands in, or that a formula or a code list holds.
FREE = {
    "claims": {"section", "sentence", "reading", "kind", "printed", "unit", "definition", "reason", "adopted"},
    "documents": {"kind", "issuer", "bib"},
    "events": {"name", "first", "last", "place"},
    "exhibits": {"sources"},
    "figure_statements": {"exhibit", "category", "relation", "against"},
    "founders": {"name"},
    "gaps": {"exhibit"},
    "outcome_indicators": {"formula"},
    "legal_acts": {"kind", "issuer", "amended", "bib"},
    "lists": {"list", "code", "kind"},
    "names": {"short"},
    "printed_exhibits": {"exhibit", "state", "sources"},
    "scenarios": {"author", "indicator", "level"},
    "support_measures": {"kind"},
    "town_sizes": {"name"},
}
# Tables of formulas and exceptions: they print nothing.
SILENT = {
    "prose_assertions",
    "claim_formulas",
    "typed_numbers",
    "mentions",
    "review",
    "acknowledged-printed",
    "typed_words",
    "words",
    "argument_links",
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("В 97 % организаций – впервые за два года", ["97", "впервые", "два"]),
        ("Самая высокая в России, тысяч рублей", ["самая", "тысяч"]),
        ("8 387 человек, 8 387, 57,5 %", ["8387", "8387", "57,5"]),
        ("третьим, II место, втрое, ½", ["третьим", "II", "втрое", "½"]),
        ("группа 40.00.00, приказ № 1707/88", ["40.00.00", "1707/88"]),
        ("трёх, ТРЁХ", ["трех", "трех"]),
        ("ОКВЭД2, ЦОПП42, семинары, пятница, дальнейшее, самим, наименование, высшее, первичный, с и к", []),
    ],
)
def test_words_that_must_not_change(text, words):
    assert list(exact_words(text)) == words


def test_words_that_say_a_number():
    assert [spelled_value(word) for word in ("три", "Третьим", "двумя", "стол")] == [3, 3, 2, None]


def test_days_come_out_alike_however_they_are_written():
    assert as_iso("от 29.05.2019 г. и 29 мая 2019 г., июль 2021") == "от 2019-05-29 г. и 2019-05-29 г., 2021-07"
    assert days_in("31.02.2021, 5.7.2021") == ["2021-07-05"] and in_words("2021-07-05").startswith("5\u00a0июля")


@pytest.mark.parametrize(
    ("value", "string", "problem"),
    [
        (2.8, "2,8", ""),
        (8387.0, "8 387", ""),
        (8387.0, "8\u00a0387", ""),
        (-1.2, "−1,2", ""),
        (-1.2, "–1,2", ""),
        (3.0, "три", ""),
        (3.0, "третьим", ""),
        (4.1, "4,1 п.п.", ""),
        (4.7, "2,8", "напечатано 2,8, а записано 4,7"),
        (4.0, "три", "напечатано 3, а записано 4"),
        (1.2, "−1,2", "напечатано -1,2, а записано 1,2"),
        (5.0, "много", "в напечатанном нет числа, а записано 5"),
        (None, "2,8", "напечатано «2,8», а числа нет"),
        (72.0, "72–73", "напечатано несколько чисел («72–73»), а записано одно"),
        (2.0, "", ""),
        (None, "", ""),
        (None, "…", ""),
    ],
)
def test_a_number_is_what_is_printed(value, string, problem):
    frame = pd.DataFrame({"value": [value], "printed": [string]})
    assert [found.problem for found in printed(frame)] == [problem] * bool(problem)


@pytest.mark.parametrize(
    ("kind", "day", "string", "right"),
    [
        ("date", "2022-05-01", "01.05.2022", True),
        ("date", "2022-05-01", "до 1 мая 2022 г.", True),
        ("from-date", "2022-07-01", "01.07.2022 далее постоянно", True),
        ("month", "2022-04", "апрель 2022", True),
        ("quarterly", "", "1 раз в квартал", True),
        ("twice-yearly", "", "2 раза в год", True),
        ("yearly", "", "1 раз в год", True),
        ("date", "2022-05-01", "", True),
        ("date", "2022-08-01", "01.05.2022", False),
        ("date", "2022-07-01", "01.07.2022 далее постоянно", False),
        ("from-date", "2022-07-01", "01.07.2022", False),
        ("month", "2022-04-01", "апрель 2022", False),
        ("month", "2022-05", "апрель 2022", False),
        ("quarterly", "", "1 раз в год", False),
        ("yearly", "2022-05-01", "1 раз в год", False),
        ("permanent", "", "01.05.2022", False),
        ("date", "", "01.05.2022", False),
        ("quarterly", "", "когда получится", False),
        ("yearly-by", "--03-01", "ежегодно до 1 марта", True),
        ("yearly-by", "--03-01", "ежегодно до 1 апреля", False),
        ("date", "2022-05-32", "", False),
    ],
)
def test_a_deadline_is_what_the_plan_prints(kind, day, string, right):
    kinds = kinds_of(load("deadline_kinds").to_dict("records"))
    assert (contradiction(kind, day, string, kinds) is None) is right


def test_words_of_a_deadline_are_made_of_its_day():
    kinds = kinds_of(load("deadline_kinds").to_dict("records"))
    days = {"date": "2022-05-01", "from-date": "2022-07-01", "yearly": ""}
    made = [Deadline(kinds[kind], day).words for kind, day in days.items()]
    assert [one.replace("\u00a0", " ") for one in made] == [
        "1 мая 2022 г.",
        "1 июля 2022 г., далее постоянно",
        "раз в год",
    ]


def acts(**cells):
    """Return what is wrong with a row of acts."""
    fields = [
        {"name": "text", "quoted_in": "quoted"},
        {"name": "date", "said_in": ["text", "bib"]},
        {"name": "number", "said_in": ["text", "bib"]},
        {"name": "printed", "numbers_of": "text"},
        {"name": "bib"},
        {"name": "quoted"},
    ]
    row = {
        "text": "Приказ от 29.05.2019 г. № 349",
        "date": pd.Timestamp("2019-05-29"),
        "number": "349",
        "printed": "Приказ от 29 мая 2019 года N 349",
        "bib": "a",
        "quoted": "29.05.2019; 349",
    }
    known = {"a": Publication("a", "О порядке", "Приказ от 29 мая 2019 г.", "№ 349")}
    table = Table("acts", Path("acts.csv"), "", {"fields": fields})
    return [(found.column, found.rule) for found in said(table, pd.DataFrame([row | cells]), known)]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({}, []),
        ({"date": pd.NaT, "number": "", "printed": ""}, []),
        ({"date": pd.Timestamp("2019-06-29")}, [("date", "said")]),
        ({"number": "34"}, [("number", "said")]),
        ({"printed": "Приказ от 29 мая 2019 года N 348"}, [("printed", "said")]),
        ({"quoted": ""}, [("text", "quoted")]),
        ({"quoted": "29.05.2019; 349; впервые"}, [("text", "quoted")]),
        ({"text": "Первый приказ от 29.05.2019 г. № 349"}, [("text", "quoted")]),
    ],
)
def test_a_row_says_the_same_in_all_its_columns(cells, found):
    assert acts(**cells) == found


def test_every_text_that_is_printed_lists_its_numbers():
    """A new table of words must not open a way for numbers that nobody took from a source."""
    loose = {
        (table.name, field["name"])
        for edition in available()
        for table in tables(edition).values()
        if table.owner and table.name not in SILENT
        for field in table.fields
        if field["type"] == "string"
        and not {"quoted_in", "said_in", "numbers_of", "deadline", "codes"} & set(field)
        and not {"pattern", "enum"} & set(field.get("constraints", {}))
        and field["name"] not in ("note", "source", "locator", "printed", "id", "quoted", table.owner)
    }
    assert {(table, name) for table, name in loose if name not in FREE.get(table, ())} == set()
