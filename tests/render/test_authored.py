"""Pictures and tables that authors put into texts, in all formats of both renderers."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from analysis.base.errors import RenderError
from analysis.book.config import read_config
from analysis.book.render.builtin import render
from analysis.book.render.quarto.prepare import prepare

from .conftest import staged_book

_spec = importlib.util.spec_from_file_location("authored_book", Path(__file__).with_name("authored_book.py"))
authored_book = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(authored_book)

ROWS = [
    ["Мера", "Кто\u00a0отвечает"],
    ["Колледж", "Центр"],
    ["Опрос работодателей и выпускников", "да, мк и Но", "5,5\u00a0%"],
    ["Договор * с # цехом $x$", "совместно"],
]
ALTS = ["Круг на голубом поле", "Колледж, вид «с улицы»", "Прямоугольник со словом «Колледж»"]
CAPTIONS = [
    "Рисунок\u00a01\u00a0– Схема взаимодействия",
    "Рисунок\u00a02\u00a0– Здание колледжа",
    "Рисунок\u00a03\u00a0– Связи",
    "Таблица\u00a01\u00a0– Меры содействия",
]


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    folder = tmp_path_factory.mktemp("authored")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORT_ROOT", str(folder / "project"))
        return authored_book.lay(staged_book.lay(folder / "stage"), staged_book)


@pytest.fixture(scope="module")
def out(stage):
    render(stage, stage.parent / "out", ("html", "pdf", "docx"), read_config(stage), lambda line: None)
    return stage.parent / "out"


def seen(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def test_pages_show_them_with_caption_description_and_source(out):
    page = (out / "introduction.html").read_text(encoding="utf-8")
    assert re.findall(r'<img[^>]*?alt="([^"]*)"', page) == ALTS
    sources = re.findall(r'<img[^>]*?src="([^"]+)"', page)
    assert [Path(one).suffix for one in sources] == [".png", ".jpg", ".svg"] and all(
        (out / one).is_file() for one in sources
    )
    assert "where=" not in page and "attachment:" not in page
    assert [caption for caption in CAPTIONS if " ".join(caption.split()) not in seen(page)] == []
    assert page.count("с.\u00a05") == 4 or seen(page).count("с. 5]") == 4
    table = re.search(r"<table.*?</table>", page, re.DOTALL)[0]
    rows = [
        [seen(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    ]
    assert rows == [[" ".join(cell.split()) for cell in row] for row in ROWS]
    assert (
        "<sup>к</sup>" in table
        and "<sub>о</sub>" in table
        and 'rowspan="2"' in table
        and not re.search("mso|style=['\"]width:96|xl65|o:p", table)
    )
    assert "Дальше идёт текст." in seen(page)


def test_pdf_shows_them(out):
    reader = PdfReader(out / "report.pdf")
    pages = [
        page
        for page in reader.pages
        if "Схема взаимодействия" in page.extract_text() or "Меры содействия" in page.extract_text()
    ]
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert [caption for caption in CAPTIONS if " ".join(caption.split()) not in text] == []
    assert sum(len(page.images) for page in pages) >= 2 and "Колледж" in text
    for words in ("совместно", "Договор * с # цехом $x$"):
        assert words in text


def test_word_shows_them(out):
    document = Document(str(out / "report.docx"))
    described = [
        one.get("descr")
        for one in document.element.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
        )
    ]
    assert [alt for alt in ALTS if alt not in described] == []
    with zipfile.ZipFile(out / "report.docx") as package:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
    assert {Path(name).suffix for name in media} == {".png", ".jpg"}
    table = next(one for one in document.tables if one.cell(0, 0).text == "Мера")
    assert [cell.text.replace("\n", " ") for cell in table.rows[2].cells] == ROWS[2]
    assert table.cell(3, 1)._tc is table.cell(3, 2)._tc and table.cell(0, 0)._tc.vMerge == "restart"


def test_quarto_gets_them_in_the_shape_of_its_own(stage, tmp_path):
    prepare(stage, tmp_path / "scratch", read_config(stage))
    cells = json.loads((tmp_path / "scratch/introduction.ipynb").read_text(encoding="utf-8"))["cells"]
    text = "".join(cells[-1]["source"])
    pictures = re.findall(r"!\[\]\((pictures/[^)]+)\)", text)
    assert len(pictures) == 3
    files = [tmp_path / "scratch" / name for name in pictures]
    assert [file.is_file() for file in files] == [True, True, False] and all(
        files[2].with_name(f"{files[2].name}.{kind}").is_file() for kind in ("svg", "png")
    )
    assert '<colgroup><col style="width: ' in text and "attachments" not in cells[-1]
    assert [
        label for label in ("fig-scheme", "fig-house", "fig-links", "tbl-measures") if f"::: {{#{label}}}" not in text
    ] == []


def test_messages_on_pictures_of_cells_name_the_cell(pristine, book, tmp_path):
    drawn = {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
    output = {"output_type": "display_data", "metadata": {}, "data": drawn}
    for source, formats, message in (
        (
            "plot()",
            ("html",),
            "introduction.ipynb, ячейка 4: у рисунка из вывода нет текстового описания. Добавьте .*#| fig-alt",
        ),
        (
            "#| fig-alt: Линия\nplot()",
            ("docx",),
            "introduction.ipynb, ячейка 4: рисунок есть только в виде svg, а Word его не покажет",
        ),
    ):
        stage = Path(shutil.copytree(pristine, tmp_path / f"stage-{formats[0]}"))
        text = "# Введение {.unnumbered #sec-introduction}"
        (stage / "chapters/introduction.ipynb").write_text(
            book.notebook(book.text_cell(text), book.code(source, output)), encoding="utf-8"
        )
        with pytest.raises(RenderError, match=message) as caught:
            render(stage, tmp_path / "out", formats, read_config(stage), lambda line: None)
        assert "media:" not in str(caught.value) and "introduction-4" not in str(caught.value)
