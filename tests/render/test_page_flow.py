"""How text, figures and tables fill the pages: what stays together, what may pass what."""

import zipfile

import pytest
from lxml import etree
from matplotlib.figure import Figure
from pypdf import PdfReader

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEAD = "# Введение {.unnumbered #sec-introduction}\n\n"


def paragraphs(name, count):
    return "".join(f"{name} {at}. {'Слова заполняют строку. ' * 8}\n\n" for at in range(1, count + 1))


def figure(stage, name, height):
    """Draw a figure of a height in inches; return how a chapter shows it, its note below."""
    drawn = Figure(figsize=(6.5, height))
    drawn.subplots().plot([1, 2])
    for kind in ("svg", "png"):
        drawn.savefig(stage / "figures" / f"{name}.{kind}", metadata={"Date": None} if kind == "svg" else None)
    return (
        f"::: {{#fig-{name}}}\n\n![](../figures/{name}){{fig-alt='Линия'}}\n\nПодпись {name}\n\n:::\n\n"
        f"::: {{.exhibit-note}}\nПримечание {name}.\n:::\n\n"
    )


@pytest.fixture
def pages(stage, book, build):
    """Return a function: the text of the introduction to the texts of the pages."""

    def made(text):
        (stage / "chapters/introduction.ipynb").write_text(book.notebook(book.text_cell(HEAD + text)), encoding="utf-8")
        return [page.extract_text() for page in PdfReader(str(build(stage, ("pdf",)).files["pdf"])).pages]

    return made


def page_of(pages, words):
    (found,) = [at for at, page in enumerate(pages) if words in " ".join(page.split())]
    return found


def test_text_fills_the_page_before_a_figure_that_has_no_room(stage, pages):
    tall = figure(stage, "tall", 8.5)
    read = pages(paragraphs("До", 4) + tall + paragraphs("После", 12))
    first = page_of(read, "До 1.")
    assert page_of(read, "После 1.") == page_of(read, "После 2.") == first
    assert page_of(read, "Рисунок 1 – Подпись tall") == page_of(read, "Примечание tall.") == first + 1


def test_a_figure_that_has_room_stands_where_it_is_told(stage, pages):
    read = pages(paragraphs("До", 4) + figure(stage, "low", 3) + paragraphs("После", 12))
    page = read[page_of(read, "До 1.")]
    assert page.index("До 4.") < page.index("Подпись low") < page.index("После 1.")


def test_figures_keep_their_order_and_their_chapter(stage, pages):
    one, two = figure(stage, "one", 8.5), figure(stage, "two", 2)
    read = pages(paragraphs("До", 4) + one + "Между ними.\n\n" + two + paragraphs("После", 1))
    places = [page_of(read, f"Рисунок {at} – Подпись {name}") for at, name in ((1, "one"), (2, "two"))]
    assert places[0] <= places[1] <= page_of(read, "О занятости говорит таблица") - 1
    assert page_of(read, "Между ними.") == page_of(read, "До 4.")


def grouped(rows, after):
    band = "<tr><th scope='row' colspan='2'>Вторая группа</th></tr>"
    lines = "".join(f"<tr><td>Строка {at}</td><td>{at}</td></tr>" for at in range(rows))
    rest = "".join(f"<tr><td>Дальше {at}</td><td>{at}</td></tr>" for at in range(after))
    table = f"<table><thead><tr><th>Имя</th><th>Число</th></tr></thead><tbody>{lines}{band}{rest}</tbody></table>"
    return f"::: {{#tbl-groups}}\n\n```{{=html}}\n{table}\n```\n\nС группами\n\n:::\n\n"


def test_a_group_row_stands_with_a_row_that_it_heads(pages):
    """Whatever the number of rows above it."""
    for rows in range(44, 49):
        read = pages(grouped(rows, 30))
        holding = [page for page in read if "Вторая группа" in page]
        assert all("Дальше" in page.partition("Вторая группа")[2] for page in holding), rows
        assert "Дальше 0" in holding[0], rows


def test_a_group_row_heads_the_next_page_too(pages):
    read = pages(grouped(20, 60))
    continued = [page for page in read if "Дальше" in page]
    assert len(continued) > 1 and all("Вторая группа" in page for page in continued)


def test_word_parts_a_table_without_caption_from_the_text_around_it(stage, book, build):
    text = "Слова до.\n\n| А | Б |\n|---|---|\n| 1 | 2 |\n\nСлова после.\n"
    (stage / "chapters/introduction.ipynb").write_text(book.notebook(book.text_cell(HEAD + text)), encoding="utf-8")
    with zipfile.ZipFile(build(stage, ("docx",)).files["docx"]) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    spaces = {
        "".join(one.itertext()): dict(one.find(f"{W}pPr/{W}spacing").attrib)
        for one in body.iter(f"{W}p")
        if one.find(f"{W}pPr/{W}spacing") is not None
    }
    assert spaces["Слова до."] == {f"{W}after": "120"} and spaces["Слова после."] == {f"{W}before": "240"}


def test_word_keeps_heads_and_group_rows_with_what_they_head(stage, book, build):
    (stage / "chapters/introduction.ipynb").write_text(
        book.notebook(book.text_cell(HEAD + grouped(20, 20))), encoding="utf-8"
    )
    with zipfile.ZipFile(build(stage, ("docx",)).files["docx"]) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    (table,) = [one for one in body.iter(f"{W}tbl") if "Вторая группа" in "".join(one.itertext())]
    kept = {
        "".join(row.itertext()): all(one.find(f"{W}pPr/{W}keepNext") is not None for one in row.iter(f"{W}p"))
        for row in table.findall(f"{W}tr")
    }
    assert [words for words, with_next in kept.items() if with_next] == ["ИмяЧисло", "Вторая группа"]
