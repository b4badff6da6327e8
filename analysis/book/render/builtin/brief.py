"""The first page of the report alone: a PDF of two pages at most, for a reader who takes nothing else along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.base.errors import RenderError
from analysis.book.render.builtin import paper, printed, syntax
from analysis.book.render.builtin.navigation import is_home
from analysis.book.render.builtin.tree import Manuscript
from analysis.book.render.common.nodes import Node, rewrite
from analysis.book.render.common.pandoc import write
from analysis.book.render.common.typst_source import template

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

MOST = 2  # pages
# Asks the set page how many it fills.
PAGES = "#context [#metadata(counter(page).final().first()) <pages>]\n"
# Files of the whole report, as they lie beside this one.
WHOLE = {
    "report.pdf": "report.pdf (печать)",
    "report.docx": "report.docx (Word)",
    "index.html": "index.html (страницы)",
}


def render_brief(book: Manuscript, work: Path, path: Path, config: BookConfig) -> Path:
    """Set the first page of a book alone and write the PDF; the same input gives the same bytes.

    Parameters
    ----------
    book
        The whole book, for the numbers of what the page refers to.
    work
        Folder for the source, with the pictures.
    path
        Where the PDF goes; what of the whole report lies beside it is named at its end.
    config
        Facts of the book, the date.

    Returns
    -------
    Path
        The PDF.

    Raises
    ------
    RenderError
        The book has no first page, or one that fills more than two.
    """
    home = next((chapter for chapter in book.chapters if is_home(chapter.entry)), None)
    if home is None:
        raise RenderError("Краткую версию делать не из чего: в книге нет первой страницы (chapters/index.ipynb).")
    # What a reference leads to is in the whole report: here it is its words.
    bare = rewrite(syntax.visible(paper.on_paper(home), "typst"), {"Link": _words})
    blocks = printed.lowered(printed.with_notes(bare), book, work, config)
    whole = [said for name, said in WHOLE.items() if (path.parent / name).is_file()]
    text = f"{template(config, whole=whole)}\n{write(blocks, 'typst-citations')}\n#brief-foot\n{PAGES}"
    source = work / "brief.typ"
    source.write_text(text.replace(printed.BYTE_ORDER, printed.JOINER), encoding="utf-8", newline="\n")
    if (pages := printed.compiled(source, path, config, "<pages>")) > MOST:
        raise RenderError(
            f"«Главное» занимает страниц: {pages}, а краткая версия – не больше двух. Сократите слова издания в"
            " prose/index/main.md."
        )
    return path


def _words(node: Node) -> Node | list[Node]:
    return node["c"][1] if node["c"][2][0].startswith("#") else node
