"""A Table Schema as a pandera schema: whole columns are checked at once, and every fault is told with its cell.

The descriptors of `data/` are Frictionless Table Schemas (https://datapackage.org/standard/table-schema/); the tests hold this
reading of them against frictionless itself, which goes row by row and would take a minute over all subjects of the federation.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analysis.base.formulas import LARGEST
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.catalogue.patterns import whole

# Digits of other scripts are digits to Python and none to a reader of the table.
NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
LONGEST = 300  # characters of a number
_SPELLED = {
    "integer": r"[+-]?[0-9]+",
    "year": r"[0-9]{4}",
    "number": NUMBER,
    "boolean": "true|false",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
_WANTED = {
    "integer": "целое число",
    "number": "число с десятичной точкой",
    "date": "дата вида 2021-11-01",
    "boolean": "true или false",
    "year": "год",
}


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
    found: dict[Path, list[Finding]] = {}
    for group in alike.values():
        for table, finding in _violations(group):
            found.setdefault(table.file, []).append(finding)
    return {file: sorted(findings, key=lambda finding: finding.row or 0) for file, findings in found.items()}


def _violations(group: Sequence[tuple[Table, pd.DataFrame]]) -> Iterator[tuple[Table, Finding]]:
    fields = group[0][0].fields
    cells = pd.concat([cells for _, cells in group], ignore_index=True)
    starts = [0, *accumulate(len(cells) for _, cells in group)]
    # Which table each row is of; rows of different tables never repeat each other.
    number = pd.Series([at for at, (_, one) in enumerate(group) for _ in range(len(one))], dtype=int)

    def at(index: int) -> tuple[Table, int]:
        place = bisect_right(starts, index) - 1
        return group[place][0], index - starts[place] + 2

    try:
        pa.DataFrameSchema({field["name"]: _column(field) for field in fields}).validate(
            cells.mask(cells == ""), lazy=True
        )
    except SchemaErrors as errors:
        for case in errors.failure_cases.itertuples():
            table, row = at(int(case.index))
            yield table, _translate(table, row, case)
    unique = [field["name"] for field in fields if field.get("constraints", {}).get("unique")]
    for column in unique:
        for index in cells.index[cells[column].ne("") & cells.assign(number=number).duplicated(["number", column])]:
            table, row = at(index)
            yield (
                table,
                Finding(
                    table.label,
                    row,
                    column,
                    cells.at[index, column],
                    "значение повторяется, а должно быть единственным",
                    "Исправьте одну из строк.",
                ),
            )
    key = group[0][0].schema.get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    if key and key != unique[:1]:
        for index in cells.index[cells.assign(number=number).duplicated(["number", *key])]:
            table, row = at(index)
            yield (
                table,
                Finding(
                    table.label, row, None, None, f"повтор ключа ({', '.join(key)})", "Оставьте одну строку из двух."
                ),
            )


def _column(field: dict) -> pa.Column:
    limits, kind = field.get("constraints", {}), field["type"]
    checks = []
    if kind == "date":
        checks.append(pa.Check(_is_date, name="type"))
    elif spelled := _SPELLED.get(kind):
        checks.append(pa.Check(lambda cells, spelled=spelled: cells.str.fullmatch(spelled), name="type"))
    if kind in ("integer", "number"):
        checks.append(
            pa.Check(lambda cells: (cells.str.len() <= LONGEST) & ~(_numbers(cells).abs() > LARGEST), name="size")
        )
    if pattern := limits.get("pattern"):
        checks.append(
            pa.Check(
                lambda cells: cells.isin([cell for cell in cells.dropna().unique() if whole(pattern)(cell)]),
                name="pattern",
            )
        )
    if allowed := limits.get("enum"):
        checks.append(pa.Check(lambda cells: cells.isin(allowed), name="enum"))
    if "minimum" in limits:
        checks.append(pa.Check(lambda cells: ~(_numbers(cells) < limits["minimum"]), name="minimum"))
    if "maximum" in limits:
        checks.append(pa.Check(lambda cells: ~(_numbers(cells) > limits["maximum"]), name="maximum"))
    return pa.Column(None, checks, nullable=not limits.get("required", False))


def _numbers(cells: pd.Series) -> pd.Series:
    """Return cells as numbers, none for what is none; Python refuses to read thousands of digits at all."""
    return pd.to_numeric(cells.where(cells.str.len() <= LONGEST), errors="coerce")


def _is_date(cells: pd.Series) -> pd.Series:
    return cells.str.fullmatch(_SPELLED["date"]) & pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce").notna()


def _translate(table: Table, row: int, case) -> Finding:
    field = next(field for field in table.fields if field["name"] == case.column)
    limits = field.get("constraints", {})
    value = None if pd.isna(case.failure_case) else str(case.failure_case)
    if case.check == "not_nullable":
        return Finding(
            table.label, row, case.column, None, "ячейка пуста, а схема требует значения", "Заполните ячейку."
        )
    if case.check == "type":
        return Finding(
            table.label, row, case.column, value, f"здесь должно быть {_WANTED[field['type']]}", "Исправьте ячейку."
        )
    if case.check == "size":
        return Finding(table.label, row, case.column, value, "число слишком велико", "Исправьте ячейку.")
    wanted = {
        "pattern": "Нужен вид",
        "enum": "Нужно одно из:",
        "minimum": "Нужно не меньше",
        "maximum": "Нужно не больше",
    }
    allowed = limits[case.check]
    shown = ", ".join(map(str, allowed)) if isinstance(allowed, list) else str(allowed)
    return Finding(
        table.label, row, case.column, value, "значение не допускается схемой", f"{wanted[case.check]} {shown}."
    )
