"""Open a file somebody was sent: recognise its kind by content, keep it bounded, hand its cells to a reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Kind = Literal["workbook", "xml", "csv"]


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet.

    Attributes
    ----------
    name : str
    rows : list of list
        Cells from A1 on: str, float, int, bool, datetime.date, or None for an empty one. Merged cells hold their value in the first cell only.
    merged : list of tuple
        Merged ranges as ((first row, first column), (last row, last column)), zero-based.
    """

    name: str
    rows: list[list]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


@dataclass(frozen=True)
class Opened:
    """A file that is what it claims to be and is not too big.

    Attributes
    ----------
    path : Path
    kind : {'workbook', 'xml', 'csv'}
        By content, not by name. A csv is a workbook of one sheet, whose cells are all str.
    sheets : list of Sheet
        Of a workbook or a csv.
    content : bytes
        Of an xml.
    remarks : tuple of str
        What the user should know of the file itself: macros not run, formulas without a stored result.
    """

    path: Path
    kind: Kind
    sheets: list[Sheet] = field(default_factory=list)
    content: bytes = b""
    remarks: tuple[str, ...] = ()
