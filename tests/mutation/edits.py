"""Cells of any table of the data, changed in a copy: by the words that name their row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Edit:
    """One cell and what it is to say.

    Attributes
    ----------
    file : str
        Within the data folder.
    row : mapping
        Columns by which the row is known.
    column, value : str
    """

    file: str
    row: Mapping[str, str]
    column: str
    value: str


def rows(root: Path, file: str) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of a table."""
    reader = csv.DictReader(io.StringIO((root / "data" / file).read_text(encoding="utf-8-sig")))
    return list(reader.fieldnames or ()), list(reader)


def write(root: Path, file: str, columns: list[str], content: list[dict[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(content)
    (root / "data" / file).write_text(out.getvalue(), encoding="utf-8")


def apply(root: Path, edit: Edit) -> int:
    """Change one cell and return its row as a spreadsheet counts."""
    columns, content = rows(root, edit.file)
    (number,) = (at for at, row in enumerate(content) if all(row[name] == said for name, said in edit.row.items()))
    assert content[number][edit.column] != edit.value
    content[number][edit.column] = edit.value
    write(root, edit.file, columns, content)
    return number + 2
