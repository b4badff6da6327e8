"""`report check` as a person types it: what it says, what it writes, how it ends."""

import csv

import pytest

from .conftest import RATE

pytestmark = pytest.mark.usefixtures("package")


def test_sound_data_pass(report):
    code, out, err = report("check")
    assert (code, err) == (0, "") and "Ошибок: 0, предупреждений: 0" in out and "наблюдений: 3" in out


def test_errors_are_shown_with_place_and_remedy_and_end_with_one(report, package):
    package("data/rate.csv", RATE.replace("6.7", "много"))
    code, out, _ = report("check", "tiny")
    said = " ".join(out.split())
    assert (
        code == 1
        and "строка 3, столбец «value»" in said
        and "много" in said
        and "Исправьте ячейку" in said
        and "Ошибок: 1" in said
    )


def test_warnings_are_shown_and_let_the_build_go_on(report, package):
    package("data/limits.csv", "indicator,kind,unit,minimum,maximum,jump\n,rate,percent,0,100,1\n")
    code, out, _ = report("check")
    assert code == 0 and "предупреждений: 1" in out and "Север, 2020:" in out and "+1,2" in out


def test_acknowledged_error_is_a_warning_with_its_reason(report, package):
    package("data/limits.csv", "indicator,kind,unit,minimum,maximum,jump\n,rate,percent,6,100,\n")
    assert report("check")[0] == 1
    package(
        "data/acknowledged.csv",
        "rule,indicator,territory,category,year,value,reason,source\nranges,rate,north,,2019,5.5,Так"
        " напечатано.,book\n",
    )
    code, out, _ = report("check")
    assert code == 0 and "Так напечатано." in out


def test_findings_are_written_for_excel_and_never_run(report, package, tmp_path):
    package("data/rate.csv", RATE.replace("south", '"=HYPERLINK(""http://x"")"'))
    file = tmp_path / "замечания.csv"
    code, out, _ = report("check", "--csv", str(file))
    content = file.read_bytes()
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert code == 1 and content.startswith(b"\xef\xbb\xbf") and "замечания.csv" in out
    assert rows[0][:4] == ["Важность", "Файл", "Строка", "Столбец"] and rows[1][:4] == [
        "ошибка",
        "data/rate.csv",
        "4",
        "territory",
    ]
    assert rows[1][4].startswith("'=HYPERLINK")


def test_quiet_says_nothing_but_the_status(report, package, tmp_path):
    assert report("check", "--quiet") == (0, "", "")
    package("data/rate.csv", RATE.replace("6.7", "x"))
    assert report("check", "--quiet", "--csv", str(tmp_path / "f.csv")) == (1, "", "") and (tmp_path / "f.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tinny"], "Нет издания «tinny»"),
        (["--csv", "data/rate.csv"], "лежит в папке data"),
        (["--csv", "нет/такой/папки.csv"], "не записать (такого файла или папки нет)"),
    ],
)
def test_bad_call_gets_one_sentence_and_writes_nothing(report, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path / "project")
    before = (tmp_path / "project/data/rate.csv").read_bytes()
    code, out, err = report("check", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1) and said in err
    assert (tmp_path / "project/data/rate.csv").read_bytes() == before


def test_broken_descriptor_is_bad_input(report, package):
    package("data/datapackage.json", "{")
    code, _, err = report("check")
    assert code == 2 and "datapackage.json" in err and err.count("\n") == 1
