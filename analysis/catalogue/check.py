"""Check a whole edition before any chapter runs: every table, every reference between tables."""

from __future__ import annotations

import pandas as pd

from analysis.catalogue.bibliography import publications
from analysis.catalogue.descriptor import Table, tables
from analysis.catalogue.files import find_defects
from analysis.catalogue.findings import Finding
from analysis.catalogue.read import load
from analysis.edition import read_edition
from analysis.errors import DataError, did_you_mean


def check_edition(edition_id: str) -> None:
    """Refuse an edition whose data break their schemas or point nowhere.

    Raises
    ------
    UsageError
        No such edition.
    DataError
        The first defect in words, and how many more there are.
    """
    read_edition(edition_id)
    if found := defects(edition_id):
        more = f" И ещё замечаний: {len(found) - 1}." if len(found) > 1 else ""
        raise DataError(f"{found[0]}{more}")


def defects(edition_id: str) -> list[Finding]:
    """Return every defect of the edition's tables and of the common package."""
    known = tables(edition_id)
    broken = [finding for table in known.values() for finding in find_defects(table)]
    if broken:
        return broken
    return [finding for table in known.values() for finding in _references(table, edition_id)]


def _references(table: Table, edition_id: str) -> list[Finding]:
    frame = load(table.name, edition_id)
    found = []
    for key in table.schema.get("foreignKeys", []):
        column, target = _single(key["fields"]), key["reference"]
        allowed = set(load(target["resource"] or table.name, edition_id)[_single(target["fields"])])
        found += _outside(table, frame, column, allowed, f"нет в таблице {target['resource'] or table.name}")
    if "source" in table.columns:
        found += _outside(table, frame, "source", bibliography_keys(), "нет такого источника в data/sources.bib")
    if table.holds_observations:
        # A foreign key cannot leave its package, so the edition's own observations name their territories unaided.
        if not table.schema.get("foreignKeys"):
            found += _outside(table, frame, "territory", set(load("territories", edition_id)["id"]), "нет в таблице territories")
        found += _categories(table, frame, edition_id) + _unmarked(table, frame)
    return found


def _unmarked(table: Table, frame: pd.DataFrame) -> list[Finding]:
    """Find values that are blank without being marked missing, or marked missing and given."""
    wrong = frame.index[frame["value"].isna() != frame["status"].eq("M")]
    return [Finding(table.label, int(index) + 2, "value", None, f"значение не согласуется со статусом {frame.at[index, 'status']}",
                    "Пустое значение бывает только при статусе M, а при нём значения нет.") for index in wrong]


def _categories(table: Table, frame: pd.DataFrame, edition_id: str) -> list[Finding]:
    indicators = load("indicators", edition_id).set_index("id")
    found = _outside(table, frame, "indicator", set(indicators.index), "нет в таблице indicators")
    for indicator, rows in frame.groupby("indicator", sort=False):
        dimension = indicators["dimension"].get(indicator, "")
        if dimension:
            found += _outside(table, rows, "category", set(load(dimension, edition_id)["id"]), f"нет в перечне {dimension}")
    return found


def _outside(table: Table, frame: pd.DataFrame, column: str, allowed: set[str], problem: str) -> list[Finding]:
    wrong = frame.loc[~frame[column].isin(allowed | {""}), column]
    return [Finding(table.label, int(index) + 2, column, value, problem, did_you_mean(value, allowed).strip() or "Исправьте ячейку.")
            for index, value in wrong.items()]


def bibliography_keys() -> set[str]:
    """Return the keys of `data/sources.bib`."""
    return set(publications())


def _single(fields: str | list[str]) -> str:
    return fields if isinstance(fields, str) else fields[0]
