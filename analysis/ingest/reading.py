"""What every reader of a publisher's file gives back: its tables, still in the publisher's words."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

# Parts of a cut, joined: «Всего / мужчины».
JOINT = " / "
# What publishers print for «no such thing» in place of a number.
DASHES = "-‐‑‒–—−─"
BLOCK_COLUMNS = ("territory", "territory_code", "category", "category_code", "year", "value", "mark", "cell", "note")


@dataclass(frozen=True)
class Block:
    """One table of a file, one row an observation; nothing is yet matched with our code lists.

    Attributes
    ----------
    sheet : str
        Sheet or part of the file it stands in, as the file names it.
    title : str
        The publisher's title without footnote marks.
    code : str
        The publisher's number of the table or indicator without a final dot («2.10.1», «05-05», «33459»); empty where
        there is none.
    unit : str
        The unit as printed; empty where the table does not say.
    rows : pandas.DataFrame
        Columns `BLOCK_COLUMNS`: territory (printed name, footnote marks and line breaks removed), territory_code
        (OKATO or EMISS code; empty), category (printed label of the cut: section, sex, settlement; parts joined by
        `JOINT`; empty where the table has none), category_code (empty where none), year (Int64), value (float, full
        precision of the cell, NaN where the cell holds no number), mark (what stands in place of a number: «…», «-»;
        empty), cell («C15», or the place in the file's own terms), note (footnote of the row, column or cell; empty).
        A reader may add line and heading (printed names of row and column, for the locator).
    notes : tuple of str
        Footnotes of the whole table, as printed.
    """

    sheet: str
    title: str
    code: str
    unit: str
    rows: pd.DataFrame
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unread:
    """A sheet or a part of a file that gives no observations, with the reason in words."""

    sheet: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True)
class Filled:
    """A table filled in by our own template.

    It is in our own terms, so its cells are matched with the columns of that table.

    Attributes
    ----------
    sheet : str
    table, edition : str
        The table and the edition the file names; empty where it names none.
    rows : pandas.DataFrame
        Cells as typed, columns as named in the file («» for what stands beside them); the index holds row numbers as a
        spreadsheet counts.
    columns : dict
        Position of each column, from zero, for naming a cell.
    merged : tuple of str
        Merged ranges below the head («E3:E5»).
    """

    sheet: str
    table: str
    edition: str
    rows: pd.DataFrame
    columns: dict[str, int]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """Everything a reader got out of one file.

    Attributes
    ----------
    reader : str
        Name of the reader («rosstat-regions»).
    version : str
        Version of the reader, recorded with what is accepted.
    blocks : list of Block
    unread : list of Unread
        Every sheet stands in `blocks`, in `filled` or here: nothing is passed over in silence.
    publication : str
        What the file says it is, with the year of the edition where it says one; empty where it says nothing.
    filled : list of Filled
        Tables of our own template.
    """

    reader: str
    version: str
    blocks: list[Block] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    publication: str = ""
    filled: list[Filled] = field(default_factory=list)
