"""What came along from the last edition and nobody has checked yet: the one owner of the mark «проверить».

The mark lies in a table of the edition (`review`), not in the tables of words themselves: these have one form in all
layers, and a row that was checked must not differ from one that was written anew. It holds what the words were when
they came. A row of words that says something else now has been looked at and needs no mark; of one that is right as it
is the mark is deleted.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.base import paths, reads
from analysis.catalogue import Table, read_table, tables
from analysis.catalogue.findings import Finding

TABLE, FILE = "review", "review.csv"
# How the table calls fragments of prose, which are no table.
PROSE = "prose"
COLUMNS = ("table", "row", "mark", "territory")
# What numbers rows, says where they were found or lists again what their words hold is no word of them.
_APART = ("n", "group_n", "quoted", "source", "locator")
_CODE = re.compile(r"^(`{3,}).*?^\1`*$", re.DOTALL | re.MULTILINE)
_WORDS = 80  # characters by which a person knows a row again
_MARK = 12  # of a checksum
MARK = "проверить"
SCHEMA = {
    "fields": [
        {"name": "table", "type": "string", "title": "Таблица, prose – текст", "constraints": {"required": True}},
        {"name": "row", "type": "string", "title": "Строка таблицы или файл текста"},
        {"name": "mark", "type": "string", "title": "По чему слова узнаются", "constraints": {"required": True}},
        {"name": "territory", "type": "string", "title": "Чья строка", "codes": "territories", "owner": True},
    ],
    "primaryKey": ["table", "row", "mark"],
    "missingValues": [""],
}
RESOURCE = {
    "name": TABLE,
    "type": "table",
    "title": "Слова прошлого издания, которые ещё не проверены",
    "path": FILE,
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "schema": SCHEMA,
}


class _Place(NamedTuple):
    """Where words stand: the file, the row of a table, their beginning."""

    file: str
    row: int | None
    words: str


@dataclass(frozen=True)
class Unchecked:
    """A row of words, or a fragment of prose, as it came from the last edition.

    Attributes
    ----------
    table : str
        Its table; `prose` of a fragment.
    file : str
        As the user knows it.
    row : int or None
        Of the table, the header being row 1; None of a fragment.
    words : str
        Its beginning.
    marked : int
        The row of the mark.
    """

    table: str
    file: str
    row: int | None
    words: str
    marked: int


def marks(table: str, rows: pd.DataFrame, key: list[str], region: str) -> Iterator[tuple[str, ...]]:
    """Yield the marks of the rows of a table of words: columns `COLUMNS`.

    Parameters
    ----------
    table : str
        Its name.
    rows : pandas.DataFrame
        All text.
    key : list of str
        The columns that name a row.
    region : str
        Whose they are.

    Yields
    ------
    tuple of str
    """
    for row in rows.to_dict("records"):
        yield table, " / ".join(row[name] for name in key), _digest(_said(row)), region


def mark_of_prose(place: str, text: str, region: str) -> tuple[str, ...]:
    """Return the mark of a fragment.

    Parameters
    ----------
    place : str
        Its place within the prose of its edition.
    text : str
        What it says.
    region : str
        Whose it is.

    Returns
    -------
    tuple of str
        Columns `COLUMNS`.
    """
    return PROSE, place, _digest([text]), region


def unchecked(edition_id: str) -> list[Unchecked]:
    """Return what an edition has as it came, in the order of the marks; nothing where it took nothing over."""
    known = tables(edition_id)
    if TABLE not in known:
        return []
    there: dict[str, dict[str, _Place]] = {}
    found = []
    marked = read_table(known[TABLE])[["table", "row", "mark"]]
    for place, (name, row, mark) in enumerate(marked.itertuples(index=False), start=2):
        if name == PROSE:
            held = _fragment(paths.prose(edition_id) / row)
        elif name in known:
            if name not in there:
                there[name] = _rows(known[name])
            held = there[name]
        else:
            held = {}
        if mark in held:
            found.append(Unchecked(name, *held[mark], place))
    return found


def unchecked_findings(edition_id: str) -> list[Finding]:
    """Return a warning for each row and each fragment that nobody has checked."""
    label = reads.label(paths.edition(edition_id) / FILE)
    return [
        Finding(
            one.file,
            one.row,
            None,
            one.words,
            "перенесено из прошлого издания и не проверено",
            f"Исправьте; если верно и теперь, удалите строку {one.marked} файла {label}.",
            severity="warning",
            rule=TABLE,
        )
        for one in unchecked(edition_id)
    ]


def _rows(table: Table) -> dict[str, _Place]:
    """Return the rows of the edition's own file by what they say, each known by its longest words."""
    said = [_said(row) for row in text_rows(table.file).to_dict("records")]
    return {
        _digest(cells): _Place(table.label, number, begun(max(cells, key=len, default="")))
        for number, cells in enumerate(said, start=2)
    }


def text_rows(file: Path) -> pd.DataFrame:
    """Return the rows of a table as text; one that is not there has none."""
    return rows_of(reads.text(file)) if file.exists() else pd.DataFrame()


def rows_of(text: str) -> pd.DataFrame:
    """Return the rows of a CSV text, all of them text."""
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False).fillna("")


def _fragment(file: Path) -> dict[str, _Place]:
    if not file.is_file():
        return {}
    text = reads.text(file)
    return {_digest([text]): _Place(reads.label(file), None, begun(" ".join(spoken(text).split())))}


def spoken(text: str) -> str:
    """Return a fragment without its blocks of code; one of code alone as it is."""
    return _CODE.sub("", text).strip() or text


def _said(row: Mapping) -> list[str]:
    return [text for name, text in row.items() if text and name not in _APART]


def begun(words: str) -> str:
    """Return the beginning of words, by which a person knows them again."""
    return words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…"


def _digest(words: list[str]) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:_MARK]
