"""Inline code is found where Quarto finds it, and nowhere else."""

from __future__ import annotations

import pytest

from analysis.book import inline


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
        ({"text/plain": "'в \\'кавычках\\''"}, "в 'кавычках'"),
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
