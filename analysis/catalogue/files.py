"""The file of a table: read, held against its schema, typed; once as long as it does not change."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from analysis.catalogue.descriptor import Table, table
from analysis.catalogue.findings import Finding, summed_up
from analysis.errors import DataError

_DTYPES = {"integer": "Int64", "year": "Int64", "number": "float64", "boolean": "boolean"}


@dataclass(frozen=True)
class Content:
    """What a table's file holds: typed rows where it is sound, and what is wrong with it."""

    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    defects: tuple[Finding, ...] = ()


def read_table(wanted: Table) -> pd.DataFrame:
    """Return a table typed as its schema says; a copy that may be changed.

    Raises
    ------
    DataError
        The table breaks its schema: the first defect in words, and how many more there are.
    """
    # A build checks every table once and says so to the kernels it starts.
    content = _content(wanted, checked=not os.environ.get("REPORT_DATA_CHECKED"))
    if content.defects:
        raise DataError(summed_up(list(content.defects)))
    return content.frame.copy()


def find_defects(wanted: Table) -> list[Finding]:
    """Return what in a table breaks its schema; empty when it is sound."""
    return list(_content(wanted, checked=True).defects)


def version(*names: str) -> tuple:
    """Return what changes whenever one of these common tables does: a key for what is computed from them."""
    return tuple((found.file, _stamp(found)) for found in map(table, names))


def clear_cache() -> None:
    """Forget what was read: for a desk at which files change under a living kernel, and for tests."""
    from analysis.catalogue import descriptor

    for cached in (_read_file, descriptor._package, descriptor._json):
        cached.cache_clear()


class _Keyed:
    """A table as a cache key: by file, as its schema is a dict and cannot be hashed."""

    def __init__(self, wanted: Table):
        self.table = wanted

    def __hash__(self) -> int:
        return hash(self.table.file)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and self.table.file == other.table.file


def _content(wanted: Table, checked: bool) -> Content:
    # The modification time is part of the key, so that an edited table is read again.
    return _read_file(_Keyed(wanted), _stamp(wanted), checked)


def _stamp(wanted: Table) -> int:
    return wanted.file.stat().st_mtime_ns if wanted.file.exists() else 0


@lru_cache(maxsize=512)
def _read_file(keyed: _Keyed, stamp: int, checked: bool) -> Content:
    wanted = keyed.table
    if wrong := _unreadable(wanted):
        return Content(defects=tuple(wrong))
    rows = list(csv.reader(io.StringIO(wanted.file.read_text(encoding="utf-8-sig"), newline="")))
    if wrong := _misshapen(wanted, rows):
        return Content(defects=tuple(wrong))
    cells = pd.DataFrame(rows[1:], columns=wanted.columns, dtype=str)
    if checked:
        from analysis.catalogue.schema import violations  # pandera is not needed by the kernels of a build

        if found := violations(wanted, cells):
            return Content(defects=tuple(found))
    return Content(_typed(wanted, cells))


def _typed(wanted: Table, frame: pd.DataFrame) -> pd.DataFrame:
    for described in wanted.fields:
        if dtype := _DTYPES.get(described["type"]):
            column = frame[described["name"]].replace("", None)
            frame[described["name"]] = pd.to_numeric(column).astype(dtype) if dtype != "boolean" else column.eq("true")
    frame.attrs["table"] = wanted.label
    return frame


def _unreadable(wanted: Table) -> list[Finding]:
    """Return what keeps a file from being read as this table at all: file, encoding, heading."""
    label = wanted.label
    if not wanted.file.is_file():
        return [Finding(label, None, None, None, "нет файла таблицы", "Верните файл или исправьте путь в datapackage.json.")]
    try:
        first = wanted.file.read_text(encoding="utf-8-sig").partition("\n")[0].strip("\r")
    except UnicodeDecodeError:
        return [Finding(label, None, None, None, "файл не в кодировке UTF-8", "В Excel сохраните его как «CSV UTF-8 (разделитель – запятая)».")]
    present = [name.strip('"') for name in first.split(",")]
    if present == wanted.columns:
        return []
    if len(present) == 1 and ";" in first:
        return [Finding(label, 1, None, None, "столбцы разделены точкой с запятой", "Сохраните таблицу с разделителем-запятой.")]
    if missing := [name for name in wanted.columns if name not in present]:
        return [Finding(label, 1, name, None, "нет столбца", "Верните столбец: его требует схема таблицы.") for name in missing]
    if extra := [name for name in present if name not in wanted.columns]:
        return [Finding(label, 1, name, None, "лишний столбец", "Уберите столбец или опишите его в схеме.") for name in extra]
    return [Finding(label, 1, None, None, "столбцы стоят не по порядку схемы", f"Нужный порядок: {', '.join(wanted.columns)}.")]


def _misshapen(wanted: Table, rows: list[list[str]]) -> list[Finding]:
    """Return the rows whose cells are not as many as the columns."""
    label, found = wanted.label, []
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cells):
            found.append(Finding(label, number, None, None, "пустая строка", "Удалите её."))
        elif len(cells) != len(wanted.columns):
            found.append(Finding(label, number, None, None, "число ячеек в строке не равно числу столбцов", "Проверьте запятые и кавычки в строке."))
    return found
