"""What the program follows from one table to another though no schema can say so.

A key of a schema ends at its package, holds one code a cell, and knows no days. A code that leads nowhere, or a day
that never was, would break a chapter instead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import pandas as pd

from analysis.base.errors import did_you_mean
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.catalogue.places import place

SOURCES = "sources"
# By table and column: the table whose ids a cell names, several with semicolons between them.
_CODES = {
    "territories": {"parent": "territories"},
    "territory_names": {"territory": "territories"},
    "indicators": {"same_as": "indicators"},
    "acknowledged": {"indicator": "indicators", "territory": "territories"},
    "printed_exhibits": {"exhibit": "exhibits"},
    "target_measures": {"group_n": "target_groups"},
    "mentions": {"mentioned": "territories"},
    "events": {"name": "names", "place": "names"},
    "plan": {"responsible": "names", "deadline_kind": "deadline_kinds"},
    "plan_status": {"measure": "plan"},
    "targets": {"indicator": "outcome_indicators"},
    "argument_links": {"problem": "problems"},
    "documents": {"issuer": "names", "bib": SOURCES},
    "legal_acts": {"bib": SOURCES},
    "figure_statements": {"exhibit": "exhibits", "territory": "territories", "against": "territories"},
    "gaps": {"exhibit": "exhibits"},
    "scenarios": {"indicator": "indicators"},
    "claims": {"unit": "units", "reason": "unverifiable"},
    "acknowledged-printed": {"indicator": "indicators", "territory": "territories"},
    "graduates_by_college": {"territory": "territories", "group": "groups"},
    "forecasts": {"territory": "territories", "unit": "units"},
}
_KEYS = {"target_groups": "group_n", "plan": "n", "problems": "n"}
# Days and parts of years that stand as text, for some are months or quarters; where two are named, they are begin and
# end.
_TIMES = {"events": ("first", "last")}
_PART = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])|-Q[1-4])?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def strays(
    table: Table, frame: pd.DataFrame, frames: Mapping[str, pd.DataFrame], sources: AbstractSet[str]
) -> Iterator[Finding]:
    """Yield the cells of a table that name a code no list has, or a time that is none.

    Parameters
    ----------
    table : Table
        The table that is looked at.
    frame : pandas.DataFrame
        Its rows, typed.
    frames : mapping
        All tables of package and edition, by name.
    sources : set of str
        Keys of `data/sources.bib`.

    Yields
    ------
    Finding
        One a code, with its row and column.
    """
    for column, named in _CODES.get(table.name, {}).items():
        key = _KEYS.get(named, "id")
        if column not in frame or (named != SOURCES and (named not in frames or key not in frames[named])):
            continue
        known = sources if named == SOURCES else set(frames[named][key].astype(str))
        where = "нет такого источника в data/sources.bib" if named == SOURCES else f"нет в таблице {named}"
        for index, cell in frame[column].astype(str).items():
            for code in cell.split(";") if cell else ():
                if code not in known:
                    yield Finding(
                        *place(frame, index),
                        column,
                        code,
                        where,
                        did_you_mean(code, known).strip() or "Исправьте ячейку.",
                        rule="reference",
                    )
    if (columns := _TIMES.get(table.name)) and set(columns) <= set(frame):
        for index, row in frame.iterrows():
            yield from _times(*place(frame, index), {column: row[column] for column in columns})


def _times(label: str, row: int, cells: Mapping[str, str]) -> Iterator[Finding]:
    for column, cell in cells.items():
        if cell and not (_PART.fullmatch(cell) or _is_day(cell)):
            yield Finding(
                label,
                row,
                column,
                cell,
                "такого дня, месяца, квартала или года нет",
                "Нужен вид 2021-11-01, 2021-11, 2021-Q4 или 2021.",
                rule="reference",
            )
            return
    first, *end = cells.values()
    if end and end[0] and not (_is_day(first) and _is_day(end[0])):
        yield Finding(
            label,
            row,
            list(cells)[1],
            end[0],
            "конец есть только у того, что началось в известный день, и сам он день",
            "Уберите его или назовите оба дня: 2021-11-01.",
            rule="reference",
        )
    elif end and end[0] and end[0] < first:
        yield Finding(
            label,
            row,
            list(cells)[1],
            end[0],
            f"конец раньше начала ({first})",
            "Исправьте один из дней.",
            rule="reference",
        )


def _is_day(cell: str) -> bool:
    try:
        return bool(_DAY.fullmatch(cell) and dt.date.fromisoformat(cell))
    except ValueError:
        return False
