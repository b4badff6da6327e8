"""Files of returns become rows: words become codes, cells numbers of persons, and what is neither becomes a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.base.errors import DataError, did_you_mean
from analysis.ingest.opening import cell_name, open_file
from analysis.ingest.readers import own_template
from analysis.ingest.reading import Filled
from analysis.ingest.templates.choices import Choices, choices
from analysis.ingest.templates.filling import as_number, is_empty
from analysis.returns.faults import Fault, persons
from analysis.returns.form import COLLEGE, GROUP, QUARTER, REPORT_YEAR, YEAR, Form

_QUOTES = re.compile(r"[«»„“”\"'`’]")
_DASHES = re.compile(r"\s*[-‐‑–—−]\s*")
UNNAMED = "организация не названа"
_KEYS = (YEAR, REPORT_YEAR, QUARTER)
_SUFFIXES = {".xlsx", ".xls", ".ods", ".csv"}
_TAKE = "возьмите форму: report template college_return"


@dataclass
class Received:
    """What the files hold.

    Attributes
    ----------
    rows : pandas.DataFrame
        A row of a return each: college as written and `key` to tell it by, group, year, report_year, quarter, the
        counts of the form (NaN where a cell holds no number), file, sheet, row (as a spreadsheet counts), columns
        (place of each column), sound (whether every cell was read).
    faults : list of Fault
        What could not be read.
    files : int
        How many files there were.
    """

    rows: pd.DataFrame
    faults: list[Fault] = field(default_factory=list)
    files: int = 0


def in_folders(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are named, those of a folder in the place of the folder.

    Parameters
    ----------
    paths : iterable of Path
        Files, and folders of them.

    Returns
    -------
    list of Path
        Of a folder its workbooks and CSV files, by name; what an office program keeps beside an open one is none.

    Raises
    ------
    DataError
        A folder holds none.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(it for it in path.iterdir() if it.suffix.lower() in _SUFFIXES and it.name[0] not in "~.")
        if not inside:
            raise DataError(f"В папке {path} нет ни одного отчета: нужны книги Excel или CSV.")
        found += inside
    return found


def read_returns(files: Iterable[Path], form: Form) -> Received:
    """Read returns from workbooks and CSV files made of the form.

    Parameters
    ----------
    files : iterable of Path
        One college each or many together.
    form : Form

    Returns
    -------
    Received

    Raises
    ------
    DataError
        A file cannot be opened, is not the form, or holds no row.
    """
    lists = choices(form.table, None, ())
    read = Received(pd.DataFrame())
    rows: list[dict] = []
    for path in files:
        read.files += 1
        for sheet in _sheets(path, form):
            for number, cells in sheet.rows.iterrows():
                made = _Row(path.name, sheet, int(str(number)), form, lists[GROUP])
                rows.append(made.taken(cells.to_dict()))
                read.faults += made.faults
    if not rows:
        raise DataError("В файлах нет ни одной заполненной строки отчета: заполните лист «Данные» и повторите.")
    read.rows = pd.DataFrame(rows)
    return read


def folded(name: str) -> str:
    """Return the name of a college as it is told from others: case, quotes, spaces and kinds of dashes do not count."""
    bare = _DASHES.sub("-", _QUOTES.sub(" ", name)).casefold().replace("ё", "е")
    return " ".join(bare.split())


def place(row: pd.Series, columns: Sequence[str]) -> dict:
    """Return file, sheet and cells of a row, as a fault takes them."""
    cells = tuple(cell_name(int(row["row"]) - 1, row["columns"][name]) for name in columns if name in row["columns"])
    return {"file": row["file"], "sheet": row["sheet"], "cells": cells}


def _sheets(path: Path, form: Form) -> list[Filled]:
    opened = open_file(path)
    if not own_template.recognises(opened):
        raise DataError(f"Файл {path.name}: это не форма отчета (нет строки с именами столбцов); {_TAKE}.")
    found = [sheet for sheet in own_template.read(opened).filled if len(sheet.rows) or sheet.table == form.table.name]
    for sheet in found:
        where = f"Файл {path.name}, лист «{sheet.sheet}»"
        if sheet.table and sheet.table != form.table.name:
            raise DataError(f"{where}: это таблица {sheet.table}, а не отчет; {_TAKE}.")
        if sheet.merged:
            raise DataError(f"{where}: ячейки {sheet.merged[0]} объединены. Разъедините их и заполните каждую.")
        columns = list(sheet.rows.columns)
        if strange := [name for name in columns if name and name not in form.table.columns]:
            raise DataError(
                f"{where}: в форме нет столбца «{strange[0]}».{did_you_mean(strange[0], form.table.columns)}"
            )
        if doubled := [name for name in columns if columns.count(name) > 1]:
            raise DataError(f"{where}: столбец «{doubled[0]}» стоит дважды. Оставьте один.")
        if lacking := [name for name in form.required if name not in columns]:
            raise DataError(f"{where}: нет столбца «{lacking[0]}»; {_TAKE}.")
    return found


class _Row:
    """One row of a sheet on its way to a return."""

    def __init__(self, file: str, sheet: Filled, number: int, form: Form, groups: Choices) -> None:
        self.file, self.sheet, self.number, self.form, self.groups = file, sheet, number, form, groups
        self.college = UNNAMED
        self.faults: list[Fault] = []

    def taken(self, cells: dict) -> dict:
        """Return the row of the return; what of it cannot be read is among the faults."""
        self.college = " ".join(str(cells.get(COLLEGE)).split()) if not is_empty(cells.get(COLLEGE)) else UNNAMED
        if self.college == UNNAMED:
            self._wrong("blank", (COLLEGE,), "не названа организация: впишите её полное название")
        if "" in cells and not is_empty(cells[""]):
            self._wrong("number", (), "в строке ячеек больше, чем столбцов: уберите лишнее")
        row: dict = {name: self._whole(name, cells.get(name)) for name in (*_KEYS, *self.form.counts)}
        row |= {COLLEGE: self.college, "key": folded(self.college), GROUP: self._group(cells.get(GROUP))}
        row |= {"file": self.file, "sheet": self.sheet.sheet, "row": self.number, "columns": self.sheet.columns}
        return row | {"sound": not self.faults}

    def _group(self, value: object) -> str:
        typed = "" if is_empty(value) else str(value).strip()
        code = self.groups.code(typed) if typed else None
        if code is None:
            said = f"«{typed}» нет в списке укрупненных групп" if typed else "не названа укрупненная группа"
            self._wrong("code", (GROUP,), f"{said}: выберите код из списка")
        return code or typed

    def _whole(self, column: str, value: object) -> float:
        """Return the number of a cell, NaN where it holds none or it may stay empty."""
        title = self.form.title(column)
        if is_empty(value):
            if column in self.form.required:
                self._wrong("blank", (column,), f"{title}: ячейка пуста, впишите число (если таких нет – ноль)")
            return float("nan")
        number = as_number(str(value).replace("%", "").strip() if isinstance(value, str) else value)
        if number is None:
            self._wrong(
                "number", (column,), f"{title}: вместо числа стоит «{str(value).strip()}», впишите число человек"
            )
            return float("nan")
        if not number.is_integer() or (isinstance(value, str) and "%" in value):
            typed = str(value).strip() if isinstance(value, str) else persons(number)
            self._wrong("fraction", (column,), f"{title}: стоит {typed} – доля или дробь, а нужно целое число человек")
            return float("nan")
        if number < 0:
            self._wrong("negative", (column,), f"{title}: {persons(number)} – число человек не бывает меньше нуля")
            return float("nan")
        return number

    def _wrong(self, rule: str, columns: Sequence[str], why: str) -> None:
        cells = tuple(
            cell_name(self.number - 1, self.sheet.columns[name]) for name in columns if name in self.sheet.columns
        )
        self.faults.append(Fault(self.college, rule, f"{why}.", self.file, self.sheet.sheet, cells))
