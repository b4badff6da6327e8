"""Tables of the Word file are as wide as their pages, upright and turned, wherever they stand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from analysis.book.render.common.word_tables import divided
from tests.word_tables import W, misfits, placed_tables

MANY = 40
NESTED = """\
+-------+-----------------------+
| a     | +--------+---------+  |
|       | | x      | y       |  |
|       | +========+=========+  |
|       | | 1      | 2       |  |
|       | +--------+---------+  |
+-------+-----------------------+
"""
PIPE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
HTML = """\
```{{=html}}
<table><thead><tr><th colspan="2">Вместе</th><th>Один</th></tr></thead>
<tbody><tr><td>{0}</td><td>Показатель</td><td>{0}</td></tr></tbody></table>
```
"""
# Renders a stage into a folder, much made and thrown away before: addresses of objects differ from process to process.
RENDER = """\
import sys
from pathlib import Path
from lxml import etree
from analysis.book.config import read_config
from analysis.book.render.builtin import render
kept = [etree.fromstring("<a>" + "<b/>" * number + "</a>") for number in range(int(sys.argv[3]))]
render(Path(sys.argv[1]), Path(sys.argv[2]), ("docx",), read_config(Path(sys.argv[1])), lambda line: None)
"""


def within(opening: str, text: str) -> str:
    return f"::: {{{opening}}}\n\n{text}\n\n:::\n"


def indented(mark: str, text: str) -> str:
    return "\n".join(mark + line for line in text.splitlines()) + "\n"


def text() -> str:
    """Return a chapter with tables of every kind at every kind of place."""
    turned = [f"{HTML.format(number)}\nТекст {number}.\n" for number in range(MANY)]
    return "\n".join(
        [
            "# 1.1\u00a0Таблицы {#sec-conditions}\n",
            within(".landscape", HTML.format("первая")),
            within(".landscape", NESTED),
            "## 1.1.1\u00a0Прямо {#sec-employment}\n",
            *turned[: MANY // 2],
            NESTED,
            "- список\n",
            indented("  ", PIPE),
            "> цитата\n>",
            indented("> ", PIPE),
            within(".callout-note", f"## Врезка\n\n{PIPE}"),
            within(
                ".landscape",
                "\n".join(
                    [
                        "Поворот.[^turned]\n",
                        *turned[MANY // 2 :],
                        "- список\n",
                        indented("  ", PIPE),
                        within(".landscape", NESTED),
                        PIPE,
                    ]
                ),
            ),
            "Прямо.[^upright]\n",
            "[^turned]: Сноска.\n",
            indented("    ", PIPE),
            "[^upright]: Сноска.\n",
            indented("    ", PIPE),
        ]
    )


@pytest.fixture(scope="module")
def laid(pristine, book, tmp_path_factory) -> Path:
    """The staged book with that chapter; its appendix stands on turned pages to the end."""
    stage = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("tables") / "stage"))
    chapters = {
        "introduction": "# Введение {.unnumbered #sec-introduction}\n\nБез таблиц.",
        "conditions": text(),
        "system": "# 1.2\u00a0Система {#sec-system}\n\nБез таблиц.",
        "catalogue": (
            "# Приложение\u00a0А. Каталог {#sec-catalogue}\n\n" + within(".landscape", HTML.format("последняя"))
        ),
    }
    for stem, source in chapters.items():
        (stage / f"chapters/{stem}.ipynb").write_text(book.notebook(book.text_cell(source)), encoding="utf-8")
    return stage


@pytest.fixture(scope="module")
def documents(laid) -> list[Path]:
    """The Word file of that book, made by two processes."""
    files = []
    for number, seed in ((0, "1"), (5000, "2")):
        out = laid.parent / f"out{number}"
        command = [sys.executable, "-c", RENDER, str(laid), str(out), str(number)]
        subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": seed}, check=True)
        files.append(out / "report.docx")
    return files


def test_every_table_is_as_wide_as_what_it_stands_in(documents):
    assert misfits(documents[0]) == []


def test_every_kind_of_place_was_looked_at(documents):
    kinds = {(table.turned, table.nested) for table in placed_tables(documents[0])}
    assert kinds == {(False, False), (False, True), (True, False), (True, True)}
    assert len(placed_tables(documents[0])) > MANY
    widths = {table.grid for table in placed_tables(documents[0]) if not table.nested}
    assert [round(width / 1440 * 25.4) for width in sorted(widths)] == [165, 257]


def test_tables_of_footnotes_are_as_wide_as_the_pages_of_their_marks(documents):
    with ZipFile(documents[0]) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
    widths = [sum(int(column.get(f"{W}w")) for column in grid) for grid in notes.iter(f"{W}tblGrid")]
    assert [round(width / 1440 * 25.4) for width in widths] == [257, 165]


def test_two_processes_write_the_same_bytes(documents):
    first, second = (file.read_bytes() for file in documents)
    assert first == second


def test_turned_pages_have_text_and_the_book_ends_on_one(documents):
    document = Document(str(documents[0]))
    assert document.sections[-1].orientation.name == "LANDSCAPE"
    assert [section.different_first_page_header_footer for section in document.sections] == [True] + [False] * (
        len(document.sections) - 1
    )
    for section in document.sections:
        blocks = list(section.iter_inner_content())
        assert any(hasattr(block, "rows") or block.text.strip() for block in blocks)
        # LibreOffice does not turn a page that begins with a table.
        assert not hasattr(blocks[0], "rows")


def test_nothing_is_kept_with_the_next_twice(documents):
    with ZipFile(documents[0]) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    assert {len(properties.findall(f"{W}keepNext")) for properties in body.iter(f"{W}pPr")} == {0, 1}


@pytest.mark.parametrize("given", [[1, 1, 1], [0, 0, 0], [880, 1650, 1], [5.5] * 31, [7]])
def test_widths_of_columns_make_the_width_of_the_table(given):
    parts = divided(9355, given)
    assert sum(parts) == 9355 and min(parts) > 0 and len(parts) == len(given)
