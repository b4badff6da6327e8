"""Formulas of tables: what they may hold, what they may cost, and the sentence for everything else."""

from __future__ import annotations

import pytest

from analysis.base.errors import DataError
from analysis.base.formulas import (
    CALLS,
    DEEPEST,
    EQUATION,
    EXPRESSION,
    LONGEST,
    PARTS,
    FormulaError,
    evaluated,
    names_in,
)

WORDS = {
    "v": lambda indicator, year=0: {"B": 2.0, "C": 3.0},
    "one": lambda: 5.0,
    "y": 2021,
    "regions": ["tomsk"],
    "wrong": lambda: len(5),
    "text": "слово",
    "lost": lambda: {}["нет"],
}


def said(formula: str, kinds: tuple = EXPRESSION) -> str:
    with pytest.raises(FormulaError) as error:
        evaluated(formula, WORDS, "Таблица т, строка 7, столбец «value»", kinds)
    return str(error.value)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 - 3) / -4", 0.25),
        ('v("a", year=y - 1)["C"]', 3.0),
        ('[y, "B"]', [2021, "B"]),
        ("regions", ["tomsk"]),
        (" one() ", 5.0),
        ("+".join(["1"] * DEEPEST), DEEPEST),
        ("[1, 2][1]", 2),
    ],
)
def test_what_formulas_may_hold(formula, value):
    assert evaluated(formula, WORDS, "т") == value


@pytest.mark.parametrize(
    "formula",
    [
        # other parts of the language
        "lambda: 1",
        "[x for x in regions]",
        "(x := 1)",
        'f"{y}"',
        "v(*regions)",
        "v(**y)",
        "regions[0:1]",
        "y.real",
        "v.__class__",
        "one().real",
        "1 if y else 2",
        "1 < 2",
        "1 and 2",
        "not y",
        "~y",
        "+y",
        "2 ** 3",
        "5 // 2",
        "5 % 2",
        "y @ y",
        "{1: 2}",
        "{1}",
        "None",
        "True",
        "...",
        "1j",
        'b"a"',
        "v()()",
        "await one()",
        "v('a', year=1, year=2)",
        # no expression at all
        "",
        "  ",
        "v(",
        "v)",
        "1; 2",
        "import os",
        "yield 1",
        "y\0",
        "\0",
        "`y`",
        "y = 1",
        "1 if y else",
        "0777",
        "1__0",
        '"\\d"',
        '"\\ud800"',
        "y\u202e",
        "y y",
        # look-alikes of names and digits
        "ｖ('a')",
        "v('a', ｙｅａｒ=1)",
        "y + ١",
        # words that are not there
        "__import__('os')",
        "open('x')",
        "nan",
        "inf",
        "__class__",
        # what cannot be counted with
        "v + 1",
        '"a" * 1000000000',
        '1000000000 * "a"',
        "[1] * 1000000000",
        "[1] + [2]",
        '"a" + "b"',
        "text * 2",
        "regions * 2",
        "-text",
        "v('a') * 2",
        "-v",
        # what cannot be called or picked
        "y()",
        "wrong()",
        "v(1, 2, 3, 4)",
        '"abc"[0]',
        "[1][5]",
        '[1]["a"]',
        "y[0]",
        "regions[regions]",
        # numbers beyond telling
        "1 / 0",
        "1.0 / (y - y)",
        "1e400",
        "1e308 * 1e308",
        "9999999999 * 9999999999",
        "-1e16",
        "1" * 1999,
        "0x" + "f" * 1000,
        "1e15 + 1e15",
        # size
        "+".join(["1"] * 3000),
        "+".join(["1"] * (DEEPEST + 1)),
        "-" * 1900 + "1",
        "(" * 900 + "1" + ")" * 900,
        "not " * 400 + "1",
        "y." * 600 + "a",
        "one(" * 190 + ")" * 190,
        "[" + "1," * PARTS + "]",
        "[" + "one()," * (CALLS + 1) + "]",
        "'" + "a" * LONGEST + "'",
        "[" * 150 + "]" * 150,
    ],
)
def test_everything_else_is_one_russian_sentence(formula):
    told = said(formula)
    assert told.startswith("Таблица т, строка 7, столбец «value»: ") and told.endswith("Исправьте формулу.")
    assert len(told) < 400 and told.replace("\u00a0", " ").isprintable()
    assert not any(english in told for english in ("invalid", "unsupported", "object", "maximum", "Error", "exceeds"))


@pytest.mark.parametrize("formula", ['"a"', "[1]", "v()", "v['a']", "f()", "one(1)"])
def test_equations_are_numbers_and_names_alone(formula):
    assert "только числа, показатели и знаки + - * /" in said(formula, EQUATION)


def test_the_wrong_part_is_named():
    assert "«v.__class__»" in said("1 + v.__class__")
    assert "«v» – не число" in said("1 + v")
    assert "функции «wrong» даны не те значения" in said("wrong()")
    assert "знак 5" in said("1 + )")


def test_an_unknown_word_is_answered_with_the_nearest():
    assert "слова «region» в формулах нет. Возможно, имелось в виду «regions»" in said("region")


@pytest.mark.parametrize("formula", ['v("a")["X"]', "lost()"])
def test_what_the_data_do_not_hold_is_no_fault_of_the_formula(formula):
    with pytest.raises(DataError, match="т: в данных нет «") as error:
        evaluated(formula, WORDS, "т")
    assert not isinstance(error.value, FormulaError)


def test_names_are_listed_in_their_order_each_once():
    assert names_in("b - a * b / 2", "т", EQUATION) == ["b", "a"]
    with pytest.raises(FormulaError, match=r"т: .*не допускается"):
        names_in("a.b", "т", EQUATION)
