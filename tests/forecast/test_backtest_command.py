"""`report backtest`: what a person reads."""

import sys

import pandas as pd
import pytest

from analysis.base.errors import DataError
from analysis.cli import main
from analysis.forecast.official import official_panel


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    def backtest(*arguments):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["report", "backtest", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        return left.value.code, capsys.readouterr()

    return backtest


def test_a_table_of_ones_own(call, tmp_path, walks):
    pd.concat(
        [
            walks(4, 8).assign(panel="север"),
            walks(4, 8, seed=3).assign(panel="юг", series_id=lambda rows: "ю " + rows["series_id"]),
        ]
    ).to_csv(tmp_path / "panel.csv", index=False)
    status, said = call("--input", "panel.csv", "--horizon", "2")
    assert status == 0
    first = [line.split()[0] for line in said.out.splitlines() if line.strip()]
    assert [first[0], *first[2:5]] == ["Панель", "север", "юг", "Все"]
    assert "Среднее геометрическое «к последнему»: " in said.out
    assert "\x1b" not in said.out
    status, said = call("--input", "panel.csv", "--by", "horizon", "-q")
    assert (status, said.out) == (0, "")


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("statistics/rate.csv", b"", "data/statistics/rate.csv: это не таблица CSV"),
        ("statistics/rate.csv", b'a,"b\n', "rate.csv: это не таблица CSV"),
        ("statistics/rate.csv", "а,б\n".encode("cp1251"), "rate.csv: это не таблица CSV"),
        ("statistics/rate.csv", b"a,b\n1,2,3\n1\n1,2,3,4\n", "это не таблица CSV"),
        (
            "statistics/rate.csv",
            b"indicator,territory,category,year,value\nrate,north,,2020,x\n",
            "в столбце year или value стоит не число",
        ),
        ("codes/indicators.csv", b"id,name\n", "data/codes/indicators.csv: нет столбца «kind»"),
        ("codes/indicators.csv", None, "indicators.csv: файл не читается"),
        ("statistics/breaks.csv", b"indicator\n", "breaks.csv: нет столбца «territory»"),
    ],
)
def test_damaged_series_of_the_project_are_named(tmp_path, monkeypatch, file, content, words):
    data = tmp_path / "data"
    series = "indicator,territory,category,year,value\n" + "".join(
        f"rate,north,,{year},{year % 7}\n" for year in range(2000, 2021)
    )
    for name, text in {
        "statistics/rate.csv": series,
        "statistics/breaks.csv": "indicator,territory,year,kind,reason\n",
        "codes/indicators.csv": "id,kind\nrate,rate\n",
    }.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    assert len(official_panel()[0]) == 21
    (data / file).unlink()
    if content is not None:
        (data / file).write_bytes(content)
    with pytest.raises(DataError) as error:
        official_panel()
    assert words in str(error.value)


def test_parts_that_are_older_than_their_whole(call, tmp_path, walks):
    parts = walks(3, 9)
    whole = parts[parts["period"] >= 2017].groupby("period", as_index=False)["value"].sum().assign(series_id="all")
    pd.concat([parts.assign(parent="all"), whole]).to_csv(tmp_path / "panel.csv", index=False)
    assert call("--input", "panel.csv", "-q")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--input", "нет.csv"), "файл не читается"),
        (("kemerovo-2021", "--input", "panel.csv"), "а не то и другое"),
        (("--input", "panel.csv", "--by", "territory"), "таких строк здесь нет"),
        (("--input", "panel.csv", "--by", "panel"), "таких строк здесь нет. Есть: horizon, series."),
        (("--input", "panel.csv", "--horizon", "0"), "нужно целое число от 1 до 30"),
        (
            (
                "--input",
                "short.csv",
            ),
            "Проверить нечего",
        ),
    ],
)
def test_bad_calls(call, tmp_path, walks, arguments, words):
    walks(3, 7).to_csv(tmp_path / "panel.csv", index=False)
    walks(3, 3).to_csv(tmp_path / "short.csv", index=False)
    status, said = call(*arguments)
    assert status == 2
    assert words in said.err and said.err.count("\n") == 1


def test_a_project_without_series_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path))
    with pytest.raises(DataError, match="data/statistics нет ни одной таблицы"):
        official_panel()
