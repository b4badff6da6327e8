"""What is wrong with a return: whose it is, where, and why, in one sentence for whoever filled it in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.base.russian import NBSP, decimal, shortened, typed

# Kinds of faults, as lists and tables call them.
RULES = {
    "missing": "не сдан",
    "name": "название",
    "quarter": "квартал",
    "duplicate": "повтор",
    "code": "код",
    "blank": "пусто",
    "number": "не число",
    "fraction": "доля вместо числа",
    "negative": "меньше нуля",
    "share": "больше 100 %",
    "sum": "сумма",
    "group": "категория больше всех",
    "total": "выпуск изменился",
    "copy": "копия прошлого квартала",
    "reversal": "невозможный возврат",
    "outlier": "не как у похожих",
}
COLUMNS = ("Организация", "Что", "Файл", "Лист", "Ячейки", "Почему вернуть")
_DIGITS = re.compile(r"([0-9]+)")
_CELLS = 4  # how many cells a sentence names


@dataclass(frozen=True)
class Fault:
    """One reason to send a return back.

    Attributes
    ----------
    college : str
        To whom.
    rule : str
        One of `RULES`.
    why : str
        The sentence, without its place.
    file, sheet : str
        Empty for a return that did not come.
    cells : tuple of str
        Cells as a spreadsheet names them.
    """

    college: str
    rule: str
    why: str
    file: str = ""
    sheet: str = ""
    cells: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it is, in words."""
        if not self.file:
            return ""
        sheet = f", лист «{self.sheet}»" if self.sheet and self.sheet != self.file else ""
        many = "ячейки" if len(self.cells) > 1 else "ячейка"
        return f"{self.file}{sheet}" + (f", {many} {shortened(self.cells, _CELLS)}" if self.cells else "")

    @property
    def said(self) -> str:
        """The sentence with its place."""
        return f"{self.place}: {self.why}" if self.place else self.why[:1].upper() + self.why[1:]


def as_rows(faults: Iterable[Fault]) -> list[tuple[str, ...]]:
    """Return faults as rows of a table for people, in the columns `COLUMNS`."""
    return [
        (fault.college, RULES[fault.rule], fault.file, fault.sheet, ", ".join(fault.cells), fault.why)
        for fault in faults
    ]


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults college by college, each once, the certain ones before the likely ones."""
    rank = {rule: place for place, rule in enumerate(RULES)}
    return sorted(
        dict.fromkeys(faults), key=lambda fault: (_counted(fault.college), fault.college, rank[fault.rule], fault.place)
    )


def _counted(name: str) -> list[tuple[int, str]]:
    """Return by what names are put in order: «№ 9» before «№ 10»."""
    return [(int(part), "") if part.isdigit() else (-1, part.casefold()) for part in _DIGITS.split(name) if part]


def persons(value: float) -> str:
    """Return a number of persons as it is printed; what is no whole number keeps its decimals."""
    if pd.isna(value):
        return "…"
    return decimal(value, 0) if float(value).is_integer() else typed(value)


def per_cent(part: float, whole: float) -> str:
    """Return what part of a whole it is, in whole per cent."""
    return f"{decimal(100 * part / whole, 0)}{NBSP}%"
