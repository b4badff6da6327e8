"""The file of a table: read, held against its schema, typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.base.errors import reason
from analysis.base.files.tables import LONGEST, cells_up_to
from analysis.base.marks import NO_TEXT
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.catalogue.schema import violations

_DTYPES = {"integer": "Int64", "year": "Int64", "number": "float64", "boolean": "boolean"}
# With Russian settings Excel cannot write these files at all, and no exchange of signs mends what it wrote.
_NOT_BY_EXCEL = "В Excel правят не сам файл, а его шаблон: report template ИМЯ --values."


@dataclass(frozen=True)
class Content:
    """What a table's file holds: typed rows where it is sound, and what is wrong with it."""

    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    defects: tuple[Finding, ...] = ()


def read_contents(wanted: Sequence[Table], *, checked: bool) -> list[Content]:
    """Return what the files of tables hold, in the order asked for.

    Parameters
    ----------
    wanted : sequence of Table
        Checked together: tables of one schema cost little more than one of them.
    checked : bool
        Whether the cells are held against the schemas.
    """
    contents: dict[Path, Content] = {}
    cells: list[tuple[Table, pd.DataFrame]] = []
    for table in wanted:
        defects, rows = _cells(table)
        if defects:
            contents[table.file] = Content(defects=tuple(defects))
        else:
            cells.append((table, rows))
    broken = violations(cells) if checked and cells else {}
    for table, rows in cells:
        wrong = broken.get(table.file)
        contents[table.file] = Content(defects=tuple(wrong)) if wrong else Content(_typed(table, rows))
    return [contents[table.file] for table in wanted]


def _cells(wanted: Table) -> tuple[list[Finding], pd.DataFrame]:
    """Return the cells of a table as text, or what keeps them from being read."""
    wrong, text = _text(wanted)
    wrong, rows = (wrong, []) if wrong else _rows(wanted, text)
    if wrong := wrong or _misnamed(wanted, rows[:1], text) or _misshapen(wanted, rows) or _no_text(wanted, rows, text):
        return wrong, pd.DataFrame()
    # As one block: pandas takes a list of lists apart cell by cell.
    cells = np.array(rows[1:], dtype=object).reshape(-1, len(wanted.columns))
    return [], pd.DataFrame(cells, columns=wanted.columns, dtype=str)


def _typed(wanted: Table, frame: pd.DataFrame) -> pd.DataFrame:
    for described in wanted.fields:
        if dtype := _DTYPES.get(described["type"]):
            column = frame[described["name"]].replace("", None)
            frame[described["name"]] = pd.to_numeric(column).astype(dtype) if dtype != "boolean" else column.eq("true")
    frame.attrs["table"] = wanted.label
    return frame


def _text(wanted: Table) -> tuple[list[Finding], str]:
    """Return the text of a file, or what keeps it from being read at all."""

    def wrong(problem: str, remedy: str) -> tuple[list[Finding], str]:
        return [Finding(wanted.label, None, None, None, problem, remedy)], ""

    try:
        if not wanted.file.exists():
            return wrong("нет файла таблицы", "Верните файл или исправьте путь в datapackage.json.")
        # A pipe would be waited for without end.
        if not wanted.file.is_file():
            return wrong(
                "это папка, а не файл" if wanted.file.is_dir() else "это не обычный файл",
                "Положите на это место таблицу CSV.",
            )
        return [], wanted.file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return wrong(f"файл не читается ({reason(error)})", "Проверьте файл и права на него.")
    except UnicodeDecodeError:
        return wrong("файл не в кодировке UTF-8", f"Сохраните его в UTF-8 или верните прежний. {_NOT_BY_EXCEL}")


def _rows(wanted: Table, text: str) -> tuple[list[Finding], list[list[str]]]:
    """Return the rows of a text, or where it stops being CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        # A longer text would be cut off in a workbook.
        with cells_up_to(LONGEST):
            rows.extend(reader)
    except csv.Error:
        problem = f"кавычки в строке не парные, или ячейка длиннее {LONGEST} знаков"
        return [
            Finding(
                wanted.label,
                len(rows) + 1,
                None,
                None,
                problem,
                "Внутри ячейки кавычку пишут дважды, всю ячейку берут в кавычки.",
            )
        ], []
    return [], rows


def _misnamed(wanted: Table, heading: list[list[str]], text: str) -> list[Finding]:
    """Return in what a heading is not that of the schema."""
    present = heading[0] if heading else []

    def wrong(problem: str, remedy: str, *columns: str) -> list[Finding]:
        return [Finding(wanted.label, 1, name, None, problem, remedy) for name in columns or (None,)]

    if present == wanted.columns:
        return []
    if not "".join(present).strip():
        return wrong("нет строки с именами столбцов", f"Нужны столбцы: {', '.join(wanted.columns)}.")
    if len(present) == 1 and ";" in text.partition("\n")[0]:
        return wrong("столбцы разделены точкой с запятой", f"Верните прежний файл. {_NOT_BY_EXCEL}")
    if twice := [name for place, name in enumerate(present) if name in present[:place]]:
        return wrong("столбец назван дважды", "Уберите один из двух столбцов.", *dict.fromkeys(twice))
    if missing := [name for name in wanted.columns if name not in present]:
        return wrong("нет столбца", "Верните столбец: его требует схема таблицы.", *missing)
    if extra := [name for name in present if name not in wanted.columns]:
        return wrong("лишний столбец", "Уберите столбец или опишите его в схеме.", *extra)
    return wrong("столбцы стоят не по порядку схемы", f"Нужный порядок: {', '.join(wanted.columns)}.")


def _misshapen(wanted: Table, rows: list[list[str]]) -> list[Finding]:
    """Return the rows whose cells are not as many as the columns."""
    label, width, found = wanted.label, len(wanted.columns), list[Finding]()
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cells):
            found.append(Finding(label, number, None, None, "пустая строка", "Удалите её."))
        elif len(cells) != width:
            found.append(
                Finding(
                    label,
                    number,
                    None,
                    None,
                    "число ячеек в строке не равно числу столбцов",
                    "Проверьте запятые и кавычки в строке.",
                )
            )
    return found


def _no_text(wanted: Table, rows: list[list[str]], text: str) -> list[Finding]:
    """Return the cells with characters that are no text: no page, paper or file of Word can show them."""
    if not NO_TEXT.search(text):  # far faster than cell by cell
        return []
    return [
        Finding(
            wanted.label,
            number,
            name,
            None,
            f"в ячейке есть знак U+{ord(found[0]):04X}, который нельзя напечатать",
            "Удалите его (обычно он остается после копирования из Word или PDF) или замените обычным знаком.",
        )
        for number, cells in enumerate(rows[1:], start=2)
        for name, cell in zip(wanted.columns, cells, strict=True)
        if (found := NO_TEXT.search(cell))
    ]
