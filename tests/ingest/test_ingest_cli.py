"""`report ingest` and `report template` as a person types them: what is shown, what is written, what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from analysis.catalogue import clear_cache, load

SERIES = "Социально-экономические показатели по субъектам Российской Федерации"


def template_csv(*rows: str, head: str = "indicator;territory;year;value;source;locator") -> str:
    return "\n".join([head, *rows, ""])


@pytest.fixture
def colleges(tmp_path: Path) -> Path:
    """Return a sound file: one new observation, one revision."""
    file = tmp_path / "сеть.csv"
    file.write_text(
        template_csv(
            "college_students;Кемерово;2031;13;report2021;с. 1", "college_students;Белово;2018;4018;report2021;с. 1"
        ),
        encoding="utf-8-sig",
    )
    return file


def test_difference_is_shown_and_nothing_is_written(report, untouched, colleges):
    code, out, err = report("ingest", colleges)
    assert (code, err) == (0, "")
    lines = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in out.splitlines()]
    assert ["Сеть профессиональных образовательных организаций", "1", "1", "0", "0", "0"] in lines
    changed = next(line for line in lines if line[:1] == ["изменилось"])
    assert changed[2:6] == ["Белово", "2018", "4017", "4018"] and "college" not in changed[1]
    assert out.rstrip().endswith("report ingest " + f"'{colleges}' --accept") and "\x1b" not in out


def test_accept_writes_and_says_where_the_old_tables_are(report, colleges, project, state):
    before = state()
    code, out, _ = report("ingest", colleges, "--accept", "--keep")
    assert code == 0 and "Принято: " in out
    folder = next((project / "data/vintages").glob("*-1"))
    after = state()
    network = "data/editions/kemerovo-2021/network.csv"
    assert after[f"data/vintages/{folder.name}/editions/kemerovo-2021/network.csv"] == before[network] != after[network]
    assert {name for name in after if name not in before or after[name] != before[name]} == {
        network,
        "data/vintages/log.csv",
        f"data/vintages/{folder.name}/manifest.json",
        f"data/vintages/{folder.name}/editions/kemerovo-2021/network.csv",
        *(name for name in after if name.startswith("data/raw/")),
    }
    clear_cache()
    logged = load("vintages").iloc[-1]
    assert (logged["table"], logged["edition"], logged["new"], logged["changed"], logged["file"]) == (
        "table-network",
        "kemerovo-2021",
        1,
        1,
        "сеть.csv",
    )
    taken = load("college_students", "kemerovo-2021").set_index(["territory", "year"])
    assert taken.loc[("belovo", 2018), ["value", "printed"]].tolist() == [4018, ""]
    # The same once more changes nothing.
    assert report("ingest", colleges, "--accept")[0] == 0 and state() == after


def test_quiet_says_nothing(report, project, colleges):
    assert report("ingest", colleges, "--quiet") == (0, "", "")
    assert report("ingest", colleges, "--accept", "-q") == (0, "", "")


def test_all_changes_go_to_a_file_that_runs_nothing(report, untouched):
    file = untouched / "сеть.csv"
    file.write_text(
        template_csv('college_students;Кемерово;2031;13;report2021;"=HYPERLINK(""http://x"")"'), encoding="utf-8"
    )
    assert report("ingest", file, "--csv", "изменения.csv")[0] == 0
    text = (untouched / "изменения.csv").read_text(encoding="utf-8-sig")
    assert (
        text.splitlines()[0].startswith("Что;Таблица;Показатель")
        and "новое;table-network;college_students;kemerovo-city" in text
    )
    assert ";=HYPERLINK" not in text and "'=HYPERLINK" in text
    code, _, err = report("ingest", file, "--csv", file)
    assert code == 2 and "тот самый, который читают" in err


def test_several_files_are_one_acceptance(report, untouched, colleges):
    other = untouched / "другая.csv"
    other.write_text(template_csv("college_students;Кемерово;2031;14;report2021;с. 2"), encoding="utf-8")
    code, out, _ = report("ingest", colleges, other)
    assert code == 0 and "противоречие" in out and "исправьте копию файла" in out
    code, _, err = report("ingest", colleges, other, "--accept", "--quiet")
    assert code == 2 and "два разных значения столбца «value»: 13 и 14" in err


def test_suspicious_jump_is_remarked_on_and_may_be_taken(report, project):
    file = project / "ряд.csv"
    file.write_text(template_csv("unemployment_rate;Кузбасс;2022;25,5;regions2022;с. 1"), encoding="utf-8")
    code, out, _ = report("ingest", file)
    assert code == 0 and "пределе 5" in out.replace("\u00a0", " ") and out.rstrip().endswith("--accept")
    assert report("ingest", file, "--accept", "--quiet") == (0, "", "")


def test_what_the_rules_call_an_error_is_shown_and_refused(report, untouched):
    file = untouched / "ряд.csv"
    file.write_text(template_csv("unemployment_rate;Томская область;2021;25,5;regions2022;с. 1"), encoding="utf-8")
    code, out, _ = report("ingest", file)
    assert code == 0 and "не сходится" in out and "Принять это нельзя" in out
    # What no longer adds up may stand in another table.
    assert "data/statistics/employment_rate.csv" in out
    code, _, err = report("ingest", file, "--accept", "--quiet")
    assert (code, err.count("\n")) == (2, 1) and err.startswith(
        "Не принято: data/statistics/unemployment_rate.csv, строка "
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Не хватает «"),
        (["нет.xlsx"], "не найден"),
        (["сеть.csv", "--as", "colleges_totl"], "Возможно, имелось в виду «colleges_total»"),
        (["сеть.csv", "--edition", "kemerovo-2011"], "Возможно, имелось в виду «kemerovo-2021»"),
        (["сеть.csv", "--source", "regions2032"], "regions2032"),
        (["сеть.csv", "--territory", "Кемеровво"], "Территории «Кемеровво» в перечне нет."),
        (["сеть.csv", "--remove"], "только вместе с --accept"),
        (
            ["сеть.csv", "--acept"],
            "Нет ключа «--acept». Возможно, имелось в виду «--accept». Справка: report ingest --help",
        ),
    ],
)
def test_wrong_call_gets_one_sentence(report, untouched, colleges, arguments, said):
    named = [colleges if one == "сеть.csv" else one for one in arguments]
    code, _, err = report("ingest", *named)
    assert (code, err.count("\n")) == (2, 1) and said in err


@pytest.mark.parametrize("command", ["ingest", "template"])
def test_help_teaches_in_russian(report, untouched, command):
    code, out, _ = report(command, "--help")
    assert code == 0 and f"report {command} " in out
    assert [word for word in ("Usage", "Options", "Arguments", "required", "Show this") if word in out] == []


def test_template_is_written_filled_and_taken(report, project):
    edition = ("--edition", "kemerovo-2021")
    assert report("template", "network", *edition, "--years", "2031-2032", "-o", "сеть-2031.xlsx")[0] == 0
    book = openpyxl.load_workbook("сеть-2031.xlsx")
    sheet = book["Данные"]
    assert {sheet.cell(row, 4).value for row in range(3, sheet.max_row + 1)} == {2031, 2032, None}
    for column, value in (("E", 8), ("G", "report2021"), ("H", "с. 3")):
        sheet[f"{column}3"] = value
    book.save("сеть-2031.xlsx")
    code, out, _ = report("ingest", "сеть-2031.xlsx", "--accept")
    assert code == 0 and "незаполненных" in out
    clear_cache()
    row = load("table-network", "kemerovo-2021").query("year == 2031").iloc[0]
    assert (row["indicator"], row["territory"], row["value"], row["status"], row["locator"]) == (
        "colleges",
        "anzhero-sudzhensk",
        8,
        "A",
        "с. 3",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["netwrok"], "Возможно, имелось в виду «network»"),
        (["network", "--edition", "kemerovo-2021", "--years", "2023-2021"], "Годы «2023-2021» записаны не так"),
        (["network", "--edition", "kemerovo-2021", "-o", "сеть.doc"], "Шаблон пишется как .xlsx или .csv"),
        (["network", "--edition", "kemerovo-2021", "-o", "нет/сеть.xlsx"], "не записать"),
        (["network", "--edition", "tomsk"], "Нет издания «tomsk»"),
    ],
)
def test_wrong_template_gets_one_sentence(report, untouched, arguments, said):
    code, out, err = report("template", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1) and said in err
    assert list(untouched.glob("*.xlsx")) == []


def workbook(*rows, name="Лист1", merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def with_parts(content: bytes, **parts: bytes) -> bytes:
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part.replace("__", "/").replace("_dot_", "."), data)
    return made.getvalue()


OWN = ["indicator", "territory", "year", "value", "source", "locator"]
ROW = ["college_students", "Кемерово", 2031, 13, "report2021", "с. 1"]
BAD = {
    "оборван.xlsx": workbook(OWN, ROW)[:-400],
    "бомба.xlsx": with_parts(workbook(OWN, ROW), xl__worksheets__sheet2_dot_xml=b"0" * 300_000_000),
    "пустой.xlsx": workbook(),
    "чужой.xlsx": workbook(["Отчет о ремонте"], ["крыша", 5]),
    "формула.xlsx": workbook(OWN, [*ROW[:3], "=1+1", *ROW[4:]]),
    "объединены.xlsx": workbook(OWN, ROW, [*ROW[:1], "Белово", *ROW[2:]], merge="D2:D3"),
    "страница.xls": "<html><body><table><tr><td>Территория</td></tr></table></body></html>".encode(),
    "кодировка.csv": template_csv("college_students;Кемерово;2031;13;report2021;с. 1").encode("koi8-r"),
    "миллион.csv": template_csv(*["college_students;Кемерово;2031;13;report2021;с. 1"] * 1_000_000).encode(),
    "знаки.csv": (
        template_csv(
            "college_students;Кемерово;2031;1.234;report2021;с. 1", "college_students;Белово;2031;2,5;report2021;с. 1"
        ).encode()
    ),
    "инъекция.csv": template_csv('colleges;"=HYPERLINK(""http://x"")";2031;13;report2021;с. 1').encode(),
    "сущности.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "пустой.csv": b"",
    "нули.xlsx": bytes(1000),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_gets_one_sentence_and_changes_nothing(report, untouched, name):
    (untouched / name).write_bytes(BAD[name])
    code, _, err = report("ingest", name, "--accept")
    assert (code, err.count("\n")) == (2, 1), err
    assert "Traceback" not in err and "Ошибка в самой программе" not in err


GOOD = {
    "метка.csv": template_csv("college_students;Кемерово;2031;13;report2021;с. 1").encode("utf-8-sig"),
    "cp1251.csv": template_csv("college_students;Кемерово;2031;13;report2021;с. 1").encode("cp1251"),
    "макрос.xlsm": with_parts(workbook(OWN, ROW), xl__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0macro"),
    "строка.csv": template_csv('college_students;Кемерово;2031;13;report2021;"\'=HYPERLINK(""http://x"")"').encode(),
}


@pytest.mark.parametrize("name", GOOD)
def test_odd_file_gives_the_right_result(report, untouched, name):
    (untouched / name).write_bytes(GOOD[name])
    code, _, err = report("ingest", name, "--quiet", "--csv", "изменения.csv")
    assert code == 0, err
    assert ";college_students;kemerovo-city;;2031;;value;;13;" in (untouched / "изменения.csv").read_text(
        encoding="utf-8-sig"
    )


@pytest.fixture
def yearbook(tmp_path: Path) -> Path:
    """Return a workbook like the publisher's: one table of a section, with a sheet nobody can place."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2.10.1."
    known = load("unemployment_rate").set_index(["territory", "year"])["value"]
    russia, kuzbass = ([float(known[territory, year]) for year in (2020, 2021)] for territory in ("russia", "kemerovo"))
    for row in (
        [SERIES],
        ["2. ТРУД"],
        ["2.10.1. УРОВЕНЬ БЕЗРАБОТИЦЫ"],
        ["(по данным выборочных обследований рабочей силы; в процентах)"],
        [None, 2020, 2021, 2022],
        ["Российская Федерация", *russia, 4.0],
        ["Кемеровская область – Кузбасс", *kuzbass, 3.9],
        ["Республика Крым", 7.0, 6.0, 5.0],
    ):
        sheet.append(row)
    other = book.create_sheet("2.99.")
    for row in (
        [SERIES],
        ["2. ТРУД"],
        ["2.99. ЧИСЛО ВЕЛОСИПЕДОВ"],
        ["(штук)"],
        [None, 2020],
        ["Российская Федерация", 1],
        ["Томская область", 2],
    ):
        other.append(row)
    book.save(tmp_path / "razdel.xlsx")
    return tmp_path / "razdel.xlsx"


