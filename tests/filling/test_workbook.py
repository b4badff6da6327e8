"""The workbook of an edition: written, filled in part, read back by `report ingest`."""

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from analysis.catalogue import opened
from analysis.filling.workbook import write_workbook
from analysis.ingest.templates.fill_book import sheet_names
from analysis.ingest.templates.template import CHECKLIST, HOW, LISTS

NETWORK = "Сеть профессиональных"


@pytest.fixture
def file(edition, tmp_path) -> Path:
    file = tmp_path / f"{edition.id}-заполнить.xlsx"
    write_workbook(opened(), edition, file)
    return file


def rows(sheet):
    heads = [cell.value for cell in sheet[2]]
    return [dict(zip(heads, cells, strict=True)) for cells in sheet.iter_rows(min_row=3)]


def fill(file, count, **said):
    book = openpyxl.load_workbook(file)
    for row in rows(book[NETWORK])[:count]:
        for column, value in said.items():
            row[column].value = value
    book.save(file)


def test_it_says_what_to_do_first_and_has_a_sheet_for_each_table_that_lacks_something(file):
    book = openpyxl.load_workbook(file)
    assert book.sheetnames[:2] == [HOW, CHECKLIST]
    assert book.sheetnames[-1] == LISTS
    assert {NETWORK, "План мероприятий", "SWOT-анализ"} <= set(book.sheetnames)
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_a_row_says_what_it_is_about_and_who_supplies_it_and_only_the_rest_is_open(file):
    book = openpyxl.load_workbook(file)
    sheet, row = book[NETWORK], rows(book[NETWORK])[0]
    assert row["territory"].value == "Анжеро-Судженск"
    assert row["year"].value == 2019
    assert row["who"].value == "Министерство образования Кузбасса"
    assert sheet.protection.sheet
    assert [name for name, cell in row.items() if not cell.protection.locked and name != "category"] == [
        "value",
        "status",
        "source",
        "locator",
        "note",
    ]


def test_the_checklist_says_in_words_what_is_wanted(file):
    said = [row[1] for row in openpyxl.load_workbook(file)[CHECKLIST].iter_rows(min_row=2, values_only=True)]
    assert [words for words in said if re.search("[a-z]_|[a-z]{3}", words)] == []
    assert "Цель, задачи и ожидаемые результаты плана; ожидаемые результаты; задачи" in said
    assert any(words.startswith("Перечни, которые приводит текст; для раздела «") for words in said)


def test_a_row_without_its_place_is_named_where_it_stands(file, report, project, edition):
    fill(file, 2, status="значения нет", source="report2021", note="не ведут")
    table = project / "data" / "editions" / edition.id / "network.csv"
    before = table.read_bytes()
    for more in ([], ["--accept"]):
        status, said, wrong = report("ingest", file, *more)
        assert (status, said, wrong.count("\n"), table.read_bytes()) == (2, "", 1, before)
        assert wrong.startswith(f"Лист «{NETWORK}», строка 3: не заполнен столбец «Место в источнике».")
        assert "И еще таких строк: 1." in wrong


def test_a_workbook_goes_into_the_edition_it_was_made_for(file, report, project, edition):
    fill(file, 1, value=3, source="report2021", locator="с. 1")
    status, said, wrong = report("ingest", file, "--edition", "kemerovo-2021", "--accept")
    assert (status, said, wrong.count("\n")) == (2, "", 1)
    assert wrong.startswith(f"Книга сделана для издания «{edition.id}», а ключ --edition называет «kemerovo-2021».")
    shutil.rmtree(project / "data" / "editions" / edition.id)
    status, said, wrong = report("ingest", file)
    assert (status, said, wrong.count("\n")) == (2, "", 1)
    assert wrong.startswith(f"Книга сделана для издания «{edition.id}», а его в папке data/editions нет.")


def test_columns_of_codes_offer_their_lists(file):
    sheet = openpyxl.load_workbook(file)[NETWORK]
    heads = [cell.value for cell in sheet[2]]
    offered = {heads[next(iter(rule.sqref.ranges)).min_col - 1] for rule in sheet.data_validations.dataValidation}
    assert offered == {"indicator", "territory", "status", "source"}


def test_half_filled_it_is_taken_and_the_rest_is_counted(file, report, project, edition):
    fill(file, 4, value=3, source="report2021", locator="с. 1")
    status, said, _ = report("ingest", file, "--accept")
    assert status == 0
    assert "4 (и " in said
    assert "незаполненных" in said
    taken = (project / "data" / "editions" / edition.id / "network.csv").read_text(encoding="utf-8")
    assert taken.count("\n") == 5


def test_a_number_without_a_source_is_refused_in_a_sentence(file, report, project, edition):
    fill(file, 2, value=3, locator="с. 1")
    status, said, wrong = report("ingest", file, "--accept")
    assert (status, said) == (2, "")
    assert wrong.startswith(f"Лист «{NETWORK}», строка 3: строка заполнена, а источника нет.")
    assert "И еще таких строк: 1." in wrong
    assert not (project / "data" / ".accept").exists()


def test_the_source_may_be_named_once_for_all(file, report):
    fill(file, 2, value=3, locator="с. 1")
    assert report("ingest", file, "--source", "report2021")[0] == 0


def test_a_workbook_that_may_be_filled_is_not_written_over(file, edition):
    with pytest.raises(Exception, match="файл уже есть"):
        write_workbook(opened(), edition, file)


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["нормативные акты и документы"], ["Нормативные акты"]),
        (["перечни, которые приводит текст", "перечни, которые приводит доклад"], ["Перечни, которые приводит"] * 2),
        (["a/b: [c]"], ["A b c"]),
    ],
)
def test_sheets_are_named_shortly(titles, names):
    made = sheet_names(titles)
    assert [name.removesuffix(" (2)") for name in made] == names
    assert len(set(made)) == len(made)
