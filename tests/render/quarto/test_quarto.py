"""The staged book through a real Quarto, where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html
from pypdf import PdfReader

from analysis.base.errors import RenderError
from analysis.book.config import read_config
from analysis.book.render.quarto import render
from tests.word_tables import misfits


def fitting_quarto() -> bool:
    path = shutil.which("quarto")
    if path is None:
        return False
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2]) >= (1, 9)


pytestmark = pytest.mark.skipif(not fitting_quarto(), reason="на PATH нет Quarto 1.9 или новее")
MUST = (
    "на 3,7 % меньше [1, с. 10]",
    "«в кавычках» – через тире",
    "Таблица 1 – Численность занятых в Кузбассе и соседних регионах",
    "Таблица 4 – Ряды",
    "Рисунок 1 – Уровень занятости населения",
    "Рисунок 2 – Рисунок из вывода ячейки",
    "по формуле (1)",
    "69 550,3",
    "Содержание",
)
LACKING = "☐ 😀 漢"
MUST_NOT = ("?@", "@fig", "@tbl", "{python}", ":::", "Traceback", "injected", "Chapter", "Appendix", "December")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    # The fixtures of the room are per test; one render is enough for this module.
    spec = spec_from_file_location("staged_book", Path(__file__).parents[1] / "stage.py")
    book = module_from_spec(spec)
    spec.loader.exec_module(book)
    folder = tmp_path_factory.mktemp("quarto")
    stage = book.lay(folder / "stage")
    out = folder / "out"
    out.mkdir()
    return render(stage, out, ("html", "pdf", "docx"), read_config(stage), lambda line: None)


@pytest.fixture(scope="module")
def texts(done) -> dict[str, str]:
    pages = [html.fromstring(path.read_bytes()) for path in sorted(done["html"].parent.glob("*.html"))]
    for page in pages:
        for node in page.xpath("//script | //style | //annotation"):
            node.drop_tree()
    word = Document(str(done["docx"])).element.body
    raw = {
        "html": " ".join(page.text_content() for page in pages),
        "pdf": " ".join(page.extract_text() for page in PdfReader(str(done["pdf"])).pages),
        "docx": "\n".join(
            "".join(node.text or "" for node in p.iter(qn("w:t"), qn("m:t"))) for p in word.iter(qn("w:p"))
        ),
    }
    return {fmt: re.sub(r"\s+", " ", text) for fmt, text in raw.items()}


@pytest.mark.parametrize("fmt", ["html", "pdf", "docx"])
@pytest.mark.parametrize("needle", MUST)
def test_shows(texts, fmt, needle):
    text = texts[fmt]
    if fmt == "pdf":  # the setter hyphenates, breaks lines and sets headings in capitals
        text, needle = (re.sub(r"[\s\u00ad-]", "", part).casefold() for part in (text, needle))
    assert needle in text


@pytest.mark.parametrize("fmt", ["html", "pdf", "docx"])
@pytest.mark.parametrize("needle", MUST_NOT)
def test_does_not_show(texts, fmt, needle):
    assert needle not in texts[fmt]


def test_word_captions_count_by_fields(done):
    body = Document(str(done["docx"])).element.body
    fields = [node.text for node in body.iter(qn("w:instrText"))]
    assert sum("SEQ Таблица" in field for field in fields) == 4
    assert sum("SEQ Рисунок" in field for field in fields) == 2
    assert not [table for table in body.iter(qn("w:tbl")) if list(table.iter(qn("w:tbl")))[1:]]


def test_word_needs_no_converter_of_drawings(done):
    media = [name for name in ZipFile(done["docx"]).namelist() if name.startswith("word/media/")]
    assert len(media) == 2 and all(name.endswith(".png") for name in media)


def test_tables_fit_their_pages_in_word(done):
    assert misfits(done["docx"]) == []


def test_pdf_embeds_its_fonts(done):
    fonts = {
        font.get_object()["/BaseFont"]
        for page in PdfReader(str(done["pdf"])).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert any("PTSerif" in name for name in fonts)


def test_signs_that_pt_lacks_come_from_the_book_and_not_from_the_machine(tmp_path, stage):
    page = stage / "index.qmd"
    page.write_text(
        page.read_text(encoding="utf-8")
        + f"\n| Мера {LACKING} | Срок |\n|---|---|\n| **☐** | ☑ |\n\n: Меры ☐ {{#tbl-signs}}\n",
        encoding="utf-8",
    )
    (tmp_path / "out").mkdir()
    book = PdfReader(str(render(stage, tmp_path / "out", ("pdf",), read_config(stage), lambda line: None)["pdf"]))
    text = "".join(page.extract_text() for page in book.pages)
    assert all(sign in text for sign in f"{LACKING}☑")
    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in book.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert not [name for name in fonts if not name.startswith(("PTS", "DejaVuSans", "LastResortHE", "STIX", "NewCM"))]


def test_marks_that_nobody_sees_stop_no_print(tmp_path, stage):
    """A soft hyphen at the end of a link, a byte order mark within a text."""
    page = stage / "index.qmd"
    text = (
        "[Ссылка\u00ad](https://example.org/) и **[слово\u00ad](https://example.org/)**, `код\ufeff`,"
        " при\ufeffмета\n\n[Конец\u00ad](https://example.org/)\n"
    )
    page.write_text(page.read_text(encoding="utf-8") + f"\n{text}", encoding="utf-8")
    (tmp_path / "out").mkdir()
    book = PdfReader(str(render(stage, tmp_path / "out", ("pdf",), read_config(stage), lambda line: None)["pdf"]))
    words = "".join(page.extract_text() for page in book.pages)
    assert re.search(r"Ссылка и слово, код\u2060?, при\u2060?мета\s+Конец", words)


def test_hyphens_of_a_text_become_no_dash_in_print(tmp_path, stage):
    page = stage / "index.qmd"
    page.write_text(page.read_text(encoding="utf-8") + "\nпуть&#45;&#45;ключ&#45;&#45;&#45;конец\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    book = PdfReader(str(render(stage, tmp_path / "out", ("pdf",), read_config(stage), lambda line: None)["pdf"]))
    assert "путь--ключ---конец" in "".join(page.extract_text() for page in book.pages)


def test_reference_to_nothing_stops_the_book(tmp_path, stage):
    page = stage / "index.qmd"
    page.write_text(page.read_text(encoding="utf-8") + "\nСм. рисунок [-@fig-nowhere].\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    with pytest.raises(RenderError, match="fig-nowhere"):
        render(stage, tmp_path / "out", ("html",), read_config(stage), lambda line: None)
