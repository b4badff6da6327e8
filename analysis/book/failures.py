"""What failed while a chapter ran: where, what, and why in Russian."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.base.errors import CellError


@dataclass(frozen=True)
class Failure:
    """A statement or an inline expression that failed.

    Attributes
    ----------
    chapter : str
        How messages call the chapter.
    index : int
        Place of the cell in the executed notebook.
    cell, line : int
        The cell as the desk counts, and the line in it; 0 where none is known.
    text : str
        The code.
    cause : str
        In Russian, without the full stop.
    trace : str
        The traceback, for the log.
    """

    chapter: str
    index: int
    cell: int
    line: int
    text: str
    cause: str
    trace: str = ""

    def __str__(self) -> str:
        place = f"ячейка {self.cell}" + (f", строка {self.line}" if self.line else "")
        return f"{self.chapter}, {place}{f', «{self.text}»' if self.text else ''}: {self.cause}."


class ChapterError(CellError):
    """All that failed in a chapter.

    Attributes
    ----------
    failures : tuple of Failure
        In the order of the cells.
    """

    def __init__(self, failures: Iterable[Failure]) -> None:
        self.failures = tuple(failures)
        super().__init__("\n".join(map(str, self.failures)))
