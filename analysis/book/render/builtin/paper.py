"""What PDF and Word share: the chapters as one document, tables made for a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.book.render.builtin import syntax
from analysis.book.render.builtin.navigation import is_home
from analysis.book.render.builtin.tree import Chapter, Manuscript
from analysis.book.render.common import tables
from analysis.book.render.common.nodes import Node, attr, div, rewrite, value, words
from analysis.book.render.common.typst_source import TURNED_LINE, UPRIGHT_LINE

if TYPE_CHECKING:
    from analysis.book.config import Entry

# Characters of table type on a line of the upright and of the turned page.
RAW = {"typst": "typst", "docx": "openxml"}


def one_document(book: Manuscript, fmt: str) -> list[Node]:
    """Return the whole book, headings moved to their depth, parts announced, the contents after the first page.

    A new page begins with a part or a chapter outside the parts, as GOST 7.32 wants, and not with a chapter of a part.
    """
    home = is_home(book.chapters[0].entry)
    out: list[Node] = [] if home else [div(attr(classes=["contents"]), [])]
    part = None
    for number, chapter in enumerate(book.chapters):
        entry = chapter.entry
        if entry.part and entry.part != part:
            out.append({"t": "Header", "c": [1, attr(), words(entry.part)]})
        part = entry.part
        out += syntax.visible(on_paper(chapter), fmt)
        if home and number == 0:
            out.append(div(attr(classes=["contents"]), []))
    return for_pages(out, UPRIGHT_LINE)


def on_paper(chapter: Chapter) -> list[Node]:
    """Return a chapter with its headings at their depth and without what only a screen has: links, marked numbers."""
    entry = chapter.entry

    def header(node: Node) -> Node:
        level, (identifier, classes, keys), inlines = node["c"]
        if level == 1 and entry.unnumbered:
            classes = list(dict.fromkeys([*classes, "unnumbered"]))
        if level == 1 and entry.appendix:
            classes, inlines = [*classes, "appendix"], two_lines(inlines, entry)
        return {"t": "Header", "c": [level + entry.depth - 1, [identifier, classes, keys], inlines]}

    def follow(node: Node) -> Node | list[Node]:
        target = node["c"][2][0]
        return node if ":" in target or target.startswith("#") else node["c"][1]

    def plain(node: Node) -> Node | list[Node]:
        return node["c"][1] if value(node["c"][0], "q") else node

    return rewrite(chapter.blocks, {"Header": header, "Link": follow, "Span": plain})


def two_lines(inlines: list[Node], entry: Entry) -> list[Node]:
    """Set «Приложение А» on a line of its own, as GOST 7.32 wants."""
    mark = entry.prefix.rstrip()
    if inlines[:1] != [{"t": "Str", "c": mark}]:
        return inlines
    return [{"t": "Str", "c": mark.rstrip(".")}, {"t": "LineBreak"}, *inlines[2:]]


def for_pages(blocks: list[Node], line: int) -> list[Node]:
    """Fit every table to the width it will have; those in `.landscape` have more."""
    out = []
    for block in blocks:
        if block["t"] == "Div":
            classes = block["c"][0][1]
            own = TURNED_LINE if "landscape" in classes else line
            out.append(div(block["c"][0], for_pages(block["c"][1], own)))
        elif block["t"] == "Table":
            out.append(tables.emphasised(tables.fitted(block, line)))
        else:
            out.append(block)
    return out
