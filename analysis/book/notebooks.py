"""Chapters as files: their prose and their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from analysis.base import reads
from analysis.base.errors import UsageError
from analysis.base.ipynb import read
from analysis.book import inline
from analysis.book.front import headed

__all__ = ["Heading", "first_heading", "headings", "prose", "read", "text_files", "titled"]

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*(\{[^{}\n]*\})?[ \t]*$", re.MULTILINE)
_DIV = re.compile(r"[ \t]*:{3,}[ \t]*([^:\s].*)?$")
_ID = re.compile(r"#([^\s}]+)")


@dataclass(frozen=True)
class Heading:
    """A heading of Markdown; `start` and `end` are the positions of its text within the source."""

    level: int
    text: str
    attributes: str
    start: int
    end: int

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
    for match in _HEADING.finditer(_without_callouts(inline.without_fences(source))):
        yield Heading(
            len(match[1]), source[match.start(2) : match.end(2)], match[3] or "", match.start(2), match.end(2)
        )


def _without_callouts(text: str) -> str:
    """Return the text with what stands in callouts blanked out, every position kept."""
    lines: list[str] = []
    opened: list[bool] = []
    for line in text.split("\n"):
        if mark := _DIV.match(line):
            opened = [*opened, ".callout-" in mark[1] or mark[1].startswith("callout-")] if mark[1] else opened[:-1]
        lines.append(" " * len(line) if any(opened) else line)
    return "\n".join(lines)


def prose(path: Path) -> list[str]:
    """Return the Markdown of a chapter: its cells, or the one text of a `.qmd` file."""
    if path.suffix != ".ipynb":
        return [headed(reads.text(path, UsageError), path.name)]
    return [cell.source for cell in titled(read(path), path.name).cells if cell.cell_type == "markdown"]


def titled(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return a notebook whose first cell, if it sets the title of the chapter, is that title as a heading."""
    first = next(iter(notebook.cells), None)
    if (
        first is None
        or first.cell_type == "code"
        or (text := headed(first.source, f"{name}, ячейка 1")) == first.source
    ):
        return notebook
    return NotebookNode(
        {**notebook, "cells": [NotebookNode({**first, "cell_type": "markdown", "source": text}), *notebook.cells[1:]]}
    )


def text_files(project: Path) -> list[str]:
    """Return the files of a project that hold its text, notebooks and plain files."""
    found = sorted([*project.glob("*.qmd"), *project.glob("chapters/*.qmd"), *project.glob("chapters/*.ipynb")])
    return [path.relative_to(project).as_posix() for path in found]


def first_heading(path: Path) -> Heading:
    """Return the title of a chapter; its file name if it has none."""
    found = (heading for source in prose(path) for heading in headings(source) if heading.level == 1)
    return next(found, Heading(1, path.stem, "{.unnumbered}", 0, 0))
