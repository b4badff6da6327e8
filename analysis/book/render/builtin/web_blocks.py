"""What exhibits, callouts, tables and links become on a web page."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.book.render.builtin import exhibits, media, navigation, syntax
from analysis.book.render.builtin.labels import caption_mark
from analysis.book.render.builtin.tree import Manuscript
from analysis.book.render.common.nodes import Node, div, plain, raw, raw_inline, rewrite

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

PICTURES = ("svg", "png", "jpg", "jpeg")


def lowered(book: Manuscript, index: int, work: Path, config: BookConfig) -> list[Node]:
    """Return the blocks of a chapter ready for pandoc's HTML writer.

    Parameters
    ----------
    book
        The book.
    index
        Which of its chapters.
    work
        Folder with the pictures.
    config
        The words of captions.

    Returns
    -------
    list
        The blocks.
    """
    chapter = book.chapters[index]
    shift = 1 if navigation.is_home(chapter.entry) else 0

    def header(node: Node) -> Node:
        level, attributes, inlines = node["c"]
        mark = f'<a class="anchor" href="#{attributes[0]}" aria-label="Ссылка на этот раздел">#</a>'
        tail = [raw_inline("html", mark)] if level > 1 else []
        return {"t": "Header", "c": [level + shift, attributes, [*inlines, *tail]]}

    def follow(node: Node) -> Node:
        attributes, inlines, (target, title) = node["c"]
        home = book.homes.get(target[1:], index) if target.startswith("#") else index
        if home != index:
            target = navigation.page_name(book.chapters[home].entry) + target
        return {"t": "Link", "c": [attributes, inlines, [target, title]]}

    def image(node: Node) -> Node:
        attributes, alt, (_, title) = node["c"]
        path = media.source(node, work, PICTURES)
        return {"t": "Image", "c": [media.shown(attributes), alt, [path, title]]}

    blocks = syntax.visible(chapter.blocks, "html")
    return rewrite(
        blocks,
        {
            "Header": header,
            "Link": follow,
            "Image": image,
            "Table": scrolling,
            "Div": lambda node: block(node, book, config),
        },
    )


def scrolling(node: Node) -> list[Node]:
    """Let a wide table scroll inside its own box; the keyboard can reach it there."""
    return [
        raw("html", '<div class="table-box" role="group" aria-label="Таблица" tabindex="0">'),
        node,
        raw("html", "</div>"),
    ]


def block(node: Node, book: Manuscript, config: BookConfig) -> Node | list[Node]:
    """Return a div as HTML.

    Parameters
    ----------
    node
        The div.
    book
        The book, for the number of an exhibit.
    config
        The words of captions.

    Returns
    -------
    Node or list
        Blocks between pieces of HTML; a div of no special kind as it is.
    """
    attributes, blocks = node["c"]
    classes = attributes[1]
    if "callout" in classes:
        title, body = (part["c"][1] for part in blocks)
        opening = f'<aside class="{escape(" ".join(classes))}"><p class="callout-title">'
        return [raw("html", opening), *title, raw("html", "</p>"), *body, raw("html", "</aside>")]
    if "equation" in classes:
        target = book.targets[attributes[0]]
        opening = f'<div class="equation" id="{escape(attributes[0])}"><div class="formula">'
        closing = f'</div><span class="equation-number">({target.number})</span></div>'
        return [raw("html", opening), *blocks, raw("html", closing)]
    if opened := exhibits.opened(node):
        return exhibit(opened, caption_mark(book.targets[opened.label], config.crossref))
    return div(attributes, blocks)


def exhibit(opened: exhibits.ExhibitBlock, mark: str) -> list[Node]:
    """Return an exhibit as a figure of HTML, the caption above a table and below a picture."""
    opening = f'<figure class="exhibit {exhibits.KINDS[opened.kind]}" id="{escape(opened.label)}">'
    begun = f'<figcaption id="{escape(opened.label)}-caption"><span class="exhibit-mark">{escape(mark)}</span> '
    caption = [raw("html", begun), plain(opened.caption), raw("html", "</figcaption>")]
    if opened.kind == "tbl":
        parts = [*caption, *opened.body]
    else:
        pictures = rewrite(opened.body, {"Para": unboxed})
        parts = [raw("html", '<div class="figure-box">'), *pictures, raw("html", "</div>"), *caption]
    return [raw("html", opening), *parts, raw("html", "</figure>")]


def unboxed(node: Node) -> Node:
    """Free a picture from its paragraph: inside a figure it needs none."""
    return plain(node["c"]) if len(node["c"]) == 1 and node["c"][0]["t"] == "Image" else node
