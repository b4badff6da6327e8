"""Options and tags of cells, settings and texts of chapters: each honoured, or refused by chapter, cell and name."""

from __future__ import annotations

import json

import pytest

from analysis.base.errors import RenderError
from analysis.book.config import read_config
from analysis.book.render.cells.chapter import check_source, settled_chapter
from analysis.book.render.cells.options import cell_options
from analysis.book.render.quarto.prepare import prepare

NAME = "глава.ipynb"
HEAD = "# Введение {.unnumbered #sec-introduction}\n\nСм. [-@sec-conditions]."
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
PICTURE = {"output_type": "display_data", "metadata": {}, "data": {"image/png": PNG}}
DRAWN = {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": SVG}}
TABLE = {
    "output_type": "execute_result",
    "metadata": {},
    "data": {"text/html": "<table><tr><td>ячейка</td></tr></table>", "text/plain": "x"},
}
TWICE = {
    "output_type": "display_data",
    "metadata": {},
    "data": {"text/html": "<table><tr><td>1</td></tr></table><table><tr><td>2</td></tr></table>"},
}
LISTED = {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": "| А |\n|---|\n| ячейка |"}}
PRINTED = {"output_type": "stream", "name": "stdout", "text": "НАПЕЧАТАНО"}
FIGURE = "#| label: fig-x\n#| fig-cap: Подпись\n#| fig-alt: Описание\n"
TABLED = "#| label: tbl-x\n#| tbl-cap: Подпись\n"


def settle(book, source: str, *outputs, formats=(), tags=(), **kinds) -> dict:
    return settled_chapter({"cells": [book.code(source, *outputs, tags=tags)]}, NAME, formats, **kinds)["cells"][0]


LINES = {
    "table's caption without a label": ("#| tbl-cap: Подпись", "tbl-cap.*нет метки.*label: tbl-"),
    "figure's caption without a label": (
        "#| fig-cap: Подпись\n#| fig-alt: Описание",
        "fig-cap.*нет метки.*label: fig-",
    ),
    "figure's label without a caption": ("#| label: fig-x\n#| fig-alt: Описание", "«fig-x», но нет подписи.*fig-cap"),
    "table's label without a caption": ("#| label: tbl-x", "«tbl-x», но нет подписи.*tbl-cap"),
    "table's caption of a figure": ("#| label: fig-x\n#| tbl-cap: Подпись", "tbl-cap.*«fig-x».*начинается с «tbl-»"),
    "figure's caption of a table": ("#| label: tbl-x\n#| fig-cap: Подпись", "fig-cap.*«tbl-x».*начинается с «fig-»"),
    "caption under another label": ("#| label: rate\n#| fig-cap: Подпись", "«rate».*начинается с «fig-»"),
    "both captions": ("#| label: fig-x\n#| fig-cap: а\n#| tbl-cap: б", "fig-cap.*tbl-cap"),
    "description of a table": (TABLED + "#| fig-alt: Описание", "fig-alt.*«tbl-x»"),
    "label of a listing": ("#| label: lst-x", "«lst-x» не поддерживается"),
    "label of two words": ("#| label: fig x", "«fig x» не поддерживается"),
    "label with markup": ("#| label: 'fig-x .hidden'\n#| fig-cap: а", "не поддерживается"),
    "hidden figure": (FIGURE + "#| include: false", "include: false.*«label»"),
    "hidden output": (FIGURE + "#| output: false", "output: false.*«label»"),
    "shown and hidden": ("#| include: false\n#| echo: true", "include: false.*echo: true"),
    "later option": ("x = 1\n#| label: fig-x", "строка 2.*«#| label: fig-x».*первыми"),
    "option after an empty line": ("\n#| echo: true", "строка 2.*«#| echo: true»"),
    "option that a formatter has parted": ("# | echo: true\nx", "строка 1.*начинаются с «#|»"),
    "option with an indent": ("  #| echo: true\nx", "строка 1.*начинаются с «#|»"),
    "option given twice": ("#| echo: true\n#| echo: false", "строка 2.*«echo» уже дано в строке 1"),
    "no YAML": ("#| label: [\nx", "параметры «#|», строка"),
    "no key": ("#| fig-x\nx", "в виде «#| имя: значение»"),
    "list of captions": ("#| label: fig-x\n#| fig-cap: [а, б]", "«fig-cap» недопустимое значение"),
    "empty caption": ("#| label: fig-x\n#| fig-cap:", "«fig-cap» недопустимое значение «пусто»"),
    "number for a caption": ("#| label: fig-x\n#| fig-cap: 2021", "«fig-cap» недопустимое значение «2021»"),
    "caption of two paragraphs": ("#| label: fig-x\n#| fig-cap: |\n#|   а\n#|\n#|   б", "несколько абзацев"),
    "fenced echo": ("#| echo: fenced", "«echo» недопустимое значение «fenced»"),
    "warnings": ("#| warning: true", "«warning».*только «false».*print"),
    "errors": ("#| error: true", "«error».*только «false»"),
    "no execution": ("#| eval: false", "«eval».*только «true»"),
    "size": ("#| fig-width: 4", "«fig-width».*figsize"),
    "parts": ("#| fig-subcap: [а, б]", "«fig-subcap».*разделите ячейку"),
    "layout": ("#| layout-ncol: 2", "«layout-ncol».*subplots"),
    "fold": ("#| code-fold: true", "«code-fold»"),
    "column": ("#| column: page", "«column».*landscape"),
    "misspelt": ("#| fig-capp: а", "«fig-capp».*«fig-cap»"),
}


@pytest.mark.parametrize("fault", LINES)
def test_an_option_that_would_not_be_honoured_is_refused_before_anything_runs(book, fault):
    source, message = LINES[fault]
    with pytest.raises(RenderError, match=f"^{NAME}, ячейка 1\\b.*{message.replace('|', '[|]')}"):
        check_source({"cells": [book.code(source)]}, NAME)


SHOWN = {
    "two pictures under one label": (FIGURE, [PICTURE, PICTURE], "«fig-x» рисунков 2.*Разделите"),
    "two tables under one label": (TABLED, [TABLE, TABLE], "«tbl-x» таблиц 2.*Разделите"),
    "two tables in one output": (TABLED, [TWICE], "«tbl-x» таблиц 2"),
    "picture and table under one label": (FIGURE, [PICTURE, TABLE], "«fig-x».*Разделите"),
    "nothing under a label": (FIGURE.replace("#| fig-alt: Описание\n", ""), [], "«fig-x» нет рисунка"),
    "text under a label": (TABLED, [PRINTED], "«tbl-x» нет таблицы"),
    "table under a figure's label": ("#| label: fig-x\n#| fig-cap: а", [TABLE], "«fig-x» нет рисунка.*tbl-cap"),
    "figure under a table's label": (TABLED, [PICTURE], "нет описания|«tbl-x» нет таблицы"),
    "picture without a description": ("#| label: fig-x\n#| fig-cap: а", [PICTURE], "fig-alt"),
    "description without a picture": ("#| fig-alt: Описание", [PRINTED], "fig-alt.*рисунка ячейка не выводит"),
    "markdown and a picture": ("#| output: asis\n#| fig-alt: а", [PRINTED, PICTURE], "output: asis.*Разделите"),
    "annotated code": ("#| echo: true\nprint(1)  # <1>", [], "# <1>"),
}


@pytest.mark.parametrize("fault", SHOWN)
def test_outputs_that_do_not_fit_the_options_are_refused(book, fault):
    source, outputs, message = SHOWN[fault]
    with pytest.raises(RenderError, match=f"(?s)^{NAME}, ячейка 1: .*({message})"):
        settle(book, source + "\nplot()", *outputs)


def test_a_picture_that_word_cannot_show_is_refused_by_cell(book):
    assert settle(book, FIGURE, DRAWN, formats=("html", "pdf"))["outputs"]
    with pytest.raises(RenderError, match=f"{NAME}, ячейка 1: .*svg.*Word.*figure_formats"):
        settle(book, FIGURE, DRAWN, formats=("docx",))


@pytest.mark.parametrize(
    ("tag", "include", "echo", "outputs"),
    [
        ("remove-cell", False, None, 0),
        ("remove_cell", False, None, 0),
        ("hide-cell", False, None, 0),
        ("remove-input", True, False, 1),
        ("remove_input", True, False, 1),
        ("hide-code", True, False, 1),
        ("show-code", True, True, 1),
        ("remove-output", True, None, 0),
        ("hide_output", True, None, 0),
        ("parameters", True, False, 1),
        ("nbval-check-output", True, None, 1),
    ],
)
def test_tags_are_honoured_and_told_to_both_renderers(book, tag, include, echo, outputs):
    cell = settle(book, "x = 1", PRINTED, tags=(tag,), echo=True)
    options, code = cell_options(cell["source"], NAME)
    assert (options.include, options.echo, len(cell["outputs"]), code) == (include, echo, outputs, "x = 1")


@pytest.mark.parametrize("tag", ["hide-input", "remove-cel", "raises-exception", "skip-execution", "scroll-output"])
def test_other_tags_are_refused_by_name(book, tag):
    with pytest.raises(RenderError, match=f"{NAME}, ячейка 1: тег ячейки «{tag}»"):
        settle(book, "x", tags=(tag,))


def test_a_tag_hides_no_text(book):
    cell = book.text_cell("текст") | {"metadata": {"tags": ["remove-cell"]}}
    with pytest.raises(RenderError, match="тег «remove-cell» действует только в ячейке с кодом"):
        settled_chapter({"cells": [cell]}, NAME)


TEXTS = {
    "settings": ("---\ntitle: а\nsubtitle: б\n---", "настройку главы «subtitle»"),
    "settings of execution": ("---\nexecute:\n  echo: true\n---", "настройку главы «execute»"),
    "settings given twice": ("---\ntitle: а\ntitle: б\n---", "строка 3: поле «title» уже дано в строке 2"),
    "broken settings": ("---\ntitle: [\n---", "между «---», строка"),
    "no settings": ("---\nпросто текст\n---", "строка 2: .*а здесь текст"),
    "title that is a list": ("---\ntitle: [а]\n---", "title нужен текст"),
    "line without an end": ("---\nтекст", "строка 1: .*пустую строку"),
    "title lines": ("% Название\n% Автор", "строка 1: .*«%»"),
    "annotated block": ("```python\nprint(1)  # <1>\n```\n1. Пояснение", "строка 2: .*# <1>"),
    "named block": ('```{.python filename="run.py"}\nx\n```', "строка 1: «filename»"),
    "numbered block": ('```{.python code-line-numbers="true"}\nx\n```', "«code-line-numbers»"),
}


@pytest.mark.parametrize("kind", ["raw", "markdown"])
@pytest.mark.parametrize("fault", TEXTS)
def test_text_that_would_vanish_is_refused_with_its_line(fault, kind):
    text, message = TEXTS[fault]
    with pytest.raises(RenderError, match=f"^{NAME}, ячейка 1.*{message}"):
        check_source({"cells": [{"cell_type": kind, "metadata": {}, "source": text}]}, NAME)


def test_settings_in_the_midst_of_a_chapter_are_refused(book):
    cells = [book.text_cell("# Глава"), book.text_cell("До\n\n---\nкласс: x\n---\n\nПосле")]
    with pytest.raises(RenderError, match=r"ячейка 2, строка 3: .*считается настройками"):
        check_source({"cells": cells}, NAME)
    check_source(
        {"cells": [book.text_cell("# Глава"), book.text_cell("До\n\n---\n\nПосле\n\n```\n---\nx: 1\n---\n```")]}, NAME
    )


@pytest.mark.parametrize("mime", ["text/latex", "text/html", "text/restructuredtext"])
def test_a_raw_cell_of_another_language_is_refused(mime):
    cell = {"cell_type": "raw", "metadata": {"raw_mimetype": mime}, "source": "x"}
    with pytest.raises(RenderError, match=f"ячейка 1: ячейка Raw вида {mime}"):
        settled_chapter({"cells": [cell]}, NAME)


def lay(stage, book, *cells) -> None:
    (stage / "chapters/introduction.ipynb").write_text(book.notebook(book.text_cell(HEAD), *cells), encoding="utf-8")


def test_captions_labels_and_descriptions_come_out(stage, book, build):
    lay(
        stage,
        book,
        book.code(
            '#| label: fig-x\n#| fig-cap: Подпись «один»\n#| fig-alt: Описание "два" и \\три\nplot()', PRINTED, PICTURE
        ),
        book.code(TABLED + "x", LISTED),
        book.code("#| label: named\nx", PRINTED),
        book.text_cell("См. [-@fig-x], [-@tbl-x], [имя](#named)."),
    )
    page = build(stage).page("introduction")
    assert "Подпись «один»" in page and 'alt="Описание &quot;два&quot; и \\три"' in page
    assert page.index("НАПЕЧАТАНО") < page.index("<figure") and 'href="#named"' in page


def test_code_is_shown_where_the_book_or_the_cell_says_so(stage, book, build):
    lay(stage, book, book.code("КОД_ВИДЕН = 1", PRINTED), book.code("#| echo: false\nКОД_СКРЫТ = 1"))
    assert "КОД_ВИДЕН" not in build(stage).page("introduction")
    file = stage / "_quarto.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("echo: false", "echo: true"), encoding="utf-8")
    page = build(stage).page("introduction")
    assert "КОД_ВИДЕН" in page and "КОД_СКРЫТ" not in page and "kemerovo-2021" not in page


def test_a_title_among_the_settings_is_the_title(stage, book, build):
    raw = {"cell_type": "raw", "metadata": {}, "source": "---\ntitle: Своё название\n---\n", "id": "first"}
    tree = json.loads(book.notebook(book.text_cell("См. [-@sec-conditions].")))
    tree["cells"] = [raw, *tree["cells"]]
    (stage / "chapters/introduction.ipynb").write_text(json.dumps(tree), encoding="utf-8")
    assert next(entry.title for entry in read_config(stage).entries if entry.stem == "introduction") == "Своё название"


@pytest.mark.parametrize("cell", ["widget", "caption", "tag", "settings"])
def test_quarto_is_given_the_same_refusals(stage, book, tmp_path, cell):
    widget = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "x"},
    }
    cells = {
        "widget": book.code("x", widget),
        "caption": book.code("#| fig-cap: Подпись\nx", PICTURE),
        "tag": book.code("x", tags=("hide-input",)),
        "settings": book.text_cell("---\nkey: 1\n---"),
    }
    lay(stage, book, cells[cell])
    with pytest.raises(RenderError, match=r"^introduction\.ipynb, ячейка 4"):
        prepare(stage, tmp_path / "scratch", read_config(stage), ("html",))


def test_quarto_gets_one_form_and_the_book_s_own_word_on_code(stage, book, tmp_path):
    lay(
        stage,
        book,
        book.code(
            "x",
            {"output_type": "execute_result", "metadata": {}, "data": {"text/plain": "<Axes: >"}},
            PICTURE,
            tags=("remove-output",),
        ),
    )
    prepare(stage, tmp_path / "scratch", read_config(stage), ("html",))
    cell = json.loads((tmp_path / "scratch/introduction.ipynb").read_text(encoding="utf-8"))["cells"][-1]
    assert cell["outputs"] == []
    assert "echo: false" in (tmp_path / "scratch/_quarto.yml").read_text(encoding="utf-8")
