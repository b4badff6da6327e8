"""The book made one tree: chapters read, numbered, referenced and cited, before any format is chosen."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.base.errors import RenderError
from analysis.book.render.builtin import exhibits, labels, links, media, places, syntax, typography
from analysis.book.render.builtin.notebook import chapter_markdown
from analysis.book.render.builtin.tree import Chapter, Manuscript
from analysis.book.render.cells.addresses import refuse_in_tree
from analysis.book.render.common import tables
from analysis.book.render.common.nodes import Node, attr, div, find, rewrite
from analysis.book.render.common.pandoc import document, read, remembered
from analysis.book.render.messages import PandocError

if TYPE_CHECKING:
    from analysis.book.config import BookConfig, Entry


def compose(stage: Path, work: Path, config: BookConfig, formats: tuple[str, ...] = ()) -> Manuscript:
    """Read the staged chapters and settle everything that is the same in all formats.

    Parameters
    ----------
    stage, work
        Folders: of the stage, and of the renderer's own files.
    config
        The book as `_quarto.yml` describes it.
    formats
        What will be made: pictures must have a form for each.

    Returns
    -------
    Manuscript
        The book as all three writers take it.
    """
    (work / media.FOLDER).mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor() as pool:
        chapters = list(pool.map(lambda entry: read_chapter(entry, stage, work, config, formats), config.entries))
    chapters = links.unique(chapters)
    targets = labels.number(chapters)
    chapters = [
        replace(chapter, blocks=labels.resolve(chapter.blocks, targets, config.crossref, chapter.entry.file))
        for chapter in chapters
    ]
    chapters = [
        replace(chapter, blocks=blocks)
        for chapter, blocks in zip(chapters, cited(chapters, stage, config), strict=True)
    ]
    homes = links.anchors(chapters)
    chapters = [links.checked(chapter, homes, targets, config) for chapter in chapters]
    for chapter in chapters:
        refuse_in_tree(chapter.blocks, chapter.entry.file)
    return Manuscript(
        [replace(chapter, blocks=typography.bound(chapter.blocks)) for chapter in chapters], targets, homes
    )


def read_chapter(entry: Entry, stage: Path, work: Path, config: BookConfig, formats: tuple[str, ...]) -> Chapter:
    """Return one chapter in normal form.

    Parameters
    ----------
    entry
        The file.
    stage, work
        Folders: of the stage, and of the renderer's own files.
    config
        The book as `_quarto.yml` describes it.
    formats
        What will be made.

    Returns
    -------
    Chapter
        Its blocks, exhibits in one shape.

    Raises
    ------
    RenderError
        Pandoc or the book does not take a place of it: cell and line are named.
    """
    path = stage / entry.file
    if not path.is_file():
        raise RenderError(f"{entry.file}: файл главы не найден.")
    meta = {name: getattr(config, name) for name in syntax.FACTS}
    text = chapter_markdown(path, work / media.FOLDER, formats, config.echo)
    try:
        tree = read(syntax.shortcodes(text, meta, entry.file))
    except PandocError as error:
        first = error.remarks[0]
        raise RenderError(f"{places.of_line(path, entry.file, text, first.line or 0)}: {first}") from error
    blocks = syntax.normalise(tree["blocks"], entry.file)
    blocks = tables.native(blocks, entry.file)
    blocks = exhibits.collect(blocks, entry.file)
    return Chapter(entry, media.gather(blocks, path, stage, work))


def cited(chapters: list[Chapter], stage: Path, config: BookConfig) -> list[list[Node]]:
    """Set citations and the list of sources in one pass, so that numbers run through the book.

    Parameters
    ----------
    chapters
        All of them in order.
    stage
        Folder with the sources and the style.
    config
        The book as `_quarto.yml` describes it.

    Returns
    -------
    list
        Blocks by chapter.

    Raises
    ------
    RenderError
        A source is not in the list, or the list of sources has no place.
    """
    if not config.bibliography:
        return [chapter.blocks for chapter in chapters]
    whole = [div(attr(classes=["chapter-file"]), chapter.blocks) for chapter in chapters]
    args = ["-f", "json", "-t", "json", "--citeproc", "-M", "link-citations=true", "-M", "lang=ru-RU"]
    # Pandoc reads «%2f» in a name as a slash, so it gets no name of a folder.
    args += [part for name in config.bibliography for part in ("--bibliography", name)]
    args += ["--csl", config.csl] if config.csl else []
    try:
        tree = json.loads(remembered(*args, text=document(whole), cwd=stage))
    except PandocError as error:
        raise RenderError(f"{_citing(error.remarks[0].key, chapters, stage)}: {error}") from error
    done = [block["c"][1] for block in tree["blocks"] if "chapter-file" in block.get("c", [["", []]])[0][1]]
    if len(done) != len(chapters) or len(tree["blocks"]) != len(chapters):
        raise RenderError("Списку литературы нет места: добавьте в главу источников блок «::: {#refs}» … «:::».")
    return rewrite(done, {"Cite": unbroken})


def _citing(key: str, chapters: list[Chapter], stage: Path) -> str:
    """Return where a source is cited, in words."""
    for chapter in chapters:
        if any(citation["citationId"] == key for cite in find(chapter.blocks, "Cite") for citation in cite["c"][0]):
            return places.of_key(stage / chapter.entry.file, chapter.entry.file, key)
    return "Ссылки на источники"


def unbroken(cite: Node) -> Node:
    """Keep a reference on one line: «[1, с. 25]» is not to be divided from its page."""
    citations, inlines = cite["c"]
    return {"t": "Cite", "c": [citations, rewrite(inlines, {"Space": lambda _: {"t": "Str", "c": "\u00a0"}})]}
