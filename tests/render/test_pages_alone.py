"""What pages show and print does not: no number of its own, no hole in the numbers of others, and print says where."""

from __future__ import annotations

import re
from html import unescape

import docx
from pypdf import PdfReader

from analysis.base.markdown import exhibit_label, pages_alone
from analysis.quantities import Text
from analysis.show.captions import Caption
from analysis.show.exhibits import Exhibit

HEAD = "# Введение {.unnumbered #sec-introduction}\n\n"
BODY = "```{=html}\n<table><thead><tr><th>Город</th></tr></thead><tbody><tr><td>%s</td></tr></tbody></table>\n```"


def shown(label, word, printed=True):
    return Exhibit(label, Caption(Text(f"Подпись {word}")), BODY.replace("%s", f"строка {word}"), "", printed).markdown


def test_the_form_is_known_by_its_label():
    printed, alone = shown("tbl-one", "один"), shown("tbl-two", "два", printed=False)
    assert exhibit_label(printed) == "tbl-one" and not pages_alone(printed)
    assert exhibit_label(alone) == "tbl-two" and pages_alone(alone)
    assert exhibit_label("Текст о ::: {#tbl-two}") == "" and not pages_alone("Текст")


def test_pages_show_it_and_print_says_where(stage, book, build):
    cells = [
        book.text_cell(HEAD + "Ссылка: таблица [-@tbl-one], таблица [-@tbl-three].\n"),
        book.text_cell(shown("tbl-one", "один")),
        book.text_cell(shown("tbl-two", "два", printed=False)),
        book.text_cell(shown("tbl-three", "три")),
    ]
    (stage / "chapters/introduction.ipynb").write_text(book.notebook(*cells), encoding="utf-8")
    files = build(stage, ("html", "pdf", "docx")).files
    page = next(files["html"].parent.glob("*introduction.html")).read_text(encoding="utf-8")
    paper = " ".join(" ".join(page.extract_text() for page in PdfReader(str(files["pdf"])).pages).split())
    document = docx.Document(str(files["docx"]))
    word = " ".join(paragraph.text for paragraph in document.paragraphs) + " ".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    assert "строка два" in page and 'id="pages-tbl-two"' in page and "exhibits/tbl-two.xlsx" not in page
    word = " ".join(word.split())
    for text in (paper, word):
        assert "строка два" not in text and "Таблица «Подпись два» – на страницах доклада и в файле" in text
        assert "exhibits/tbl-two.xlsx" in text
    for text in (unescape(re.sub(r"<[^>]+>", "", page)), paper, word):
        numbers = re.findall(r"Таблица\s(\d)\s+–\s+Подпись\s(один|три)", text)
        assert numbers[:2] == [("1", "один"), ("2", "три")]
