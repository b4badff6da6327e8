"""`report forecast`: tables in, a table out, one sentence where the input is bad."""

import os
import re
import stat
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.cli import main
from analysis.forecast.files import read_panel

PANEL = "series_id,period,value\n" + "".join(
    f"{name},{year},{value + year - 2015}\n" for name, value in (("a", 10), ("b", 20)) for year in range(2015, 2021)
)
OLD = "series_id,h,mean,lo80,hi80,lo95,hi95\nz,1,1,1,1,1,1\n"
HORIZONS = "series_id,h\na,2\nb,3\n"


def run(arguments, **environment):
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "forecast", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=os.environ | environment, check=False)


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    """Return the command in this process, for tables given as text or bytes: status, what it said, where it wrote."""

    def forecast(panel=PANEL, horizons=HORIZONS, *more):
        for name, text in (("panel.csv", panel), ("horizons.csv", horizons)):
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(
            sys,
            "argv",
            ["report", "forecast", "--input", "panel.csv", "--horizons", "horizons.csv", "--output", "out.csv", *more],
        )
        with pytest.raises(SystemExit) as left:
            main()
        return left.value.code, capsys.readouterr(), tmp_path / "out.csv"

    return forecast


def test_one_row_for_each_series_and_year(call):
    status, said, out = call()
    assert status == 0
    table = pd.read_csv(out)
    assert list(table.columns) == ["series_id", "h", "mean", "lo80", "hi80", "lo95", "hi95"]
    assert list(zip(table["series_id"], table["h"], strict=True)) == [("a", 1), ("a", 2), ("b", 1), ("b", 2), ("b", 3)]
    assert said.out == "Прогнозы: out.csv – рядов 2, строк 5.\n"
    assert out.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    "panel",
    [
        "\ufeff" + PANEL,
        PANEL.replace(",", ";"),
        PANEL.replace("\n", "\r\n"),
        PANEL.replace("\n", "\r"),
        "\n".join([PANEL.split("\n")[0], *sorted(PANEL.split("\n")[1:], reverse=True)]),
        PANEL.replace(",2019,", ",2019-12-31,"),
        PANEL.replace(",2019,", ",2019-01-01 00:00:00,"),
        PANEL.replace(",2019,", ",2019.0,"),
    ],
    ids=["BOM", "semicolons", "CRLF", "CR", "unsorted", "dates", "times", "decimals"],
)
def test_the_same_table_written_otherwise(call, panel):
    expected = call()[2].read_bytes()
    status, _, out = call(panel)
    assert (status, out.read_bytes()) == (0, expected)


def test_decimal_commas_beside_semicolons(call):
    expected = call(PANEL.replace("10\n", "10.5\n"))[2].read_bytes()
    assert call(PANEL.replace(",", ";").replace("10\n", "10,5\n"))[2].read_bytes() == expected


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"], ids=["space", "no-break", "narrow"])
def test_thousands_parted_by_a_space(call, space):
    """As Excel saves them in Russian."""
    values = ("1 234,5", "1 300,25", "1 310,75", "1 400,5")
    rows = "".join(f"ряд1;{2010 + at};{value}\r\n" for at, value in enumerate(values))
    excel = f"\ufeffseries_id;period;value\r\n{rows.replace(' ', space)}"
    plain = "series_id,period,value\n" + "".join(
        f"ряд1,{2010 + at},{value.replace(' ', '').replace(',', '.')}\n" for at, value in enumerate(values)
    )
    status, _, out = call(excel, "\ufeffseries_id;h\r\nряд1;3\r\n")
    answer = out.read_bytes()
    assert status == 0 and read_panel(out.parent / "panel.csv")["value"].tolist() == [1234.5, 1300.25, 1310.75, 1400.5]
    assert pd.read_csv(out)["mean"].between(1350, 1550).all()
    assert call(plain, "series_id,h\nряд1,3\n")[2].read_bytes() == answer


def test_missing_years_and_values_are_allowed(call):
    rows = [row for row in PANEL.split("\n") if not row.startswith("a,2017")]
    status, _, out = call("\n".join(rows).replace("b,2018,23", "b,2018,"))
    assert status == 0 and len(pd.read_csv(out)) == 5


