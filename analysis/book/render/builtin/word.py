"""The book as a Word file: pandoc writes it, Word's own fields and sections are put in around it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.book.render.builtin import paper
from analysis.book.render.builtin.tree import Manuscript
from analysis.book.render.builtin.word_blocks import WordBlocks
from analysis.book.render.common.dates import book_time
from analysis.book.render.common.pandoc import document, pandoc
from analysis.book.render.common.word_package import finish
from analysis.book.render.common.word_reference import write_reference

if TYPE_CHECKING:
    from analysis.book.config import BookConfig


def render_docx(book: Manuscript, work: Path, path: Path, config: BookConfig) -> Path:
    """Write the Word file; the same input gives the same bytes.

    Parameters
    ----------
    book
        The whole book.
    work
        Folder with the pictures.
    path
        Where the file goes.
    config
        The book as `_quarto.yml` describes it.

    Returns
    -------
    Path
        The Word file.
    """
    reference = work / "reference.docx"
    write_reference(reference)
    blocks = WordBlocks(book, work, config).lowered(paper.one_document(book, "docx"))
    stamp = book_time(config.date)
    pandoc(
        *(
            "-f",
            "json",
            "-t",
            "docx",
            "-o",
            str(path.resolve()),
            "--reference-doc",
            reference.name,
        ),  # in the folder pandoc runs in: it reads «%2f» in a longer name as a slash
        *("-M", "lang=ru-RU"),
        text=document(blocks),
        cwd=work,
        env={"SOURCE_DATE_EPOCH": str(stamp)},
    )
    finish(path, stamp, config.title, config.author)
    return path
