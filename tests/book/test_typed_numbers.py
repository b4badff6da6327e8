"""A number typed by hand is found however it is written; what only holds a digit is let alone."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.book.lint.passages import source
from analysis.book.typed import in_chapters, in_code, typed_numbers

TYPED = {
    "_5_": ["5"],
    "__5__ %": ["5"],
    "½ населения": ["½"],
    "2½": ["2½"],
    "&#53; из &#x35;": ["5", "5"],
    "доля &frac12;": ["½"],
    "`5`": ["5"],
    "``12,5 %``": ["12,5 %"],
    "`−5`": ["5"],
    "2021. Это был год.": ["2021."],
    "слово\n120) пункт": ["120"],
    '![с](a.png){#fig-a fig-alt="Всего 5"}': ["5"],
    "![с](a.png){#fig-a fig-alt='Всего 5' width=\"60%\"}": ["5"],
    "@stat [с. 5] и 7": ["7"],
    "$5$ %": ["5 %"],
    "$r = 12{,}5\\,\\%$": ["12,5%"],
    "$$\nN \\approx 1189\n$$": ["1189"],
    "$x = \\text{5 чел.}$": ["5"],
    "цена $5 и $6": ["5", "6"],
    "5ГБ, 10^3^": ["5", "10", "3"],
}
SAID = [
    '``{python} v("employed", year=2020)``',
    "`year=2020`",
    "~~~\n5\n~~~",
    "`{python} f(5)`",
    "@stat [с. 5]",
    "[@stat, с. 5, рис. 7]",
    "1. а\n12) б\n(3) в",
    "x_5, м², ОКВЭД2",
    "$C_i^2 = \\frac{1}{n}\\sum_{i=1}^{10} x_i \\cdot 100$",
    "$$\nK = 1 - x_0\n$$",
    "м^2^, H~2~O, 3D-печать, 1С:Предприятие, 5G",
    "1\\. Пункт",
    '![с](a.png){#fig-a5 fig-alt="Схема" width="60%"}',
    "&nbsp;&#8239;&#91;",
]


@pytest.mark.parametrize("text", TYPED)
def test_number_is_found_however_it_is_written(text):
    assert [number for _, number in typed_numbers(text)] == TYPED[text]


@pytest.mark.parametrize("text", SAID)
def test_digit_that_states_nothing_is_let_alone(text):
    assert typed_numbers(text) == []


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("5", ["5"]),
        ('"5 %"', ["5 %"]),
        ("num(5)", ["5"]),
        ("pct(0.05)", ["0.05"]),
        ('f"{num(x)} из 85"', ["85"]),
        ('num(x) + " из 85"', ["85"]),
        ("y - 1", []),
        ('v("employed", year=2020)', []),
        ('report.code("groups", "15.00.00")', []),
        ('"a" if y == 2020 else "b"', []),
        ('d["2020"]', []),
    ],
)
def test_number_of_an_inline_expression(code, numbers):
    assert [number for _, number in in_code(code, shown=True)] == numbers


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('x = 1\nprint("Рост 5 %")', [(2, "5 %")]),
        ('Markdown(f"Всего {x} из 5")', [(1, "5")]),
        ('print("""\nВсего 5""")', [(2, "5")]),
        ("# Всего 5", []),
        ("!ls 5", []),
        ('report.label("15.00.00")', []),
        ("v(year=2020)", []),
    ],
)
def test_number_in_words_of_a_code_cell(code, found):
    assert in_code(code) == found


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ("#| label: tbl-x\n#| tbl-cap: |\n#|   Всего\n#|   5", 4),
        ("#| label: tbl-x\n#| tbl-cap: >\n#|   Всего 5", 3),
        ('#| "tbl-cap": Всего 5\n#| label: tbl-x', 1),
        ("#| {label: tbl-x, tbl-cap: Всего 5}", 1),
        ("#| tbl-cap: Подпись,\n#|   всего 5", 1),
        ("#|tbl-cap: 'Всего 5'", 1),
    ],
)
def test_number_of_a_caption_is_found_however_yaml_writes_it(tmp_path, options, line):
    path = tmp_path / "chapters/one.ipynb"
    path.parent.mkdir()
    nbformat.write(new_notebook(cells=[new_code_cell(f"{options}\nreport.table('x')")]), str(path))
    assert [(one.file, one.cell, one.line, one.text) for one in in_chapters(tmp_path)] == [
        ("chapters/one.ipynb", 1, line, "5")
    ]
    labels = source(path, "chapters/one.ipynb").labels
    assert [label.text for label in labels] == (["tbl-x"] if "label" in options else [])
