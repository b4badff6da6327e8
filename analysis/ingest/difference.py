"""What new rows would change in a table of the package: new, changed, vanished, contradictory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.catalogue.descriptor import OBSERVATION_KEY, Table
from analysis.ingest.csvtext import Key, records

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
# What a publisher's file says of an observation; where it is said is no revision.
PUBLISHED = ("value", "status")
PRINTED = "printed"  # how the source prints the value
Row = Mapping[str, str]
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
        """The rows in which the new rows contradict each other."""
        return self.rows[self.rows["change"].eq(CONFLICT)]

    @property
    def empty(self) -> bool:
        """Whether the new rows say what the table already says."""
        return not (self.put or self.gone or self.counts[CONFLICT])


def compare(
    table: Table,
    text: str,
    rows: pd.DataFrame,
    compared: Iterable[str] | None = None,
    scope: Callable[[pd.DataFrame], pd.Series] | None = None,
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
    compared : iterable of str, optional
        Columns in which a difference is a change; every column of the new rows by default. A row that differs in none
        of them stays as it is, source and all.
    scope : callable, optional
        Tells of the present rows which the new ones speak of: those that are then not among them have vanished.
        By default every row.

    Returns
    -------
    Difference
        Of no rows where the new ones say what the table already says.
    """
    present = _frame(text, table.columns)
    wanted = rows.columns if compared is None else compared
    comparison = _Comparison(table, [name for name in wanted if name in rows.columns])
    gone = comparison.hold(present, rows, present if scope is None else present[scope(present)])
    return Difference(table, comparison.told(), comparison.counts, comparison.put, gone, text)


def changes(table: Table, before: pd.DataFrame, after: pd.DataFrame, compared: Iterable[str]) -> pd.DataFrame:
    """Return what has become of the rows of a table from one state of it to another.

    Parameters
    ----------
    table : Table
        What the rows are: their key and the types of their columns.
    before, after : pandas.DataFrame
        All rows of both states, text; a column that one of them lacks is empty in it.
    compared : iterable of str
        Columns in which a difference is a change.

    Returns
    -------
    pandas.DataFrame
        As `Difference.rows`.
    """
    compared = list(compared)
    columns = list(dict.fromkeys([*key_columns(table), *compared, *before.columns, *after.columns]))
    old, new = (rows.reindex(columns=columns, fill_value="") for rows in (before, after))
    comparison = _Comparison(table, compared)
    comparison.hold(old, new, old)
    return comparison.told()


