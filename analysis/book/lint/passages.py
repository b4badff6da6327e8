"""What of a chapter pandoc reads as prose before anything is executed, each line with its place.

Cells are counted as the desk counts them, lines within a cell from 1; a text file has no cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path

import yaml

from analysis.base import reads
from analysis.base.errors import UsageError
from analysis.book.authored.pasted import lettered
from analysis.book.notebooks import read, text_files

_OPTION = re.compile(r"#\|")
_TOLD = ("fig-cap", "tbl-cap", "fig-alt", "label")


@dataclass(frozen=True)
class Passage:
    """One cell of prose, one caption of a code cell, or a whole text file.

    Attributes
    ----------
    cell : int
        0 in a text file.
    line : int
        Line of the cell at which the text begins.
    evaluated : bool
        Inline expressions in it are evaluated.
    """

    cell: int
    text: str
    line: int = 1
    evaluated: bool = False


@dataclass(frozen=True)
class Source:
    """A chapter as it lies in the project.

    Attributes
    ----------
    labels : tuple of (cell, line, label)
        Labels given by code cells (`#| label:`).
    code : tuple of (cell, source)
        The code cells.
    """

    file: str
    passages: tuple[Passage, ...]
    labels: tuple[tuple[int, int, str], ...] = ()
    code: tuple[tuple[int, str], ...] = ()

    @cached_property
    def text(self) -> str:
        """All passages as pandoc gets them, a blank line between two; pasted tables, no Markdown, are letters."""
        return "\n\n".join(lettered(passage.text) for passage in self.passages)

    @cached_property
    def _starts(self) -> list[int]:
        starts, line = [], 1
        for passage in self.passages:
            starts.append(line)
            line += passage.text.count("\n") + 2
        return starts

    def place(self, line: int) -> tuple[int, int]:
        """Return cell and line of the cell of a line of `text`, both counted from 1."""
        passage, start = next(
            (
                (passage, start)
                for passage, start in reversed(list(zip(self.passages, self._starts, strict=True)))
                if start <= line
            ),
            (Passage(0, ""), 1),
        )
        # What pandoc closes at the end of the text it finds behind the last line.
        return passage.cell, passage.line + min(line - start, max(passage.text.count("\n"), 0))

    def passage(self, line: int) -> Passage:
        """Return the passage in which a line of `text` stands."""
        found = [passage for passage, start in zip(self.passages, self._starts, strict=True) if start <= line]
        return found[-1]


def sources(project: Path) -> list[Source]:
    """Return the chapters of a project: its notebooks and its plain text files."""
    return [source(project / file, file) for file in text_files(project)]


def source(path: Path, file: str) -> Source:
    """Return one chapter; messages call it `file`.

    Raises
    ------
    UsageError
        The file is not a notebook, or not text in UTF-8.
    """
    if path.suffix != ".ipynb":
        return Source(file, (Passage(0, reads.text(path, UsageError)),))
    passages: list[Passage] = []
    labels: list[tuple[int, int, str]] = []
    code: list[tuple[int, str]] = []
    for number, cell in enumerate(read(path).cells, start=1):
        said = cell.source.replace("\r\n", "\n")
        if cell.cell_type == "code":
            code.append((number, said))
            for line, key, value in _options(said):
                labels += [(number, line, value)] if key == "label" else []
                passages += [Passage(number, value, line)] if key != "label" else []
        else:
            passages.append(Passage(number, said, evaluated=cell.cell_type == "markdown"))
    return Source(file, tuple(passages), tuple(labels), tuple(code))


def _options(code: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, name and text of the options of a code cell that are prose or name it, however YAML writes them."""
    head = "\n".join(line[2:].removeprefix(" ") for line in takewhile(_OPTION.match, code.split("\n")))
    try:
        tree = yaml.compose(head, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):  # told by whoever reads the options
        return
    for key, value in tree.value if isinstance(tree, yaml.MappingNode) else ():
        if key.value in _TOLD and isinstance(value, yaml.ScalarNode):
            # The text of a block begins on the line below its sign.
            yield value.start_mark.line + 1 + (value.style in ("|", ">")), key.value, value.value.strip()
