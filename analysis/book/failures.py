"""What failed while a chapter ran: where, what, and why in Russian."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nbformat import NotebookNode

from analysis.base.errors import CellError
from analysis.base.places import Place


@dataclass(frozen=True)
class Failure:
    """A statement or an inline expression that failed.

    Attributes
    ----------
    chapter : str
        How messages call the chapter.
    index : int
        Place of the cell in the executed notebook.
    place : Place
        Where the cell was written.
    line : int
        The line in it, from 1; 0 where none is known.
    text : str
        The code.
    cause : str
        In Russian, without the full stop.
    trace : str
        The traceback, for the log.
    """

    chapter: str
    index: int
    place: Place
    line: int
    text: str
    cause: str
    trace: str = ""

    def __str__(self) -> str:
        place = self.place.named(self.chapter, self.line)
        return f"{place}{f', «{self.text}»' if self.text else ''}: {self.cause}."


class ChapterError(CellError):
    """All that failed in a chapter.

    Attributes
    ----------
    failures : tuple of Failure
        In the order of the cells.
    notebook : NotebookNode, optional
        The chapter as far as it was executed.
    """

    def __init__(self, failures: Iterable[Failure], notebook: NotebookNode | None = None) -> None:
        self.failures, self.notebook = tuple(failures), notebook
        super().__init__("\n".join(map(str, self.failures)))
