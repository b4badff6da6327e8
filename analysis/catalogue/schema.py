"""A Table Schema as a pandera schema: whole columns are checked at once, and every fault is told with its cell.

The descriptors of `data/` are Frictionless Table Schemas (https://datapackage.org/standard/table-schema/); the tests hold this
reading of them against frictionless itself, which goes row by row and would take a minute over all subjects of the federation.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding

NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
_SPELLED = {"integer": r"[+-]?\d+", "year": r"\d{4}", "number": NUMBER, "boolean": "true|false", "date": r"\d{4}-\d\d-\d\d"}
_WANTED = {"integer": "целое число", "number": "число с десятичной точкой", "date": "дата вида 2021-11-01", "boolean": "true или false",
           "year": "год"}


def violations(table: Table, cells: pd.DataFrame) -> list[Finding]:
    """Return what in the cells of a table breaks its schema.

    Parameters
    ----------
    table : Table
    cells : pandas.DataFrame
        The columns of the schema as text, an empty string where a cell is empty; rows in the order of the file.
    """
    given = cells.mask(cells == "")
    try:
        _pandera(table).validate(given, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        found = [_translate(table, case) for case in cases[cases["check"] != "multiple_fields_uniqueness"].itertuples()]
    else:
        found = []
    order = {column: place for place, column in enumerate(table.columns)}
    return sorted(found + list(_repeated_keys(table, cells)), key=lambda finding: (finding.row or 0, order.get(finding.column or "", 0)))


def _pandera(table: Table) -> pa.DataFrameSchema:
    return pa.DataFrameSchema({field["name"]: _column(field) for field in table.fields})


def _column(field: dict) -> pa.Column:
    limits, kind = field.get("constraints", {}), field["type"]
    checks = []
    if kind == "date":
        checks.append(pa.Check(_is_date, name="type"))
    elif spelled := _SPELLED.get(kind):
        checks.append(pa.Check(lambda cells, spelled=spelled: cells.str.fullmatch(spelled), name="type"))
    if pattern := limits.get("pattern"):
        checks.append(pa.Check(lambda cells: cells.str.fullmatch(pattern), name="pattern"))
    if allowed := limits.get("enum"):
        checks.append(pa.Check(lambda cells: cells.isin(allowed), name="enum"))
    if "minimum" in limits:
        checks.append(pa.Check(lambda cells: ~(pd.to_numeric(cells, errors="coerce") < limits["minimum"]), name="minimum"))
    if "maximum" in limits:
        checks.append(pa.Check(lambda cells: ~(pd.to_numeric(cells, errors="coerce") > limits["maximum"]), name="maximum"))
    return pa.Column(None, checks, nullable=not limits.get("required", False), unique=limits.get("unique", False),
                     report_duplicates="exclude_first")


def _is_date(cells: pd.Series) -> pd.Series:
    return cells.str.fullmatch(_SPELLED["date"]) & pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce").notna()


def _repeated_keys(table: Table, cells: pd.DataFrame) -> Iterator[Finding]:
    key = table.schema.get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    if not key or cells.empty:
        return
    # Where the key is one column that must be unique anyway, the column says it.
    if len(key) == 1 and next(field for field in table.fields if field["name"] == key[0]).get("constraints", {}).get("unique"):
        return
    for index in cells.index[cells.duplicated(key)]:
        yield Finding(table.label, int(index) + 2, None, None, f"повтор ключа ({', '.join(key)})", "Оставьте одну строку из двух.")


def _translate(table: Table, case) -> Finding:
    field = next(field for field in table.fields if field["name"] == case.column)
    limits, row = field.get("constraints", {}), int(case.index) + 2
    value = None if pd.isna(case.failure_case) else str(case.failure_case)
    if case.check == "not_nullable":
        return Finding(table.label, row, case.column, None, "ячейка пуста, а схема требует значения", "Заполните ячейку.")
    if case.check == "field_uniqueness":
        return Finding(table.label, row, case.column, value, "значение повторяется, а должно быть единственным", "Исправьте одну из строк.")
    if case.check == "type":
        return Finding(table.label, row, case.column, value, f"здесь должно быть {_WANTED[field['type']]}", "Исправьте ячейку.")
    remedy = {"pattern": "Нужен вид {}.", "enum": "Нужно одно из: {}.", "minimum": "Нужно не меньше {}.", "maximum": "Нужно не больше {}."}
    allowed = limits[case.check]
    shown = ", ".join(map(str, allowed)) if isinstance(allowed, list) else str(allowed)
    return Finding(table.label, row, case.column, value, "значение не допускается схемой", remedy[case.check].format(shown))