class _Comparison:
    """New rows held against a table, one after the other.

    Parameters
    ----------
    table : Table
    compared : list of str
        Columns in which a difference is a change; those of the key are passed over.
    """

    def __init__(self, table: Table, compared: list[str]) -> None:
        self.table, self.key = table, key_columns(table)
        self.compared = [name for name in compared if name not in self.key]
        self.numbers = {spec["name"] for spec in table.fields if spec["type"] in ("number", "integer")}
        self.counts = dict.fromkeys((NEW, CHANGED, VANISHED, CONFLICT, UNCHANGED), 0)
        self.changes: list[dict[str, Any]] = []
        self.put: list[dict[str, str]] = []
        self.taken: dict[Key, Row] = {}

    def hold(self, present: pd.DataFrame, rows: pd.DataFrame, spoken: pd.DataFrame) -> list[Key]:
        """Hold new rows against the present ones; return the keys of those spoken of that are no longer there."""
        old = {self.key_of(row): row for row in present.to_dict("records")}
        for row in rows.to_dict("records"):
            self.take(row, old.get(self.key_of(row)))
        gone = [key for row in spoken.to_dict("records") if (key := self.key_of(row)) not in self.taken]
        for key in gone:
            self.vanish(old[key])
        return gone

    def told(self) -> pd.DataFrame:
        """Return the changes noted so far."""
        return pd.DataFrame(self.changes, columns=list(ROW_COLUMNS))

    def key_of(self, row: Row) -> Key:
        return tuple(row[name] for name in self.key)

    def take(self, row: Row, before: Row | None) -> None:
        """Hold a new row against the one of the same key, and against a new one of this key that came before."""
        key = self.key_of(row)
        if (twin := self.taken.get(key)) is not None:
            if differing := self._differing(twin, row):
                self._note(CONFLICT, differing, twin, row)
            return
        self.taken[key] = row
        if before is None:
            self._note(NEW, self._telling(row), None, row)
            self.put.append({name: row.get(name, "") for name in self.table.columns})
        elif differing := self._differing(before, row):
            self._note(CHANGED, differing, before, row)
            self.put.append(self._replaced(before, row))
        else:
            self.counts[UNCHANGED] += 1

    def vanish(self, before: Row) -> None:
        """Note a row that the new ones speak of and do not have."""
        self._note(VANISHED, self._telling(before), before, None)

    def _note(self, change: str, columns: Iterable[str], before: Row | None, row: Row | None) -> None:
        self.counts[change] += 1
        self.changes += [self._cell(change, name, before or {}, row or {}) for name in columns]

    def _differing(self, before: Row, row: Row) -> list[str]:
        return [name for name in self.compared if not self._same(name, before.get(name, ""), row[name])]

    def _same(self, column: str, old: str, new: str) -> bool:
        if old == new or not (column in self.numbers and old and new):
            return old == new
        return abs(float(old) - float(new)) <= SAME * max(abs(float(old)), abs(float(new)))

    def _telling(self, row: Row) -> list[str]:
        """Return the columns that tell a whole row.

        Of an observation that is its number, or that it has none; of any other row what is not empty.
        """
        if self.table.holds_observations:
            return ["value" if row["value"] != "" else "status"]
        return [name for name in self.compared if row.get(name, "") != ""]

    def _replaced(self, before: Row, row: Row) -> dict[str, str]:
        """Return the row as it will stand: a number that did not change keeps its digits, a note not replaced stays.

        How a print shows the value before is nothing about the new one.
        """
        kept = {
            name for name in self.compared if name in self.numbers and self._same(name, before.get(name, ""), row[name])
        }
        silent = set() if "note" in self.compared else {"note"} & {name for name in row if row[name] == ""}
        stale = {PRINTED: ""} if PRINTED in before and "value" in self.numbers - kept else {}
        return dict(before) | stale | {name: text for name, text in row.items() if name not in kept | silent}

    def _cell(self, change: str, column: str, before: Row, row: Row) -> dict[str, Any]:
        """Return one row of the difference: columns `ROW_COLUMNS`."""
        old, new = before.get(column, ""), row.get(column, "")
        key = dict(zip(self.key, self.key_of(row or before), strict=True))
        observes = self.table.holds_observations
        return {
            "change": change,
            "table": self.table.name,
            **{name: key.get(name, "") if observes else "" for name in OBSERVATION_KEY},
            "key": "" if observes else " / ".join(key.values()),
            "column": column,
            "old": old,
            "new": new,
            "relative": _relative(old, new) if column in self.numbers else float("nan"),
            "remark": "",
            "old_source": before.get("source", ""),
            "source": row.get("source", ""),
            "locator": row.get("locator", ""),
        }


def publication_scope(rows: pd.DataFrame) -> Callable[[pd.DataFrame], pd.Series]:
    """Return which observations of the package those of a publication speak of.

    Those of an indicator and a territory it has, and either of a year it has for that indicator or from the very source
    it comes from. Years a newer edition no longer prints are not what it speaks of.
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


def template_scope(rows: pd.DataFrame, silent: Iterable[tuple[str, ...]]) -> Callable[[pd.DataFrame], pd.Series]:
    """Return which observations of the package a filled template speaks of.

    They are those of an indicator, a territory and a year it has. It holds what somebody filled in, not all there is;
    `silent` are the keys of the rows that were left open.
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


def _relative(old: str, new: str) -> float:
    return (float(new) / float(old) - 1) * 100 if old and new and float(old) else float("nan")
