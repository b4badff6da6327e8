"""A chapter holds prose and calls: no typed number, no logic, no stored output."""

from __future__ import annotations

import ast
import re

import pytest

from analysis.book.typed import typed_numbers
from analysis.cli.lint import lint_chapters
from tools.strip import CHECKED

# Parts of prose in which punctuation is not set for reading: code, comments, references, links, attributes, raw blocks.
NOT_PROSE = re.compile(
    r"```.*?```|<!--.*?-->|`[^`]*`|\[[^\]]*@[^\]]*\]|@[\w:-]+|\]\([^)]*\)|\{[^}]*\}|\[\^[\w-]+\]", re.DOTALL
)
INLINE = re.compile(r"`\{python\}\s*([^`]+)`")
# Straight quotes, a hyphen or an em dash for a dash, three full stops.
CARELESS = re.compile(r"\"|(?<=\w) - (?=\w)|—|\.\.\.")
LOGIC = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try, ast.With)
FORBIDDEN_NAMES = {"open", "exec", "eval", "print", "__import__"}


def numbers_in_code(source: str) -> list[float]:
    """Return the literals that are data: not a digit count, a shift of years or a year asked for."""
    literals = [node.value for node in ast.walk(ast.parse(source.strip())) if isinstance(node, ast.Constant)]
    numbers = [value for value in literals if type(value) in (int, float)]
    return [value for value in numbers if not (type(value) is int and (value <= 12 or 1990 <= value <= 2040))]


def faults(source: str) -> list[str]:
    """Say what in a code cell belongs in `analysis/` instead."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module="analysis.chapter", names=[ast.alias(name="*")]):
                pass
            case ast.Import() | ast.ImportFrom():
                found.append(f"line {node.lineno}: import")
            case ast.Name(id=name) if name in FORBIDDEN_NAMES:
                found.append(f"line {node.lineno}: {name}")
            case _ if isinstance(node, LOGIC):
                found.append(f"line {node.lineno}: {type(node).__name__}")
    return found


def cells(notebooks: dict, kind: str) -> list[tuple[str, int, dict]]:
    return [
        (name, number, cell)
        for name, book in notebooks.items()
        for number, cell in enumerate(book, 1)
        if cell["cell_type"] == kind
    ]


def tags(cell: dict) -> list[str]:
    return cell["metadata"].get("tags", [])


def test_first_code_cell_holds_the_parameters(notebooks):
    first = {name: next(cell for cell in book if cell["cell_type"] == "code") for name, book in notebooks.items()}
    assert [name for name, cell in first.items() if "parameters" not in tags(cell)] == []


def test_prose_captions_and_headings_hold_no_typed_number():
    assert [str(finding) for finding in lint_chapters()] == []


def test_code_holds_no_number_that_is_data(written):
    sources = [
        (name, number, cell["source"])
        for name, number, cell in cells(written, "code")
        if "parameters" not in tags(cell)
    ]
    sources += [
        (name, number, expression)
        for name, number, cell in cells(written, "markdown")
        for expression in INLINE.findall(cell["source"])
    ]
    found = [f"{name}, cell {number}: {data}" for name, number, source in sources if (data := numbers_in_code(source))]
    assert found == []


def test_prose_is_set_with_care(written):
    found = [
        f"{name}, cell {number}: {hit.group()!r}"
        for name, number, cell in cells(written, "markdown")
        for hit in CARELESS.finditer(NOT_PROSE.sub("x", cell["source"]))
    ]
    assert found == []


def test_code_cells_only_call(written):
    found = [
        f"{name}, cell {number}, {fault}"
        for name, number, cell in cells(written, "code")
        for fault in faults(cell["source"])
    ]
    assert found == []


def test_only_checked_cells_keep_their_output(notebooks):
    found = [
        f"{name}, cell {number}"
        for name, number, cell in cells(notebooks, "code")
        if (cell["outputs"] or cell["execution_count"]) and CHECKED not in tags(cell)
    ]
    assert found == []


def test_checked_cells_have_an_output_to_check(notebooks):
    marked = [(name, number, cell) for name, number, cell in cells(notebooks, "code") if CHECKED in tags(cell)]
    assert marked
    assert [f"{name}, cell {number}" for name, number, cell in marked if not cell["outputs"]] == []


@pytest.mark.parametrize(
    ("prose", "typed"),
    [
        ("занято 1 196,2 тыс. человек", ["1 196,2"]),
        ("выросла на 5%", ["5%"]),
        ("в 2020 году", ["2020"]),
        ("занято `{python} v('employed', year=2020)` (таблица [-@tbl-2]), см. [@report2021, с. 10]", []),
        ("по ОКВЭД2 и перечню ТОП-50 {#sec-1 .x1}", []),
        ("::: {#fig-a1}\n![](../figures/a1.svg){width=50%}", []),
    ],
)
def test_typed_numbers_are_told_from_names_and_references(prose, typed):
    assert [number for _, number in typed_numbers(prose)] == typed


def test_a_number_listed_as_data_may_stand_typed():
    assert typed_numbers("Приказ от 18 июня 2021\u00a0г. № 7 и еще 7", ["от 18 июня 2021 г. № 7"]) == [(1, "7")]


def test_thousands_of_listed_names_cost_no_pattern_each(monkeypatch):
    patterns, substitute = set(), re.sub
    monkeypatch.setattr(re, "sub", lambda pattern, *rest: patterns.add(pattern) or substitute(pattern, *rest))
    assert typed_numbers("Школа № 5 и 7 других", [f"Школа\u00a0№ {n}" for n in range(3_000)]) == [(1, "7")]
    assert len(patterns) < 5


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (
            "chapters/20-plan.ipynb",
            "# План мероприятий и показатели {",
            "# План 20 мероприятий {",
            "chapters/20-plan.ipynb, ячейка 3, строка 1",
        ),
        (
            "chapters/20-plan.ipynb",
            "Ожидаемые результаты:",
            "Ожидаемых результатов 5:",
            "chapters/20-plan.ipynb, ячейка 13, строка 1",
        ),
        (
            "chapters/references.qmd",
            "# Список",
            "Всего 12 источников.\\n\\n# Список",
            "chapters/references.qmd, строка 1",
        ),
        (
            "data/federal/exhibits.csv",
            "Доля занятых с высшим",
            "Доля 30 % занятых с высшим",
            "exhibits.csv, строка 3, столбец «caption»",
        ),
    ],
    ids=["heading", "prose", "text file", "caption"],
)
def test_a_number_typed_by_hand_is_found_where_it_stands(project, monkeypatch, file, old, new, place):
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old)
    path.write_text(text.replace(old, new.replace("\\n", "\n"), 1), encoding="utf-8")
    monkeypatch.setenv("REPORT_ROOT", str(project))
    found = lint_chapters(["kemerovo-2021"])
    assert len(found) == 1 and place in str(found[0])


@pytest.mark.parametrize(
    ("expression", "data"),
    [("num(v('employed', year=2020), 1)", []), ("pct(0.45)", [0.45]), ("1196 + 2", [1196]), ("top(x, 3)", [])],
)
def test_data_in_code_are_told_from_years_and_digits(expression, data):
    assert numbers_in_code(expression) == data


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("from analysis.chapter import *\nreport = open_report(edition, since=since)", True),
        ('report.table("employed")', True),
        ("import matplotlib.pyplot as plt", False),
        ("from analysis.chapter import secret", False),
        ('open("data/x.csv")', False),
        ("for row in report: row", False),
    ],
)
def test_logic_is_told_from_calls(source, clean):
    assert (faults(source) == []) is clean
