"""Words of two texts side by side, and tables of words row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

import pandas as pd

from analysis.catalogue import Table
from analysis.compare.tables import Held
from analysis.ingest.difference import NEW, VANISHED, changes, key_columns

KEPT, GONE, COME = "=", "-", "+"
# A part of a text: kept, gone or come, and its words.
Part = tuple[str, str]
COLUMNS = ("scope", "table", "title", "change", "key", "column", "old", "new")
# What numbers the rows of a list: where a row is put in, those after it have another.
NUMBER = "n"
# Where a row comes from is no word of it, and what lists again the numbers of its words says nothing new.
ORIGIN = ("source", "locator", "quoted")
# An inline expression, a gap or a word is one piece each; another sign stands by itself.
_PIECE = re.compile(r"`[^`]*`|\s+|\w+|[^\w\s]")


def parts(old: str, new: str) -> tuple[Part, ...]:
    """Return two texts as one, word by word: what is kept, gone, come."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    found: list[Part] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((KEPT, "".join(before[a:b])))
            continue
        found += [(sign, "".join(words)) for sign, words in ((GONE, before[a:b]), (COME, after[c:d])) if words]
    return _closed(found)


def _closed(found: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts with a lone gap between two changes taken into both: «[-a b-]{+c d+}», not word by word."""
    spread: list[Part] = []
    for place, (sign, words) in enumerate(found):
        lone = sign == KEPT and not words.strip() and 0 < place < len(found) - 1
        spread += [(GONE, words), (COME, words)] if lone else [(sign, words)]
    joined: list[Part] = []
    for kept, run in groupby(spread, key=lambda part: part[0] == KEPT):
        group = list(run)
        signs = (KEPT,) if kept else (GONE, COME)
        texts = [(sign, "".join(text for other, text in group if other == sign)) for sign in signs]
        joined += [(sign, text) for sign, text in texts if text]
    return tuple(joined)


def row_changes(pairs: Iterable[tuple[Sequence[Held], Sequence[Held]]]) -> pd.DataFrame:
    """Return what has become of the rows of tables of words.

    Parameters
    ----------
    pairs : iterable of tuple
        A table in both states; several of one name are one table kept in parts.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`, all text: a changed cell has a row each; a row of the table that came or went has one, with
        all its words and no column; a column that came or went has one without a key.
    """
    found = [_table_changes(before, after) for before, after in pairs]
    return pd.concat([pd.DataFrame(columns=list(COLUMNS)), *found], ignore_index=True)


def _table_changes(before: Sequence[Held], after: Sequence[Held]) -> pd.DataFrame:
    now = (after or before)[-1]
    old, new = (
        pd.concat([held.rows for held in side], ignore_index=True)
        if side
        else pd.DataFrame(columns=now.rows.columns, dtype=str)
        for side in (before, after)
    )
    common = [name for name in new.columns if name in old.columns]
    columns = [
        {"change": change, "key": "", "column": name, "old": "", "new": ""}
        for change, rows in ((VANISHED, old), (NEW, new))
        for name in rows.columns
        if name not in common
    ]
    key = [name for name in key_columns(now.table) if name in common]
    old, new = _apart(old[common], new[common], [name for name in common if not (name == NUMBER and name in key)])
    rows = _keyed(now.table, old, new, key) if 0 < len(key) < len(common) else _unkeyed(old, new)
    return pd.DataFrame([*columns, *rows], columns=list(COLUMNS)).assign(
        scope=now.scope, table=now.table.name, title=now.table.title
    )


def _apart(old: pd.DataFrame, new: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that only one state has, at whatever number of their list they stand."""
    if not columns:
        return old, new
    here, there = (
        pd.MultiIndex.from_frame(rows[[*columns]].assign(twin=rows.groupby([*columns]).cumcount()))
        for rows in (old, new)
    )
    return old[~here.isin(there)], new[~there.isin(here)]


def _keyed(table: Table, old: pd.DataFrame, new: pd.DataFrame, key: list[str]) -> Iterator[dict[str, str]]:
    """Yield the changes of rows that a key names."""
    kept = [field for field in table.fields if field["name"] in old.columns]
    described = replace(table, schema={**table.schema, "fields": kept, "primaryKey": key})
    told = changes(described, old, new, [name for name in old.columns if name not in key])
    names = ["change", "key", "column", "old", "new"]
    yield from told.loc[~told["change"].isin([NEW, VANISHED]), names].to_dict("records")
    for change, side, rows in ((VANISHED, "old", old), (NEW, "new", new)):
        named = {" / ".join(row[name] for name in key): row for row in rows.to_dict("records")}
        for name in dict.fromkeys(told.loc[told["change"].eq(change), "key"]):
            yield {"change": change, "key": name, "column": "", "old": "", "new": "", side: _said(named[name], key)}


def _unkeyed(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[dict[str, str]]:
    """Yield the rows that came and went where no column names them."""
    for change, side, rows in ((VANISHED, "old", old), (NEW, "new", new)):
        for row in rows.to_dict("records"):
            yield {"change": change, "key": "", "column": "", "old": "", "new": "", side: _said(row, ())}


def _said(row: Mapping[Any, str], key: Sequence[str]) -> str:
    """Return the words of a row."""
    return "; ".join(text for name, text in row.items() if text and name not in (*ORIGIN, *key))
