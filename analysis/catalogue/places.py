"""Where a row of a table stands: its file, and its row there as a spreadsheet counts.

A table may be joined from files of several layers. The frame remembers them, so that a row can be asked where it stands
by its index, whatever was selected meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

FIRST_ROW = 2  # a spreadsheet counts the header as row 1
TABLE, _PARTS = "table", "parts"


def join(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of several files as one table; the file of the narrowest layer stands for it."""
    filled = [frame for frame in frames if len(frame)] or frames[-1:]
    whole = pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0].copy()
    whole.attrs = {
        TABLE: frames[-1].attrs[TABLE],
        _PARTS: tuple((frame.attrs[TABLE], len(frame)) for frame in frames),
    }
    return whole


def files(frame: pd.DataFrame) -> list[str]:
    """Return the files of a table, as the user knows them."""
    return [file for file, _ in frame.attrs.get(_PARTS, ())] or [frame.attrs.get(TABLE, "")]


def place(frame: pd.DataFrame, index: Any) -> tuple[str, int]:
    """Return the file of a row and its number there.

    Parameters
    ----------
    frame : pandas.DataFrame
        A table as the catalogue gave it, or a selection of its rows.
    index : label
        Of the row.
    """
    at = int(index)
    for file, rows in frame.attrs.get(_PARTS, ()):
        if at < rows:
            return file, at + FIRST_ROW
        at -= rows
    return frame.attrs.get(TABLE, ""), at + FIRST_ROW


def with_places(frame: pd.DataFrame, file: str = "table", row: str = "row") -> pd.DataFrame:
    """Return a table with two more columns: the file of each row and its number there.

    Parameters
    ----------
    frame : pandas.DataFrame
        As in `place`.
    file, row : str
        Names of the columns.

    Returns
    -------
    pandas.DataFrame
        A copy.
    """
    if _PARTS not in frame.attrs:
        return frame.assign(**{file: frame.attrs.get(TABLE, ""), row: frame.index + FIRST_ROW})
    found = [place(frame, index) for index in frame.index]
    return frame.assign(**{file: [name for name, _ in found], row: [number for _, number in found]})
