"""The stage holds everything a renderer needs, and nothing of the run that made it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_output

from analysis.base.errors import RenderError, UsageError
from analysis.book.config import read_config
from analysis.book.stage import STYLE, stage

WORDS = {"title": "Малый доклад", "subtitle": "Проба", "organisation": "", "region_loc": "Севере"}


def inline(expression: str, text: str) -> dict:
    return {
        "expression": expression,
        "result": {"status": "ok", "data": {"text/plain": "…", "text/markdown": text}, "metadata": {}},
    }


@pytest.fixture
def staged(tiny, make_chapter, tmp_path):
    """Stage the tiny book as if it had been executed."""
    figures = tmp_path / "figures"
    figures.mkdir()
    (figures / "rate.svg").write_text("<svg/>", encoding="utf-8")
    one = make_chapter(
        "# Первая в `{python} region` {#sec-one}\n\nСм. `{python} place`. Всего `{python} n`.", "py:report"
    )
    one.cells[1].metadata["user_expressions"] = [
        inline("region", "Севере"),
        inline("place", "[-@sec-two]"),
        inline("n", "5 чел."),
    ]
    one.cells[2].outputs = [new_output("execute_result", {"text/markdown": "см. @sec-two"})]
    injected = new_code_cell("since = 5", metadata={"tags": ["injected-parameters"]})
    one.cells.insert(1, injected)
    one.metadata["papermill"] = {"start_time": "2021-11-01"}
    one.cells[0].metadata["execution"] = {"iopub": "2021-11-01"}
    executed = {"chapters/one.ipynb": one, "chapters/two.ipynb": make_chapter("# Вторая {#sec-two}")}

    def run(formats=("html", "pdf", "docx"), words=WORDS) -> Path:
        stage(executed, tiny, tmp_path / "stage", words=words, formats=formats, figures=figures)
        return tmp_path / "stage"

    return run


def test_words_of_the_edition_and_numbers_stand_in_the_configuration(staged):
    book = yaml.safe_load((staged() / "_quarto.yml").read_text(encoding="utf-8"))["book"]
    assert (book["title"], book["chapters"][1]["part"]) == ("Малый доклад", "1\u00a0Часть о Севере")
    assert "author" not in book


def test_staged_book_reads_like_the_project(staged, tiny):
    def seen(folder):
        return [(entry.file, entry.number, entry.depth) for entry in read_config(folder).entries]

    assert seen(staged()) == seen(tiny)
    assert [(entry.part, entry.title) for entry in read_config(staged()).entries] == [
        ("", "О докладе"),
        ("1\u00a0Часть о Севере", "Первая в Севере"),
        ("", "Вторая"),
    ]


def test_unknown_placeholder_is_refused(staged):
    with pytest.raises(UsageError, match=re.escape("неизвестна вставка «{subtitle}»")):
        staged(words={key: value for key, value in WORDS.items() if key != "subtitle"})


def test_headings_hold_values_and_numbers_and_prose_keeps_its_code(staged):
    cells = nbformat.read(staged() / "chapters/one.ipynb", as_version=4).cells
    assert cells[1].source == "# 1.1\u00a0Первая в Севере {#sec-one}\n\nСм. `{python} place`. Всего `{python} n`"


def test_references_are_resolved_wherever_markdown_is(staged):
    cells = nbformat.read(staged() / "chapters/one.ipynb", as_version=4).cells
    assert cells[1].metadata["user_expressions"][1]["result"]["data"]["text/markdown"] == "[А](two.ipynb#sec-two)"
    assert cells[2].outputs[0].data["text/markdown"] == "см. [приложение\u00a0А](two.ipynb#sec-two)"
    assert "[1.1](chapters/one.ipynb#sec-one)" in (staged() / "index.qmd").read_text(encoding="utf-8")


def test_nothing_of_the_run_remains(staged):
    text = (staged() / "chapters/one.ipynb").read_text(encoding="utf-8")
    assert "injected" not in text and "since = 5" not in text and "2021-11-01" not in text
    assert json.loads(text)["cells"][0]["metadata"]["tags"] == ["parameters"]


def test_figures_come_along(staged):
    assert [path.name for path in (staged() / "figures").iterdir()] == ["rate.svg"]


@pytest.mark.parametrize(
    ("formats", "offers"),
    [(("html",), []), (("html", "pdf"), ["pdf"]), (("html", "pdf", "docx"), ["pdf", "docx"]), (("brief",), ["brief"])],
)
def test_cover_offers_only_what_is_made(staged, formats, offers):
    text = (staged(formats) / "index.qmd").read_text(encoding="utf-8")
    files = {"pdf": "report.pdf", "docx": "report.docx", "brief": "brief.pdf"}
    assert [name for name, file in files.items() if f"({file})" in text] == offers


def test_staging_anew_leaves_nothing_old(staged):
    (staged() / "chapters/old.ipynb").touch()
    assert not (staged() / "chapters/old.ipynb").exists()


def test_reference_to_a_section_that_is_not_there_stops_the_build(staged, tiny):
    (tiny / "index.qmd").write_text("# О докладе {.unnumbered}\n[-@sec-tree]", encoding="utf-8")
    with pytest.raises(RenderError, match=r"index\.qmd: ссылка «@sec-tree»"):
        staged()


def test_sources_of_one_reference_are_set_apart_as_gost_wants():
    assert '<layout prefix="[" suffix="]" delimiter="; ">' in STYLE.read_text(encoding="utf-8")


def test_style_of_citations_names_its_authors_its_licence_and_what_was_changed():
    text = STYLE.read_text(encoding="utf-8")
    assert "<name>Yurkin Maxim</name>" in text and "<name>Andrew Voynov</name>" in text
    assert '<rights license="http://creativecommons.org/licenses/by-sa/3.0/">' in text
    assert "Changed: " in text[: text.index("<style")]
