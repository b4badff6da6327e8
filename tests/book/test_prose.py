"""The prose of an edition on its way into a book: lint, execution, numbering, stage, provenance, both renderers."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from analysis.base import paths
from analysis.base.errors import RenderError
from analysis.book.authored import in_project
from analysis.book.build import build
from analysis.book.config import read_config
from analysis.book.diagnostics import MistakesError
from analysis.book.lint import mistyped
from analysis.book.progress import Reporter
from analysis.book.render import builtin
from analysis.book.render.quarto.prepare import prepare
from analysis.book.renderers import renderer
from analysis.book.source import Source
from analysis.book.typed import in_chapters

WORDS = {"title": "Малый доклад", "subtitle": "", "organisation": "", "region_loc": "Севере"}
FILE = "data/editions/tiny/prose/one/own.md"
ANCHOR = 'py:report.prose("own")'
ONE = ("# Первая {#sec-one}\n\nНачало.", ANCHOR, "## Раздел {#sec-part}\n\nСм. @sec-two.", "py:late = 1")
EXHIBIT = (
    "import os\nfrom pathlib import Path\nfrom IPython.display import Markdown\n"
    'told = \'{"caption": "", "note": "", "sources": {}, "tables": [], "read": [], "grid": null}\'\n'
    "folder = Path(os.environ['REPORT_EXHIBITS'])\n"
    "_ = (folder / 'tbl-own.json').write_text(told)\n_ = (folder / 'tbl-own.csv').write_text('a\\n1\\n')\n"
    "Markdown('::: {#tbl-own}\\n\\n| а |\\n|---|\\n| б |\\n\\n: Своя таблица\\n\\n:::')"
)


def stub(stage, out, formats, config, log) -> dict[str, Path]:
    (out / "index.html").write_text((stage / "chapters/one.ipynb").read_text(encoding="utf-8"), encoding="utf-8")
    return {"html": out / "index.html"}


@pytest.fixture
def book(tiny, write_chapter):
    """Return the tiny project with an anchor in its first chapter; builds, lints, and takes fragments."""

    class Book:
        root, prose = tiny, paths.prose("tiny")

        def lay(self, text, name="own.md", folder="one"):
            file = self.prose / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

        def build(self, render=stub):
            listed = {"listed": lambda edition: ("С 2000 года",)}
            source = Source(lambda edition: (), lambda edition: WORDS, lambda edition, folder: None, **listed)
            with Reporter(quiet=True) as reporter:
                return build("tiny", source, render=render, formats=["html"], reporter=reporter)

        def staged(self):
            stage = paths.build("tiny") / "stage"
            return nbformat.read(stage / "chapters/one.ipynb", as_version=4).cells

        def mistyped(self):
            return mistyped(tiny, {"tbl-own"}, {"report2021"}, self.prose)

    write_chapter("one", *ONE)
    return Book()


def test_a_chapter_without_its_fragment_is_staged_as_one_without_the_anchor(book, write_chapter):
    def staged():
        book.build()
        return (paths.build("tiny") / "stage/chapters/one.ipynb").read_bytes()

    file = write_chapter("one", *ONE)
    notebook = nbformat.read(file, as_version=4)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number}"
    nbformat.write(notebook, str(file))
    with_anchor = staged()
    notebook.cells = [cell for cell in notebook.cells if "prose" not in cell.source]
    nbformat.write(notebook, str(file))
    assert staged() == with_anchor and b"place" not in with_anchor


def test_a_fragment_stands_in_the_book_with_numbers_and_references_of_the_whole(book):
    book.lay("## Своё {#sec-own}\n\nС `{python} str(since)` года, см. [-@sec-part], таблица [-@tbl-own].\n")
    book.lay("## Ещё {#sec-more}\n\nСм. @sec-own.", "sec-part.after.md")
    book.lay("См. @sec-own и [-@sec-more].", "sec-two.after.md", "two")
    book.build()
    cells = book.staged()
    prose = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert prose[1].startswith("## 1.1.1\u00a0Своё {#sec-own}\n\nС `{python} str(since)` года, см. [1.1.2](#sec-part)")
    assert prose[2].startswith("## 1.1.2\u00a0Раздел {#sec-part}")
    assert prose[3] == "## 1.1.3\u00a0Ещё {#sec-more}\n\nСм. [раздел\u00a01.1.1](#sec-own)."
    assert "place" not in (paths.build("tiny") / "stage/chapters/one.ipynb").read_text(encoding="utf-8")
    two = (paths.build("tiny") / "stage/chapters/two.ipynb").read_text(encoding="utf-8")
    assert "[раздел\u00a01.1.1](one.ipynb#sec-own) и [1.1.3](one.ipynb#sec-more)" in two


def test_a_replaced_section_gives_its_number_to_the_new_one(book):
    book.lay("## Иначе {#sec-part}\n\nПо-своему.", "sec-part.replace.md")
    book.build()
    assert [cell.source for cell in book.staged() if cell.cell_type == "markdown"][1:] == [
        "## 1.1.1\u00a0Иначе {#sec-part}\n\nПо-своему."
    ]
    assert not any("late" in cell.source for cell in book.staged())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Да.\n\n`{python} nothing`", f"{FILE}, строка 3: имени «nothing» нет"),
        ("Да.\n\n```{python}\nx = 1\n1 / 0\n```\n", f"{FILE}, строка 5: деление на ноль"),
    ],
)
def test_a_failure_names_the_file_and_its_line(book, text, said):
    book.lay(text)
    with pytest.raises(MistakesError) as failed:
        book.build()
    assert said in str(failed.value)


def test_cells_of_the_chapter_keep_their_numbers(book, write_chapter):
    write_chapter("one", *ONE, "`{python} nothing`")
    book.lay("А.\n\n```{python}\na = 1\n```\n\nБ.")
    with pytest.raises(MistakesError, match=r"one\.ipynb, ячейка 6, строка 1: имени «nothing» нет"):
        book.build()


def test_what_a_renderer_refuses_is_named_by_file_and_line(book):
    book.lay("Да.\n\n```{python}\nfrom IPython.display import Markdown\nMarkdown('[x](../nowhere.png)')\n```\n")
    with pytest.raises(MistakesError) as failed:
        book.build(renderer("builtin"))
    assert str(failed.value).startswith(f"{FILE}, строка 4: в показанном кодом Markdown: ")
    book.lay("Слово.\n\n::: {.x}\n\nНе закрыто.\n")
    with pytest.raises(RenderError, match=rf"^{FILE}, строка [3-6]: "):
        book.build(builtin.render)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("Да.\n\nСм. [-@sec-nowhere].", 3, "никуда не ведёт"),
        ("Да.\n\n`{pyton} x`", 3, "записано не так"),
        ("Да.\n\n```{python}\nx = (\n```", 4, ""),
        ("Да.\n\n```{python}\nexit()\n```", 4, "останавливает главу"),
        ("Да.\n\n```{python}\n#| fig-cpa: x\n1\n```", 4, "fig-cpa"),
        ("# Вторая\n", 1, "второй заголовок первого уровня"),
        ("## А {#sec-two}\n", 1, "уже занята"),
        ("Да.\n\n```{python .x}\ny\n```", 3, "не выполняется"),
        ('Да.\n\n```{python}\nreport.prose("own")\n```', 4, "фрагмент просит о другом фрагменте"),
        ('Да. `{python} report.prose("own")`', 1, "фрагмент просит"),
    ],
)
def test_lint_names_the_file_and_its_line(book, text, line, said):
    book.lay(text)
    found = [one for one in book.mistyped() if one.file == FILE]
    # Of a label that stands twice the later one is blamed, here that of the chapter after it.
    told = found or [one for one in book.mistyped() if FILE in one.problem]
    assert any(said in f"{one.problem} {one.text}" for one in told), told
    assert [(one.cell, one.line) for one in found] == ([] if "занята" in said else [(0, line)]), found


def test_lint_reads_a_fragment_with_the_chapter_around_it(book):
    book.lay("## Своё {#sec-own}\n\nСм. [-@sec-part] и [@report2021].")
    book.lay("См. @sec-own.", "sec-two.after.md", "two")
    assert book.mistyped() == []
    # Without the edition there is nothing to be wrong.
    assert mistyped(book.root) == []


def test_typed_numbers_and_pictures_of_a_fragment_are_found_in_its_file(book):
    book.lay("Да.\n\nВыпущено 14127 человек.\n\n![схема](img/no.png)\n\n```{python}\n#| fig-cap: Рост на 5 %\nx\n```")
    assert [(one.file, one.line, one.text) for one in in_chapters(book.root, prose=book.prose)] == [
        (FILE, 3, "14127"),
        (FILE, 8, "5 %"),
    ]
    assert [(one.file, one.cell, one.line) for one in in_project(book.root, book.prose)] == [(FILE, 0, 5)]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('py:x = report.prose("a")', "якорь текста издания записан не так"),
        ("py:report.prose(name)", "якорь текста издания записан не так"),
        ('`{python} report.prose("a")`', "якорь стоит в тексте"),
        (ANCHOR, "якорь «own» уже стоит (chapters/one.ipynb, ячейка 3)"),
    ],
)
def test_lint_tells_of_an_anchor_that_is_none(book, write_chapter, cell, said):
    write_chapter("two", "# Вторая {#sec-two}", cell)
    (found,) = [one for one in book.mistyped() if "якорь" in one.problem]
    assert said in found.problem and (found.file, found.cell, found.line) == ("chapters/two.ipynb", 3, 1)


@pytest.mark.parametrize(("command", "status"), [("check", 1), ("build", 2)])
def test_bad_fragments_stand_in_the_table_with_the_rest(book, report, write_chapter, command, status):
    write_chapter("two", "# Вторая {#sec-two}\n\n`{pyton} x`")
    book.lay("Текст.", "onw.md")
    book.lay("Текст.", "a.md", "tow")
    code, out, err = report(command, "tiny")
    assert code == status and not (book.root / "_book").exists() and not (book.root / "build/tiny").exists()
    said = [" ".join(line.split()) for line in (out + err).splitlines()]
    for place, words in (
        ("chapters/two.ipynb, ячейка 2, строка 3", "записано не так"),
        ("data/editions/tiny/prose/one/onw.md", "в главе one нет якоря «onw» Возможно, имелось в виду «own»."),
        ("data/editions/tiny/prose/tow", "главы «tow» нет Возможно, имелось в виду «two»."),
    ):
        assert any(line.startswith(place) and words in line for line in said), said


def test_check_lists_what_is_mistyped_in_a_fragment(book, report):
    book.lay("Да.\n\nВыпущено 14127 человек.")
    code, out, _ = report("check", "tiny")
    assert code == 1 and FILE in out and "14127" in out


def test_an_exhibit_of_a_fragment_says_where_it_was_made(book):
    book.lay(f"Да.\n\n```{{python}}\n{EXHIBIT}\n```\n")
    page = book.build()["html"]
    said = page.read_text(encoding="utf-8")
    assert f"<dt>Фрагмент</dt><dd>{FILE}, строка 4 (в главе chapters/one.ipynb)</dd>" in said
    record = json.loads((page.parent / "provenance.json").read_text(encoding="utf-8"))
    assert record["entity"]["spo:exhibit/tbl-own"]["spo:fragment"] == f"{FILE}, строка 4"
    assert f"spo:file/{FILE}" in record["entity"]


def test_quarto_gets_the_stage_and_no_places(book, tmp_path):
    book.lay("## Своё {#sec-own}\n\nТекст.")
    book.build()
    stage = paths.build("tiny") / "stage"
    assert (stage / "places.json").is_file()
    prepare(stage, tmp_path / "quarto", read_config(stage), ("html",))
    cells = json.loads((tmp_path / "quarto/one.ipynb").read_text(encoding="utf-8"))["cells"]
    assert any("Своё {#sec-own}" in "".join(cell["source"]) for cell in cells)
    assert not any("place" in cell["metadata"] for cell in cells) and not (tmp_path / "quarto/places.json").exists()
