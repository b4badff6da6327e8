"""Any text of the data comes out as that text: in HTML, PDF and Word, wherever the book has a place for it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from analysis.base.marks import attribute, markdown
from analysis.book.config import read_config
from analysis.book.provenance.numbers import HEAD, row
from analysis.book.render.builtin import render
from analysis.book.stage import stage
from analysis.catalogue.captions import Piece
from analysis.quantities import Quantity, Text, registry
from analysis.show.captions import Caption
from analysis.show.exhibits import Exhibit
from analysis.show.lists import Listing
from analysis.show.tables.layout import Grid, heading

BOOK = """
project: {type: book}
lang: ru
book:
  title: "{title}"
  subtitle: "{subtitle}"
  author: "{organisation}"
  chapters: [index.qmd, chapters/one.ipynb, chapters/sources.qmd]
crossref: {fig-title: Рисунок, tbl-title: Таблица, title-delim: " –"}
bibliography: sources.bib
csl: gost.csl
"""
# Signs of Markdown and of its neighbours, whole constructs among them.
SIGNS = [
    *"\\`*_{}[]<>$^~@#|\"'&!-+=.:;%()/?,",
    "--",
    "---",
    "...",
    "-?",
    "//",
    "/*",
    "**",
    "__",
    "~~",
    "``",
    "```",
    "$$",
    "^[",
    "[^1]",
    "](",
    "://",
    "\\(",
    "\\\n",
    "{{<",
    ">}}",
    "{{< meta title >}}",
    "@fig-x",
    "[@stat]",
    "[-@tbl-t0]",
    "@sec-one",
    "@kuzbass",
    "?@tbl-t0",
    "`{python} 1`",
    "{=typst}",
    "{=openxml}",
    "{=html}",
    '`#("a")`{=typst}',
    "`<w:br/>`{=openxml}",
    '[x]{q="abc1234"}',
    '<span data-q="abc1234">x</span>',
    "{#eq-x}",
    "{#fig-rate}",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<br>",
    "&amp;",
    "&#42;",
    "&lt;",
    "[a](javascript:alert(1))",
    "<https://ya.ru>",
    "https://ya.ru/a_b",
    "a@b.ru",
    ":smile:",
    ":::",
    "::: {.x}",
    "# а",
    "- а",
    "1. а",
    "(1) а",
    "а) б",
    "a. b",
    "> а",
    "| а | б |",
    "    код",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\u2028",
    "  ",
    "= а",
    "/ а: б",
    "+ а",
    "#let x = 1",
    "vol. 5",
    "Table: а",
    ": а",
    "***",
    "===",
    "5",
    "\u00a0",
    "\u202f",
    "\u00ad",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u202e",
    "\u2066",
    "\u2069",
    "שלום",
    "مرحبا",
    "😀",
    "👩\u200d🔬",
    "🧿",
    "№",
    "–",
    "—",
    "…",
    "«",
    "»",
    "„",
    "“",
    "²",
    "и\u0306",
]
TEXTS = st.lists(st.sampled_from(SIGNS) | st.text("абвЖЯ xyzQ019 *_[]{}$`\\", max_size=6), min_size=1, max_size=6).map(
    "".join
)
RIGHT_TO_LEFT = {"R", "AL", "RLE", "RLO", "RLI", "LRI", "LRE", "LRO"}
DRAWN = str.maketrans("])}>»", "[({<«")
MARK = "Метка{}ж"  # stands before and after every text, each with its own number


def squeezed(text: str) -> str:
    """Return a text without white space and without ends of directions.

    Where lines break, and at which spaces they may not, is the renderer's choice; a direction that a text leaves open
    is ended for it.
    """
    return re.sub(r"[\s\u202c\u2069]+", "", text)


def on_paper(text: str) -> str:
    """Return a text without what a set page does not hold: hyphens at ends of lines, signs without a picture."""
    bare = unicodedata.normalize("NFC", "".join(sign for sign in squeezed(text) if unicodedata.category(sign) != "Cf"))
    # Brackets are read as they are drawn, and an emoji made of several is read once for each of its pictures: how many,
    # the fonts of the machine say.
    return re.sub("(?:👩+🔬+)+", "👩🔬", bare).replace("-", "").replace("\u2010", "").translate(DRAWN)


class Laid:
    """Texts laid into every place of a small book, and the book rendered."""

    def __init__(self, folder: Path, texts: list[str], monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("REPORT_CARDS", "1")
        self.texts, self.places = texts, []
        registry.forget()
        origin = Quantity(5.0, "count", 0, (), "проба")
        self.words = [Text.of(text, origin) if place % 2 else Text(text) for place, text in enumerate(texts)]
        executed = {"chapters/one.ipynb": self.chapter()}
        executed["chapters/one.ipynb"].metadata["quantities"] = registry.collected()
        project = self.project(folder / "project", executed)
        monkeypatch.setenv("REPORT_ROOT", str(project))
        (folder / "figures").mkdir()
        for kind in ("svg", "png"):
            Figure(figsize=(1, 1)).savefig(folder / "figures" / f"rate.{kind}", metadata={})
        title, subtitle, author = (squeezed(text).strip() or "Ж" for text in (*texts, "", "", "")[:3])
        words = {"title": title, "subtitle": subtitle, "organisation": author}
        self.title = title
        stage(
            executed,
            project,
            folder / "stage",
            words=words,
            formats=("html", "pdf", "docx"),
            figures=folder / "figures",
        )
        self.out = folder / "out"
        render(folder / "stage", self.out, ("html", "pdf", "docx"), read_config(folder / "stage"), lambda line: None)

    @staticmethod
    def project(root: Path, executed: dict) -> Path:
        (root / "chapters").mkdir(parents=True)
        (root / "data").mkdir()
        (root / "_quarto.yml").write_text(BOOK.replace("{type: book}", "\n  type: book"), encoding="utf-8")
        (root / "index.qmd").write_text(
            "# О книге {.unnumbered}\n\nНазвание {{< meta title >}} Название\n", encoding="utf-8"
        )
        (root / "chapters/sources.qmd").write_text(
            "# Источники {.unnumbered}\n\n[@stat]\n\n::: {#refs}\n:::\n", encoding="utf-8"
        )
        (root / "data/sources.bib").write_text(
            "@online{stat, title={Регионы}, author={{Росстат}}, year={2022}}\n", encoding="utf-8"
        )
        nbformat.write(executed["chapters/one.ipynb"], str(root / "chapters/one.ipynb"))
        return root

    def mark(self, shown: str, expected: str) -> str:
        """Return Markdown of a text between two marks, and keep what is expected between them."""
        number = 2 * len(self.places)
        self.places.append(expected)
        return f"{MARK.format(number)}\n\n{shown}\n\n{MARK.format(number + 1)}"

    def chapter(self) -> nbformat.NotebookNode:
        cells = [new_markdown_cell("# Глава {#sec-one}")]
        for place, (text, words) in enumerate(zip(self.texts, self.words, strict=True)):
            said = {
                f"w{place}": {"text/plain": "…", "text/markdown": words._repr_markdown_()},
                f"s{place}": {"text/plain": repr(text)},
            }
            lines = [
                self.mark(f"`{{python}} w{place}`", text),
                self.mark(f"`{{python}} s{place}`", text),
                self.mark(
                    f"Слово `{{python}} w{place}` слово (`{{python}} s{place}`).", f"Слово {text} слово ({text})."
                ),
                self.mark(f"### Раздел `{{python}} w{place}`", f"1.{place + 1} Раздел {text}").replace("### ", "## "),
                self.mark(
                    f"**`{{python}} w{place}`** и [`{{python}} s{place}`](https://example.org/)", f"{text} и {text}"
                ),
            ]
            cell = new_markdown_cell("\n\n".join(lines))
            cell.metadata["user_expressions"] = [
                {"expression": name, "result": {"status": "ok", "data": data, "metadata": {}}}
                for name, data in said.items()
            ]
            grid = Grid([["Г", "Т"]], [[heading(words), words]], (50, 50))
            caption = Caption(
                Text("Подпись ") + words + " конец",
                ((words, Piece(text)), (words, Piece(text, "https://example.org/")), (Text("!"), Piece("!"))),
                (),
            )
            exhibit = Exhibit(f"tbl-t{place}", caption, f"```{{=html}}\n{grid.html()}\n```", "")
            listing = Listing((Text("а "), words + "я", Text("я")), ordered=False)
            numbers = "\n".join(
                ["::: {.numbers}\n", HEAD, row(markdown(text) + "я", markdown(f"{text}: 5"), "я"), "\n:::"]
            )
            figure = f"![](../figures/rate){{fig-alt={attribute(text + ' я')}}}"
            outputs = [
                self.mark(
                    exhibit.markdown,
                    f"Таблица {place + 1} – Подпись {text} конец Г Т {text} {text} Примечание – {text}{text}!",
                ),
                self.mark(listing.markdown, f"(•|–)?а;(•|–)?{re.escape(squeezed(text))}я;(•|–)?я."),
                self.mark(numbers, f"Число Как получено Источник {text}я {text}: 5 я"),
                figure,
            ]
            cells += [
                cell,
                *(new_code_cell("", outputs=[new_output("display_data", {"text/markdown": one})]) for one in outputs),
            ]
        return new_notebook(cells=cells)

    def between(self, whole: str) -> list[str]:
        """Return what stands between the marks."""
        parts = re.split(MARK.format(r"(\d+)"), whole)
        found = dict(zip(map(int, parts[1::2]), parts[2::2], strict=True))
        assert set(found) == set(range(2 * len(self.places)))
        return [found[2 * number] for number in range(len(self.places))]

    def page(self) -> html.HtmlElement:
        return html.parse(str(self.out / "one.html"), html.HTMLParser(encoding="utf-8")).getroot()

    def web(self) -> str:
        main = self.page().find(".//main")
        for aside in main.xpath(".//*[contains(@class, 'anchor')]"):
            aside.text = ""
        return squeezed(main.text_content())

    def word(self) -> str:
        body = Document(str(self.out / "report.docx")).element.body
        return squeezed("".join(part.text or "" for part in body.iter(qn("w:t"))))

    def printed(self) -> str:
        pages = [page.extract_text() for page in PdfReader(self.out / "report.pdf").pages]
        return "".join(re.sub(rf"\s*{number}\s*$", "", text) for number, text in enumerate(pages, start=1))


def agree(found: str, expected: str, form) -> bool:
    if expected.startswith("(•|–)"):
        return bool(re.fullmatch(expected, form(found))) or form is on_paper
    turned = any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in expected)
    found, expected = form(found), form(expected)
    if form is on_paper and turned:  # words are read from a page in another order
        return Counter(found) == Counter(expected)
    return found == expected


@settings(
    max_examples=2, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(st.lists(TEXTS.filter(lambda text: squeezed(text).strip("\u200b")), min_size=15, max_size=15))
def test_texts_come_out_as_they_are(tmp_path_factory, texts):
    with pytest.MonkeyPatch.context() as patch:
        book = Laid(tmp_path_factory.mktemp("texts"), texts, patch)
    wrong = []
    for said, form, read in (
        ("html", squeezed, book.web),
        ("docx", squeezed, book.word),
        ("pdf", on_paper, book.printed),
    ):
        found = book.between(read())
        wrong += [
            (said, one, expected)
            for one, expected in zip(found, book.places, strict=True)
            if not agree(one, expected, form)
        ]
    assert not wrong, "\n".join(map(repr, wrong))
    assert [squeezed(image.get("alt")) for image in book.page().iter("img")] == [
        squeezed(text + " я") for text in texts
    ]
