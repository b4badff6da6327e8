"""What new rows would change in a table of the package: new, changed, vanished, contradictory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.catalogue.descriptor import OBSERVATION_KEY, Table
from analysis.ingest.csvtext import records

NEW, CHANGED, VANISHED, CONFLICT, UNCHANGED = "new", "changed", "vanished", "conflict", "unchanged"
ROW_COLUMNS = (
    "change",
    "table",
    *OBSERVATION_KEY,
    "key",
    "column",
    "old",
    "new",
    "relative",
    "remark",
    "old_source",
    "source",
    "locator",
)
# What a publisher's file says of an observation; where it says it is not a revision.
SAID = ("value", "status")
# Doubles of one printed number may differ in the last bits.
SAME = 1e-12


@dataclass(frozen=True)
class Difference:
    """What one file, or several, would change in one table.

    Attributes
    ----------
    table : Table
    rows : pandas.DataFrame
        One row per changed cell, columns `ROW_COLUMNS`, all text but `relative`: change (`new`, `changed`, `vanished`,
        `conflict`), the key of an observation, or `key` for the key of any other table, column, old and new text,
        relative (change of a number in per cent, NaN where it has no meaning), remark (what is suspicious), source of
        the old and of the new value, locator of the new one.
    counts : dict
        Rows of the table by kind of change.
    put : list of dict
        Rows to write, as text by column.
    gone : list of tuple
        Keys of the rows that vanished.
    text : str
        The table as it stood when compared; empty where it is not there yet.
    """

    table: Table
    rows: pd.DataFrame
    counts: Mapping[str, int]
    put: list[dict[str, str]] = field(default_factory=list)
    gone: list[tuple[str, ...]] = field(default_factory=list)
    text: str = ""

    @property
    def conflicts(self) -> pd.DataFrame:
        return self.rows[self.rows["change"].eq(CONFLICT)]

    @property
    def empty(self) -> bool:
        """Whether the new rows say what the table already says."""
        return not (self.put or self.gone or self.counts[CONFLICT])


def compare(
    table: Table,
    text: str,
    rows: pd.DataFrame,
    said: Iterable[str] | None = None,
    covers: Callable[[pd.DataFrame], pd.Series] | None = None,
) -> Difference:
    """Compare new rows with a table.

    Parameters
    ----------
    table : Table
        The table they belong to.
    text : str
        The CSV of the table as it stands; empty where it is not there yet.
    rows : pandas.DataFrame
        The new rows: text, columns as the schema says, of which some may lack.
    said
        Columns in which a difference is a change; every column of the new rows by default. A row that differs in none
        of them stays as it is, source and all.
    covers
        Tells of the present rows which the new ones speak of: those that are then not among them have vanished.
        By default every row.

    Returns
    -------
    Difference
    """
    present, key = _frame(text, table.columns), key_columns(table)
    said = [name for name in (rows.columns if said is None else said) if name in rows.columns and name not in key]
    numbers = {spec["name"] for spec in table.fields if spec["type"] in ("number", "integer")}
    old = {_key(row, key): row for row in present.to_dict("records")}
    counts = dict.fromkeys((NEW, CHANGED, VANISHED, CONFLICT, UNCHANGED), 0)
    found, put, seen = [], [], {}
    for row in rows.to_dict("records"):
        own = _key(row, key)
        if own in seen:
            differing = _differing(seen[own], row, said, numbers)
            found += [_cell(CONFLICT, table, own, name, seen[own], row, numbers) for name in differing]
            counts[CONFLICT] += bool(differing)
            continue
        seen[own] = row
        before = old.get(own)
        if before is None:
            counts[NEW] += 1
            found += [_cell(NEW, table, own, name, None, row, numbers) for name in _telling(table, row, said)]
            put.append({name: row.get(name, "") for name in table.columns})
        elif differing := _differing(before, row, said, numbers):
            counts[CHANGED] += 1
            found += [_cell(CHANGED, table, own, name, before, row, numbers) for name in differing]
            put.append(_replaced(before, row, numbers, said))
        else:
            counts[UNCHANGED] += 1
    spoken = present if covers is None else present[covers(present)]
    gone = [own for row in spoken.to_dict("records") if (own := _key(row, key)) not in seen]
    counts[VANISHED] = len(gone)
    found += [
        _cell(VANISHED, table, own, name, old[own], None, numbers)
        for own in gone
        for name in _telling(table, old[own], said)
    ]
    return Difference(table, pd.DataFrame(found, columns=list(ROW_COLUMNS)), counts, put, gone, text)


def spoken_of(rows: pd.DataFrame) -> Callable[[pd.DataFrame], pd.Series]:
    """Return which observations of the package those of a publication speak of.

    Those of an indicator and a territory it has, and either of a year it has for that indicator or from the very source it
    comes from. Years a newer edition no longer prints are not what it speaks of.
    """
    series = set(zip(rows["indicator"], rows["territory"], strict=True))
    spoken = set(zip(rows["indicator"], rows["year"], strict=True)) | set(
        zip(rows["indicator"], rows["source"], strict=True)
    )
    return lambda present: _where(
        present,
        lambda row: (
            (row["indicator"], row["territory"]) in series
            and ((row["indicator"], row["year"]) in spoken or (row["indicator"], row["source"]) in spoken)
        ),
    )


def filled_in(rows: pd.DataFrame, silent: Iterable[tuple[str, ...]]) -> Callable[[pd.DataFrame], pd.Series]:
    """Return which observations of the package a filled template speaks of: those of an indicator, a territory and a year it has.

    It holds what somebody filled in, not all there is; `silent` are the keys of the rows that were left open.
    """
    years = set(zip(rows["indicator"], rows["territory"], rows["year"], strict=True))
    left = set(silent)
    return lambda present: _where(
        present,
        lambda row: (
            (row["indicator"], row["territory"], row["year"]) in years
            and tuple(row[name] for name in OBSERVATION_KEY) not in left
        ),
    )


def _where(present: pd.DataFrame, holds: Callable[[Mapping[str, str]], bool]) -> pd.Series:
    return pd.Series([holds(row) for row in present.to_dict("records")], index=present.index, dtype=bool)


def key_columns(table: Table) -> list[str]:
    """Return the columns that name a row."""
    key = table.schema.get("primaryKey") or (OBSERVATION_KEY if table.holds_observations else table.columns)
    return [key] if isinstance(key, str) else list(key)


def _frame(text: str, columns: list[str]) -> pd.DataFrame:
    rows = [cells for cells, _ in records(text) if cells]
    return pd.DataFrame(rows[1:], columns=columns, dtype=str)


def _key(row: Mapping[str, str], key: list[str]) -> tuple[str, ...]:
    return tuple(row[name] for name in key)


def _differing(before: Mapping[str, str], row: Mapping[str, str], said: list[str], numbers: set[str]) -> list[str]:
    return [name for name in said if not _same(before.get(name, ""), row[name], name in numbers)]


def _telling(table: Table, row: Mapping[str, str], said: list[str]) -> list[str]:
    """Return the columns that tell a whole row: of an observation its number, or that it has none; else what is not empty."""
    if table.holds_observations:
        return ["value" if row["value"] != "" else "status"]
    return [name for name in said if row.get(name, "") != ""]


def _same(old: str, new: str, number: bool) -> bool:
    if old == new or not (number and old and new):
        return old == new
    return abs(float(old) - float(new)) <= SAME * max(abs(float(old)), abs(float(new)))


def _replaced(before: Mapping[str, str], row: Mapping[str, str], numbers: set[str], said: list[str]) -> dict[str, str]:
    """Return the row as it will stand: a number that did not change keeps its digits, a remark not replaced stays."""
    kept = {name for name in said if name in numbers and _same(before.get(name, ""), row[name], True)}
    silent = set() if "note" in said else {"note"} & {name for name in row if row[name] == ""}
    return dict(before) | {name: text for name, text in row.items() if name not in kept | silent}


def _cell(
    change: str,
    table: Table,
    own: tuple[str, ...],
    name: str,
    before: Mapping[str, str] | None,
    row: Mapping[str, str] | None,
    numbers: set[str],
) -> dict:
    old, new = (before or {}).get(name, ""), (row or {}).get(name, "")
    named = dict(zip(key_columns(table), own, strict=True))
    observation = {column: named.get(column, "") for column in OBSERVATION_KEY} if table.holds_observations else {}
    return {
        "change": change,
        "table": table.name,
        **dict.fromkeys(OBSERVATION_KEY, ""),
        **observation,
        "key": "" if table.holds_observations else " / ".join(own),
        "column": name,
        "old": old,
        "new": new,
        "relative": _relative(old, new) if name in numbers else float("nan"),
        "remark": "",
        "old_source": (before or {}).get("source", ""),
        "source": (row or {}).get("source", ""),
        "locator": (row or {}).get("locator", ""),
    }


def _relative(old: str, new: str) -> float:
    return (float(new) / float(old) - 1) * 100 if old and new and float(old) else float("nan")
