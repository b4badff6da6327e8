"""What libraries say in English is one Russian sentence; what nobody has translated is quoted."""

from __future__ import annotations

import re
import warnings

import pandas as pd
import pytest

from analysis.base.causes import cause, syntax

TWICE = "import pandas as pd\ns = pd.Series([1, 2], index=['а', 'а'])\n"
FAILING = {
    "division": ("1 / 0", "деление на ноль"),
    "key": ("{}['a']", "ключа «a» нет"),
    "key of a number": ("{}[2021]", "ключа «2021» нет"),
    "index": ("[][3]", "элемента с таким номером нет: их меньше"),
    "none": ("None.x", "у объекта «пустое значение (None)» нет свойства «x»"),
    "module": ("import nope", "модуля «nope» нет"),
    "name of a module": ("from os import nope", "в модуле «os» нет имени «nope»"),
    "missing argument": ("def f(a, b): pass\nf(1)", "функции f не хватает аргументов: b"),
    "unknown argument": ("def f(year): pass\nf(yaer=1)", "у функции f нет аргумента «yaer»"),
    "many arguments": ("def f(a): pass\nf(1, 2)", "функции f дано аргументов без имени: 2, а она принимает: 1"),
    "argument twice": ("def f(a): pass\nf(1, a=2)", "функции f аргумент «a» дан дважды"),
    "types": ("1 + 'a'", "действие «+» неприменимо: целое число и текст"),
    "text and number": ("'a' + 1", "складывать нельзя: текст и целое число"),
    "comparison": ("1 < 'a'", "сравнение «<» неприменимо"),
    "call": ("x = 1\nx()", "целое число – не функция"),
    "subscript": ("x = 1\nx[0]", "не берут по ключу"),
    "iteration": ("for x in 1: pass", "целое число не перебрать"),
    "empty": ("max([])", "выбирать не из чего"),
    "int": ("int('много')", "текст «много» – не целое число"),
    "float": ("float('много')", "текст «много» – не число"),
    "few values": ("a, b = [1]", "имён слева 2, а значений 1"),
    "many values": ("a, b = [1, 2, 3]", "имён слева 2, а значений больше"),
    "date": ("import datetime\ndatetime.date(2021, 31, 11)", "такой даты нет"),
    "file": ("open('/nope/x.csv')", "файл «/nope/x.csv»: такого файла или папки нет"),
    "recursion": ("def f(): return f()\nf()", "обращается к самому себе"),
    "assert": ("assert 1 == 2", "проверка assert не выполнена"),
    "reindex": (TWICE + "s.reindex(['а', 'б'])", "повторяются метки"),
    "truth": (TWICE + "bool(s > 1)", "условие дано целому ряду"),
    "lengths": (TWICE + "pd.DataFrame({'a': [1, 2]}).assign(b=[1])", "длины рядов не совпадают"),
    "concat": (TWICE + "pd.concat([])", "складывать нечего"),
    "series attribute": (TWICE + "s.maximum", "у объекта «ряд pandas» нет свойства «maximum»"),
    "column": (TWICE + "pd.DataFrame({'a': [1]})['b']", "ключа «b» нет"),
    "unclosed": ("f(1", "скобка «(» не закрыта"),
    "lambda": ("x = (lambda: y)()", "имени «y» нет"),
}


@pytest.mark.parametrize("name", FAILING)
def test_failure_is_said_in_russian(name):
    code, said = FAILING[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(Exception) as error:  # noqa: PT011 - any failure is one
            exec(code, {})  # noqa: S102 - the cases above are code of chapters
    told = cause(type(error.value).__name__, str(error.value))
    assert said in told and "\n" not in told
    assert not re.search(r"object|argument|expected|invalid|must|line \d", told)


def test_unknown_failure_is_quoted_after_russian_words():
    assert cause("LookupError", "no such thing.\nmore") == "команда не выполнена (LookupError: «no such thing»)"
    assert cause("Exception", "") == "команда не выполнена (Exception)"


def test_own_error_speaks_for_itself_without_marks():
    assert cause("DataError", "нет данных для \ue0005\ue0012020\ue002.") == "нет данных для 2020"


def test_names_that_are_there_are_offered():
    there = ["dat", "gen", "loc", "name", "short"]
    assert cause("AttributeError", "'Named' object has no attribute 'prepositional'", there).endswith(
        "; есть: dat, gen, loc, name, short"
    )
    assert cause("NameError", "name 'nmu' is not defined", ["num", *map(str, range(30))]).endswith(
        "; возможно, имелось в виду «num»"
    )
    assert cause(
        "AttributeError", "'X' object has no attribute 'qqq'", [f"name{number}" for number in range(30)]
    ).endswith("«qqq»")


def test_a_name_of_earlier_days_is_told_by_that_of_today():
    renamed = {"held": "event_dates"}
    assert cause("NameError", "name 'held' is not defined", ["spelled"], renamed).endswith("; теперь это «event_dates»")
    moved = "cannot import name 'held' from 'analysis.chapter'"
    assert cause("ImportError", moved, ["spelled"], renamed).endswith("; теперь это «event_dates»")
    assert "event_dates" not in cause("AttributeError", "'Report' object has no attribute 'held'", [], renamed)


def test_empty_workbook_and_table_are_told(tmp_path):
    (tmp_path / "x.csv").touch()
    with pytest.raises(pd.errors.EmptyDataError) as error:
        pd.read_csv(tmp_path / "x.csv")
    assert cause(type(error.value).__name__, str(error.value)) == "в файле нет данных"


def test_syntax_is_told_with_its_line():
    assert (
        syntax("a = 1\nb = 'да") == (2, "кавычки не закрыты")
        and syntax("a = 1") is None
        and syntax("1 +", "eval") is not None
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("UsageError", "Line magic function `%nope` not found.", "команды «%nope» в IPython нет: проверьте имя"),
        ("UsageError", "Cell magic `%%nope` not found.", "команды «%%nope» в IPython нет: проверьте имя"),
        ("UsageError", "Файл один.csv: нет столбца.", "Файл один.csv: нет столбца"),
        ("SystemExit", "3", "команда остановила главу (exit): уберите её"),
        (
            "StdinNotImplementedError",
            "raw_input was called, but this frontend does not support input requests",
            "команда ждёт ответа с клавиатуры",
        ),
        (
            "NameError",
            "name 'plt' is not defined",
            "имени «plt» нет: добавьте в начало ячейки строку «import matplotlib.pyplot as plt»",
        ),
    ],
)
def test_what_ipython_says_is_told_in_russian(name, value, said):
    assert cause(name, value, ["pct"]).startswith(said)