def test_publishers_file_is_told_sheet_by_sheet_and_needs_its_source(report, untouched, yearbook):
    for more in ([], ["--accept"]):
        code, out, err = report("ingest", yearbook, *more)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "файл не говорит, какого он издания" in err and "Скорее всего: --source regions2022." in err
    code, out, err = report("ingest", yearbook, "--source", "regions2022")
    assert (code, err) == (0, "")
    assert "2.10.1." in out and "2.99." in out and "ВЕЛОСИПЕДОВ" in out


def test_territories_nobody_reports_on_are_left_until_asked_for(report, project, yearbook):
    for file in (project / "data" / "statistics").glob("*.csv"):
        rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(row for row in rows if ",crimea," not in row), encoding="utf-8")
    clear_cache()
    code, out, _ = report("ingest", yearbook, "--source", "regions2022")
    assert code == 0 and "--territory all" in out
    assert report("ingest", yearbook, "--source", "regions2022", "--accept", "-q") == (0, "", "")
    clear_cache()
    rows = load("unemployment_rate").query("year == 2022").set_index("territory")["value"]
    assert rows.to_dict() == {"russia": 4.0, "kemerovo": 3.9}
    assert (
        report("ingest", yearbook, "--source", "regions2022", "--accept", "-q", "--territory", "Республика Крым")[0]
        == 0
    )
    clear_cache()
    assert len(load("unemployment_rate").query("territory == 'crimea'")) == 3
