"""Remarks of pandoc reach a reader in Russian, with chapter, cell and line."""

from __future__ import annotations

import re

import pytest

from analysis.base.errors import RenderError
from analysis.book.render.messages import remarks

REMARKS = {
    "[WARNING] Div at line 88 column 1 unclosed at line 90 column 1, closing implicitly.": (
        88,
        "блок «:::» открыт и не закрыт",
    ),
    "[WARNING] Div at chunk line 7 column 3 unclosed at line 9 column 1, closing implicitly.": (7, "не закрыт"),
    "[WARNING] Duplicate identifier 'sec-x' at line 5 column 1": (5, "метка «sec-x» стоит дважды"),
    "[WARNING] Duplicate note reference '1' at line 7 column 1": (7, "текст сноски «[^1]» дан дважды"),
    "[WARNING] Duplicate link reference '[l]' at line 10 column 1": (10, "адрес ссылки «[l]» дан дважды"),
    "[WARNING] Note with key '3' defined at line 3 column 1 but not used.": (3, "на сноску «[^3]» в тексте нет ссылки"),
    "[WARNING] Citeproc: citation nobody2020 not found": (None, "источника «nobody2020» нет"),
    (
        "[WARNING] Could not convert TeX math \\frac{, rendering as TeX:\n  \\frac{\n        ^\n"
        "  unexpected end of input"
    ): (
        None,
        "формула «\\frac{» не читается",
    ),
    "Error parsing YAML metadata at (line 3, column 1):\nYAML parse exception at line 2, column 0": (
        3,
        "не по правилам YAML",
    ),
    "WARNING (x.lua:128) Unable to resolve crossref @eq-y": (None, "«@eq-y» никуда не ведёт"),
}


@pytest.mark.parametrize("remark", REMARKS)
def test_remark_is_told_in_russian_with_its_line(remark):
    line, said = REMARKS[remark]
    (found,) = remarks(remark)
    assert (found.line, said in found.problem) == (line, True) and not re.search("line|column|not found", str(found))


def test_unknown_remark_is_quoted_and_keeps_its_line():
    (found,) = remarks("[WARNING] Something odd at line 4 column 2")
    assert (found.line, str(found)) == (
        4,
        "pandoc не принимает текст: «Something odd at line 4 column 2». Исправьте это место.",
    )


def test_several_remarks_are_told_apart():
    assert [one.line for one in remarks("\n".join(list(REMARKS)[:3]))] == [88, 7, 5]


HEAD = "# Введение {.unnumbered #sec-introduction}\n\n"
LINES = "раз\n\n- два\n- три\n\nчетыре"


def spoil(stage, book, *cells):
    (stage / "chapters/introduction.ipynb").write_text(book.notebook(*cells), encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("::: {.x}\n\nслово", 1),
        ("а `{python} x` б\n\n::: {.x}\n\nслово", 3),
        ("`{python} x`\n\n`{python} x` в\n\n::: {.x}\n\nслово `{python} x`", 5),
    ],
)
def test_line_is_right_where_values_before_it_hold_several_lines(stage, book, build, text, line):
    value = book.inline("x", LINES)
    spoil(
        stage,
        book,
        book.text_cell(HEAD + "`{python} x`", value),
        book.code("x", book.says("печать")),
        book.text_cell(text, value),
    )
    with pytest.raises(RenderError) as error:
        build(stage)
    # Two cells stand before those of the test, and papermill's own is not counted apart in a stage laid by hand.
    assert str(error.value).startswith(
        f"chapters/introduction.ipynb, ячейка 5, строка {line}: блок «:::» открыт и не закрыт."
    )


def test_div_opened_by_what_code_shows_is_told_by_its_neighbour(stage, book, build):
    spoil(
        stage,
        book,
        book.text_cell(HEAD + "слово"),
        book.code("x", book.shows(text_markdown="::: {.x}\n\nслово")),
        book.text_cell("дальше"),
    )
    with pytest.raises(RenderError, match=r"introduction\.ipynb, после ячейки 3: блок «:::»"):
        build(stage)


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (lambda book: [book.text_cell(HEAD + "слово\n\nсм. [@nobody]")], "ячейка 3, строка 5"),
        (lambda book: [book.text_cell(HEAD), book.code("x", book.shows(text_markdown="слово [@nobody]"))], "ячейка 4"),
        (lambda book: [book.text_cell(HEAD + "`{python} x`", book.inline("x", "слово [@nobody]"))], "ячейка 3"),
    ],
)
def test_unknown_source_is_told_where_it_is_cited(stage, book, build, cells, place):
    spoil(stage, book, *cells(book))
    with pytest.raises(RenderError) as error:
        build(stage)
    assert str(error.value).startswith(
        f"chapters/introduction.ipynb, {place}: источника «nobody» нет в data/sources.bib."
    )


def test_text_file_is_told_by_its_line(stage, build):
    (stage / "index.qmd").write_text("# О книге {.unnumbered #sec-about}\n\n::: {.x}\n\nслово\n", encoding="utf-8")
    with pytest.raises(RenderError, match=r"index\.qmd, строка 3: блок"):
        build(stage)
