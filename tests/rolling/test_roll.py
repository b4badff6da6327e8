"""`report edition roll`: next year's folder from this year's, all of it or nothing."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.base.errors import DataError, UsageError
from analysis.catalogue import clear_cache, load, tables
from analysis.editions.check import check_edition
from analysis.editions.edition import read_edition
from analysis.editions.review import unchecked, unchecked_findings
from analysis.ledger.later import NAMES
from analysis.outlook.archive import judged
from analysis.report import open_report
from analysis.rolling.roll import roll
from analysis.rolling.shift import later, new_id, shifted
from tests.conftest import copy_project

LAST, NEXT = "kemerovo-2021", "kemerovo-2022"
OWN = "14-forecast/sec-forecast-labour.after.md"
TEXT = "В `{python} year` году всё было так."


@pytest.fixture(scope="module")
def rolled(tmp_path_factory):
    """Return a project whose edition was rolled, and what was made; whoever changes it puts it back."""
    root = tmp_path_factory.mktemp("rolled")
    copy_project(root)
    fragment = root / "data" / "editions" / LAST / "prose" / OWN
    fragment.parent.mkdir(parents=True, exist_ok=True)
    fragment.write_text(TEXT, encoding="utf-8")
    with (root / "data" / "editions" / LAST / "plan_status.csv").open("a", encoding="utf-8") as marks:
        marks.write("1,,2021-12-30,Приказ об отделе,,report2021,с. 49,,kemerovo\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORT_ROOT", str(root))
        clear_cache()
        made = roll(LAST, 2022)
    clear_cache()
    return root, made


@pytest.fixture
def desk(rolled, monkeypatch):
    """Return the folder of the new edition of this process."""
    root, _ = rolled
    monkeypatch.setenv("REPORT_ROOT", str(root))
    clear_cache()
    folder = root / "data" / "editions" / NEXT
    kept = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    yield folder
    for file, content in kept.items():
        file.write_bytes(content)
    clear_cache()


def test_what_was_done_stays_with_the_year_that_did_it(desk):
    assert load("plan_status", NEXT).empty and len(load("plan_status", LAST)) == 1
    assert len(load("plan", NEXT)) == len(load("plan", LAST))


def rows(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False)


def state(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (root / "data").rglob("*") if path.is_file()}


def test_years_shift_and_what_a_person_wrote_beside_them_stays(desk):
    edition, last = read_edition(NEXT), read_edition(LAST)
    assert (edition.id, edition.year, edition.published, edition.as_of, edition.first_year) == (
        NEXT,
        last.year + 1,
        last.published + 1,
        dt.date(2022, 11, 1),
        last.first_year + 1,
    )
    assert edition.territories == last.territories
    text = (desk / "edition.yml").read_text(encoding="utf-8")
    assert "# последний отчетный год таблиц" in text and text.count("\n") == len(text.splitlines())


def test_the_day_and_the_name_of_a_later_year():
    assert later(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)
    assert later(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)
    last = read_edition(LAST)
    assert new_id(last, 2023) == "kemerovo-2023"
    assert new_id(last.model_copy(update={"id": "kuzbass"}), 2023) == "kuzbass-2023"
    text = "# year: 1\nid:  kemerovo-2021\nyear: 2020#a\npublished : 2021\nas_of: 2021-11-01\ntitle: Итоги 2021\n"
    assert shifted(text, last.model_copy(update={"first_year": None}), 2023) == (
        "# year: 1\nid:  kemerovo-2023\nyear: 2022#a\npublished : 2023\nas_of: 2023-11-01\ntitle: Итоги 2021\n"
    )


def test_words_come_along_to_be_checked_each_row_of_them(desk, rolled):
    _, made = rolled
    last = desk.parent / LAST
    for name in ("plan", "problems", "swot", "support_measures"):
        of_print = ["note", "printed_n"]
        came, were = (rows(folder / f"{name}.csv").drop(columns=of_print, errors="ignore") for folder in (desk, last))
        assert came.equals(were)
        assert made.marked[name] == len(rows(desk / f"{name}.csv"))
    assert (desk / "prose" / OWN).read_text(encoding="utf-8") == TEXT and made.marked["prose"] >= 1
    marks = rows(desk / "review.csv")
    assert len(unchecked(NEXT)) == len(marks) == sum(made.marked.values())
    warned = [finding for finding in check_edition(NEXT) if finding.rule == "review"]
    assert {finding.severity for finding in warned} == {"warning"} and len(warned) == len(marks)
    (one,) = [finding for finding in warned if finding.file.endswith("problems.csv") and finding.row == 2]
    assert f"удалите строку {one_mark(marks, 'problems', '1')} файла data/editions/{NEXT}/review.csv" in one.remedy
    assert unchecked(LAST) == []


def one_mark(marks: pd.DataFrame, table: str, row: str) -> int:
    (place,) = marks.index[marks["table"].eq(table) & marks["row"].eq(row)]
    return int(place) + 2


def of(name: str) -> list[int | None]:
    clear_cache()
    return [one.row for one in unchecked(NEXT) if one.table == name]


def test_a_mark_goes_with_the_words_or_when_it_is_deleted(desk):
    file, review = desk / "problems.csv", desk / "review.csv"
    known = rows(file)
    assert of("problems") == [2, 3, 4, 5]
    # Rewritten: it has been looked at. Moved down: it is the same words still.
    known.loc[0, "problem"] = "Другое."
    added = pd.concat([pd.DataFrame([dict(known.loc[0]) | {"problem": "Новое."}]), known], ignore_index=True)
    added["n"] = [str(number) for number in range(1, len(added) + 1)]
    added.to_csv(file, index=False)
    assert of("problems") == [4, 5, 6]
    lines = review.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(line for line in lines if line.startswith("problems,3,"))
    review.write_text("".join(line for line in lines if line != gone), encoding="utf-8")
    assert of("problems") == [4, 6]
    fragment = desk / "prose" / OWN
    before = len(of("prose"))
    fragment.write_text("Иначе.", encoding="utf-8")
    assert len(of("prose")) == before - 1


def test_a_mark_of_a_table_or_a_text_that_is_gone_warns_of_nothing(desk):
    (desk / "prose" / OWN).unlink()
    (desk / "review.csv").open("a", encoding="utf-8").write("forgotten,1,0123456789ab,kemerovo\n")
    clear_cache()
    assert all(finding.file for finding in unchecked_findings(NEXT))
    assert "forgotten" not in {one.table for one in unchecked(NEXT)}
    (desk / "prose" / OWN).write_text(TEXT, encoding="utf-8")


def test_the_report_says_how_much_is_not_checked_and_nothing_where_all_is(desk):
    many = len(unchecked(NEXT))
    said = str(open_report(NEXT).carried_over).replace("\u00a0", " ")
    assert f"еще не проверено: {many} строк" in said
    assert str(open_report(LAST).carried_over) == ""


def test_numbers_of_the_ministry_are_asked_for_anew(desk, rolled):
    _, made = rolled
    own = {name: table for name, table in tables(NEXT).items() if table.file.is_relative_to(desk)}
    observed = [name for name, table in own.items() if table.holds_observations]
    assert observed and set(observed) <= set(made.forms)
    for name in made.forms:
        assert rows(own[name].file).empty and list(rows(own[name].file).columns) == own[name].columns
    # What the print of that year said is no statement of this edition.
    assert {"claims", "claim_formulas"} <= set(made.forms)
    errors = [str(finding) for finding in check_edition(NEXT) if finding.severity == "error"]
    assert errors == []


def test_scenarios_count_from_the_new_year(desk):
    before, after = (rows(folder / "scenarios.csv") for folder in (desk.parent / LAST, desk))
    shifted_years = [str(int(year) + 1) if year else "" for year in before["year"]]
    assert after["year"].tolist() == shifted_years
    assert after.drop(columns="year").equals(before.drop(columns="year"))


def test_statements_are_judged_by_the_new_figures(rolled):
    _, made = rolled
    outcomes = made.statements.set_index("id")["outcome"]
    assert set(outcomes) == set(NAMES.values())
    assert len(outcomes) == len(load("claims", LAST))
    # Employment fell in 2020 and rose in 2021.
    assert outcomes["A36"] == "больше не держится"
    # What the ministry has not given yet cannot be held against anything.
    assert outcomes["A01a"] == "нечем проверить"


def test_forecasts_of_the_last_edition_are_scored_by_the_new_one(desk, rolled):
    _, made = rolled
    found = judged(open_report(NEXT).prospects)
    assert made.archived and not found.empty
    assert set(found["edition"]) == {LAST} and set(found["year"]) == {2021}


def test_an_archive_that_was_laid_down_is_kept_and_one_that_is_not_there_is_made(project, monkeypatch):
    monkeypatch.setenv("REPORT_ROOT", str(project))
    clear_cache()
    file = project / "data" / "editions" / LAST / "forecasts.csv"
    text = file.read_text(encoding="utf-8")
    kept = text.replace("54.54746416", "54.5", 1)
    assert kept != text
    file.write_text(kept, encoding="utf-8")
    assert roll(LAST, 2022).archived == len(text.splitlines()) - 1
    assert file.read_text(encoding="utf-8") == kept
    shutil.rmtree(project / "data" / "editions" / NEXT)
    file.write_text(text.splitlines(keepends=True)[0], encoding="utf-8")
    clear_cache()
    assert roll(LAST, 2022).archived == len(rows(file)) > 0
    clear_cache()


@pytest.fixture
def copied(project, monkeypatch):
    monkeypatch.setenv("REPORT_ROOT", str(project))
    monkeypatch.chdir(project)
    clear_cache()
    yield project
    clear_cache()


def test_what_was_made_is_told_and_written_for_the_author(report, copied):
    code, out, err = report("edition", "roll", LAST, "2022")
    assert (code, err) == (0, "")
    assert f"Издание {NEXT}: data/editions/{NEXT} (отчётный год 2021, учёт на 01.11.2022)" in out
    assert "Помечено «проверить»" in out and "больше не держится" in out
    content = (copied / f"{NEXT}-утверждения.csv").read_bytes().decode("utf-8-sig")
    found = list(csv.DictReader(content.splitlines(), delimiter=";"))
    assert {row["Вердикт"] for row in found} == set(NAMES.values())
    (fell,) = [row for row in found if row["Утверждение"] == "A36"]
    assert (fell["По данным было"], fell["По данным стало"]) == ("2,4\u00a0%", "−0,4\u00a0%")
    assert (copied / f"{NEXT}-заполнить.xlsx").is_file() and f"{NEXT}-заполнить.xlsx" in out
    code, out, err = report("edition", "status", NEXT)
    assert code == 0 and f"Помечено «проверить»: {len(unchecked(NEXT))} строк" in out
    before = state(copied)
    code, out, err = report("edition", "roll", LAST, "2022")
    assert (code, out, err.count("\n")) == (2, "", 1) and f"Папка data/editions/{NEXT} уже есть" in err
    assert state(copied) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["kemerovo-2012", "2022"], "Нет издания «kemerovo-2012»"),
        ([LAST, "2021"], "Год 2021 не позже года"),
        ([LAST, "1999"], "Год 1999 не позже года"),
        ([LAST, "2040"], "За 2039 отчётный год в официальных рядах нет ни одного числа"),
        ([LAST, "20222"], "Год 20222 – не год"),
        ([LAST, "следующий"], "«ГОД»: нужно целое число. Справка: report edition roll --help"),
        ([LAST, "2022", "--csv", "data/a.csv"], "она – часть проекта"),
        ([LAST, "2022", "-o", "a.docx"], "а не «.docx»"),
        ([LAST], "Не хватает «ГОД»"),
    ],
)
def test_bad_input_gets_one_sentence_and_leaves_nothing(report, copied, arguments, said):
    before = state(copied)
    code, out, err = report("edition", "roll", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1) and said in err
    assert state(copied) == before and not [*copied.glob("*.csv"), *copied.glob("*.xlsx")]


def test_a_failure_on_the_way_leaves_nothing(copied):
    file = copied / "data" / "editions" / LAST / "claim_formulas.csv"
    wrong = rows(file)
    wrong.loc[0, "value"] = 'v("no_such_indicator")'
    wrong.to_csv(file, index=False)
    before = state(copied)
    with pytest.raises(DataError, match="no_such_indicator"):
        roll(LAST, 2022)
    assert state(copied) == before


def test_what_was_made_is_taken_back_where_the_workbook_cannot_be_written(report, copied, monkeypatch):
    file = copied / "data" / "editions" / LAST / "forecasts.csv"
    file.write_text(file.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    before = state(copied)

    def full(*_):
        raise UsageError("a.xlsx: на диске нет места.")

    monkeypatch.setattr("analysis.filling.workbook.write_workbook", full)
    code, out, err = report("edition", "roll", LAST, "2022")
    assert (code, out, err) == (2, "", "a.xlsx: на диске нет места.\n")
    assert state(copied) == before and not list(copied.glob("*.csv"))


def test_a_command_that_a_group_does_not_have_is_answered_with_its_own(report):
    code, _, err = report("edition", "rol")
    assert (code, err) == (2, "Нет команды «rol». Возможно, имелось в виду «roll». Справка: report edition --help\n")
