"""What an opened file hands to a reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from openpyxl.utils import get_column_letter

Kind = Literal["workbook", "xml", "csv"]

# Stands in the cell of a formula that was never calculated; a reader hands it on as the mark in place of a number.
NO_RESULT = "формула без результата"


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell as a spreadsheet shows it («C15»), its row and column counted from zero."""
    return f"{get_column_letter(column + 1)}{row + 1}"


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet.

    Attributes
    ----------
    name : str
    rows : list of list
        Cells from A1 on: str, float, int, bool, datetime.date, or None for an empty one. Merged cells hold their value
        in the first cell only. An error value is its text («#REF!»), a formula that was never calculated is
        `NO_RESULT`. Rows may differ in length.
    merged : list of tuple
        Merged ranges as ((first row, first column), (last row, last column)), zero-based.
    """

    name: str
    rows: list[list]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


@dataclass(frozen=True)
class OpenedFile:
    """A file that is what it claims to be and is not too big.

    Attributes
    ----------
    path : Path
    kind : {'workbook', 'xml', 'csv'}
        By content, not by name. A csv is a workbook of one sheet, whose cells are str or None.
    sheets : list of Sheet
        Of a workbook or a csv.
    content : bytes
        Of an xml: well-formed, without a document type.
    remarks : tuple of str
        What the user should know of the file itself: macros not run, formulas without a stored result.
    """

    path: Path
    kind: Kind
    sheets: list[Sheet] = field(default_factory=list)
    content: bytes = b""
    remarks: tuple[str, ...] = ()
