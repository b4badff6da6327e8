"""A cross table of EMISS: headings to the left and above are told apart by what stands in them, wherever a cut was put."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.catalogue.ingest._opened import Sheet
from analysis.catalogue.ingest.readers._emiss_blocks import JOINT, RAW_COLUMNS
from analysis.catalogue.ingest.readers._emiss_terms import number, plain, role, split_code, year_of

# Rows searched for the years; an export has a title and up to five header rows.
_HEAD_ROWS = 30
# Years in a row or column that make it the axis of time; an export of one year has one.
_MOST_HEADINGS = 12


class NoTable(Exception):
    """There is no table in a sheet; the text says in Russian what was looked for."""


@dataclass(frozen=True)
class Fixed:
    """A cut that is the same for the whole table and stands beside it: in a title row, on the sheet of the cuts, in the passport."""

    name: str
    label: str
    code: str = ""


@dataclass
class Grid:
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
    """

    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    raw: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=RAW_COLUMNS))
    labels: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Axis:
    """One heading: a column to the left or a row above, with its name and a label for each row or column of data."""

    name: str
    labels: list[str]
    values: list[object]


def read_grid(sheet: Sheet, fixed: Sequence[Fixed] = (), units: frozenset[str] = frozenset(), title: str = "") -> Grid:
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

    Raises
    ------
    NoTable
        No years were found in the headings, or no values beside them.
    """
    rows = _filled_merges(sheet)
    top, first_row, first_column = _corner(rows)
    data = [row for row in range(first_row, len(rows)) if _is_data(rows[row], first_column)]
    if not data:
        raise NoTable("под заголовками с годами нет ни одной строки со значениями")
    width = max(len(rows[row]) for row in data)
    columns = [column for column in range(first_column, width) if any(_at(rows, row, column) is not None for row in data)]
    left = _left_axes(rows, top, first_row, first_column, data)
    head = _head_axes(rows, top, first_row, first_column, columns)
    grid = Grid([_line(row) for row in rows[:top] if _line(row)],
                [_line(row) for row in rows[data[-1] + 1:] if _line(row)])
    grid.labels = {label for axis in left + head for text in axis.labels for label in (text, split_code(text)[1]) if label}
    outside = [cut for cut in fixed if cut.label not in grid.labels and cut.name.casefold() not in {axis.name.casefold() for axis in left if axis.name}]
    sides = [_Side(left, units), _Side(head, units)]
    if not any(side.years for side in sides):
        raise NoTable("в заголовках нет годов")
    by_row = [sides[0].read(place) for place in range(len(data))]
    by_column = [sides[1].read(place) for place in range(len(columns))]
    titles = {title.casefold(), *(line.casefold() for line in grid.above)}
    for part in by_row + by_column:
        part.cuts = [cut for cut in part.cuts if cut[0].casefold() not in titles]
    around = _fixed_part(outside, has_territory=any(side.has_territory for side in sides))
    records = []
    for row, row_part in zip(data, by_row, strict=True):
        for column, column_part in zip(columns, by_column, strict=True):
            value = _at(rows, row, column)
            if value is not None and plain(value):
                records.append(_record(value, f"{letters(column)}{row + 1}", row_part, column_part, around))
    grid.raw = pd.DataFrame([record for record in records if record], columns=RAW_COLUMNS)
    return grid


def letters(column: int) -> str:
    """Return the letters of a zero-based column."""
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


@dataclass
class _Part:
    """What one row, one column or the surroundings of the table say of an observation."""

    territory: str = ""
    code: str = ""
    unit: str = ""
    period: str = ""
    year: int | None = None
    cuts: list[tuple[str, str]] = field(default_factory=list)


class _Side:
    """The headings of one side with their roles."""

    def __init__(self, axes: list[_Axis], units: frozenset[str]):
        self.axes, self.roles = axes, []
        for axis in axes:
            years = [year_of(value) for value in axis.values if value is not None]
            are_years = years and sum(year is not None for year in years) > len(years) / 2
            self.roles.append("year" if are_years else role(axis.name, axis.labels, units))
        # Among dates of months 1 January is January, otherwise it is the year.
        self.monthly = any(isinstance(value, datetime.date) and (value.month, value.day) != (1, 1) for axis in axes for value in axis.values)
        self.years = "year" in self.roles
        self.has_territory = "territory" in self.roles

    def read(self, place: int) -> _Part:
        part = _Part()
        for axis, meaning in zip(self.axes, self.roles, strict=True):
            label, value = axis.labels[place], axis.values[place]
            if meaning == "year":
                part.year, within = year_of(value) or (None, "")
                if self.monthly and isinstance(value, datetime.date):
                    within = f"{value:%Y-%m}"
                part.period = part.period or within
            elif meaning == "territory code":
                part.code = part.code or label
            elif meaning == "code" and part.cuts:
                part.cuts[-1] = part.cuts[-1][0], label
            elif meaning == "territory" and not part.territory:
                code, part.territory = split_code(label)
                part.code = code or part.code
            elif meaning == "unit":
                part.unit = split_code(label)[1]
            elif meaning == "period":
                part.period = " ".join(filter(None, [label, part.period]))
            elif label:
                code, words = split_code(label)
                part.cuts.append((words, code))
        return part


def _record(value: object, cell: str, *parts: _Part) -> tuple | None:
    year = next((part.year for part in parts if part.year), None)
    if year is None:
        return None
    cuts = [cut for part in parts for cut in part.cuts]
    amount = number(value)
    territory = next((part for part in parts if part.territory), _Part())
    return (territory.territory, territory.code, JOINT.join(words for words, _ in cuts), JOINT.join(code for _, code in cuts if code),
            year, amount, "" if amount is not None else plain(value), cell, "",
            next((part.unit for part in parts if part.unit), ""), next((part.period for part in parts if part.period), ""))


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


def _filled_merges(sheet: Sheet) -> list[list]:
    """Return the cells with the value of a merged range in each of its cells."""
    rows = [list(row) for row in sheet.rows]
    for (top, left), (bottom, right) in sheet.merged:
        value = _at(rows, top, left)
        if value is None or (bottom - top + 1) * (right - left + 1) > 100_000:
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            rows[row].extend([None] * (right + 1 - len(rows[row])))
            rows[row][left:right + 1] = [value] * (right + 1 - left)
    return rows


def _corner(rows: list[list]) -> tuple[int, int, int]:
    """Return the first header row, the first row of data and the first column of data."""
    best: tuple[int, int] | None = None
    for row in range(min(_HEAD_ROWS, len(rows))):
        found = [column for column, value in enumerate(rows[row]) if year_of(value)]
        # A year inside the data (a value of 2001 people) is rarely in the same row as others; the row with most years wins.
        if found and (best is None or len(found) > best[0]) and found[0] > 0:
            best = len(found), row
    down = _year_column(rows)
    if best is None and down is None:
        raise NoTable("в первых строках нет годов")
    if best is None or (down is not None and best[0] <= 2 and down[2] > best[0]):
        assert down is not None
        return down[0], down[0] + 1, down[1]
    year_row = best[1]
    first_column = next(column for column, value in enumerate(rows[year_row]) if column and year_of(value))
    top = year_row
    while top > 0 and _is_header(rows[top - 1], first_column):
        top -= 1
    first_row = year_row + 1
    while first_row < min(year_row + _HEAD_ROWS, len(rows)) and not _is_data(rows[first_row], first_column):
        first_row += 1
    return top, first_row, first_column


def _year_column(rows: list[list]) -> tuple[int, int, int] | None:
    """Return the header row, the first data column and the number of years of a table with the years to the left."""
    for column in range(min(_MOST_HEADINGS, max(map(len, rows), default=0))):
        years = [row for row in range(len(rows)) if year_of(_at(rows, row, column)) and any(
            number(value) is not None for value in rows[row][column + 1:])]
        filled = sum(bool(plain(_at(rows, row, column))) for row in range(years[0], len(rows))) if years else 0
        if len(years) > 2 and years[0] > 0 and len(years) >= 0.9 * filled:
            first = next((place for place in range(column + 1, len(rows[years[0]]))
                          if number(rows[years[0]][place]) is not None and not year_of(rows[years[0]][place])), None)
            if first is not None:
                return years[0] - 1, first, len(years)
    return None


def _is_header(row: list, first_column: int) -> bool:
    """Tell a header row over the years: words above the data; a title merged over the whole table is none."""
    words = {plain(value) for value in row if value is not None}
    if len(words) <= 1 and any(plain(value) for value in row[:1]):
        return False
    return any(value is not None and number(value) is None for value in row[first_column:])


def _is_data(row: list, first_column: int) -> bool:
    """Tell a row of data: a heading to the left and a value beside it."""
    if not any(plain(value) for value in row[:first_column]):
        return False
    filled = [value for value in row[first_column:] if value is not None and plain(value)]
    numbers = sum(number(value) is not None for value in filled)
    # Marks in place of numbers («…», «-») are short; a header row has words.
    return bool(filled) and (numbers > 0 or all(len(plain(value)) <= 3 or value == plain(value).upper() for value in filled))


def _left_axes(rows: list[list], top: int, first_row: int, first_column: int, data: list[int]) -> list[_Axis]:
    axes = []
    for column in range(first_column):
        values = [_at(rows, row, column) for row in data]
        named = [plain(_at(rows, row, column)) for row in range(top, first_row)]
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
        values = [_at(rows, row, column) for column in range(first_column, columns[-1] + 1)]
        if not any(value is not None for value in values):
            continue
        if row < first_row - 1 or first_row - top == 1:
            for place in range(1, len(values)):
                values[place] = values[place - 1] if values[place] is None else values[place]
        kept = [values[column - first_column] for column in columns]
        axes.append(_Axis("", [plain(value) for value in kept], kept))
    return axes


def _line(row: list) -> str:
    return re.sub(r"\s+", " ", " ".join(dict.fromkeys(filter(None, map(plain, row))))).strip()


def _at(rows: list[list], row: int, column: int) -> object:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None
