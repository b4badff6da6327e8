"""The book as a PDF, set by Typst."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from analysis.book.render.builtin import exhibits, fonts, media, paper, tables
from analysis.book.render.builtin.dates import book_time, date_in_words
from analysis.book.render.builtin.labels import caption_mark
from analysis.book.render.builtin.manuscript import Manuscript
from analysis.book.render.builtin.nodes import Node, div, find, plain, raw, raw_inline, rewrite, value
from analysis.book.render.builtin.pandoc import write
from analysis.errors import RenderError

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

TEMPLATE = Path(__file__).resolve().parent.parent / "assets" / "report.typ"
SHORT = 24  # lines of a table that is not divided between pages
PICTURES = ("svg", "png", "jpg", "jpeg")


def render_pdf(book: Manuscript, work: Path, path: Path, config: BookConfig) -> Path:
    """Set the book and write the PDF; the same input gives the same bytes."""
    facts = {
        "title": config.title,
        "subtitle": config.subtitle,
        "author": config.author,
        "date": date_in_words(config.date),
    }
    blocks = lowered(paper.one_document(book, "typst"), book, work, config)
    text = "\n".join(
        (
            "#let book = (" + ", ".join(f"{key}: {string(text)}" for key, text in facts.items()) + ")",
            TEMPLATE.read_text(encoding="utf-8"),
            write(blocks, "typst-citations", "--syntax-highlighting=none"),
        )
    )
    source = work / "report.typ"
    source.write_text(text, encoding="utf-8", newline="\n")
    try:
        typst.compile(
            str(source),
            output=str(path),
            root=str(work),
            font_paths=fonts.folders(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=datetime.fromtimestamp(book_time(config.date), UTC),
        )
    except typst.TypstError as error:
        raise RenderError(f"PDF не свёрстан: {error.message}") from error
    return path


def string(text: str) -> str:
    """Return a Typst string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def lowered(blocks: list[Node], book: Manuscript, work: Path, config: BookConfig) -> list[Node]:
    """Return the blocks with exhibits and their like as calls of the template's functions."""

    def image(node: Node) -> Node:
        attributes, _, (_, _) = node["c"]
        path = media.source(node, work, PICTURES)
        width = value(attributes, "width", "100%")
        return raw_inline(
            "typst", f"#image({string(path)}, alt: {string(value(attributes, 'alt'))}, width: {length(width)})"
        )

    def math(node: Node) -> list[Node]:
        return [raw_inline("typst", f"#described({string(node['c'][1])})["), node, raw_inline("typst", "]")]

    def block(node: Node) -> Node | list[Node]:
        attributes, inner = node["c"]
        classes = attributes[1]
        if "callout" in classes:
            title, body = (part["c"][1] for part in inner)
            return wrapped("#callout[", title, "][", body, "]")
        if "equation" in classes:
            number = book.targets[attributes[0]].number
            return wrapped(f'#exhibit("eq", none, equation({string(number)})[', inner, f"]) <{attributes[0]}>")
        if found := exhibits.opened(node):
            mark = caption_mark(book.targets[found.label], config.crossref)
            caption = [plain([{"t": "Str", "c": mark}, {"t": "Space"}, *found.caption])]
            body = [continued(part, found.label, mark) for part in found.body]
            short = sum(int(value(one["c"][0], tables.LINES, "0")) for one in find(body, "Table")) <= SHORT
            call = f"#exhibit({string(found.kind)}, whole: {str(short).lower()}, ["
            return wrapped(call, caption, "])[", body, f"] <{found.label}>")
        if "exhibit-note" in classes:
            return wrapped("#note[", inner, "]")
        if "new-page" in classes:
            return raw("typst", "#pagebreak(weak: true)")
        if "landscape" in classes:
            return wrapped("#landscape[", inner, "]")
        return div(attributes, inner)

    return rewrite(blocks, {"Image": image, "Math": math, "Div": block, "Table": table, "Header": header})


def header(node: Node) -> Node | list[Node]:
    """Tell the template of an appendix; it sees nothing but the heading."""
    if "appendix" not in node["c"][1][1]:
        return node
    whole = rewrite(node, {"LineBreak": lambda _: raw_inline("typst", "#linebreak()")})
    return wrapped("#[#set heading(supplement: [appendix])", [whole], "]")


def table(node: Node) -> Node:
    """Free a table from the figure pandoc would put around it; ours is already there."""
    (identifier, classes, keys), *rest = node["c"]
    return {"t": "Table", "c": [[identifier, [*classes, "typst:no-figure"], keys], *rest]}


def continued(block: Node, label: str, mark: str) -> Node:
    """Head the later parts of a long table with «Продолжение таблицы N», as GOST 7.32 wants."""
    if block["t"] != "Table":
        return block
    attributes, caption, columns, head, *rest = block["c"]
    if not head[1]:
        return block
    number = mark.split("\u00a0")[1]
    call = raw_inline("typst", f"#continued(<{label}>, {string(number)})")
    flat = ["", [], [["typst:inset", "0pt"], ["typst:stroke", "none"]]]
    cell = [flat, {"t": "AlignLeft"}, 1, len(columns), [plain([call])]]
    return {"t": "Table", "c": [attributes, caption, columns, [head[0], [[["", [], []], [cell]], *head[1]]], *rest]}


def wrapped(*parts: str | list[Node]) -> list[Node]:
    """Return blocks between pieces of Typst code."""
    out: list[Node] = []
    for part in parts:
        out += [raw("typst", part)] if isinstance(part, str) else part
    return out


def length(width: str) -> str:
    """Return a width as Typst writes it; a bare number is pixels at 96 per inch."""
    if width.endswith(("%", "cm", "mm", "in", "pt")):
        return width
    return f"{float(width.removesuffix('px')) * 0.75}pt"
