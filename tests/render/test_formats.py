"""What each format of the rendered book must and must not show."""

from __future__ import annotations

import re
import shutil
import zipfile

import pytest
from docx import Document
from lxml import html
from pypdf import PdfReader

from analysis.book.config import read_config
from analysis.book.render.builtin import render
from tests.word_tables import misfits

FORMATS = ("html", "pdf", "docx")
MUST = (
    "на 3,7 % меньше [1, с. 10]",
    "до 2_a*.",
    "«в кавычках» – через тире",
    "Таблица 1 – Численность занятых в Кузбассе и соседних регионах",
    "Таблица 2 – Широкая таблица",
    "Таблица 3 – Меры по годам",
    "Таблица 4 – Ряды",
    "Рисунок 1 – Уровень занятости населения",
    "Рисунок 2 – Рисунок из вывода ячейки",
    "о её уровне – рисунок 1. Рисунок 1 и Таблица 2 тоже",
    "ср. рисунок 1, Рис. 2",
    "Выводы стоят в разделе 1.1.1",
    "подробнее А",
    "по формуле (1)",
    "69 550,3",
    "1 158,7",
    "первое дело",
    "границах",
    "Как читать",
    "Министерство образования Кузбасса. Комплексный анализ условий",
    "Содержание",
)
MUST_NOT = (
    "?@",
    "@fig",
    "@tbl",
    "{python}",
    "{{",
    ":::",
    "nan",
    "None",
    "Traceback",
    "не показывать",
    "FutureWarning",
    "kemerovo-2021",
    "tomsk-2022",
    "injected",
    "для тетради",
    "Не упомянутая книга",
    '"',
    "fig-",
    "December",
)


@pytest.fixture(scope="module")
def texts(rendered) -> dict[str, str]:
    """The words of every format, spaces of all kinds made one."""
    pages = list(rendered.out.glob("*.html"))
    bodies = [html.fromstring(path.read_text(encoding="utf-8")) for path in pages]
    word = Document(str(rendered.files["docx"])).element.body
    notes = zipfile.ZipFile(rendered.files["docx"]).read("word/footnotes.xml").decode("utf-8")
    paragraphs = [
        "".join(node.text or "" for node in paragraph.iter() if node.tag.endswith(("}t", "}tab")))
        for paragraph in word.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    ]
    raw = {
        # The page has a menu of chapters where paper has contents.
        "html": "".join(squeezed(body) for body in bodies) + " Содержание",
        "pdf": " ".join(page.extract_text() for page in PdfReader(str(rendered.files["pdf"])).pages),
        "docx": "\n".join(paragraphs) + re.sub("<[^>]+>", "", notes),
    }
    return {fmt: re.sub(r"\s+", " ", text) for fmt, text in raw.items()}


def squeezed(body) -> str:
    for node in body.xpath("//annotation | //script | //title"):
        node.drop_tree()
    return "".join(body.itertext())


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("needle", MUST)
def test_shows(texts, fmt, needle):
    text = texts[fmt]
    if fmt == "pdf":  # the setter hyphenates, breaks lines and sets headings in capitals
        text, needle = (re.sub(r"[\s\u00ad-]", "", part).casefold() for part in (text, needle))
    assert needle in text


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("needle", MUST_NOT)
def test_does_not_show(texts, fmt, needle):
    assert needle not in texts[fmt]


def test_a_folder_is_a_folder_whatever_its_name_looks_like(pristine, rendered, tmp_path):
    # Pandoc takes names for addresses: «%2f» was a slash to it.
    other = tmp_path / "50%2f" / "к <b>&'x\" #?é"
    shutil.copytree(pristine, other / "stage")
    out = render(
        other / "stage", other / "out", ("html", "pdf", "docx"), read_config(other / "stage"), lambda line: None
    )
    assert {name: file.read_bytes() for name, file in out.items()} == {
        name: file.read_bytes() for name, file in rendered.files.items()
    }


def test_conditional_text_is_in_its_own_format_only(texts):
    assert [fmt for fmt in FORMATS if "только на экране" in texts[fmt]] == ["html"]
    assert [fmt for fmt in FORMATS if "только в Word" in texts[fmt]] == ["docx"]


def test_references_lead_across_chapters(rendered):
    page = html.fromstring(rendered.page("system"))
    targets = {link.text_content(): link.get("href") for link in page.xpath("//main//a[@class='xref']")}
    assert targets["1"] == "conditions.html#fig-rate"
    assert targets["Рис.\u00a02"] == "#fig-second"
    assert page.xpath("//a[text()='раздел о занятости']/@href") == ["conditions.html#sec-employment"]


def test_every_link_of_every_page_has_a_target(rendered):
    ids = {
        path.name: set(html.fromstring(path.read_text(encoding="utf-8")).xpath("//@id"))
        for path in rendered.out.glob("*.html")
    }
    for path in rendered.out.glob("*.html"):
        for href in html.fromstring(path.read_text(encoding="utf-8")).xpath("//a/@href"):
            file, _, anchor = href.partition("#")
            if "://" in href:
                continue
            assert (rendered.out / (file or path.name)).is_file(), href
            assert not anchor or anchor in ids[file or path.name], href


def test_pages_load_nothing_from_the_network(rendered):
    for path in rendered.out.glob("*.html"):
        page = html.fromstring(path.read_text(encoding="utf-8"))
        loaded = page.xpath(
            "//link[not(@rel='canonical')]/@href | //script/@src | //img/@src | //iframe/@src | //source/@src"
        )
        assert loaded
        for source in loaded:
            assert "//" not in source
            assert (rendered.out / source).is_file(), source
    for path in (*rendered.out.rglob("*.css"), *rendered.out.rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"url\([\"']?(https?:)?//|fetch\(|XMLHttpRequest|@import", text), path


