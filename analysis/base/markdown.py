"""Markdown as everything here reads it before pandoc does: fences, comments, headings, every position kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*(\{[^{}\n]*\})?[ \t]*$", re.MULTILINE)
_DIV = re.compile(r"[ \t]*:{3,}[ \t]*([^:\s].*)?$")
_ID = re.compile(r"#([^\s}]+)")
# The class of the div that says what the table or the figure below it shows.
TITLE = "exhibit-title"
# An exhibit in Markdown: a div with its label. What pages alone show has no number, so its label is no label of the
# book: this stands before it, and around it what both renderers keep from print.
ON_PAGES = "pages-"
PAGES_OPEN, PAGES_CLOSE = '::: {.content-visible when-format="html"}\n\n', "\n\n:::"
_EXHIBIT = re.compile(
    rf"\A(?:{re.escape(PAGES_OPEN)})?(?:::: \{{\.{TITLE}\}}\n.*?\n:::\n+)?"
    rf"::: \{{#(?P<pages>{ON_PAGES})?(?P<label>(?:fig|tbl)-[\w-]+)[ }}]",
    re.DOTALL,
)


def blanked(text: str) -> str:
    """Return as much blank as there is text, its lines kept: what stands behind it keeps its place."""
    return re.sub(r"[^\n]", " ", text)


@dataclass(frozen=True)
class Fence:
    """A fenced block.

    Attributes
    ----------
    mark, info : str
        The marks that open it, and what stands behind them.
    first, last : int
        The lines of its marks, from 1; `last` is 0 where nothing closes it.
    """

    mark: str
    info: str
    first: int
    last: int


def titled(words: str) -> str:
    """Return the title of a table or a figure as the block that stands above it."""
    return f"::: {{.{TITLE}}}\n{words}\n:::"


def exhibit_label(markdown: str) -> str:
    """Return the label of the table or the figure that a text is, its title above it or not; empty of aught else."""
    found = _EXHIBIT.match(markdown)
    return found["label"] if found else ""


def pages_alone(markdown: str) -> bool:
    """Whether a text is an exhibit that pages show and print does not."""
    found = _EXHIBIT.match(markdown)
    return bool(found and found["pages"])


def without_fences(source: str) -> str:
    """Return the text with fenced blocks blanked out, every position kept."""
    if "```" not in source and "~~~" not in source:
        return source
    lines = re.split(r"(?<=\n)", source)
    for fence in fences(source):
        within = slice(fence.first - 1, fence.last or None)
        lines[within] = [blanked(line) for line in lines[within]]
    return "".join(lines)


def without_comments(text: str) -> str:
    """Return the text with comments blanked out, every position kept."""
    return COMMENT.sub(lambda found: blanked(found[0]), text)


def open_fence(source: str) -> int:
    """Return the line of a fence that nothing closes, from 1; 0 where there is none."""
    return next((fence.first for fence in fences(source) if not fence.last), 0)


def fences(source: str) -> Iterator[Fence]:
    """Yield the fenced blocks of a Markdown text."""
    mark, info, first = "", "", 0
    for number, line in enumerate(source.split("\n"), start=1):
        found = _FENCE.match(line)
        after = line[found.end() :] if found else ""
        # A line such as ```x``` is a code span.
        if found and not mark and not (found[1][0] == "`" and "`" in after):
            mark, info, first = found[1], after.strip(), number
        elif found and mark and found[1].startswith(mark) and not after.strip():
            yield Fence(mark, info, first, number)
            mark = ""
    if mark:
        yield Fence(mark, info, first, 0)


@dataclass(frozen=True)
class Heading:
    """A heading of Markdown.

    Attributes
    ----------
    start, end : int
        Positions of its text within the source.
    line_start, line_end : int
        Those of its whole line.
    """

    level: int
    text: str
    attributes: str
    start: int
    end: int
    line_start: int = 0
    line_end: int = 0

    @property
    def id(self) -> str:
        """The identifier among the attributes, empty where there is none."""
        found = _ID.search(self.attributes)
        return found[1] if found else ""

    @property
    def unnumbered(self) -> bool:
        """Whether the heading asks for no number."""
        return ".unnumbered" in self.attributes or self.attributes == "{-}"


def headings(source: str) -> Iterator[Heading]:
    """Yield the headings of a Markdown text; in a block of code there is none, and that of a callout is its title."""
    for match in _HEADING.finditer(_without_callouts(without_fences(source))):
        start, end = match.span(2)
        yield Heading(len(match[1]), source[start:end], match[3] or "", start, end, *match.span())


def _without_callouts(text: str) -> str:
    """Return the text with what stands in callouts blanked out, every position kept."""
    lines: list[str] = []
    opened: list[bool] = []
    for line in text.split("\n"):
        if mark := _DIV.match(line):
            opened = [*opened, ".callout-" in mark[1] or mark[1].startswith("callout-")] if mark[1] else opened[:-1]
        lines.append(" " * len(line) if any(opened) else line)
    return "\n".join(lines)
