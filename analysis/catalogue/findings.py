"""What is wrong with the data, said so that the person who filled them can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.base.russian import and_more

Severity = Literal["error", "warning"]
SEVERITIES = {"error": "ошибка", "warning": "предупреждение"}
COLUMNS = ("Важность", "Файл", "Строка", "Столбец", "Значение", "Что не так", "Что сделать", "Правило")


@dataclass(frozen=True)
class Finding:
    """One defect of the data.

    Attributes
    ----------
    file : str
        Path of the file as the user knows it.
    row : int or None
        Row as a spreadsheet counts it, the heading being row 1.
    column, value : str or None
        Name of the column and text of the cell.
    problem, remedy : str
        What is wrong and what to do, in Russian.
    severity : {'error', 'warning'}
        An error stops a build; a warning is listed in the appendix on data.
    rule : str
        Which rule found it: `schema`, `reference`, one of `analysis.catalogue.rules`; in chapters `typed` or
        `mistyped`.
    key : tuple
        Indicator, territory, category and year of the observation it speaks of; empty where it speaks of none.
    subject : str
        The same in words.
    acknowledged : bool
        It was looked into and stays; the remedy is then the reason.
    cell : int
        Of a chapter: the cell, as the desk counts; `row` is then the line within it.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    remedy: str
    severity: Severity = "error"
    rule: str = "schema"
    key: tuple[str, str, str, int] | tuple[()] = ()
    subject: str = ""
    acknowledged: bool = False
    cell: int = 0

    @property
    def place(self) -> str:
        """Where it is, in words."""
        row = f", строка {self.row}" if self.row is not None else ""
        if self.cell:
            return f"{self.file}, ячейка {self.cell}{row}"
        return self.file + row + (f", столбец «{self.column}»" if self.column else "")

    @property
    def said(self) -> str:
        """What is wrong, with whose value it is: the row alone would send the reader to the file."""
        return f"{self.subject}: {self.problem}" if self.subject else self.problem

    def __str__(self) -> str:
        named = "" if self.cell else "значение "
        shown = f" ({named}«{self.value}»)" if self.value not in (None, "") else ""
        return f"{self.place}: {self.said}{shown}. {self.remedy}"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that stop a build."""
    return [finding for finding in findings if finding.severity == "error"]


def summed_up(findings: list[Finding]) -> str:
    """Return the first finding in words and how many more there are."""
    return f"{findings[0]}{and_more(len(findings) - 1)}"


def as_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a table for people: columns `COLUMNS`, all text."""
    rows = [
        (
            SEVERITIES[found.severity],
            found.file,
            "" if found.row is None else str(found.row),
            found.column or (f"ячейка {found.cell}" if found.cell else ""),
            found.value or "",
            found.said,
            found.remedy,
            found.rule,
        )
        for found in findings
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)
