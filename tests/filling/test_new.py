"""A new edition is made whole or not at all, of another one only the form."""

import datetime as dt
import re

import openpyxl
import pytest

from analysis.catalogue import opened
from analysis.editions.edition import available, read_edition
from analysis.filling.proposals import compared, region_meant
from analysis.ingest.templates.template import CHECKLIST


@pytest.fixture
def new(project, report, monkeypatch, tmp_path):
    """Run `report edition new` in an empty folder; return exit status, what was said, and where."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def run(*arguments):
        return *report("edition", "new", *arguments), tmp_path / "here"

    return run


def test_a_new_edition_has_settings_with_reasons_and_tables_without_rows(new, project):
    status, said, _, here = new("tomsk-2022", "--region", "RU-TOM", "--year", "2021", "--from", "kemerovo-2021")
    assert status == 0
    edition = read_edition("tomsk-2022")
    assert (edition.region, edition.year, edition.published) == ("tomsk", 2021, 2022)
    assert edition.as_of == dt.date(2022, 11, 1)
    assert edition.first_year == 2018
    assert edition.wider == ("russia", "siberia")
    assert "Томская область" in edition.subtitle
    settings = (project / "data" / "editions" / "tomsk-2022" / "edition.yml").read_text(encoding="utf-8")
    for name in edition.comparison:
        assert re.search(rf"- {name}  # .+: сосед", settings)
        assert f"{name} – сосед" in said
    tables = [table for table in opened().tables("tomsk-2022").values() if "tomsk" in table.file.as_posix()]
    assert len(tables) > 25
    assert all(opened().load(table.name, "tomsk-2022").columns.tolist() == table.columns for table in tables)
    assert all(table.file.read_text(encoding="utf-8").count("\n") == 1 for table in tables)
    assert (here / "tomsk-2022-заполнить.xlsx").is_file()


def test_no_word_of_the_region_that_gave_the_form_is_in_it(new, project):
    series = project / "data" / "statistics" / "wage_nominal.csv"
    rows = series.read_text(encoding="utf-8")
    if ",tula," not in rows:
        own = next(line for line in rows.splitlines() if line.startswith("wage_nominal,tomsk,,2021,"))
        series.write_text(rows + own.replace("tomsk", "tula") + "\n", encoding="utf-8")
    _, _, _, here = new("tula-2022", "--region", "Тульская область", "--year", "2021", "--from", "kemerovo-2021")
    folder = project / "data" / "editions" / "tula-2022"
    written = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*") if file.is_file())
    region = project / "data" / "regions" / "tula"
    written += "".join(file.read_text(encoding="utf-8") for file in region.rglob("*") if file.is_file())
    book = openpyxl.load_workbook(here / "tula-2022-заполнить.xlsx")
    asked = [
        str(cell.value)
        for sheet in book.worksheets
        if sheet.title != "Списки"
        for cells in sheet.iter_rows()
        for cell in cells
    ]
    assert not re.search(r"Кузбасс|Кемеров|kemerovo", written)
    # Ids of bodies that the chapters call by name stand in the checklist as the chapters write them.
    assert not re.search(r"Кузбасс|Кемеров", "\n".join(asked))


def test_the_checklist_says_who_supplies_what(new):
    _, _, _, here = new("tomsk-2022", "--region", "tomsk", "--year", "2021", "--from", "kemerovo-2021")
    sheet = openpyxl.load_workbook(here / "tomsk-2022-заполнить.xlsx")[CHECKLIST]
    heads, *rows = sheet.iter_rows(values_only=True)
    lacking = {row[1]: row for row in rows}["Численность выпускников среднего профессионального образования"]
    said = dict(zip(heads, lacking, strict=True))
    assert said["Кто даёт"] == "орган исполнительной власти региона в сфере образования"
    assert said["Годы"] == "2019, 2021–2022"
    assert said["Состояние"] == "не заполнено"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Томск", "--region", "tomsk", "--year", "2021"], "«Томск» не годится в имя издания"),
        (["../x", "--region", "tomsk", "--year", "2021"], "«../x» не годится в имя издания"),
        (["kemerovo-2021", "--region", "tomsk", "--year", "2021"], "Папка data/editions/kemerovo-2021 уже есть."),
        (["x-1", "--region", "RU-TMO", "--year", "2021"], "Субъекта федерации «RU-TMO» в перечне нет."),
        (["x-1", "--region", "siberia", "--year", "2021"], "«siberia» (Сибирский федеральный округ) – не субъект"),
        (["x-1", "--region", "Томская облсть", "--year", "2021"], "имелось в виду «Томская область»"),
        (
            ["x-1", "--region", "tomsk", "--year", "2031"],
            "За 2031 год в официальных рядах о регионе «Томская область» ничего нет: в них – 2000–",
        ),
        (["x-1", "--region", "tomsk", "--year", "1990"], "За 1990 год в официальных рядах о регионе «Томская"),
        (["x-1", "--region", "Томск", "--year", "2021"], "имелось в виду «Томская область»"),
        (["x-1", "--region", "tomsk", "--year", "21"], "Год 21 не между"),
        (["x-1", "--region", "tomsk", "--year", "2021", "--as-of", "завтра"], "Дата «завтра» записана не так."),
        (["x-1", "--region", "tomsk", "--year", "2021", "--as-of", "2020-01-01"], "Дата учёта 01.01.2020 не между"),
        (["x-1", "--region", "tomsk", "--year", "2021", "--from", "tomsk-1"], "Нет издания «tomsk-1»"),
        (["x-1", "--region", "tomsk", "--year", "2021", "-o", "x.doc"], "Шаблон пишется как .xlsx"),
        (["x-1", "--region", "tomsk", "--year", "2021", "-o", "no/x.xlsx"], "файл не записать"),
        (["x-1", "--region", "tomsk"], "Не хватает «--year». Справка: report edition new --help"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence_and_leaves_nothing(new, project, arguments, sentence):
    before = sorted(path.as_posix() for path in project.rglob("*") if "build" not in path.parts)
    status, said, wrong, _ = new(*arguments)
    assert (status, said) == (2, "")
    assert sentence in wrong
    assert wrong.count("\n") == 1
    assert sorted(path.as_posix() for path in project.rglob("*") if "build" not in path.parts) == before


def test_an_edition_whose_workbook_fails_is_taken_back(new, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.filling.workbook.write_book", refuse)
    assert new("tomsk-2022", "--region", "tomsk", "--year", "2021")[0] == 2
    assert "tomsk-2022" not in available()


@pytest.mark.parametrize("said", ["RU-TOM", "ru-tom", "tomsk", "Томская область", "томская  область"])
def test_a_region_is_meant_by_code_id_or_name(said):
    assert region_meant(opened(), said) == "tomsk"


def test_neighbours_come_first_and_the_likest_before_others():
    found = compared(opened(), "kemerovo", 2020)
    assert len(found) == 3
    assert all(proposal.reason.startswith("сосед") for proposal in found)
    shares = [re.search(r"на (\d+),(\d)", proposal.reason) for proposal in found]
    known = [float(f"{share[1]}.{share[2]}") for share in shares if share]
    assert known == sorted(known)


def test_a_region_without_neighbours_on_land_is_compared_with_its_district():
    found = compared(opened(), "sakhalin", 2021)
    assert len(found) == 3
    assert all(proposal.reason.startswith("тот же федеральный округ") for proposal in found)


def test_a_status_and_a_list_name_what_lacks(report, project):
    status, said, _ = report("edition", "status", "kemerovo-2022")
    assert status == 0
    assert "Сеть организаций" in said
    assert re.search(r"есть \d+ из \d+ \(\d+ %\) чисел и записей", said)
    status, said, _ = report("edition", "list")
    assert status == 0
    assert re.search(r"kemerovo-2021 .+ 2020 .+ 2021 .+ 9\d % +нет", said)


def test_what_lacks_can_be_had_as_tables(report, project, tmp_path):
    status, said, _ = report(
        "edition", "status", "kemerovo-2022", "--csv", tmp_path / "a.csv", "--xlsx", tmp_path / "a.xlsx"
    )
    assert status == 0
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "table-wages;wage;2021;kemerovo;;rosstat" in "\n".join(lines)
    assert f"строк: {len(lines) - 1}." in said
    assert (tmp_path / "a.xlsx").is_file()


def test_an_unknown_edition_is_answered_with_the_nearest(report):
    assert report("edition", "status", "kemerovo-2011") == (
        2,
        "",
        "Нет издания «kemerovo-2011» в папке data/editions. Возможно, имелось в виду «kemerovo-2021».\n",
    )
