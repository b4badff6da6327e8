"""What exhibits, headings, references and turned pages become in Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from analysis.base import paper
from analysis.base.errors import RenderError
from analysis.base.gaps import GAP
from analysis.book.render.builtin import exhibits, media
from analysis.book.render.builtin.labels import NBSP, caption_word, delimiter
from analysis.book.render.builtin.tree import Manuscript
from analysis.book.render.common.dates import date_in_words
from analysis.book.render.common.nodes import Node, attr, div, para, plain_text, raw, rewrite, value, words
from analysis.book.render.common.word_fields import bookmark, contents, field, xml
from analysis.book.render.common.word_sections import TURNED, UPRIGHT

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

PICTURES = ("png", "jpg", "jpeg")
SECTION_BREAK = '<w:p><w:pPr><w:pStyle w:val="SectionEnd"/><w:sectPr w:rsidR="{}"/></w:pPr></w:p>'
# Divs that are set in one style.
STYLES = {
    "exhibit-title": "Exhibit Title",
    "exhibit-note": "Exhibit Note",
    "findings-key": "Exhibit Note",
    "said": "Finding",
}


def styled(name: str, blocks: list[Node]) -> Node:
    """Return blocks in a style of the Word file."""
    return div(attr(custom_style=name), blocks)


def laid(node: Node) -> Node | list[Node]:
    """Return a div that asks for a turned page; any other as it is."""
    inner, classes = node["c"][1], node["c"][0][1]
    if "landscape" in classes:
        return [raw("openxml", SECTION_BREAK.format(UPRIGHT)), *inner, raw("openxml", SECTION_BREAK.format(TURNED))]
    return node


def is_contents(node: Node) -> bool:
    """Tell the place of the contents, which are known when all headings are."""
    return node["t"] == "Div" and "contents" in node["c"][0][1]


def lit(node: Node) -> Node:
    """Return the place of something missing highlighted, as pandoc does in other formats; others stay."""
    if GAP not in node["c"][0][1]:
        return node
    text = escape(plain_text(node["c"][1]))
    return xml(f'<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>')


class WordBlocks:
    """Lowers the tree; keeps count of bookmarks and headings on the way.

    Parameters
    ----------
    book
        The whole book.
    work
        Folder with the pictures.
    config
        The book as `_quarto.yml` describes it.
    """

    def __init__(self, book: Manuscript, work: Path, config: BookConfig) -> None:
        self.book, self.work, self.config = book, work, config
        self.headings: list[tuple[int, str, str]] = []
        self.marks = 0

    def lowered(self, blocks: list[Node]) -> list[Node]:
        """Return the whole text for pandoc's Word writer, title page and contents before it."""
        text = rewrite(
            blocks,
            {"Image": self.image, "Link": self.link, "Div": self.block, "Header": self.header, "Span": lit},
        )
        listed = raw("openxml", contents(self.headings, "Содержание"))
        return [*self.title_page(), *(listed if is_contents(node) else node for node in text)]

    def title_page(self) -> list[Node]:
        """Return the paragraphs of the title page."""
        config = self.config
        lines = [("Author", config.author), ("Title", config.title)]
        lines += [("Subtitle", line) for line in config.subtitle_lines]
        lines.append(("Date", date_in_words(config.date)))
        return [styled(style, [para(words(text))]) for style, text in lines if text]

    def marked(self, name: str, inlines: list[Node]) -> list[Node]:
        """Return inlines within a bookmark."""
        self.marks += 1
        return bookmark(name, self.marks, inlines)

    def reference_name(self, label: str) -> str:
        """Return the bookmark of a number: Word allows 40 letters, digits and underscores."""
        return f"_Ref{list(self.book.targets).index(label) + 1:06d}"

    def header(self, node: Node) -> Node:
        """Return a heading with its bookmarks, in the style of its kind, and note it for the contents."""
        level, (identifier, classes, keys), inlines = node["c"]
        name = f"_Toc{len(self.headings) + 1:06d}"
        title = plain_text(inlines).strip()
        if level <= 3:
            self.headings.append((level, name, title))
        target = self.book.targets.get(identifier)
        if target and target.number:
            inlines = self.number_marked(identifier, target.number, inlines)
        inlines = self.marked(name, inlines)
        own = {"unnumbered": "Structural Heading", "appendix": "Appendix Heading"}
        style = next((own[name] for name in classes if name in own), None)
        if level == 1 and style:
            return styled(style, [para([{"t": "Span", "c": [attr(identifier), inlines]}])])
        return {"t": "Header", "c": [level, [identifier, classes, keys], inlines]}

    def number_marked(self, label: str, number: str, inlines: list[Node]) -> list[Node]:
        """Put a bookmark around the number in a heading, so that references can repeat it.

        Parameters
        ----------
        label
            The label that references name.
        number
            The number in the heading.
        inlines
            The heading.

        Returns
        -------
        list
            The heading with the bookmark.

        Raises
        ------
        RenderError
            The heading does not hold its number.
        """
        for position, inline in enumerate(inlines):
            if inline["t"] == "Str" and number in inline["c"]:
                lead, _, tail = inline["c"].partition(number)
                around = [[{"t": "Str", "c": part}] if part else [] for part in (lead, tail)]
                marked = self.marked(self.reference_name(label), [{"t": "Str", "c": number}])
                return [*inlines[:position], *around[0], *marked, *around[1], *inlines[position + 1 :]]
        raise RenderError(f"Заголовок «{plain_text(inlines)}» не содержит своего номера {number}.")

    def link(self, node: Node) -> Node | list[Node]:
        """Return a reference as a field that repeats the number; any other link as it is."""
        attributes, inlines, (target, _) = node["c"]
        label = target[1:]
        if "xref" not in attributes[1] or not self.book.targets[label].number:
            return node
        number = self.book.targets[label].number
        lead, _, tail = plain_text(inlines).rpartition(number)
        around = [[{"t": "Str", "c": part}] if part else [] for part in (lead, tail)]
        return [*around[0], xml(field(f"REF {self.reference_name(label)} \\h", number)), *around[1]]

    def image(self, node: Node) -> Node:
        """Return an image as a file that Word can show, as wide as asked or as the text."""
        attributes, _, (_, title) = node["c"]
        path = media.source(node, self.work, PICTURES)
        keys = [["width", value(attributes, "width") or f"{paper.TEXT_WIDTH / 10}cm"]]
        return {"t": "Image", "c": [["", [], keys], words(value(attributes, "alt")), [path, title]]}

    def block(self, node: Node) -> Node | list[Node]:
        """Return a div as paragraphs of its style; one of no special kind as it is."""
        attributes, inner = node["c"]
        classes = attributes[1]
        if "callout" in classes:
            title, body = (part["c"][1] for part in inner)
            return styled("Callout", [para([{"t": "Strong", "c": title[0]["c"]}]), *body])
        if "equation" in classes:
            return self.equation(attributes[0], inner)
        if opened := exhibits.opened(node):
            return self.exhibit(opened)
        if "spark" in classes:
            words_of = [inline for block in inner for inline in [*block["c"], {"t": "Space"}]]
            return styled("Exhibit Note", [para(words_of[:-1])])
        if style := next((STYLES[name] for name in STYLES if name in classes), ""):
            return styled(style, inner)
        return laid(node)

    def counted(self, label: str, sequence: str, shown: str) -> list[Node]:
        """Return a number that Word counts itself.

        Parameters
        ----------
        label
            The label that references name.
        sequence
            The sequence it belongs to: «Рисунок», «Таблица», «Формула».
        shown
            The number as it is now.

        Returns
        -------
        list
            Inlines: the field within a bookmark.

        """
        return self.marked(self.reference_name(label), [xml(field(f"SEQ {sequence} \\* ARABIC", shown))])

    def exhibit(self, opened: exhibits.ExhibitBlock) -> list[Node]:
        """Return an exhibit with its caption: above a table, below a figure."""
        target = self.book.targets[opened.label]
        word = caption_word(opened.kind, self.config.crossref)
        number = self.counted(opened.label, word, target.number)
        inlines = [
            {"t": "Str", "c": word + NBSP},
            *number,
            {"t": "Str", "c": delimiter(self.config.crossref)},
            {"t": "Space"},
            *opened.caption,
        ]
        anchor = {"t": "Span", "c": [attr(opened.label), inlines]}
        if opened.kind == "tbl":
            return [styled("Table Caption", [para([anchor])]), *opened.body]
        return [styled("Figure", opened.body), styled("Image Caption", [para([anchor])])]

    def equation(self, label: str, inner: list[Node]) -> Node:
        """Set a formula between tabs: in the middle of the line, its number at the right edge."""
        formula = {"t": "Math", "c": [{"t": "InlineMath"}, inner[0]["c"][0]["c"][1]]}
        tab = xml("<w:r><w:tab/></w:r>")
        number = self.counted(label, "Формула", self.book.targets[label].number)
        line = [tab, formula, tab, {"t": "Str", "c": "("}, *number, {"t": "Str", "c": ")"}]
        return styled("Equation", [para([{"t": "Span", "c": [attr(label), line]}])])
