"""The book as a PDF, set by Typst."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from analysis.base.markdown import TITLE
from analysis.book.render.builtin import exhibits, groups, media, paper
from analysis.book.render.builtin.labels import caption_mark
from analysis.book.render.builtin.tree import Manuscript
from analysis.book.render.builtin.typst_messages import failure
from analysis.book.render.common import fonts, tables
from analysis.book.render.common.dates import book_time
from analysis.book.render.common.nodes import Node, attr, div, find, plain, raw, raw_inline, rewrite, value
from analysis.book.render.common.pandoc import write
from analysis.book.render.common.typst_source import string, template

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

SHORT = 28  # lines of a table, or of a row, that is not divided between pages
PASSES = 3  # the book is set again, some tables tighter, as long as notes are torn off
# Asks the set book which tables end on another page than their notes begin.
TORN = """#context [#metadata(
  query(selector(<table-end>).or(<note-start>)).windows(2)
    .filter(two => two.at(0).label == <table-end> and two.at(1).label == <note-start>)
    .filter(two => two.at(0).location().page() != two.at(1).location().page())
    .map(two => two.at(0).value)
) <torn>]
"""
PICTURES = ("svg", "png", "jpg", "jpeg")
# What Typst sets as another character, or as a list or a heading where it begins a line, a cell, a link.
SHORTHAND = re.compile(r"\.\.\.|-\?|^-\d|^(?:[-+/]|=+|\d+\.)$")
# Accessible PDF knows no byte order mark; Unicode gives its place within a text to the word joiner.
BYTE_ORDER, JOINER = "\ufeff", "\u2060"
SOFT_HYPHEN = "\u00ad"


def render_pdf(book: Manuscript, work: Path, path: Path, config: BookConfig) -> Path:
    """Set the book and write the PDF; the same input gives the same bytes.

    Parameters
    ----------
    book
        The book.
    work
        Folder for the source, with the pictures.
    path
        Where the PDF goes.
    config
        Facts of the title page, the words of captions, the date.

    Returns
    -------
    Path
        The PDF.
    """
    blocks = lowered(with_notes(paper.one_document(book, "typst")), book, work, config)
    text = groups.headed(write(blocks, "typst-citations", "--syntax-highlighting=none"))
    source = work / "report.typ"
    tight: list[str] = []
    for _ in range(PASSES):
        whole = f"{template(config, tight)}\n{text}\n{TORN}".replace(BYTE_ORDER, JOINER)
        source.write_text(whole, encoding="utf-8", newline="\n")
        torn = compiled(source, path, config)
        if not torn:
            break
        tight += torn
    return path


def compiled(source: Path, path: Path, config: BookConfig, asked: str = "<torn>") -> Any:
    """Write the PDF.

    Parameters
    ----------
    source
        The text for Typst.
    path
        Where the PDF goes.
    config
        The date that the file carries.
    asked
        The label of what the set book is asked.

    Returns
    -------
    object
        What stands there: of a book the labels of the tables whose notes got torn off to the next page.

    Raises
    ------
    RenderError
        Typst does not accept the text: section, exhibit, what is wrong.
    """
    try:
        compiler = typst.Compiler(
            str(source),
            root=str(source.parent),
            font_paths=[*fonts.folders(), fonts.others()],
            ignore_system_fonts=True,
        )
        moment = datetime.fromtimestamp(book_time(config.date), UTC)
        compiler.compile(output=str(path), pdf_standards=["ua-1"], timestamp=moment)
        return json.loads(compiler.query(asked, field="value", one=True))
    except typst.TypstError as error:
        raise failure(error.message, error.diagnostic, source.read_text(encoding="utf-8"), source.name) from error


def lowered(blocks: list[Node], book: Manuscript, work: Path, config: BookConfig) -> list[Node]:
    """Return the blocks with exhibits and their like as calls of the template's functions.

    Parameters
    ----------
    blocks
        Those of the whole book.
    book
        The book, for the numbers of its exhibits.
    work
        Folder with the pictures.
    config
        The words of captions.

    Returns
    -------
    list
        Blocks for pandoc's Typst writer.
    """
    return rewrite(
        blocks,
        {
            "Image": lambda node: image(node, work),
            "Math": described,
            "Div": lambda node: block(node, book, config),
            "Table": table,
            "Header": header,
            "Str": exact,
        },
    )


def image(node: Node, work: Path) -> Node:
    """Return a picture with its description, as wide as asked or as the text."""
    attributes = node["c"][0]
    path, alt = string(media.source(node, work, PICTURES)), string(value(attributes, "alt"))
    return raw_inline("typst", f"#image({path}, alt: {alt}, width: {length(value(attributes, 'width', '100%'))})")


def described(node: Node) -> list[Node]:
    """Return a formula with its source as the description for those who do not see it."""
    return [raw_inline("typst", f"#described({string(node['c'][1])})["), node, raw_inline("typst", "]")]


def with_notes(blocks: list[Node]) -> list[Node]:
    """Return the blocks with every figure or short table, its title and the note below it in one.

    They go to a page together.

    Where a page has no room for it, what comes after it, down to the next one, may stand before it (`drifting`
    in the template).
    """
    out: list[Node] = []
    for node in blocks:
        classes = node["c"][0][1] if node["t"] == "Div" else []
        if {"exhibit", "figure"} <= set(classes) or ("exhibit" in classes and short(node)):
            above = [out.pop()] if out and out[-1]["t"] == "Div" and TITLE in out[-1]["c"][0][1] else []
            out.append(div(attr(f"with-{node['c'][0][0]}", [DRIFTING]), [*above, node]))
        elif NOTE in classes and out and out[-1]["t"] == "Div" and DRIFTING in out[-1]["c"][0][1]:
            out[-1]["c"][1].append(node)
        else:
            out.append(node)
    return out


NOTE, DRIFTING = "exhibit-note", "drifting"
# Divs that are one function of the template.
FUNCTIONS = {NOTE: "note"} | {name: name for name in (TITLE, "landscape", "findings-key")}


def block(node: Node, book: Manuscript, config: BookConfig) -> Node | list[Node]:
    """Return a div as a call of the template.

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
        The call; a div that means nothing to the template as it is.
    """
    attributes, inner = node["c"]
    classes = attributes[1]
    if "callout" in classes:
        title, body = (part["c"][1] for part in inner)
        return wrapped("#callout[", title, "][", body, "]")
    if "equation" in classes:
        number = book.targets[attributes[0]].number
        return wrapped(f'#exhibit("eq", none, equation({string(number)})[', inner, f"]) <{attributes[0]}>")
    if opened := exhibits.opened(node):
        return exhibit(opened, caption_mark(book.targets[opened.label], config.crossref))
    if DRIFTING in classes:
        return wrapped(f"#drifting({string(attributes[0])})[", inner, "]")
    if "finding" in classes:
        said, spark = (part["c"][1] for part in inner)
        return wrapped("#finding[", said, "][", spark, "]")
    if "contents" in classes:
        return raw("typst", "#contents")
    if function := next((FUNCTIONS[name] for name in FUNCTIONS if name in classes), ""):
        return wrapped(f"#{function}[", inner, "]")
    return div(attributes, inner)


def exhibit(opened: exhibits.ExhibitBlock, mark: str) -> list[Node]:
    """Return an exhibit as a call of the template; a short one stays on one page."""
    caption = [plain([{"t": "Str", "c": mark}, {"t": "Space"}, *opened.caption])]
    body = [continued(part, opened.label, mark) for part in opened.body]
    name = f"whole: {str(short(body)).lower()}, name: {string(opened.label)}"
    call = f"#exhibit({string(opened.kind)}, {name}, ["
    return wrapped(call, caption, "])[", body, f"] <{opened.label}>")


def short(body: Node | list[Node]) -> bool:
    """Whether the tables of an exhibit are not divided between pages."""
    return sum(tables.row_lines(row) for table in find(body, "Table") for row in tables.rows(table)) <= SHORT


def exact(node: Node) -> Node:
    """Keep the characters of a text as they are, where pandoc leaves some of them to Typst.

    A word may be divided only within itself: at the end of a link, a soft hyphen is an internal error of Typst.
    """
    text = node["c"].rstrip(SOFT_HYPHEN)
    return raw_inline("typst", f"#{string(text)};") if SHORTHAND.search(text) else {"t": "Str", "c": text}


def header(node: Node) -> Node | list[Node]:
    """Tell the template of an appendix; it sees nothing but the heading."""
    if "appendix" not in node["c"][1][1]:
        return node
    whole = rewrite(node, {"LineBreak": lambda _: raw_inline("typst", "#linebreak()")})
    return wrapped("#[#set heading(supplement: [appendix])", [whole], "]")


def table(node: Node) -> Node:
    """Free a table from the figure pandoc would put around it; keep rows whole and group rows with what they head."""
    (identifier, classes, keys), *rest = node["c"]
    for row in tables.rows(node):
        if row[1] and tables.row_lines(row) <= SHORT:
            row[1][0][0][2].append(["typst:breakable", "false"])
    return groups.marked({"t": "Table", "c": [[identifier, [*classes, "typst:no-figure"], keys], *rest]})


def continued(block: Node, label: str, mark: str) -> Node:
    """Head the later parts of a long table with «Продолжение таблицы N», as GOST 7.32 wants, and mark its end.

    Parameters
    ----------
    block
        A block of the body of an exhibit.
    label
        The label of the exhibit.
    mark
        What its caption begins with: «Таблица 1 –».

    Returns
    -------
    Node
        The table with another row in its head; any other block as it is.
    """
    if block["t"] != "Table":
        return block
    attributes, caption, columns, head, *rest = block["c"]
    if not head[1]:
        return block
    number = mark.split("\u00a0")[1]
    last = list(tables.rows(block))[-1][1][0]
    last[4] = [*last[4], raw("typst", f"#metadata({string(label)}) <table-end>")]
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
