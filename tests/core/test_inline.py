"""Inline code is found where Quarto finds it, and nowhere else."""

from __future__ import annotations

import pytest

from analysis.base import inline
from analysis.base.markdown import open_fence


@pytest.mark.parametrize(
    ("source", "expressions"),
    [
        ("Рост `{python} pct(a)` и `{python}  b `.", ["pct(a)", "b"]),
        ("перенос `{python} f(1,\n  2)` строки", ["f(1,\n  2)"]),
        ("`{{python}} x` показывает код", []),
        ("``{python} x`` показывает код", []),
        ("``{python} x` внутри``", []),
        ("```\n`{python} x`\n```\nпосле `{python} y`", ["y"]),
        ("~~~ {.txt}\n```\n`{python} x`\n~~~\n`{python} y`", ["y"]),
        ("````\n```\n`{python} x`\n````\n`{python} y`", ["y"]),
        ("`{r} x` и `python x`", []),
    ],
)
def test_expressions_are_found(source, expressions):
    assert [one.expression for one in inline.find(source)] == expressions


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("а\n```\nx", 2),
        ("```\nx\n```", 0),
        ("````\nx\n```", 1),
        ("```\nx\n```python\ny\n```", 0),
        ("```x``` слово", 0),
        ("~~~\n```\n~~~\n\n```r", 5),
        ("", 0),
    ],
)
def test_fence_without_an_end_is_found(source, line):
    assert open_fence(source) == line


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("а `{python} x`\nб", [1, 1, 1, 2]),
        ("`{python} f(1,\n2)` в\nг", [1, 1, 2, 3]),
        ("а\n\nб", [1, 2, 3]),
        ("`{python} x`\n`{python} x`", [1, 1, 1, 2, 2, 2]),
    ],
)
def test_lines_of_filled_text_know_where_they_come_from(source, lines):
    def value(expression: str) -> str:
        return "раз\nдва\nтри"

    assert inline.lines_filled(source, value) == lines
    assert inline.replace(source, value).count("\n") + 1 == len(lines)


def test_line_is_where_the_expression_begins():
    assert [one.line for one in inline.find("а\n\nб `{python} x`\n`{python} y`")] == [3, 4]


def test_replacing_keeps_the_rest():
    source = "а `{python} x` б\n```\n`{python} x`\n```\n`{python} y`!"
    assert inline.replace(source, str.upper) == "а X б\n```\n`{python} x`\n```\nY!"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"text/plain": "Quantity(…)", "text/markdown": "5,0 %"}, "5,0 %"),
        ({"text/markdown": ["а", "б"]}, "аб"),
        ({"text/plain": "'в \\'кавычках\\''"}, "в &#39;кавычках&#39;"),
        ({"text/plain": "2020"}, "2020"),
        ({"text/plain": "12345"}, None),
        ({"text/plain": "0.30000000000000004"}, None),
        ({"text/plain": "np.float64(1.5)"}, None),
        ({"text/plain": "nan"}, None),
        ({"text/plain": "None"}, None),
        ({}, None),
    ],
)
def test_only_written_values_are_fit_for_prose(data, text):
    assert inline.shown(data) == text


@pytest.mark.parametrize(
    ("source", "settled"),
    [
        ("учатся `{python} n`.", "учатся `{python} n`"),
        ("учатся `{python} n`. Растёт `{python} n`, да.", "учатся `{python} n` Растёт `{python} n`, да."),
        ("учатся `{python} n`...", "учатся `{python} n`..."),
        ("рост `{python} word`.", "рост `{python} word`."),
    ],
)
def test_sentence_ends_in_one_full_stop(source, settled):
    assert inline.with_single_stops(source, {"n": "5 чел.", "word": "да"}.get) == settled
