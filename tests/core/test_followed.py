"""Codes and times of the edition's tables that no schema holds.

Told with their place before a chapter breaks at them.
"""

import json

import pytest

from analysis.catalogue.findings import errors
from analysis.editions.check import check_edition

COLUMNS = {
    "names": ["id", "name", "short", "gen", "dat", "loc", "territory"],
    "events": ["id", "name", "first", "last", "place", "source", "locator", "territory"],
    "documents": ["id", "text", "first_year", "last_year", "source", "locator", "issuer", "bib", "territory"],
}
NUMBERS = {"first_year", "last_year"}
SOUND = {
    "names": [
        ["fair", "Ярмарка", "Ярмарка", "Ярмарки", "Ярмарке", "Ярмарке", "north"],
        ["town", "Город", "Город", "Города", "Городу", "Городе", "north"],
    ],
    "events": [
        ["one", "fair", "2019-12-02", "2019-12-08", "town;town", "book", "с. 1", "north"],
        ["two", "", "2021-Q4", "", "", "book", "с. 1", "north"],
        ["three", "", "2021-02", "", "", "book", "с. 1", "north"],
        ["four", "", "2012", "", "", "book", "с. 1", "north"],
    ],
    "documents": [["order", "от 6 октября", "", "", "book", "с. 1", "fair", "book", "north"]],
}


@pytest.fixture
def check(package):
    """Return a check of the edition's tables with one cell changed."""
    package(
        "data/editions/tiny/datapackage.json",
        json.dumps(
            {
                "name": "edition",
                "resources": [
                    {
                        "name": name,
                        "type": "table",
                        "path": f"{name}.csv",
                        "schema": {
                            "fields": [
                                {
                                    "name": one,
                                    "type": "integer" if one in NUMBERS else "string",
                                    "owner": one == "territory",
                                }
                                for one in columns
                            ]
                        },
                    }
                    for name, columns in COLUMNS.items()
                ],
            }
        ),
    )

    def found(table="", column="", cell="", row=2):
        for name, columns in COLUMNS.items():
            rows = [list(cells) for cells in SOUND[name]]
            if name == table:
                rows[row - 2][columns.index(column)] = cell
            package(f"data/editions/tiny/{name}.csv", "\n".join(",".join(cells) for cells in [columns, *rows]) + "\n")
        return [(one.file.rpartition("/")[2], one.row, one.column, one.value) for one in errors(check_edition("tiny"))]

    return found


def test_sound_codes_and_times_are_let_through(check):
    assert check() == []


@pytest.mark.parametrize(
    ("table", "column", "cell", "value"),
    [
        ("events", "name", "fare", "fare"),
        ("events", "place", "town;nowhere", "nowhere"),
        ("events", "place", "town;", ""),
        ("events", "place", "town; town", " town"),
        ("documents", "issuer", "nobody", "nobody"),
        ("documents", "bib", "nothing", "nothing"),
        *(
            ("events", "first", time, time)
            for time in (
                "2019-13-45",
                "2021-02-30",
                "2021-13",
                "2021-00",
                "2021-Q5",
                "21",
                "20211",
                "0000-01-01",
                "٢٠٢١",
                "вчера",
                "2021-1-1",
            )
        ),
        *(("events", "last", time, time) for time in ("вчера", "2019-12-01", "2020", "2020-01", "2019-12-32")),
    ],
)
def test_a_code_or_a_time_that_is_none_is_told_with_its_place(check, table, column, cell, value):
    assert (f"{table}.csv", 2, column, value) in check(table, column, cell)


def test_an_end_of_what_began_in_a_month_is_told(check):
    assert check("events", "last", "2021-03", row=4) == [("events.csv", 4, "last", "2021-03")]
