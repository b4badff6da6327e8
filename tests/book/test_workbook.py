"""Workbooks of exhibits: numbers are numbers, texts are texts, nothing is computed."""

import zipfile

import pandas as pd
import pytest
import python_calamine
from openpyxl import load_workbook

from analysis.base.files.tables import plain_csv, safe_csv
from analysis.book.provenance.exhibits import ExhibitRecord
from analysis.book.provenance.facts import Facts
from analysis.book.provenance.workbook import write

GRID = [
    [
        {"text": "Территория", "rows": 2, "columns": 1, "head": True},
        {"text": "Занято", "rows": 1, "columns": 2, "head": True},
    ],
    [{"text": "2019", "rows": 1, "columns": 1, "head": True}, {"text": "2020", "rows": 1, "columns": 1, "head": True}],
    [
        {"text": "=Север", "rows": 1, "columns": 1, "head": True},
        {"text": "1,3", "rows": 1, "columns": 1, "head": False, "value": 1.25, "decimals": 1},
        {"text": "…", "rows": 1, "columns": 1, "head": False},
    ],
]
DATA = 'territory,category,value,status,note\nnorth,07,-1.25,A,"=HYPERLINK(""http://x"",""y"")"\nsouth,08,,M,нет\n'


@pytest.fixture
def path(tmp_path):
    told = {
        "caption": "=Подпись",
        "note": "См. таблицу tbl-two [в ред. 2021].",
        "grid": GRID,
        "tables": ["data/a.csv"],
        "sources": {"s": {"title": "Т", "described": "Т. Росстат."}},
    }
    facts = Facts(commit="c" * 40, changed=("data/a.csv",), hashes={"data/a.csv": "f" * 64})
    write(tmp_path / "one.xlsx", ExhibitRecord("tbl-one", "chapters/one.ipynb", 3, told), DATA, facts, {"since": 2000})
    write(tmp_path / "two.xlsx", ExhibitRecord("tbl-one", "chapters/one.ipynb", 3, told), DATA, facts, {"since": 2000})
    return tmp_path / "one.xlsx"


def test_nothing_is_a_formula(path):
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3 and not any(b"<f" in sheet.replace(b"<formatCode", b"") for sheet in sheets)
    for sheet in load_workbook(path):
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}


def test_table_stands_as_on_the_page(path):
    sheet = load_workbook(path)["Таблица"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:A2", "B1:C1"}
    assert [sheet["A3"].value, sheet["B3"].value, sheet["B3"].number_format, sheet["C3"].value] == [
        "=Север",
        1.25,
        "0.0",
        "…",
    ]


def test_codes_stay_texts_and_values_numbers(path):
    sheet = load_workbook(path)["Данные"]
    assert [cell.value for cell in sheet[2]] == ["north", "07", -1.25, "A", '=HYPERLINK("http://x","y")']
    assert sheet["C3"].value is None


def test_origin_is_told_whole(path):
    said = {row[0].value: row[1].value for row in load_workbook(path)["Источник"]}
    assert (
        said["Тетрадь"] == "chapters/one.ipynb, ячейка 3" and said["Файл данных"] == f"data/a.csv (SHA-256 {'f' * 64})"
    )
    assert said["Состояние проекта"].startswith("c" * 40) and "изменениями" in said["Состояние проекта"]
    assert (
        said["Источник"] == "Т. Росстат."
        and said["Параметр since"] == "2000"
        and said["Примечание"] == "См. таблицу tbl-two [в ред. 2021]."
    )


def test_same_content_gives_the_same_bytes(path):
    assert path.read_bytes() == path.with_name("two.xlsx").read_bytes()
    with zipfile.ZipFile(path) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in package.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")


def test_text_guarded_in_the_csv_stands_as_it_was_and_no_digit_is_lost(tmp_path):
    rows = [
        {"name": "=1+1", "code": "007", "number": "12345678901234567890", "value": "-1e-05"},
        {"name": "'=1", "code": "+7 913", "number": "1e999", "value": "0.1234567890123456"},
        {"name": "Ж;=1", "code": "_x0041_", "number": "-0", "value": "-5"},
    ]
    data = safe_csv(plain_csv(pd.DataFrame(rows)))
    assert "'=1+1" in data and "Ж;'=1" in data
    told = {"caption": "Подпись\x01", "note": "", "grid": None, "tables": [], "sources": {}}
    write(tmp_path / "t.xlsx", ExhibitRecord("tbl-one", "chapters/one.ipynb", 3, told), data, Facts(), {})
    sheet = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "t.xlsx")).get_sheet_by_name("Данные").to_python()
    assert sheet[1:] == [
        ["=1+1", "007", "12345678901234567890", -1e-05],
        ["'=1", "+7 913", "1e999", 0.1234567890123456],
        ["Ж;=1", "_x0041_", 0, -5],
    ]
    assert load_workbook(tmp_path / "t.xlsx").properties.title == "Подпись"
