"""What a difference says, and how new rows find their place in the text of a table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.catalogue.descriptor import Table
from analysis.ingest.csvtext import line, merge, records
from analysis.ingest.difference import PUBLISHED, compare, publication_scope, template_scope

COLUMNS = ("indicator", "territory", "category", "year", "value", "status", "source", "locator", "note")
KINDS = {"year": "integer", "value": "number"}
RATE = Table(
    "rate",
    Path("rate.csv"),
    "Уровень",
    {
        "fields": [{"name": name, "type": KINDS.get(name, "string")} for name in COLUMNS],
        "primaryKey": ["indicator", "territory", "category", "year"],
    },
)
PLAN = Table(
    "plan",
    Path("plan.csv"),
    "План",
    {
        "fields": [
            {"name": "n", "type": "integer"},
            {"name": "title", "type": "string"},
            {"name": "note", "type": "string"},
        ],
        "primaryKey": "n",
    },
)
HEAD = ",".join(COLUMNS) + "\n"
TEXT = (
    HEAD + "rate,north,,2019,5.50,A,book22,с. 1,\n"
    'rate,north,,2020,6.7,A,book22,"с. 1, строка 2",Оценка.\n'
    "rate,south,,2019,,M,book22,с. 1,Нет.\n"
    "rate,south,,2020,4,A,book22,с. 1,\n"
)


def observations(*given, **more) -> pd.DataFrame:
    said = {
        "indicator": "rate",
        "category": "",
        "status": "A",
        "source": "book23",
        "locator": "лист «1»",
        "note": "",
    } | more
    return pd.DataFrame(
        [
            said
            | {"territory": territory, "year": str(year), "value": value}
            | ({"status": "M"} if value == "" else {})
            for territory, year, value in given
        ],
        columns=list(COLUMNS),
        dtype=str,
    )


def told(found) -> list[tuple]:
    return [(row.change, row.territory, row.year, row.column, row.old, row.new) for row in found.rows.itertuples()]


def against(rows, **options):
    return compare(RATE, TEXT, rows, PUBLISHED, publication_scope(rows), **options)


def test_new_changed_vanished_and_unchanged_are_told_apart():
    found = against(
        observations(("north", 2019, "5.5"), ("north", 2021, "7"), ("north", 2020, "6.9"), ("south", 2020, "4"))
    )
    assert told(found) == [
        ("new", "north", "2021", "value", "", "7"),
        ("changed", "north", "2020", "value", "6.7", "6.9"),
        ("vanished", "south", "2019", "status", "M", ""),
    ]
    assert found.counts == {"new": 1, "changed": 1, "vanished": 1, "conflict": 0, "unchanged": 2}
    assert found.rows["relative"].tolist()[1] == pytest.approx(100 * (6.9 / 6.7 - 1))


def test_revision_names_both_sources():
    row = against(observations(("north", 2020, "6.9"))).rows.iloc[0]
    assert (row["old_source"], row["source"], row["locator"]) == ("book22", "book23", "лист «1»")


def test_missing_and_given_are_changes_of_status_as_well():
    assert told(against(observations(("south", 2019, "3"), ("south", 2020, "")))) == [
        ("changed", "south", "2019", "value", "", "3"),
        ("changed", "south", "2019", "status", "M", "A"),
        ("changed", "south", "2020", "value", "4", ""),
        ("changed", "south", "2020", "status", "A", "M"),
    ]


@pytest.mark.parametrize("value", ["5.5", "5.50", "5.500000000000001", "5.499999999999999"])
def test_other_digits_of_the_same_number_are_no_revision(value):
    assert against(observations(("north", 2019, value))).counts["unchanged"] == 1


@pytest.mark.parametrize("value", ["5.5001", "5.49999", "-5.5"])
def test_other_numbers_are(value):
    assert against(observations(("north", 2019, value))).counts["changed"] == 1


def test_only_what_the_file_speaks_of_can_vanish():
    def gone(rows):
        return [(territory, year) for _, territory, _, year in against(rows).gone]

    # Another edition that begins later and covers one territory.
    assert gone(observations(("north", 2020, "6.7"), ("north", 2021, "7"))) == []
    # A year it has for somebody, not for this one it also has.
    assert gone(observations(("north", 2020, "6.7"), ("south", 2019, "1"))) == [("north", "2019"), ("south", "2020")]
    # The very source: all it said.
    assert gone(observations(("north", 2020, "6.7"), source="book22")) == [("north", "2019")]


def test_template_speaks_of_the_years_it_has_for_a_territory():
    rows = observations(("north", 2020, "6.7"), ("south", 2019, "1"), category="A")
    assert [key[:4] for key in compare(RATE, TEXT, rows, scope=template_scope(rows, [])).gone] == [
        ("rate", "north", "", "2020"),
        ("rate", "south", "", "2019"),
    ]
    assert (
        compare(
            RATE, TEXT, rows, scope=template_scope(rows, [("rate", "north", "", "2020"), ("rate", "south", "", "2019")])
        ).gone
        == []
    )


def test_contradictions_within_the_new_rows():
    found = against(
        observations(("north", 2021, "7"), ("north", 2021, "7.5"), ("south", 2021, "1"), ("south", 2021, "1"))
    )
    assert found.counts["conflict"] == 1 and found.counts["new"] == 2
    assert told(found)[-2:] == [
        ("conflict", "north", "2021", "value", "7", "7.5"),
        ("new", "south", "2021", "value", "", "1"),
    ]


def test_remark_stays_where_the_new_row_has_none():
    (put,) = against(observations(("north", 2020, "6.9"))).put
    assert (put["value"], put["source"], put["note"]) == ("6.9", "book23", "Оценка.")
    (put,) = against(observations(("north", 2020, "6.9"), note="Предварительно.")).put
    assert put["note"] == "Предварительно."


def test_table_of_words_is_compared_cell_by_cell():
    text = "n,title,note\n1,Центр,\n2,Совет,а\n3,Слет,\n"
    rows = pd.DataFrame(
        [("2", "Совет", "б"), ("1", "Центр", ""), ("4", "Форум", "")], columns=["n", "title", "note"], dtype=str
    )
    found = compare(PLAN, text, rows)
    assert [(row.change, row.key, row.column, row.old, row.new) for row in found.rows.itertuples()] == [
        ("changed", "2", "note", "а", "б"),
        ("new", "4", "title", "", "Форум"),
        ("vanished", "3", "title", "Слет", ""),
    ]


def test_merged_text_differs_in_the_changed_lines_only():
    rows = [
        dict.fromkeys(COLUMNS, "")
        | {"indicator": "rate", "territory": territory, "year": year, "value": value, "status": "A"}
        for territory, year, value in (
            ("south", "2021", "3"),
            ("north", "2018", "1"),
            ("west", "2020", "9"),
            ("north", "2020", "6.9"),
        )
    ]
    made = merge(TEXT, COLUMNS, COLUMNS[:4], rows)
    assert made.splitlines() == [
        HEAD.strip(),
        "rate,north,,2018,1,A,,,",
        "rate,north,,2019,5.50,A,book22,с. 1,",
        "rate,north,,2020,6.9,A,,,",
        "rate,south,,2019,,M,book22,с. 1,Нет.",
        "rate,south,,2020,4,A,book22,с. 1,",
        "rate,south,,2021,3,A,,,",
        "rate,west,,2020,9,A,,,",
    ]


def test_new_series_stands_with_its_territory_where_these_stand_together():
    text = "i,t,c,y\na,x,1,2020\na,x,2,2020\na,y,1,2020\n"
    rows = [
        dict(zip("itcy", cells, strict=True))
        for cells in (("a", "x", "3", "2020"), ("b", "x", "1", "2020"), ("a", "x", "3", "2019"))
    ]
    assert merge(text, "itcy", "itcy", rows).split()[1:] == [
        "a,x,1,2020",
        "a,x,2,2020",
        "a,x,3,2020",
        "a,x,3,2019",
        "a,y,1,2020",
        "b,x,1,2020",
    ]


@pytest.mark.parametrize(
    "text",
    [TEXT, TEXT.rstrip("\n"), TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT, TEXT.replace("Оценка.", '"Две\nстроки"')],
)
def test_what_is_not_touched_keeps_its_bytes(text):
    row = dict.fromkeys(COLUMNS, "") | {"indicator": "rate", "territory": "west", "year": "2020"}
    made = merge(text, COLUMNS, COLUMNS[:4], [row], removed=[])
    assert made.startswith(text) and made.removeprefix(text).lstrip("\n") == line(row.values())
    assert "".join(raw for _, raw in records(text)) == text


def test_removed_rows_leave_no_gap_and_an_empty_table_gets_its_head():
    assert "rate,south,,2019" not in merge(TEXT, COLUMNS, COLUMNS[:4], [], [("rate", "south", "", "2019")])
    row = dict(zip(COLUMNS, ("rate", "west", "", "2020", "1", "A", "b", 'лист «1», "а"', ""), strict=True))
    assert merge("", COLUMNS, COLUMNS[:4], [row]) == HEAD + 'rate,west,,2020,1,A,b,"лист «1», ""а""",\n'
