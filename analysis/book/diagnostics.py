"""What is wrong with a chapter, whoever finds it and when: one type for all, and one error that tells of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.base.errors import ReportError

if TYPE_CHECKING:
    from nbformat import NotebookNode

_SHOWN = 40  # characters of the text that a message repeats
# How a sentence that tells of a chapter begins: its file, cell, the line of the file where that begins, its own line.
_PLACE = re.compile(
    r"[^\s:]+\.(?:ipynb|qmd|md)(?:, ячейка (?:(?P<cell>\d+)|параметров))?(?: \(строка файла \d+\))?"
    r"(?:, (?:строка|строки) (?P<line>\d+)[–\d]*)?(?:: |, )"
)


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
        Line of the cell or of the file, from 1; 0 where none is known.
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
        line = f", строка {self.line}" if self.line else ""
        return f"{self.file}{cell}{line}: {self.problem}. {self.remedy}"


def short(text: str) -> str:
    """Return a text on one line, as much of it as fits a table."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def of_error(file: str, cell: int, source: str, error: ReportError) -> Diagnostic:
    """Return an error of a cell as what is wrong at a line of it: the line it names, else that of the word it names.

    Parameters
    ----------
    file
        Chapter as the project names it.
    cell
        Its number as the desk counts; 0 where the file as a whole is meant.
    source
        Text of the cell.
    error
        What was raised: a sentence that begins with the place, or its parts (`ReportError.at`).

    Returns
    -------
    Diagnostic
        The error at its place.
    """
    lines = source.split("\n")
    told = _PLACE.match(str(error)) if not error.place else None
    problem, remedy = error.problem, error.remedy
    if told:
        problem, _, remedy = str(error)[told.end() :].partition(". ")
        cell = cell or int(told["cell"] or 0)
    line = error.line or int((told and told["line"]) or 0)
    line = line or next((at for at, text in enumerate(lines, start=1) if error.about and error.about in text), 1)
    text = lines[line - 1] if line <= len(lines) else ""
    shown = short(text if error.about in text else error.about)
    return Diagnostic(file, cell, line, shown, problem.rstrip("."), remedy or "Исправьте это место.")


class MistakesError(ReportError):
    """Everything that is wrong with the chapters, told at once.

    Parameters
    ----------
    diagnostics : iterable of Diagnostic
        All of it; at least one.
    note : str
        What is to be said below them: where more is told.
    exit_status : int
        2 where the texts are to be mended, 1 where cells failed.
    executed : mapping
        The chapters that were executed all the same, by file, for whoever looks at what they show.
    partly : mapping
        Those in which something failed, as far as they were executed.
    """

    def __init__(
        self,
        diagnostics: Iterable[Diagnostic],
        *,
        note: str = "",
        exit_status: int = 2,
        executed: Mapping[str, NotebookNode] | None = None,
        partly: Mapping[str, NotebookNode] | None = None,
    ) -> None:
        self.diagnostics, self.note, self.exit_status = tuple(diagnostics), note, exit_status
        self.executed, self.partly = dict(executed or {}), dict(partly or {})
        super().__init__("\n".join([*map(str, self.diagnostics), *([note] if note else [])]))
