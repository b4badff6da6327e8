"""The list to fill: what an edition needs, what of it is there, and who supplies the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from analysis.catalogue import Project
from analysis.catalogue.suppliers import PRINT, Suppliers
from analysis.editions.edition import Edition
from analysis.editions.needs import Cell
from analysis.filling.needed import TERRITORIES, cells, needs, place, words

FILLED, MISSING, STALE, ABSENT = "filled", "missing", "stale", "absent"
STATES = {FILLED: "есть", MISSING: "нет у источника", STALE: "устарело", ABSENT: "не заполнено"}
COLUMNS = ["table", "what", "year", "territory", "category", "supplier", "who", "state", "reason", "used_by"]
# The column that names the part of a table of words; of other tables the id does.
_PART = {"lists": "list", "plan_aims": "kind"}
# What says that an edition retells a print, whose numbers are kept beside the data.
_RETOLD = "claims"


class _Known(NamedTuple):
    """One observation: its year, whether it has a value, its note."""

    territory: str
    category: str
    year: int | None
    known: bool
    note: str


def fill_list(project: Project, edition: Edition) -> pd.DataFrame:
    """Return what an edition needs, one row an observation or a table of words.

    Returns
    -------
    pandas.DataFrame
        `table` (of the edition; empty for an official series), `what` (indicator or table of words), `year` (missing
        where any will do), `territory` (empty for any municipal one), `category` (empty for any; the list of a table of
        words), `supplier` (id), `who` (in words), `state` (one of `STATES`), `reason` (why a value is missing; the
        newest year of a stale one), `used_by` (labels of tables, figures and sections).
    """
    asked, where = needs(project), place(project, edition)
    suppliers = Suppliers(project, edition.id)
    rows = [*_observed(project, edition, cells(asked, where)), *_worded(project, edition, words(asked, where))]
    retold = _retold(project, edition)
    listed = []
    for what, year, territory, category, state, reason, used_by in rows:
        supplier = suppliers.of(what)
        if supplier.id != PRINT or retold:
            listed.append(
                [
                    suppliers.table(what),
                    what,
                    year,
                    territory,
                    category,
                    supplier.id,
                    supplier.name,
                    state,
                    reason,
                    used_by,
                ]
            )
    frame = pd.DataFrame(listed, columns=COLUMNS)
    return frame.astype({"year": "Int64"})


_Row = tuple[str, int | None, str, str, str, str, list[str]]


def _observed(project: Project, edition: Edition, needed: Mapping[Cell, list[str]]) -> Iterator[_Row]:
    known: dict[str, list[_Known]] = {}
    for cell, labels in needed.items():
        if cell.indicator not in known:
            known[cell.indicator] = _observations(project, edition, cell.indicator)
        state, reason = state_of(cell, known[cell.indicator])
        yield cell.indicator, cell.year, cell.territory or "", cell.category or "", state, reason, labels


def _observations(project: Project, edition: Edition, indicator: str) -> list[_Known]:
    if indicator not in project.tables_of(edition.id):
        return []
    frame = project.observations(indicator, edition.id)
    columns = (frame[name] for name in ("territory", "category", "year", "value", "note"))
    return [
        _Known(territory, category, None if pd.isna(year) else int(year), not pd.isna(value), note or "")
        for territory, category, year, value, note in zip(*columns, strict=True)
    ]


def state_of(cell: Cell, known: Sequence[_Known]) -> tuple[str, str]:
    """Return the state of one observation and why it is so, given the observations of its indicator."""
    alike = [row for row in known if cell.territory in {None, row.territory} and cell.category in {None, row.category}]
    found = [row for row in alike if cell.year is None or row.year == cell.year]
    if any(row.known for row in found):
        return FILLED, ""
    if found:
        return MISSING, found[0].note
    # A value without a year stands for whichever is asked.
    if any(row.known and row.year is None for row in alike):
        return FILLED, ""
    older = [row.year for row in alike if row.known and row.year is not None and row.year < (cell.year or 0)]
    return (STALE, f"последнее – {max(older)}") if older else (ABSENT, "")


def _worded(project: Project, edition: Edition, needed: Mapping[tuple[str, str], list[str]]) -> Iterator[_Row]:
    tables = project.tables(edition.id)
    for (table, part), labels in needed.items():
        if table == TERRITORIES:
            yield table, None, edition.region, "", ABSENT, "нет муниципальных территорий региона", labels
            continue
        frame = project.load(table, edition.id) if table in tables else pd.DataFrame()
        filled = not frame.empty
        if part and filled:
            filled = part in set(frame[_PART.get(table, "id")])
        yield table, None, "", part, FILLED if filled else ABSENT, "", labels


def _retold(project: Project, edition: Edition) -> bool:
    return _RETOLD in project.tables(edition.id) and not project.load(_RETOLD, edition.id).empty