def test_merged_header_cells_survive(rendered):
    head = html.fromstring(rendered.page("conditions")).xpath("//figure[@id='tbl-employed']//thead/tr[1]/th")
    assert [(cell.get("rowspan"), cell.get("colspan")) for cell in head] == [("2", None), (None, "2"), ("2", None)]
    table = Document(str(rendered.files["docx"])).tables[0]
    first, second = table.rows[0].cells, table.rows[1].cells
    assert first[0]._tc is second[0]._tc and first[1]._tc is first[2]._tc
    assert second[1].text == "2019"


def test_numbers_stand_to_the_right(rendered):
    cells = html.fromstring(rendered.page("conditions")).xpath("//figure[@id='tbl-employed']//td")
    assert cells and all("num" in cell.get("class") for cell in cells)
    cell = Document(str(rendered.files["docx"])).tables[0].rows[2].cells[1]
    assert cell.paragraphs[0].alignment is not None and cell.paragraphs[0].alignment.name == "RIGHT"


def test_turned_pages(rendered):
    turned = [page.mediabox.width > page.mediabox.height for page in PdfReader(str(rendered.files["pdf"])).pages]
    assert any(turned) and not turned[0] and not turned[-1]
    sections = Document(str(rendered.files["docx"])).sections
    assert [section.orientation.name for section in sections] == ["PORTRAIT", "LANDSCAPE", "PORTRAIT"]
    assert [section.different_first_page_header_footer for section in sections] == [True, False, False]
    assert all(section.footer.paragraphs for section in sections)


def test_head_rows_repeat_in_word(rendered):
    for table in Document(str(rendered.files["docx"])).tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_tables_fit_their_pages_in_word(rendered):
    assert misfits(rendered.files["docx"]) == []


def test_word_captions_are_real(rendered):
    body = Document(str(rendered.files["docx"])).element.body
    codes = [node.text.strip() for node in body.iter() if node.tag.endswith("}instrText")]
    assert sum(code.startswith("SEQ Таблица") for code in codes) == 4
    assert sum(code.startswith("SEQ Рисунок") for code in codes) == 2
    assert any(code.startswith('TOC \\o "1-3"') for code in codes)
    names = {
        node.get(node.nsmap["w"].join("{}") + "name") for node in body.iter() if node.tag.endswith("}bookmarkStart")
    }
    referred = {code.split()[1] for code in codes if code.startswith("REF ")}
    assert referred and referred <= names


def test_pictures_are_described_everywhere(rendered):
    alt = "Уровень занятости вырос с 57 до 59 процентов"
    assert alt in html.fromstring(rendered.page("conditions")).xpath("//img/@alt")
    described = Document(str(rendered.files["docx"])).element.body.xpath(".//wp:docPr/@descr")
    assert alt in described and all(described)


def test_pdf_is_tagged_and_carries_its_fonts(rendered):
    reader = PdfReader(str(rendered.files["pdf"]))
    assert reader.metadata.title == "Занятость выпускников: пробная книга"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            family = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = family["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_word_properties(rendered):
    document = Document(str(rendered.files["docx"]))
    assert document.core_properties.title == "Занятость выпускников: пробная книга"
    assert document.core_properties.language == "ru-RU"


def test_marks_that_nobody_sees_stop_no_print(stage, build):
    """A soft hyphen at the end of a link, a byte order mark within a text."""
    page = stage / "index.qmd"
    text = (
        "[Ссылка\u00ad](https://example.org/) и **[слово\u00ad](https://example.org/)**, `код\ufeff`,"
        " при\ufeffмета\n\n[Конец\u00ad](https://example.org/)\n"
    )
    page.write_text(page.read_text(encoding="utf-8") + f"\n{text}", encoding="utf-8")
    words = "".join(found.extract_text() for found in PdfReader(str(build(stage, ("pdf",)).files["pdf"])).pages)
    assert re.search(r"Ссылка и слово, код\u2060?, при\u2060?мета\s+Конец", words)


def test_same_book_gives_the_same_bytes(stage, build):
    first, second = (build(stage, ("pdf", "docx")) for _ in range(2))
    for fmt in ("pdf", "docx"):
        assert first.files[fmt].read_bytes() == second.files[fmt].read_bytes()


def test_nothing_of_the_stage_is_touched(stage, build):
    before = {path: path.read_bytes() for path in stage.rglob("*") if path.is_file()}
    build(stage, FORMATS)
    assert before == {path: path.read_bytes() for path in stage.rglob("*") if path.is_file()}


def test_a_note_is_not_torn_from_its_table(stage, book, build):
    """Whatever the number of rows, the note stands on a page with rows of its table."""
    for rows in range(45, 48):
        lines = "".join(f"<tr><td>Строка {row}</td><td>{row}</td></tr>" for row in range(rows))
        table = f"<table><thead><tr><th>Имя</th><th>Число</th></tr></thead><tbody>{lines}</tbody></table>"
        text = (
            "# Введение {.unnumbered #sec-introduction}\n\n:::"
            f" {{#tbl-long}}\n\n```{{=html}}\n{table}\n```\n\nДлинная\n\n:::\n\n"
        )
        cell = book.text_cell(text + "::: {.exhibit-note}\nИсточник таблицы.\n:::\n")
        (stage / "chapters/introduction.ipynb").write_text(book.notebook(cell), encoding="utf-8")
        out = build(stage, ("pdf",)).files["pdf"]
        pages = [page.extract_text() for page in PdfReader(str(out)).pages]
        assert [page for page in pages if "Источник таблицы" in page and f"Строка {rows - 1}" in page], rows
