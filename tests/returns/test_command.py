"""`report returns` as it is typed: the form filled in, the list, the files it writes, the exit status."""

from __future__ import annotations

import csv
import io

import openpyxl
import pandas as pd
import pytest

from analysis.catalogue.opened import load
from tests.returns.conftest import ORPHANS_OF, college
from tests.returns.simulated import written


@pytest.fixture
def filled(report, tmp_path, monkeypatch):
    """Fill the form as a college does: in the workbook that `report template` makes."""
    monkeypatch.chdir(tmp_path)

    def fill(name, *rows):
        assert report("template", "college_return", "-o", f"{name}.xlsx")[0] == 0
        book = openpyxl.load_workbook(f"{name}.xlsx")
        sheet = book["Данные"]
        columns = [cell.value for cell in sheet[2]]
        for place, row in enumerate(rows, start=3):
            for at, column in enumerate(columns, start=1):
                sheet.cell(place, at).value = row.get(column)
        book.save(f"{name}.xlsx")
        return f"{name}.xlsx"

    return fill


def test_the_form_has_a_column_for_each_outcome_and_group(form):
    codes = [code.replace("-", "_") for code in load("outcomes")["id"]]
    assert set(codes) <= set(form.table.columns) and list(form.outcomes) == codes
    for group in load("graduate_groups")["id"]:
        assert {group, *(f"{group}_{code}" for code in codes)} <= set(form.table.columns)


def test_nothing_to_send_back(report, filled):
    status, out, err = report("returns", filled("а", college("А")), filled("б", college("Б")))
    assert (status, err) == (0, "") and "Возвращать нечего" in out and "--previous" in out


def test_what_is_sent_back_is_named_with_file_sheet_and_cell(report, filled):
    status, out, err = report("returns", filled("а", college("А", employed=160)), filled("б", college("Б")))
    assert (status, err) == (1, "") and "а.xlsx, лист «Данные», ячейки G3, F3" in " ".join(out.split())


def test_the_group_is_picked_from_the_list_in_words(report, filled):
    words = "15.00.00 Машиностроение"
    assert report("returns", filled("а", college("А", group=words)))[0] == 0


def test_the_files_it_writes(report, filled, tmp_path):
    sent = filled("а", college("@А&Б", employed=160)), filled("б", college("Лицей № 5", not_employed=10))
    assert report("returns", *sent, "--to", "xlsx", "--to", "csv", "--to", "md", "--to", "письма/", "-q") == (1, "", "")
    book = openpyxl.load_workbook("вернуть.xlsx")
    assert [row[1].value for row in book["Вернуть"].iter_rows(min_row=2)] == ["больше 100 %", "сумма"]
    marked = {cell.coordinate: cell for row in book["Отчеты"] for cell in row if cell.comment}
    assert (
        marked["I2"].value == 160
        and "160" in marked["I2"].comment.text
        and marked["I2"].fill.fgColor.rgb[2:] == "FFE08A"
    )
    assert not book["Отчеты"]["J2"].comment and book["Отчеты"]["C2"].data_type == "s"
    rows = list(csv.reader(io.StringIO((tmp_path / "вернуть.csv").read_text("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == "'@А&Б" and rows[2][4].startswith("F3")
    letters = sorted((tmp_path / "письма").iterdir())
    assert [letter.name for letter in letters] == ["01 А Б.md", "02 Лицей № 5.md"]
    assert "Кому: Лицей № 5" in letters[1].read_text("utf-8") and "не принят: 1 причина" in letters[1].read_text(
        "utf-8"
    )
    assert "## Лицей № 5" in (tmp_path / "вернуть.md").read_text("utf-8")
    # Its own earlier list is written anew, a workbook may hold notes by now.
    assert report("returns", *sent, "--to", "csv", "--to", "md", "--to", "письма", "-q")[0] == 1
    assert report("returns", *sent, "--to", "xlsx", "-q")[0] == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "пуст"),
        ("Город;Год\nТомск;2021\n".encode(), "не форма отчета"),
        (b"college;group;year\n\xd0\x90;15.00.00;2021\n", "нет столбца «report_year»"),
        (b"college;group;year;wrong\n\xd0\x90;15.00.00;2021;1\n", "в форме нет столбца «wrong»"),
    ],
)
def test_a_file_that_is_no_return_is_refused(report, tmp_path, content, said):
    file = tmp_path / "х.csv"
    file.write_bytes(content)
    status, out, err = report("returns", file)
    assert (status, out) == (2, "") and said in err and err.count("\n") == 1


def test_other_wrong_turns(report, filled):
    sent = filled("а", college("А"))
    for words, said in (
        (("--to", "docx"), "не понять, в каком виде"),
        (("--edition", "tomsk-1999"), "Нет издания"),
        (("--to", sent), "входной файл"),
        (("--quarter", "4"), "записан не так"),
    ):
        status, out, err = report("returns", sent, *words)
        assert (status, out) == (2, "") and said in err
    status, _, err = report("ingest", sent)
    assert status == 2 and "report returns" in err


def test_the_edition_says_who_is_to_report(report, filled, project, monkeypatch):
    monkeypatch.setenv("REPORT_ROOT", str(project))
    listed = project / "data" / "editions" / "kemerovo-2021" / "graduates_by_college.csv"
    with listed.open("a", encoding="utf-8") as table:
        table.write("Школа,kemerovo,15.00.00,2020,10,,,A,report2021,с. 1,\n")
    status, out, _ = report("returns", filled("а", college("Школа")), "--edition", "kemerovo-2021")
    assert status == 0 and "1 из 1" in out
    status, out, _ = report("returns", filled("б", college("Другая")), "--edition", "kemerovo-2021")
    assert status == 1 and "нет ни в одном файле" in out and "нет среди отчитывающихся" in out


def test_two_colleges_in_one_csv(report, form, tmp_path):
    file = written(pd.DataFrame([college("А"), college("Б", **ORPHANS_OF)]), form, tmp_path / "все.csv")
    status, out, _ = report("returns", file)
    assert status == 1 and "все.csv, ячейки" in out and "лист" not in out


def test_a_folder_stands_for_the_files_in_it(report, filled, tmp_path):
    (tmp_path / "прошлые").mkdir()
    for name in ("а", "б"):
        filled(name, college(name.upper(), quarter=3))
        (tmp_path / f"{name}.xlsx").rename(tmp_path / "прошлые" / f"{name}.xlsx")
    (tmp_path / "прошлые" / "~$а.xlsx").write_text("", encoding="utf-8")
    (tmp_path / "сданные").mkdir()
    filled("а", college("А", employed=62, studying=8))
    (tmp_path / "а.xlsx").rename(tmp_path / "сданные" / "а.xlsx")
    status, out, _ = report("returns", "сданные", "--previous", "прошлые")
    assert status == 1 and "Б" in out  # the other one of the last quarter is missed


def test_an_empty_folder_is_told(report, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "пусто").mkdir()
    status, _, err = report("returns", "пусто")
    assert status == 2 and "В папке пусто нет ни одного отчета" in err
