"""What is wrong with a chapter before it is executed, whoever finds it: one type for all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Diagnostic:
    """What is wrong with a text of a chapter, where, and what to do.

    Attributes
    ----------
    file : str
        Chapter as the project names it.
    cell : int
        Its cell as the desk counts; 0 in a text file.
    line : int
        Line of the cell or of the file, from 1.
    text : str
        The words it speaks of.
    problem, remedy : str
        What is wrong, without a full stop, and what to do.
    """

    file: str
    cell: int
    line: int
    text: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        cell = f", ячейка {self.cell}" if self.cell else ""
        return f"{self.file}{cell}, строка {self.line}: {self.problem}. {self.remedy}"
