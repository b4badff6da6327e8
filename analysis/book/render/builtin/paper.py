"""What PDF and Word share: the chapters as one document, tables made for a page."""

from __future__ import annotations

from analysis.book.render.builtin import syntax, tables
from analysis.book.render.builtin.manuscript import Manuscript
from analysis.book.render.builtin.nodes import Node, attr, div, rewrite, words

# Characters of table type on a line of the upright and of the turned page.
UPRIGHT, TURNED = 88, 138
RAW = {"typst": "typst", "docx": "openxml"}


def one_document(book: Manuscript, fmt: str) -> list[Node]:
    """Return the whole book, headings moved to their depth, parts announced."""
    out: list[Node] = []
    part = None
    for chapter in book.chapters:
        entry = chapter.entry
        if entry.part and entry.part != part:
            out.append({"t": "Header", "c": [1, attr(), words(entry.part)]})
        elif entry.depth > 1:
            out.append(div(attr(classes=["new-page"]), []))
        part = entry.part
        blocks = deepened(chapter.blocks, entry.depth - 1, entry.unnumbered)
        out += syntax.visible(blocks, fmt)
    return for_pages(out, UPRIGHT)


def deepened(blocks: list[Node], by: int, unnumbered: bool) -> list[Node]:
    def header(node: Node) -> Node:
        level, (identifier, classes, keys), inlines = node["c"]
        if unnumbered and level == 1 and "unnumbered" not in classes:
            classes = [*classes, "unnumbered"]
        return {"t": "Header", "c": [level + by, [identifier, classes, keys], inlines]}

    return rewrite(blocks, {"Header": header})


def for_pages(blocks: list[Node], line: int) -> list[Node]:
    """Fit every table to the width it will have; those in `.landscape` have more."""
    out = []
    for block in blocks:
        if block["t"] == "Div":
            wide = "landscape" in block["c"][0][1]
            out.append(div(block["c"][0], for_pages(block["c"][1], TURNED if wide else line)))
        elif block["t"] == "Table":
            out.append(tables.emphasised(tables.fitted(block, line)))
        else:
            out.append(block)
    return out
