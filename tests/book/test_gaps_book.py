"""A small book with gaps, as it is printed and as a draft, in all formats; and one that has none."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import pytest
from docx import Document
from lxml import html
from pypdf import PdfReader

from analysis.base import gaps as known
from analysis.base.errors import RenderError
from analysis.base.russian import NO_DATA
from analysis.book import build as whole
from analysis.book import kept
from analysis.book.progress import Reporter
from analysis.book.render.builtin import render
from analysis.book.source import Source
from tests.gapped import VALUE, lost, prose, shown

FORMATS = ("html", "pdf", "docx")
BOOK = """
project: {type: book}
lang: ru
book:
  title: "{title}"
  chapters:
    - index.qmd
    - part: "Часть первая"
      chapters: [chapters/work.ipynb, chapters/study.ipynb]
    - part: "Часть вторая"
      chapters: [chapters/money.ipynb]
    - chapters/end.ipynb
    - chapters/references.qmd
  appendices: [chapters/data.ipynb]
crossref: {fig-title: Рисунок, tbl-title: Таблица, title-delim: " –"}
bibliography: sources.bib
csl: gost.csl
"""
SOURCES = "@book{wide, title = {Первый сборник}}\n@book{lost, title = {Второй сборник}}\n"
CHAPTERS = {
    "work": [
        prose(
            "# Работа {#sec-work}\n\nЗанято `{python} n` жителей [@wide] (рисунок [-@fig-lost], таблица [-@tbl-jobs])."
            " Безработных было `{python} gap` [@lost].\n\n## Где работают {#sec-where}\n\nСм. раздел [-@sec-pay]."
        ),
        lost("fig-lost", caption="Безработица"),
        shown(
            "tbl-jobs",
            "Примечание – Все места. Платят за них как сказано в разделе [-@sec-pay]. Источник: [@wide].",
        ),
        prose("Растут:"),
        lost(),
        prose("## Кто работает {#sec-who}\n\nРаботают:\n\n- мужчины: `{python} gap`;\n- женщины: `{python} n`."),
    ],
    "study": [prose("# Учеба {#sec-study}\n\nУчится `{python} n`. О плате – глава [-@sec-money].")],
    "money": [prose("# Деньги {#sec-money}\n\n## Плата {#sec-pay}\n\nПлатят `{python} gap` (глава [-@sec-work]).")],
    "end": [prose("# Конец {#sec-end}\n\nИтог: `{python} n` (главы [-@sec-work] и [-@sec-money]).")],
    "data": [
        prose(
            "# Данные {#sec-data}\n\n## Чего нет {#sec-none}\n\nПропуски.\n\n### Что не вошло {#sec-left-out}\n\nСписок"
            " таков.\n\n::: {#left-out}\n:::\n\n## Еще {#sec-more}\n\nКонец."
        )
    ],
}


@dataclass(frozen=True)
class Made:
    """A finished book: its folder, and what the build told."""

    out: Path
    told: list[str]

    def page(self, stem: str) -> str:
        """Return the text of a page's own part."""
        tree = html.fromstring((self.out / f"{stem}.html").read_text(encoding="utf-8"))
        return _words(tree.xpath("//main")[0].text_content())

    def print(self, name: str) -> str:
        """Return the text of a printed format."""
        if name == "pdf":
            return _words(" ".join(page.extract_text() for page in PdfReader(self.out / "report.pdf").pages))
        body = Document(str(self.out / "report.docx")).element.body
        lines = ["".join(node.text or "" for node in it.iter("{*}t")) for it in body.iter("{*}p")]
        return _words(" ".join(lines))


