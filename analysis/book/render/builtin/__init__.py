"""The built-in renderer: pandoc and Typst from Python packages, Quarto's syntax and order.

stage ──notebook──▶ Markdown ──pandoc──▶ tree ──manuscript──▶ numbered, referenced, cited
                                                                  │
                                      web (HTML) · printed (PDF) · word (DOCX)
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.base import paths
from analysis.base.files.stored import keep_latest
from analysis.book.render.common.pandoc import FOLDER, MOST, pandoc

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

NAMES = {"pdf": "report.pdf", "docx": "report.docx", "brief": "brief.pdf"}


def render(
    stage: Path, out: Path, formats: tuple[str, ...], config: BookConfig, log: Callable[[str], None]
) -> dict[str, Path]:
    """Render a staged book.

    Parameters
    ----------
    stage
        Folder with executed chapters, figures and sources; only read.
    out
        Folder to write to.
    formats
        Any of html, pdf, docx, brief.
    config
        What the staged `_quarto.yml` says.
    log
        Gets one Russian line per step.

    Returns
    -------
    dict
        Format to the file to open first.

    Raises
    ------
    RenderError
        If anything in the book cannot be shown as it was meant.
    """
    # The check of chapters needs the syntax of this package alone, and spares itself Word, search and citations.
    from analysis.book.render.builtin.brief import render_brief  # noqa: PLC0415 - see below
    from analysis.book.render.builtin.manuscript import compose  # noqa: PLC0415 - see above
    from analysis.book.render.builtin.printed import render_pdf  # noqa: PLC0415
    from analysis.book.render.builtin.web import render_html  # noqa: PLC0415
    from analysis.book.render.builtin.word import render_docx  # noqa: PLC0415

    out.mkdir(parents=True, exist_ok=True)
    done: dict[str, Path] = {}
    with workroom(stage) as work:
        log("читаю главы")
        paged = tuple(dict.fromkeys("pdf" if name == "brief" else name for name in formats))
        book = compose(stage, work, config, paged)
        if "pdf" in formats:
            log("PDF")
            done["pdf"] = render_pdf(book, work, out / NAMES["pdf"], config)
        if "docx" in formats:
            log("Word")
            done["docx"] = render_docx(book, work, out / NAMES["docx"], config)
        if "html" in formats:
            log("HTML")
            done["html"] = render_html(
                book, stage, work, out, config, [done[fmt] for fmt in ("pdf", "docx") if fmt in done]
            )
        if "brief" in formats:
            log("главное на двух страницах")
            done["brief"] = render_brief(book, work, out / NAMES["brief"], config)
    keep_latest(paths.cache() / FOLDER, MOST)
    return done


@contextmanager
def workroom(stage: Path) -> Iterator[Path]:
    """Give an empty folder beside the stage, removed after the block; what a killed build left there goes first."""
    folder = stage.parent / "builtin"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tools() -> dict[str, str]:
    """Return what this renderer works with, name to version."""
    return {"pandoc": pandoc("--version", text="").split()[1], "typst": version("typst")}
