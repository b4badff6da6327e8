"""The title of a table or a figure: above it in every format, in a style of its own, never on another page."""

import pytest
from docx import Document
from lxml import html
from pypdf import PdfReader

HEAD = "# Введение {.unnumbered #sec-introduction}\n\n"
TITLE = "::: {{.exhibit-title}}\n{}\n:::\n\n"


def paragraphs(count):
    return "".join(f"До {at}. {'Слова заполняют строку. ' * 8}\n\n" for at in range(1, count + 1))


def table(rows):
    lines = "".join(f"<tr><td>Строка {at}</td><td>{at}</td></tr>" for at in range(rows))
    whole = f"<table><thead><tr><th>Имя</th><th>Число</th></tr></thead><tbody>{lines}</tbody></table>"
    return f"::: {{#tbl-titled}}\n\n```{{=html}}\n{whole}\n```\n\nИмена и числа\n\n:::\n\n"


FIGURE = "::: {#fig-titled}\n\n![](../figures/rate){fig-alt='Линия'}\n\nУровень занятости\n\n:::\n\n"


@pytest.fixture
def made(stage, book, build):
    """Return a function: the text of the introduction to a built book."""

    def make(text, formats=("html", "pdf", "docx")):
        (stage / "chapters/introduction.ipynb").write_text(book.notebook(book.text_cell(HEAD + text)), encoding="utf-8")
        return build(stage, formats)

    return make


def test_a_title_stands_above_caption_and_table_and_above_the_picture(made):
    done = made(TITLE.format("Занятых стало меньше") + table(3) + TITLE.format("Уровень упал") + FIGURE)
    main = html.fromstring(done.page("introduction")).find(".//main")
    titles = main.xpath(".//div[@class='exhibit-title']")
    assert [one.text_content().strip() for one in titles] == ["Занятых стало меньше", "Уровень упал"]
    assert [one.getnext().get("id") for one in titles] == ["tbl-titled", "fig-titled"]
    words = " ".join("".join(page.extract_text() for page in PdfReader(str(done.files["pdf"])).pages).split())
    # The table of the other chapter is number two: titles have no numbers.
    order = ["Занятых стало меньше", "Таблица 1 – Имена и числа", "Строка 0", "Уровень упал", "Рисунок 1 – Уровень"]
    assert [words.index(one) for one in order] == sorted(words.index(one) for one in order)
    blocks = [
        block
        for block in Document(str(done.files["docx"])).iter_inner_content()
        if hasattr(block, "rows") or block.text
    ]
    at = {getattr(block, "text", ""): number for number, block in enumerate(blocks)}
    first, second = at["Занятых стало меньше"], at["Уровень упал"]
    assert [blocks[number].style.name for number in (first, first + 1)] == ["Exhibit Title", "Table Caption"]
    assert hasattr(blocks[first + 2], "rows") and blocks[second].style.name == "Exhibit Title"
    style = blocks[first].style
    assert style.paragraph_format.keep_with_next and style.font.bold
    assert blocks[first].paragraph_format.keep_with_next in (None, True)


@pytest.mark.parametrize("rows", [6, 60])
def test_a_title_never_parts_from_its_exhibit(made, rows):
    for before in range(8, 14):
        done = made(paragraphs(before) + TITLE.format("Чисел много") + table(rows), ("pdf",))
        pages = [" ".join(page.extract_text().split()) for page in PdfReader(str(done.files["pdf"])).pages]
        (page,) = [page for page in pages if "Чисел много" in page]
        assert "Таблица 1 – Имена и числа" in page and "Строка 0" in page, before


def test_a_title_goes_with_a_figure_that_has_no_room(made):
    done = made(paragraphs(9) + TITLE.format("Уровень упал") + FIGURE + "После.\n", ("pdf",))
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(str(done.files["pdf"])).pages]
    (page,) = [page for page in pages if "Уровень упал" in page]
    assert "Рисунок 1 – Уровень занятости" in page