@pytest.mark.parametrize(
    ("panel", "horizons", "words"),
    [
        (PANEL.replace("2019", "٢٠١٩", 1), HORIZONS, "период «٢٠١٩» – не целое число"),
        (PANEL + "a,2021,１\n", HORIZONS, "значение «１» – не число"),
        ("", HORIZONS, "panel.csv: файл пуст"),
        ("series_id,period,value\n", HORIZONS, "panel.csv: под заголовком нет ни одной строки"),
        ("series_id,year,value\na,2020,1\n", HORIZONS, "panel.csv: нет столбца «period»"),
        (PANEL + "a,2020,7\n", HORIZONS, "panel.csv, строка 14: ряд «a» уже имеет период 2020"),
        (PANEL + "a,2021,10 20\n", HORIZONS, "значение «10 20» – не число"),
        (PANEL + "a,2021,1\u00a02\n", HORIZONS, "значение «1 2» – не число"),
        (PANEL + "a,2017 2018,1\n", HORIZONS, "период «2017 2018» – не целое число"),
        (PANEL + "a,2021,много\n", HORIZONS, "panel.csv, строка 14: значение «много» – не число"),
        (PANEL + "a,2021,inf\n", HORIZONS, "panel.csv, строка 14: значение «inf» бесконечно"),
        (PANEL + "a,2021,1e999\n", HORIZONS, "panel.csv, строка 14: значение «1e999» бесконечно"),
        (PANEL + "a,весна,1\n", HORIZONS, "panel.csv, строка 14: период «весна» – не целое число"),
        (PANEL + "a,2020.5,1\n", HORIZONS, "panel.csv, строка 14: период «2020.5» – не целое число"),
        (PANEL + "a,2021\n", HORIZONS, "panel.csv, строка 14: полей 2, а столбцов 3"),
        (PANEL + ",2021,5\n", HORIZONS, "panel.csv, строка 14: не назван ряд"),
        (PANEL + 'a,2021,"5\n', HORIZONS, "panel.csv, строка 14: это не CSV. Проверьте кавычки"),
        (PANEL.replace("a,2016,11", 'a,2016,"11') + 'a,2022,5"\n', HORIZONS, "panel.csv, строка "),
        ("series_id,year,value\na,2020,1\n", HORIZONS, "нет столбца «period». Есть: year."),
        (PANEL + "c,2021,\n", HORIZONS + "c,1\n", "У ряда «c» нет ни одного значения"),
        (PANEL.encode("utf-16"), HORIZONS, "panel.csv: это не текст в кодировке UTF-8"),
        (PANEL, "", "horizons.csv: файл пуст"),
        (PANEL, 'series_id,h,parent\na,2,"ц\r\nц"\n', "horizons.csv, строка 3: в ячейке есть перевод строки"),
        (PANEL + "\x1b[31mа,2021,1\n", HORIZONS, "panel.csv, строка 14: в ячейке есть перевод строки или знак"),
        (PANEL, "series_id,h\na,0\n", "horizons.csv, строка 2: горизонт «0» – а нужно целое число от 1 до 30"),
        (PANEL, "series_id,h\na,1000\n", "горизонт «1000»"),
        (PANEL, "series_id,h\na,1.5\n", "горизонт «1.5»"),
        (PANEL, "series_id,h\na,\n", "горизонт «»"),
        (PANEL, "series_id,h\na,2\na,3\n", "horizons.csv, строка 3: ряд «a» встречается дважды"),
        (PANEL, "series_id,h\nв,2\n", "horizons.csv, строка 2: ряда «в» нет в panel.csv"),
        (PANEL, "series_id,h,parent\na,2,ц\nb,2,\n", "horizons.csv, строка 2: целого «ц» нет среди рядов"),
        (PANEL, "series_id,h,parent\na,2,b\nb,2,a\n", "по кругу: «a» → «b» → «a»"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(call, panel, horizons, words):
    status, said, out = call(panel, horizons)
    assert status == 2
    assert words in said.err and said.err.count("\n") == 1
    assert said.out == "" and not out.exists()


def test_a_good_table_survives_a_bad_run(call):
    _, _, out = call()
    before = out.read_bytes()
    assert call(horizons="series_id,h\na,0\n")[0] == 2
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.iterdir() if path.name.startswith(".")] == []


def test_input_is_not_written_over(call):
    status, said, out = call(PANEL, HORIZONS, "--output", "panel.csv")
    assert status == 2 and "который читают" in said.err and said.err.count("\n") == 1
    assert (out.parent / "panel.csv").read_text(encoding="utf-8") == PANEL


@pytest.mark.parametrize(("make", "said"), [(os.mkfifo, "это не обычный файл"), (os.mkdir, "это папка")])
def test_what_is_no_file_is_not_waited_for(tmp_path, make, said):
    make(tmp_path / "panel.csv")
    with pytest.raises(DataError, match=said):
        read_panel(tmp_path / "panel.csv")


@pytest.mark.parametrize("place", ["нет/out.csv", "panel.csv/out.csv", "о" * 300, "pipe"])
def test_a_place_that_is_none_is_refused_before_the_work(call, tmp_path, monkeypatch, place):
    monkeypatch.setattr("analysis.forecast.engine.forecast_wide", lambda *_, **__: pytest.fail("worked in vain"))
    os.mkfifo(tmp_path / "pipe")
    status, said, _ = call(PANEL, HORIZONS, "--output", place)
    assert (
        status == 2
        and said.err.count("\n") == 1
        and ("Назовите обычный файл" in said.err or "файл не записать" in said.err)
    )
    assert not re.search("[A-Za-z]{4,} [a-z]+", said.err)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_link_stays_a_link(call, tmp_path):
    (tmp_path / "real.csv").write_text(OLD, encoding="utf-8")
    (tmp_path / "out.csv").symlink_to("real.csv")
    status, _, out = call()
    assert (
        status == 0
        and out.is_symlink()
        and (tmp_path / "real.csv").read_text(encoding="utf-8").splitlines()[1].startswith("a,1,")
    )


@pytest.mark.parametrize("when", ["os.replace", "os.chmod"])
def test_an_interrupted_run_leaves_the_old_table_and_no_crumbs(call, tmp_path, monkeypatch, when):
    def interrupt(*_):
        raise KeyboardInterrupt

    (tmp_path / "out.csv").write_text(OLD, encoding="utf-8")
    monkeypatch.setattr(when, interrupt)
    status, _, out = call()
    assert status == 130 and out.read_text(encoding="utf-8") == OLD
    assert sorted(path.name for path in tmp_path.iterdir()) == ["horizons.csv", "out.csv", "panel.csv"]


def test_the_largest_numbers_stay_numbers_on_paper(call):
    status, _, out = call(
        "series_id,period,value\n" + "".join(f"a,{year},1.79e308\nb,{year},-1.79e308\n" for year in range(2015, 2021))
    )
    assert status == 0
    assert np.isfinite(pd.read_csv(out)[["mean", "lo80", "hi80", "lo95", "hi95"]].to_numpy()).all()


def test_a_series_without_values_that_is_not_asked_for_is_left_out(call):
    expected = call()[2].read_bytes()
    status, _, out = call(PANEL + "c,2020,\n")
    assert (status, out.read_bytes()) == (0, expected)


def test_a_parent_may_be_known_without_being_asked_for(call):
    whole = "".join(f"all,{year},{30 + 2 * (year - 2015)}\n" for year in range(2015, 2021))
    status, said, out = call(PANEL + whole, "series_id,h,parent\na,2,all\nb,2,all\n")
    assert status == 0 and set(pd.read_csv(out)["series_id"]) == {"a", "b"}
    assert "«all»: целое без горизонта" in said.err


def test_breaks_are_read(call, tmp_path):
    (tmp_path / "breaks.csv").write_text("series_id,period\na,2018\n", encoding="utf-8")
    plain = call()[2].read_bytes()
    status, _, out = call(PANEL, HORIZONS, "--breaks", "breaks.csv")
    assert status == 0 and out.read_bytes() != plain
    (tmp_path / "breaks.csv").write_text("series_id,period\nc,2018\n", encoding="utf-8")
    assert call(PANEL, HORIZONS, "--breaks", "breaks.csv")[0] == 2


def test_series_without_a_horizon_lend_evidence(call):
    status, said, out = call(PANEL, "series_id,h\na,2\n")
    assert status == 0
    assert set(pd.read_csv(out)["series_id"]) == {"a"}
    assert "Рядов без горизонта: 1" in said.err


def test_every_process_says_the_same(tmp_path, walks):
    panel = walks(40, 9)
    panel.to_csv(tmp_path / "panel.csv", index=False)
    pd.DataFrame({"series_id": panel["series_id"].unique(), "h": 4}).to_csv(tmp_path / "horizons.csv", index=False)
    for number in ("1", "2"):
        done = run(
            [
                "--input",
                tmp_path / "panel.csv",
                "--horizons",
                tmp_path / "horizons.csv",
                "--output",
                tmp_path / f"{number}.csv",
                "-q",
            ],
            PYTHONHASHSEED=number,
            OMP_NUM_THREADS=number,
            OPENBLAS_NUM_THREADS=number,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_methods_are_told_in_words():
    told = run(["--methods"])
    assert told.returncode == 0 and not told.stderr
    assert told.stdout.startswith("Сочетание методов. ") and "Затухающий тренд. " in told.stdout
    assert max(map(len, told.stdout.splitlines())) <= 100
