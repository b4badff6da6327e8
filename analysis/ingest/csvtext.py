"""A CSV table as it is written.

Rows that do not change keep their bytes, new ones stand where a person would put them.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path

import numpy as np

from analysis.base import reads
from analysis.base.errors import DataError
from analysis.base.files.tables import line

Key = tuple[str, ...]


def records(text: str) -> Iterator[tuple[list[str], str]]:
    """Yield every row of a CSV text: its cells and the text they were read from, line end included."""
    # Rows end at line feeds and carriage returns alone, not at the other breaks Unicode knows, which a cell may hold.
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(lines, strict=True)
    begun = 0
    for cells in reader:
        yield cells, "".join(lines[begun : reader.line_num])
        begun = reader.line_num


def text_of(file: Path) -> str:
    """Return a table as it is, line ends and all; empty where it is not there.

    Raises
    ------
    DataError
        The file is not UTF-8, is none (a folder, a pipe), or cannot be read.
    """
    try:
        return reads.content(file).decode("utf-8") if file.exists() else ""
    except UnicodeDecodeError:
        raise DataError(
            f"Файл {reads.label(file)} не в кодировке UTF-8: верните его из хранилища или сохраните как «CSV UTF-8»."
        ) from None


def number_text(value: float) -> str:
    """Return the shortest decimal that is read back as the same number."""
    return np.format_float_positional(value, trim="-")


def merge(
    text: str,
    columns: Sequence[str],
    key: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    removed: Iterable[Key] = (),
) -> str:
    """Return the text of a table after rows were put in, replaced or taken out.

    Parameters
    ----------
    text : str
        The table as it is; empty for a table that is not there yet.
    columns, key : sequence of str
        Columns of the table and those whose values, as text, name a row.
    rows : iterable of mapping
        New rows, text by column; one whose key the table has replaces that row in its place. The others are put after
        the row that comes before them in their own series (same key but for the last column, which holds years or
        numbers), else after the last row of the same indicator and territory where those stand together, else at the
        end.
    removed : iterable of tuple
        Keys of rows to take out.

    Returns
    -------
    str
        With the head, as the table is written.
    """
    head, present = _split(text, columns)
    position = {tuple(cells[columns.index(name)] for name in key): index for index, (cells, _) in enumerate(present)}
    written: dict[int, str | None] = {index: raw for index, (_, raw) in enumerate(present)}
    for gone in removed:
        written[position[gone]] = None
    after: dict[int, list[tuple[tuple, str]]] = defaultdict(list)
    places = _Places(position, len(present))
    for row in rows:
        own, text_of_row = tuple(row[name] for name in key), line(row[name] for name in columns)
        if own in position:
            written[position[own]] = text_of_row
        else:
            anchor, nearness = places.find(own)
            after[anchor].append((nearness, text_of_row))
    parts = [head]
    for index in range(-1, len(present)):
        parts.append(written.get(index) or "")
        parts += [added for _, added in sorted(after[index], key=itemgetter(0))]
    return "".join(parts)


def _split(text: str, columns: Sequence[str]) -> tuple[str, list[tuple[list[str], str]]]:
    if not text:
        return line(columns), []
    (_, head), *present = records(text)
    # A last row without a line end would swallow the row put after it.
    return _ended(head), [(cells, _ended(raw)) for cells, raw in present if cells]


def _ended(raw: str) -> str:
    return raw if raw.endswith("\n") else raw + "\n"


class _Places:
    """Where new rows go among those a table has; -1 stands for the head of the table."""

    def __init__(self, position: Mapping[Key, int], size: int) -> None:
        self.end = size - 1
        self.series: dict[Key, list[tuple[int, int]]] = defaultdict(list)
        blocks: dict[Key, list[int]] = defaultdict(list)
        for key, index in position.items():
            if key[-1].isdigit():
                self.series[key[:-1]].append((int(key[-1]), index))
            blocks[key[:2]].append(index)
        self.blocks = {key: max(rows) for key, rows in blocks.items() if max(rows) - min(rows) + 1 == len(rows)}

    def find(self, key: Key) -> tuple[int, tuple[int, int]]:
        """Return the row to stand after, and how to sort those that stand after the same row.

        Rows of the series itself come first, by year; those that only belong nearby keep the order they came in.
        """
        members = self.series.get(key[:-1])
        if members and key[-1].isdigit():
            year = int(key[-1])
            before = [member for member in members if member[0] < year]
            return (max(before)[1] if before else min(index for _, index in members) - 1), (0, year)
        if len(key) > 2 and key[:2] in self.blocks:
            return self.blocks[key[:2]], (1, 0)
        return self.end, (2, 0)