def _words(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").replace("\u00a0", " ").split())


@pytest.fixture
def make(tiny, monkeypatch) -> Callable[..., Made]:
    """Build the small book of executed chapters."""
    (tiny / "_quarto.yml").write_text(BOOK, encoding="utf-8")
    (tiny / "data" / "sources.bib").write_text(SOURCES, encoding="utf-8")
    (tiny / "index.qmd").write_text(
        "# О докладе {.unnumbered}\n\nПовод есть. Начните с [денег](chapters/money.ipynb).\n", encoding="utf-8"
    )
    (tiny / "chapters" / "references.qmd").write_text(
        "# Источники {.unnumbered}\n\n::: {#refs}\n:::\n", encoding="utf-8"
    )

    def make(chapters=CHAPTERS, formats=FORMATS, draft=False) -> Made:
        executed, told = {}, []
        for stem, cells in chapters.items():
            parameters = nbformat.v4.new_code_cell('edition = "tiny"', metadata={"tags": ["parameters"]})
            notebook = nbformat.v4.new_notebook(cells=[parameters, *copy.deepcopy(cells)])
            notebook.metadata["reads"] = []
            executed[f"chapters/{stem}.ipynb"] = notebook
            nbformat.write(notebook, str(tiny / "chapters" / f"{stem}.ipynb"))
        monkeypatch.setattr(kept, "execute", lambda tasks, **_: {file: executed[file] for file in tasks})
        monkeypatch.setattr(Reporter, "note", lambda self, line: told.append(line))
        source = Source(lambda edition: [], lambda edition: {"title": "Доклад"}, lambda edition, folder: None)
        source = replace(source, listed=lambda edition: [VALUE])
        with Reporter(quiet=True) as reporter:
            whole.build("tiny", source, render=render, formats=formats, reporter=reporter, draft=draft)
        return Made(tiny / "_book" / "tiny", told)

    return make


def test_a_book_with_gaps_reads_as_one_without_holes(make):
    made = make()
    assert not (made.out / "money.html").exists()
    assert "Занято 5,0 % жителей [1] (таблица 1)." in made.page("work")
    assert "Безработных" not in made.page("work") and "Где работают" in made.page("work")
    assert "Примечание – Все места. Источник: [1]." in made.page("work")
    assert "мужчины" not in made.page("work") and "Растут" not in made.page("work")
    assert made.page("study").startswith("1.2 Учеба Учится 5,0 %.")
    assert "Итог: 5,0 % (глава 1.1)." in made.page("end")
    assert made.page("end").startswith("2 Конец")  # the part of money is gone with it
    assert "Первый сборник" in made.page("references") and "Второй сборник" not in made.page("references")
    listed = made.page("data")
    assert "А.1.1 Что не вошло" in listed and "Не напечатано: предложений – " in listed and "глав – 1" in listed
    assert "раздел 1.1.2, раздел 1.2, «Деньги»" in listed and "Росстат" in listed
    pages = list(made.out.glob("*.html"))
    assert not [
        path for path in pages if re.search(rf"{NO_DATA}|money\.html|sec-pay", path.read_text(encoding="utf-8"))
    ]
    for name in ("pdf", "docx"):
        said = made.print(name)
        assert "(таблица 1)" in said and "Деньги" in said and "Плата" not in said and NO_DATA not in said, name
    assert (
        made.told[-1]
        == "Не вошло в доклад мест: 8; чего не хватило и кто может это дать – приложение А, «Что не вошло»."
    )
    state = json.loads((made.out / "provenance.json").read_text(encoding="utf-8"))["entity"]["spo:project"]
    shares = {
        name: int(state[f"spo:{name}"]["$"])
        for name in ("paragraphsPrinted", "paragraphs", "exhibitsPrinted", "exhibits", "leftOut")
    }
    assert shares == {"paragraphsPrinted": 8, "paragraphs": 12, "exhibitsPrinted": 1, "exhibits": 2, "leftOut": 8}


def test_a_draft_keeps_the_places_and_marks_them(make):
    made = make(draft=True)
    page = (made.out / "work.html").read_text(encoding="utf-8")
    assert page.count('<mark class="gap">') == 4 and 'class="gap"' in page and "Рисунок" in made.page("work")
    assert "[нет данных: gap – нет в источнике]" in made.page("money")
    for name in ("pdf", "docx"):
        said = made.print(name)
        assert said.count("[нет данных: gap – нет в источнике]") == 3 and "Безработица" in said, name
    document = Document(str(made.out / "report.docx"))
    lit = {run.font.highlight_color for it in document.paragraphs for run in it.runs if NO_DATA in run.text}
    assert lit == {7}  # yellow
    assert made.told[-1].startswith("Отмечено мест без данных: ")


def test_a_book_without_gaps_has_no_list_of_them(make):
    full = {"work": [prose("# Работа {#sec-work}\n\nЗанято `{python} n`.")], "data": CHAPTERS["data"]}
    full |= {stem: [prose(f"# {stem} {{#sec-{stem}}}\n\nЕсть.")] for stem in ("study", "money", "end")}
    made = make(full, ("html",))
    assert "Что не вошло" not in made.page("data") and "А.2 Еще" in made.page("data")
    assert not [line for line in made.told if "мест" in line]


def test_a_book_of_gaps_alone_is_refused_and_the_old_one_stays(make):
    made = make({stem: [prose(f"# Глава {stem} {{#sec-{stem}}}\n\nЕсть.")] for stem in CHAPTERS}, ("html",))
    before = {path: path.read_bytes() for path in made.out.rglob("*") if path.is_file()}
    nothing = {stem: [prose(f"# Глава {stem} {{#sec-{stem}}}\n\nТут `{{python}} gap`.")] for stem in CHAPTERS}
    with pytest.raises(RenderError, match="report build --draft"):
        make(nothing | {"data": CHAPTERS["data"]}, ("html",))
    assert {path: path.read_bytes() for path in made.out.rglob("*") if path.is_file()} == before
    assert known.MIME not in "".join(map(str, before.values()))
