"""Rows of tables of words as observations: what a count of rows, a name or a deadline rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.catalogue.places import place
from analysis.quantities.formula import Gathered, Seen
from analysis.quantities.observation import Observation
from analysis.quantities.quantity import Quantity
from analysis.quantities.text import Text, Wording, asked_of

_KEYS = ("id", "n", "group_n", "quadrant", "indicator")
_NAMES = ("short", "name")


def row_seen(frame: pd.DataFrame, index: Any, edition: str) -> Observation:
    """Return one row of a table as `analysis.catalogue.load` gave it, as an observation without a value.

    Parameters
    ----------
    frame : pandas.DataFrame
        A table of words.
    index : label
        Of the row.
    edition : str
        Id of the edition.

    Returns
    -------
    Observation
        With the source and the place in it, where the table gives them.
    """
    row = frame.loc[index]
    file, number = place(frame, index)
    key = ", ".join(str(row[name]) for name in _KEYS if name in row.index)
    return Observation(
        indicator="",
        territory="",
        category=key,
        year=None,
        status="",
        source=row.get("source", ""),
        locator=row.get("locator", ""),
        table=file,
        row=number,
        edition=edition,
        called=str(next((row[name] for name in _NAMES if name in row.index and row[name]), "")),
    )


def rows_counted(frame: pd.DataFrame, edition: str, rule: str) -> Quantity:
    """Return how many rows a selection of a table has, resting on each of them.

    Parameters
    ----------
    frame : pandas.DataFrame
        A selection of rows of a table, with their own index.
    edition : str
        Id of the edition.
    rule : str
        What was selected, in words: «мероприятия плана».

    Returns
    -------
    Quantity
        In the unit `count`.
    """
    seen = tuple(_each(frame, edition))
    return Quantity(float(len(seen)), "count", 0, seen, Gathered("size", tuple(map(Seen, seen)), rule))


def row_numbers(frame: pd.DataFrame, index: Any, field: str, edition: str) -> Text:
    """Return a text of a table in which every number remembers the row.

    Parameters
    ----------
    frame, index, edition
        As `row_seen`.
    field : str
        The column of the text.

    Returns
    -------
    Text
        The text of the cell.
    """
    seen = row_seen(frame, index, edition)
    return asked_of(frame.at[index, field], Wording(Gathered("text", (Seen(seen),)), (seen,)))


def _each(frame: pd.DataFrame, edition: str) -> Iterator[Observation]:
    return (row_seen(frame, index, edition) for index in frame.index)
