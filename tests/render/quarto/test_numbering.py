"""Pages as Quarto 1.9 writes them, cut down: each starts its own numbering."""

from __future__ import annotations

import re

import pytest
from lxml import html

from analysis.base.errors import RenderError
from analysis.book.render.quarto.numbering import number_sources, number_through

NBSP = "\N{NO-BREAK SPACE}"


def float_(label: str, word: str, number: int, caption: str) -> str:
    kind = label.partition("-")[0]
    return f"""
<div id="{label}" class="quarto-float quarto-figure quarto-figure-center anchored">
<figure class="quarto-float quarto-float-{kind} figure">
<div aria-describedby="{label}-caption-0ceaefa1"><p>тело</p></div>
<figcaption class="quarto-float-caption-bottom quarto-float-caption" id="{label}-caption-0ceaefa1">
{word}{NBSP}{number}{NBSP}– {caption}
</figcaption>
</figure>
</div>"""


def xref(target: str, text: str) -> str:
    return f'<a href="{target}" class="quarto-xref"><span>{text}</span></a>'


def cite(keys: str, *links: tuple[str, str], between: str = ",") -> str:
    inner = between.join(f'<a href="references.html#ref-{key}" role="doc-biblioref">{text}</a>' for key, text in links)
    return f'<span class="citation" data-cites="{keys}">[{inner}]</span>'


def entries(*keys: str) -> str:
    rows = "".join(
        f'<div id="ref-{key}" class="csl-entry"><div class="csl-left-margin">{number}. </div>'
        f'<div class="csl-right-inline">Описание {key}</div></div>'
        for number, key in enumerate(keys, 1)
    )
    return f'<div id="refs" class="references csl-bib-body">{rows}</div>'


def page(*parts: str) -> html.HtmlElement:
    return html.fromstring(f"<html><head></head><body><main>{''.join(parts)}</main></body></html>")


def words(element) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


@pytest.fixture
def pages() -> dict[str, html.HtmlElement]:
    return {
        "index.html": page("<p>Рисунок ", xref("two.html#fig-c", "1"), ".</p>"),
        "one.html": page(float_("fig-a", "Рисунок", 1, "Первый"), float_("tbl-a", "Таблица", 1, "Первая")),
        "two.html": page(
            "<p>См. ",
            xref("one.html#fig-a", "Рисунок 1"),
            ", ",
            xref("#fig-c", "2"),
            "</p>",
            float_("fig-b", "Рисунок", 1, "Второй за 2020 год"),
            float_("fig-c", "Рисунок", 2, "Третий"),
            float_("tbl-b", "Таблица", 1, "Вторая"),
        ),
    }


def test_figures_and_tables_are_numbered_through(pages):
    numbers = number_through(pages)
    assert numbers == {"fig-a": 1, "fig-b": 2, "fig-c": 3, "tbl-a": 1, "tbl-b": 2}
    captions = [words(caption) for name in pages for caption in pages[name].iter("figcaption")]
    assert captions == [
        "Рисунок 1 – Первый",
        "Таблица 1 – Первая",
        "Рисунок 2 – Второй за 2020 год",
        "Рисунок 3 – Третий",
        "Таблица 2 – Вторая",
    ]


def test_links_show_the_number_of_the_book(pages):
    number_through(pages)
    assert words(pages["index.html"].find(".//p")) == "Рисунок 3."
    assert words(pages["two.html"].find(".//p")) == "См. Рисунок 1, 3"


def test_link_to_nothing_is_refused(pages):
    pages["one.html"].find(".//main").append(html.fragment_fromstring(xref("two.html#fig-z", "7")))
    with pytest.raises(RenderError, match="fig-z"):
        number_through(pages)


def test_label_on_two_pages_is_refused(pages):
    pages["three.html"] = page(float_("fig-a", "Рисунок", 1, "Снова"))
    with pytest.raises(RenderError, match="«fig-a»"):
        number_through(pages)


def test_exhibit_without_caption_is_refused(pages):
    caption = next(pages["one.html"].iter("figcaption"))
    caption.text = "Без номера"
    with pytest.raises(RenderError, match="fig-a"):
        number_through(pages)


def test_equation_gets_the_number_of_the_book():
    equation = (
        '<p><span id="eq-{0}"><math><semantics><mrow><mn>2</mn><mo>(</mo><mn>1</mn><mo>)</mo></mrow>'
        '<annotation encoding="application/x-tex"> 2 \\qquad(1)</annotation></semantics></math></span></p>'
    )
    book = {"one.html": page(equation.format("a")), "two.html": page(equation.format("b"), xref("#eq-b", "1"))}
    number_through(book)
    assert [node.text for node in book["two.html"].iter("mn")] == ["2", "2"]
    assert next(book["two.html"].iter("annotation")).text == " 2 \\qquad(2)"
    assert words(book["two.html"].find(".//a")) == "(2)"


def test_sources_are_numbered_in_the_order_of_the_book():
    book = {
        "one.html": page("<p>", cite("b", ("b", "1, с. 10")), "</p>", entries("b")),
        "two.html": page(
            "<p>", cite("a", ("a", "1")), " и ", cite("a b", ("a", "1"), ("b", "2, с. 3")), "</p>", entries("a", "b")
        ),
        "references.html": page(entries("a", "b")),
    }
    assert number_sources(book) == {"b": 1, "a": 2}
    assert words(book["one.html"].find(".//p")) == "[1, с. 10]"
    assert words(book["two.html"].find(".//p")) == "[2] и [1, с. 3,2]"
    shown = [words(entry) for entry in book["references.html"].xpath("//div[@class='csl-entry']")]
    assert shown == ["1. Описание b", "2. Описание a"]


def test_source_swallowed_by_a_range_comes_back():
    book = {
        "one.html": page("<p>", cite("x", ("x", "1")), "</p>"),
        "two.html": page("<p>", cite("a b c", ("a", "1"), ("c", "3"), between="–"), "</p>"),
    }
    number_sources(book)
    assert words(book["two.html"].find(".//p")) == "[2, 3, 4]"
    assert book["two.html"].xpath("//a/@href") == [f"references.html#ref-{key}" for key in "abc"]


def test_footnote_is_read_where_it_is_called():
    note = '<section class="footnotes"><ol><li id="fn1"><p>{}</p></li></ol></section>'
    call = '<a href="#fn1" class="footnote-ref">1</a>'
    book = {"one.html": page("<p>", call, cite("b", ("b", "1")), "</p>", note.format(cite("a", ("a", "2"))))}
    assert number_sources(book) == {"a": 1, "b": 2}


def test_unknown_source_is_refused():
    with pytest.raises(RenderError, match="«nobody»"):
        number_sources(
            {"one.html": page('<span class="citation" data-cites="nobody">[<strong>nobody?</strong>]</span>')}
        )
