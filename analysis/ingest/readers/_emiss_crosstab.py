"""A cross table of EMISS: years, territories, units and cuts, to the left or above.

What a heading tells is found from what stands in it, wherever a cut was put.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from analysis.ingest.opening.sheets import Sheet, cell_name
from analysis.ingest.readers._emiss_blocks import RAW_COLUMNS
from analysis.ingest.readers._emiss_corner import NoTableError, at, corner, filled_merges, is_data
from analysis.ingest.readers._emiss_terms import Role, number, plain, role, split_code, year_of
from analysis.ingest.reading import JOINT


@dataclass(frozen=True)
class Fixed:
    """A cut that is the same for the whole table.

    It stands beside it: in a title row, on the sheet of the cuts, in the passport.
    """

    name: str
    label: str
    code: str = ""


@dataclass
class CrossTable:
    """The table of one sheet, taken apart.

    Attributes
    ----------
    above : list of str
        Lines over the table: its title and remarks.
    below : list of str
        Lines under it: footnotes.
    raw : pandas.DataFrame
        Columns `RAW_COLUMNS`.
    labels : set of str
        All labels of the headings, codes taken off, to know which cuts stand in the table.
    dropped : list of str
        Cells with something in them that belong to no year or no row of data.
    """

    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    raw: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(RAW_COLUMNS)))
    labels: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Axis:
    """One heading: a column to the left or a row above, with its name and a label for each row or column of data."""

    name: str
    labels: list[str]
    values: list[object]


def read_cross_table(
    sheet: Sheet, fixed: Sequence[Fixed] = (), units: frozenset[str] = frozenset(), title: str = ""
) -> CrossTable:
    """Read the cross table of a sheet.

    Parameters
    ----------
    sheet : Sheet
    fixed : sequence of Fixed
        Cuts beside the table; those that stand in it are passed over.
    units : frozenset of str
        Units of the indicator, in lower case, where they are known.
    title : str
        The indicator's title: a heading that repeats it is no cut.

    Returns
    -------
    CrossTable
        Its observations are raw: of any period, each with what its row, its column and the surroundings say of it.

    Raises
    ------
    NoTableError
        No years were found in the headings, or no values beside them.
    """
    rows = filled_merges(sheet)
    top, first_row, first_column = corner(rows)
    data = [row for row in range(first_row, len(rows)) if is_data(rows[row], first_column)]
    if not data:
        raise NoTableError("под заголовками с годами нет ни одной строки со значениями")
    width = max(len(rows[row]) for row in data)
    columns = [
        column for column in range(first_column, width) if any(at(rows, row, column) is not None for row in data)
    ]
    left = _left_axes(rows, top, first_row, first_column, data)
    head = _head_axes(rows, top, first_row, first_column, columns)
    sides = _Side(left, units), _Side(head, units)
    if not any(side.years for side in sides):
        raise NoTableError("в заголовках нет годов")
    table = CrossTable(_lines(rows[:top]), _lines(rows[data[-1] + 1 :]), labels=_labels([*left, *head]))
    by_row = {row: sides[0].read(place) for place, row in enumerate(data)}
    by_column = {column: sides[1].read(place) for place, column in enumerate(columns)}
    _drop_titles((*by_row.values(), *by_column.values()), [title, *table.above])
    around = _fixed_part(
        [cut for cut in fixed if cut.label not in table.labels and not _is_axis(cut.name, left)],
        has_territory=any(side.has_territory for side in sides),
    )
    records = []
    for row, column, value in _filled(rows, data, first_column):
        parts = [part for part in (by_row.get(row), by_column.get(column), around) if part]
        year = next((part.year for part in parts if part.year), None)
        if row not in by_row or year is None:
            table.dropped.append(cell_name(row, column))
        else:
            records.append(_record(value, cell_name(row, column), year, parts))
    table.raw = pd.DataFrame(records, columns=list(RAW_COLUMNS))
    return table


def _drop_titles(parts: Iterable[_Part], titles: Iterable[str]) -> None:
    """Take out the cuts that repeat a title."""
    folded = {title.casefold() for title in titles}
    for part in parts:
        part.cuts = [cut for cut in part.cuts if cut[0].casefold() not in folded]


def _filled(rows: list[list], data: list[int], first_column: int) -> Iterator[tuple[int, int, object]]:
    """Yield the filled cells from the first row of data to the last: row, column, value."""
    for row in range(data[0], data[-1] + 1):
        for column in range(first_column, len(rows[row])):
            value = rows[row][column]
            if value is not None and plain(value):
                yield row, column, value


def _labels(axes: Iterable[_Axis]) -> set[str]:
    """Return all labels of the headings, with their codes and without."""
    return {label for axis in axes for text in axis.labels for label in (text, split_code(text)[1]) if label}


def _is_axis(name: str, left: Iterable[_Axis]) -> bool:
    """Tell whether a heading to the left has this name."""
    return name.casefold() in {axis.name.casefold() for axis in left if axis.name}


@dataclass
class _Part:
    """What one row, one column or the surroundings of the table say of an observation."""

    territory: str = ""
    code: str = ""
    unit: str = ""
    period: str = ""
    year: int | None = None
    cuts: list[tuple[str, str]] = field(default_factory=list)

    def take(self, meaning: Role, label: str) -> None:
        """Take what a heading of this role says."""
        if meaning == "territory code":
            self.code = self.code or label
        elif meaning == "code" and self.cuts:
            self.cuts[-1] = self.cuts[-1][0], label
        elif meaning == "territory" and not self.territory:
            code, self.territory = split_code(label)
            self.code = code or self.code
        elif meaning == "unit":
            self.unit = split_code(label)[1]
        elif meaning == "period":
            self.period = " ".join(filter(None, [label, self.period]))
        elif label:
            code, words = split_code(label)
            self.cuts.append((words, code))


class _Side:
    """The headings of one side with their roles."""

    def __init__(self, axes: list[_Axis], units: frozenset[str]) -> None:
        self.axes = axes
        self.roles: list[Role | Literal["year"]] = []
        for axis in axes:
            years = [year_of(value) for value in axis.values if value is not None]
            are_years = years and sum(year is not None for year in years) > len(years) / 2
            self.roles.append("year" if are_years else role(axis.name, axis.labels, units))
        # Among dates of months 1 January is January, otherwise it is the year.
        self.monthly = any(
            isinstance(value, dt.date) and (value.month, value.day) != (1, 1) for axis in axes for value in axis.values
        )
        self.years = "year" in self.roles
        self.has_territory = "territory" in self.roles

    def read(self, place: int) -> _Part:
        """Return what the headings say at one place of the side, from the outermost to the innermost."""
        part = _Part()
        for axis, meaning in zip(self.axes, self.roles, strict=True):
            if meaning == "year":
                part.year, within = self._year(axis.values[place])
                part.period = part.period or within
            else:
                part.take(meaning, axis.labels[place])
        return part

    def _year(self, value: object) -> tuple[int | None, str]:
        year, within = year_of(value) or (None, "")
        return year, f"{value:%Y-%m}" if self.monthly and isinstance(value, dt.date) else within


def _record(value: object, cell: str, year: int, parts: list[_Part]) -> tuple:
    cuts = [cut for part in parts for cut in part.cuts]
    amount = number(value)
    territory = next((part for part in parts if part.territory), _Part())
    return (
        territory.territory,
        territory.code,
        JOINT.join(words for words, _ in cuts),
        _codes(cuts),
        year,
        amount,
        "" if amount is not None else plain(value),
        cell,
        "",
        next((part.unit for part in parts if part.unit), ""),
        next((part.period for part in parts if part.period), ""),
    )


def _codes(cuts: list[tuple[str, str]]) -> str:
    """Return the codes in the order of the labels, with a gap for a cut without one; empty if none has."""
    return JOINT.join(code for _, code in cuts) if any(code for _, code in cuts) else ""


def _fixed_part(outside: list[Fixed], has_territory: bool) -> _Part:
    part = _Part()
    for cut in outside:
        meaning = role(cut.name, [cut.label])
        if meaning == "territory" and not has_territory:
            part.territory, part.code = cut.label, cut.code
        elif meaning == "unit":
            part.unit = cut.label
        elif meaning == "cut":
            part.cuts.append((cut.label, cut.code))
    return part


def _left_axes(rows: list[list], top: int, first_row: int, first_column: int, data: list[int]) -> list[_Axis]:
    axes = []
    for column in range(first_column):
        values = [at(rows, row, column) for row in data]
        named = [plain(at(rows, row, column)) for row in range(top, first_row)]
        if any(value is not None for value in values):
            axes.append(_Axis(next(filter(None, reversed(named)), ""), [plain(value) for value in values], values))
    # A heading that is not repeated holds for the rows under it, as long as those to the left of it do not change.
    for place in range(1, len(data)):
        same = True
        for axis in axes:
            if not axis.labels[place] and same:
                axis.labels[place], axis.values[place] = axis.labels[place - 1], axis.values[place - 1]
            same = same and axis.labels[place] == axis.labels[place - 1]
    return axes


def _head_axes(rows: list[list], top: int, first_row: int, first_column: int, columns: list[int]) -> list[_Axis]:
    axes = []
    for row in range(top, first_row):
        values = [at(rows, row, column) for column in range(first_column, columns[-1] + 1)]
        if not any(value is not None for value in values):
            continue
        if row < first_row - 1 or first_row - top == 1:
            for place in range(1, len(values)):
                values[place] = values[place - 1] if values[place] is None else values[place]
        kept = [values[column - first_column] for column in columns]
        axes.append(_Axis("", [plain(value) for value in kept], kept))
    return axes


def _lines(rows: Iterable[list]) -> list[str]:
    """Return the texts of rows that have any, each in one line."""
    return [line for row in rows if (line := _line(row))]


def _line(row: list) -> str:
    return re.sub(r"\s+", " ", " ".join(dict.fromkeys(filter(None, map(plain, row))))).strip()
