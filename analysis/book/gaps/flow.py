"""A chapter as a row of blocks: what can be left out of it, each with its place in its cell.

Blocks are read once. What is left out is marked gone, what loses a sentence gets another text, and `written` puts the
cells together again: a cell in which nothing was touched keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nbformat import NotebookNode

from analysis.base import inline
from analysis.base.gaps import MIME
from analysis.base.markdown import Heading, exhibit_label, headings, without_comments, without_fences

HEADING, PARAGRAPH, ITEM, TABLE, CAPTION, HTML, NOTE, OPEN, CLOSE, TITLE, OTHER, OUTPUT, LOST = (
    "heading",
    "paragraph",
    "item",
    "table",
    "caption",
    "html",
    "note",
    "open",
    "close",
    "title",
    "other",
    "output",
    "lost",
)
# What a section or a div has to say; the rest only frames it.
CONTENT = frozenset((PARAGRAPH, ITEM, TABLE, HTML, OTHER, OUTPUT, LOST))
_DIV = re.compile(r"[ \t]*:{3,}[ \t]*([^:\s].*?)?[ \t]*:*[ \t]*$")
_ITEM = re.compile(r"([ \t]*)((?:[-*+]|\(?\d+[.)]|\(?(?:[a-z]|[ivx]+)[.)]|#\.|\(@[\w-]*\))[ \t]+)(?=\S)")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:")
_RULE = re.compile(r" {0,3}(?:([-*_])[ \t]*)(?:\1[ \t]*){2,}$")
_TABLE = re.compile(r"[ \t]*(?:\||\+[-=+:]+\+)")
_UNDER = re.compile(r"[-:| \t]*\|[-:| \t]*$|[- \t:]*---[-: \t]*$")
_CAPTION = re.compile(r"(?::|Table:|Таблица:)[ \t]+\S")
_LABEL = re.compile(r"\{[^{}]*#([\w:-]+)[^{}]*\}")
_OPTION = re.compile(r"^#\|[ \t]*label:[ \t]*[\"']?([\w-]+)", re.MULTILINE)
# Lines of options at the head of a cell of code.
OPTIONS = re.compile(r"\A(?:[ \t]*#\|[^\n]*(?:\n|\Z))+")
_HIDDEN = re.compile(r"^#\|[ \t]*(?:include|output):[ \t]*false", re.MULTILINE)


@dataclass(eq=False)  # two blocks of the same words are two blocks
class Block:
    """One block of a chapter.

    Attributes
    ----------
    kind : str
        One of the names above.
    cell : int
        Place of its cell among all.
    start, end : int
        Where it stands in the source of the cell; of an output, its place among the outputs.
    text : str
        Markdown; of what shows nothing, empty.
    level : int
        Of a heading its level, of an item how far it is indented.
    mark : str
        Of an item its sign, of a note its name.
    label : str
        Identifier of a heading, a div or an exhibit.
    records : list
        Gaps of an output that shows nothing.
    gone : bool
        Whether it is left out.
    """

    kind: str
    cell: int
    start: int
    end: int
    text: str
    level: int = 0
    mark: str = ""
    label: str = ""
    records: list[dict[str, str]] = field(default_factory=list)
    gone: bool = False

    @property
    def begins(self) -> int:
        """Where its words begin: behind the sign of an item, the name of a note."""
        if self.kind == NOTE:
            return self.text.find("]:") + 2
        return self.text.find(self.mark) + len(self.mark) if self.kind == ITEM else 0


def blocks(cells: Iterable[NotebookNode]) -> list[Block]:
    """Return the blocks of executed cells in reading order."""
    found: list[Block] = []
    for number, cell in enumerate(cells):
        if cell.cell_type == "code":
            found += _outputs(cell, number)
        elif cell.cell_type == "markdown":
            found += read(cell.source, number)
    return found


def labels(block: Block) -> set[str]:
    """Return the identifiers that go with a block."""
    return {block.label, *_LABEL.findall(block.text)} - {""}


def written(source: str, held: Iterable[Block]) -> str:
    """Return the source of a cell of text without what is gone, what was edited in its new words.

    Parameters
    ----------
    source
        The source as it was.
    held
        Its blocks in order, the gone ones among them.
    """
    held = list(held)
    if all(not block.gone and block.text == source[block.start : block.end] for block in held):
        return source
    parts: list[str] = []
    gap, end = "", 0
    for block in held:
        between = source[end : block.start]
        # Of the blanks around what is gone the widest stays: a list must not run into a paragraph.
        gap = max(gap, between, key=lambda blank: (bool(blank.strip()), blank.count("\n")))
        end = block.end
        if not block.gone:
            parts += [gap if parts or gap.strip() else "", block.text]
            gap = ""
    if gap.strip():
        parts.append(gap)
    return "".join([*parts, source[end:]]) if parts or source[end:].strip() else ""


def read(source: str, cell: int = 0) -> list[Block]:
    """Return the blocks of a Markdown text."""
    return _Reader(source, cell).blocks


def _outputs(cell: NotebookNode, number: int) -> Iterator[Block]:
    if "injected-parameters" in cell.metadata.get("tags", []) or _HIDDEN.search(cell.source):
        return
    option = _OPTION.search(cell.source)
    for place, output in enumerate(cell.get("outputs", [])):
        data = output.get("data", {})
        label = option[1] if option else ""
        if MIME in data:
            told = data[MIME]
            yield Block(LOST, number, place, place, "", 0, "", told["label"] or label, list(told["gaps"]))
            continue
        text = inline.joined(data.get("text/markdown", ""))
        shown = text.strip() or ("text/markdown" not in data and (data or output.get("name") == "stdout"))
        if shown:
            yield Block(OUTPUT, number, place, place, text, label=exhibit_label(text) or label)


class _Reader:
    """Reads a text line by line; a block lasts until a line that cannot be its own."""

    def __init__(self, source: str, cell: int) -> None:
        self.source, self.cell = source, cell
        bare = without_comments(without_fences(source))
        self.titles = {heading.line_start: heading for heading in headings(bare)}
        self.blocks: list[Block] = []
        self.open: Block | None = None  # the block that the next line may continue
        self.blank, self.fenced = True, False
        place = 0
        unfenced = without_fences(source).split("\n")
        for line, seen, outside in zip(source.split("\n"), bare.split("\n"), unfenced, strict=True):
            self.fenced = not outside.strip()
            self.line(line, seen, place)
            place += len(line) + 1

    def line(self, line: str, seen: str, start: int) -> None:
        end = start + len(line)
        last, after_blank = self.open, self.blank
        self.blank = not line.strip()
        if self.blank:
            if last is not None and last.kind not in (ITEM, NOTE, HTML, OTHER):
                self.open = None
            return
        if not seen.strip():
            self._unseen(line, start, end)
        elif heading := self.titles.get(start):
            self._add(Block(HEADING, self.cell, start, end, line, heading.level, label=heading.id), stays=False)
        elif found := _DIV.match(seen):
            self._div(line, found, start, end)
        elif last is not None and self._continues(seen, last, after_blank):
            last.end, last.text = end, self.source[last.start : end]
            if last.kind == PARAGRAPH and _UNDER.match(seen) and "\n" in last.text:
                last.kind = TABLE
            if last.kind == HTML and "</table" in seen.casefold():
                self.open = None
        else:
            self._begin(line, seen, start, end)

    def _unseen(self, line: str, start: int, end: int) -> None:
        """Take a line of a block of code, which is shown, or of a comment, which is not."""
        if not self.fenced:
            return
        if self.open is not None and self.open.kind in (OTHER, ITEM):
            self.open.end, self.open.text = end, self.source[self.open.start : end]
        else:
            self._add(Block(OTHER, self.cell, start, end, line))

    def _div(self, line: str, found: re.Match[str], start: int, end: int) -> None:
        identifier = _LABEL.search(line)
        kind = OPEN if found[1] else CLOSE
        self._add(Block(kind, self.cell, start, end, line, label=identifier[1] if identifier else ""), stays=False)

    def _continues(self, seen: str, last: Block, after_blank: bool) -> bool:
        """Tell whether a line belongs to the block before it."""
        if last.kind == OTHER:
            return False
        indented = seen.startswith(("  ", "\t"))
        if last.kind == ITEM:
            found = _ITEM.match(seen)
            if found:
                return False
            return not after_blank or (indented and len(seen) - len(seen.lstrip()) > last.level)
        if last.kind == NOTE:
            return indented if after_blank else not _NOTE.match(seen)
        if last.kind == HTML:
            return not after_blank or "<table" in last.text.casefold()
        return not after_blank

    def _begin(self, line: str, seen: str, start: int, end: int) -> None:
        block = Block(PARAGRAPH, self.cell, start, end, line)
        # A heading that is none of the chapter's is the title of a callout.
        if _RULE.match(seen) or re.match(r" {0,3}#{1,6}[ \t]", seen):
            block.kind = TITLE
        elif note := _NOTE.match(seen):
            block.kind, block.mark = NOTE, note[1]
        elif (found := _ITEM.match(seen)) and (self.open is not None or len(found[1]) < 4):
            block.kind, block.level, block.mark = ITEM, len(found[1].expandtabs(4)), found[2]
        elif _TABLE.match(seen):
            block.kind = TABLE
        elif _CAPTION.match(seen):
            block.kind = CAPTION
        elif re.match(r"[ \t]*</?[A-Za-z]", seen):
            block.kind = HTML
        self._add(block, stays=block.kind != TITLE)
        if block.kind == HTML and "</table" in seen.casefold():
            self.open = None

    def _add(self, block: Block, stays: bool = True) -> None:
        self.blocks.append(block)
        self.open = block if stays else None


def heading_of(block: Block) -> Heading:
    """Return what a block that is a heading says."""
    return next(headings(block.text))
