"""What of a chapter pandoc reads as prose before anything is executed, each line with its place.

Cells are counted as the desk counts them, lines within a cell from 1; a text file has no cells. With the prose of an
edition a chapter holds its fragments too, whose lines are those of their own files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from pathlib import Path

import yaml

from analysis.base import ipynb, reads
from analysis.base.composing import faults
from analysis.base.errors import UsageError
from analysis.base.places import place_of
from analysis.book.authored.pasted import lettered
from analysis.book.diagnostics import Diagnostic, of_error
from analysis.book.notebooks import State, looked_at, state, text_files

_OPTION = re.compile(r"#\|")
_TOLD = ("fig-cap", "tbl-cap", "fig-alt", "label")


@dataclass(frozen=True)
class Passage:
    """One cell of prose or of code, one caption of a code cell, or a whole text file.

    Attributes
    ----------
    cell : int
        0 in a text file.
    line : int
        Line of the cell or of the file at which the text begins.
    evaluated : bool
        Inline expressions in it are evaluated.
    file : str
        The file that was laid into the chapter; empty where the chapter itself holds the text.
    """

    cell: int
    text: str
    line: int = 1
    evaluated: bool = False
    file: str = ""


@dataclass(frozen=True)
class Source:
    """A chapter as it lies in the project.

    Attributes
    ----------
    labels : tuple of Passage
        Labels given by code cells (`#| label:`).
    code : tuple of Passage
        The code cells.
    """

    file: str
    passages: tuple[Passage, ...]
    labels: tuple[Passage, ...] = ()
    code: tuple[Passage, ...] = ()

    @property
    def files(self) -> set[str]:
        """The files that hold the text: the chapter and what was laid into it."""
        return {self.file, *(passage.file for passage in (*self.passages, *self.code) if passage.file)}

    def diagnostic(self, passage: Passage, line: int, text: str, problem: str, remedy: str) -> Diagnostic:
        """Return what is wrong with a passage.

        Parameters
        ----------
        passage
            One of the chapter.
        line
            Line of its text, from 1.
        text
            The words it speaks of.
        problem, remedy
            As those of `Diagnostic`.

        Returns
        -------
        Diagnostic
            With the file that holds the passage, and its cell where it has cells.
        """
        return Diagnostic(passage.file or self.file, passage.cell, passage.line + line - 1, text, problem, remedy)

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

    def place(self, line: int) -> tuple[Passage, int]:
        """Return the passage in which a line of `text` stands, and the line of it, counted from 1."""
        passage, start = next(
            (
                (passage, start)
                for passage, start in reversed(list(zip(self.passages, self._starts, strict=True)))
                if start <= line
            ),
            (Passage(0, ""), 1),
        )
        # What pandoc closes at the end of the text it finds behind the last line.
        return passage, 1 + min(line - start, max(passage.text.count("\n"), 0))

    def passage(self, line: int) -> Passage:
        """Return the passage in which a line of `text` stands."""
        found = [passage for passage, start in zip(self.passages, self._starts, strict=True) if start <= line]
        return found[-1]


def sources(project: Path, prose: Path | None = None) -> list[Source]:
    """Return the chapters of a project: its notebooks, the fragments of an edition in them, its plain text files.

    Of those that cannot be read `unreadable` tells.
    """
    found = []
    for file in text_files(project):
        with suppress(UsageError):
            found.append(source(project / file, file, prose))
    return found


def misplaced(project: Path, prose: Path | None) -> Iterator[Diagnostic]:
    """Yield what is wrong with the fragments of an edition, as far as the chapters they stand in can be read."""
    chapters = {}
    for path in sorted(project.glob("chapters/*.ipynb")):
        with suppress(UsageError):
            chapters[path.stem] = ipynb.looked_at(path, ipynb.written(path))
    for error in faults(prose, chapters) if prose else ():
        yield of_error(error.place, 0, "", error)


def unreadable(project: Path, prose: Path | None = None) -> Iterator[Diagnostic]:
    """Yield why chapters cannot be read."""
    for file in text_files(project):
        try:
            source(project / file, file, prose)
        except UsageError as error:
            yield of_error(file, 0, "", error)


def source(path: Path, file: str, prose: Path | None = None) -> Source:
    """Return one chapter.

    Parameters
    ----------
    path
        Its file.
    file
        What messages call it.
    prose
        Folder of the fragments of an edition.

    Returns
    -------
    Source
        Its texts.

    Raises
    ------
    UsageError
        The file is not a notebook, or not text in UTF-8.
    """
    if path.suffix != ".ipynb":
        return Source(file, (Passage(0, reads.text(path, UsageError)),))
    return _source(state(path, prose), file)


@lru_cache(maxsize=128)
def _source(chapter: State, file: str) -> Source:
    passages: list[Passage] = []
    labels: list[Passage] = []
    code: list[Passage] = []
    for number, cell in enumerate(looked_at(chapter).cells, start=1):
        said, at = cell.source.replace("\r\n", "\n"), place_of(cell, number)
        if cell.cell_type == "code":
            code.append(Passage(at.cell, said, at.line, file=at.file))
            for line, key, value in _options(said):
                told = labels if key == "label" else passages
                told.append(Passage(at.cell, value, at.at(line), file=at.file))
        else:
            passages.append(Passage(at.cell, said, at.line, evaluated=cell.cell_type == "markdown", file=at.file))
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
