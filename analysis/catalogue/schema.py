"""Tables held against their Table Schemas: whole columns are checked at once, and every fault is told with its cell.

The descriptors of `data/` are Frictionless Table Schemas (https://datapackage.org/standard/table-schema/); the tests
hold this reading of them against frictionless itself, which goes row by row and would take a minute over all subjects
of the federation.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.base.formulas import LARGEST
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.catalogue.patterns import whole
from analysis.catalogue.places import place

# Digits of other scripts are digits to Python and none to a reader of the table.
NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
LONGEST = 300  # characters of a number
_SPELLED = {
    kind: re.compile(pattern).fullmatch
    for kind, pattern in {
        "integer": r"[+-]?[0-9]+",
        "year": r"[0-9]{4}",
        "number": NUMBER,
        "boolean": "true|false",
        "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    }.items()
}
_WANTED = {
    "integer": "целое число",
    "number": "число с десятичной точкой",
    "date": "дата вида 2021-11-01",
    "boolean": "true или false",
    "year": "год",
}
_BARRED = "значение не допускается схемой"
_MEND = "Исправьте ячейку."

# A row of the cells, the column and the value to name, what is wrong and what to do.
_Fault = tuple[int, str | None, str | None, str, str]


def violations(contents: Sequence[tuple[Table, pd.DataFrame]]) -> dict[Path, list[Finding]]:
    """Return what in the cells of tables breaks their schemas, by file; sound tables are left out.

    Parameters
    ----------
    contents : sequence of (Table, pandas.DataFrame)
        The columns of the schema as text, an empty string where a cell is empty; rows in the order of the file.
    """
    # Most tables share the schema of observations: what has one schema is checked at one go.
    alike: dict[str, list[tuple[Table, pd.DataFrame]]] = {}
    for table, cells in contents:
        alike.setdefault(json.dumps(table.schema, sort_keys=True), []).append((table, cells))
    findings: dict[Path, list[Finding]] = {}
    for group in alike.values():
        for table, finding in _violations(group):
            findings.setdefault(table.file, []).append(finding)
    return {file: sorted(listed, key=lambda finding: finding.row or 0) for file, listed in findings.items()}


def _violations(group: Sequence[tuple[Table, pd.DataFrame]]) -> Iterator[tuple[Table, Finding]]:
    schema = group[0][0].schema
    cells = pd.concat([cells for _, cells in group], ignore_index=True)
    starts = [0, *accumulate(len(cells) for _, cells in group)]
    # Which table each row is of; rows of different tables never repeat each other.
    number = np.repeat(np.arange(len(group)), [len(cells) for _, cells in group])
    spelled = {field["name"]: _Spelled.of(cells[field["name"]]) for field in schema["fields"]}
    faults = [fault for field in schema["fields"] for fault in _in_cells(field, spelled[field["name"]])]
    faults += _repeated(schema, spelled, number)
    for index, column, value, problem, remedy in faults:
        place = bisect_right(starts, index) - 1
        table = group[place][0]
        yield table, Finding(table.label, index - starts[place] + 2, column, value, problem, remedy)


@dataclass(frozen=True)
class _Spelled:
    """A column as the texts that stand in it, each once, and which of them each cell holds."""

    texts: list[str]
    codes: np.ndarray

    @classmethod
    def of(cls, column: pd.Series) -> _Spelled:
        codes, texts = pd.factorize(column)
        return cls(texts.tolist(), codes)

    def cells(self, wanted: Collection[str]) -> Iterator[tuple[int, str]]:
        """Yield row and text of the cells that hold one of these texts."""
        if wanted:
            places = [place for place, text in enumerate(self.texts) if text in wanted]
            for index in np.flatnonzero(np.isin(self.codes, places)):
                yield int(index), self.texts[self.codes[index]]


def _in_cells(field: dict[str, Any], column: _Spelled) -> Iterator[_Fault]:
    """Yield what is wrong with single cells of a column, requirement by requirement."""
    name, filled = field["name"], [text for text in column.texts if text]
    if field.get("constraints", {}).get("required") and len(filled) < len(column.texts):
        for index, _ in column.cells({""}):
            yield index, name, None, "ячейка пуста, а схема требует значения", "Заполните ячейку."
    if not filled:
        return
    for wrong, problem, remedy in _requirements(field, filled):
        for index, value in column.cells(wrong):
            yield index, name, value, problem, remedy


def _requirements(field: dict[str, Any], texts: list[str]) -> Iterator[tuple[set[str], str, str]]:
    """Yield for each requirement of a field which of its texts break it, what is wrong then and what to do."""
    limits, kind = field.get("constraints", {}), field["type"]
    least, most = limits.get("minimum"), limits.get("maximum")
    numbers = _numbers(texts) if kind in ("integer", "number") or (least, most) != (None, None) else {}
    if kind in _SPELLED:
        yield {text for text in texts if not _is_spelled(text, kind)}, f"здесь должно быть {_WANTED[kind]}", _MEND
    if kind in ("integer", "number"):
        large = {text for text, number in numbers.items() if abs(number) > LARGEST}
        yield large.union(text for text in texts if len(text) > LONGEST), "число слишком велико", _MEND
    if pattern := limits.get("pattern"):
        fits = whole(pattern)
        yield {text for text in texts if not fits(text)}, _BARRED, f"Нужен вид {pattern}."
    if allowed := limits.get("enum"):
        yield set(texts).difference(allowed), _BARRED, f"Нужно одно из: {', '.join(allowed)}."
    if least is not None:
        yield {text for text, number in numbers.items() if number < least}, _BARRED, f"Нужно не меньше {least}."
    if most is not None:
        yield {text for text, number in numbers.items() if number > most}, _BARRED, f"Нужно не больше {most}."


def _is_spelled(text: str, kind: str) -> bool:
    """Tell whether a text is written as values of a type are."""
    if not _SPELLED[kind](text):
        return False
    try:
        return kind != "date" or bool(dt.date.fromisoformat(text))
    except ValueError:  # no day of the calendar
        return False


def _numbers(texts: list[str]) -> dict[str, float]:
    """Return texts with the numbers they are, none for what is none; Python refuses to read thousands of digits."""
    short = [text for text in texts if len(text) <= LONGEST]
    numbers = pd.to_numeric(pd.Series(short, dtype=object), errors="coerce")
    return dict(zip(short, numbers.tolist(), strict=True))


def repeated(table: Table, rows: pd.DataFrame) -> list[Finding]:
    """Return the keys of a table that stand in more than one of its layers, each of them sound by itself.

    Parameters
    ----------
    table : Table
    rows : pandas.DataFrame
        Its rows, joined by `analysis.catalogue.places`.
    """
    unique = [field["name"] for field in table.fields if field.get("constraints", {}).get("unique")]
    key = table.schema.get("primaryKey") or unique[:1]
    key = [key] if isinstance(key, str) else key
    if not key:
        return []
    found = []
    for index in rows.index[rows.duplicated(key)]:
        same = (rows[key] == rows.loc[index, key]).all(axis=1)
        first, row = place(rows, rows.index[same][0])
        file, number = place(rows, index)
        words = ", ".join(str(rows.at[index, name]) for name in key)
        found.append(
            Finding(
                file,
                number,
                key[0],
                words,
                f"такая строка уже есть в файле {first}, строка {row}",
                "Оставьте ее в одном из файлов или дайте ей другой код.",
            )
        )
    return found


def _repeated(schema: dict[str, Any], cells: dict[str, _Spelled], number: np.ndarray) -> Iterator[_Fault]:
    """Yield values and keys that stand a second time in their table, which `number` tells row by row."""

    def again(columns: list[str]) -> np.ndarray:
        seen = number
        for name in columns:  # numbers of what is the same so far, which grow no larger than there are rows
            seen = pd.factorize(seen * len(cells[name].texts) + cells[name].codes)[0]
        return pd.Series(seen).duplicated().to_numpy()

    unique = [field["name"] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    for name in unique:
        texts, codes = cells[name].texts, cells[name].codes
        for index in np.flatnonzero(again([name])):
            if value := texts[codes[index]]:
                problem = "значение повторяется, а должно быть единственным"
                yield int(index), name, value, problem, "Исправьте одну из строк."
    key = schema.get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    if key and key != unique[:1]:
        for index in np.flatnonzero(again(key)):
            yield int(index), None, None, f"повтор ключа ({', '.join(key)})", "Оставьте одну строку из двух."
