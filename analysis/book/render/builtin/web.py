"""The book as web pages: one per chapter, whole when opened from disk."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from analysis.book.render.builtin import media, navigation
from analysis.book.render.builtin.tree import Manuscript
from analysis.book.render.builtin.web_blocks import lowered
from analysis.book.render.cards import add_cards
from analysis.book.render.common.fonts import copy_web_fonts
from analysis.book.render.common.nodes import find
from analysis.book.render.common.pandoc import write
from analysis.book.render.filters import add_filters
from analysis.book.render.search import add_search

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

ASSETS = Path(__file__).resolve().parent.parent / "assets"
COPIED = ("book.css", "exhibits.css", "book.js", "theme.js")
PANDOC = ("--mathml", "--syntax-highlighting=none")


def render_html(
    book: Manuscript, stage: Path, work: Path, out: Path, config: BookConfig, downloads: list[Path]
) -> Path:
    """Write the pages and everything they load.

    Parameters
    ----------
    book
        The book.
    stage
        Folder with the numbers of the book and its sources.
    work
        Folder with the pictures.
    out
        Where the pages go.
    config
        Facts of the book, the words of captions.
    downloads
        Files of the other formats that the pages offer.

    Returns
    -------
    Path
        The first page.
    """
    site = out / "assets"
    site.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copyfile(ASSETS / name, site / name)
    copy_web_fonts(site)
    chapters = [lowered(book, index, work, config) for index in range(len(book.chapters))]
    pictures = {image["c"][2][0] for blocks in chapters for image in find(blocks, "Image")}
    (out / media.FOLDER).mkdir(exist_ok=True)
    for picture in sorted(pictures):
        shutil.copyfile(work / picture, out / picture)
    with ThreadPoolExecutor() as pool:
        bodies = list(pool.map(lambda blocks: write(blocks, "html5", *PANDOC), chapters))
    template = Template((ASSETS / "page.html").read_text(encoding="utf-8"))
    for index, body in enumerate(bodies):
        fields = navigation.fields(book, index, config, downloads) | {"body": body}
        path = out / navigation.page_name(book.chapters[index].entry)
        path.write_text(template.substitute(fields), encoding="utf-8", newline="\n")
    add_cards(out, stage, config)
    add_search(out, inject=True)
    add_filters(out)
    return out / "index.html"
