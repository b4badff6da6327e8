"""What the heading rows of a table say of each of its columns: year, cut, unit, footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from analysis.ingest.opening import Sheet
from analysis.ingest.readers._rosstat_titles import split_unit
from analysis.ingest.readers._rosstat_words import plain_year, squeeze, without_marks, years_in
from analysis.ingest.reading import JOINT

_MEMBERSHIP = re.compile(
    r"^(?:в том числе|из них|из нее|из него|в том числе по .*|субъект\w* российской федерации|коды|name)?\s*:?$",
    re.IGNORECASE,
)
_RATIO = re.compile(r"\bв (?:%|процентах)(?= к)", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column of figures.

    Attributes
    ----------
    index : int
        Zero-based place in the row.
    heading : str
        The printed heading of the year, or all of the heading where it names no year.
    year : int or None
    labels : tuple of str
        What the heading says besides the year, from the top down.
    unit : str
        A unit that the heading names, empty where it names none.
    marks : tuple of str
        Footnotes the heading refers to.
    """

    index: int
    heading: str
    year: int | None
    labels: tuple[str, ...] = ()
    unit: str = ""
    marks: tuple[str, ...] = ()

    @property
    def year_is_printed(self) -> bool:
        """Whether the heading itself says the year."""
        return str(self.year) in self.heading

    @property
    def letter(self) -> str:
        """The name of the column as a spreadsheet shows it."""
        return get_column_letter(self.index + 1)


def read_columns(sheet: Sheet, heads: list[int], first: int, width: int) -> list[Column]:
    """Return the columns that heading rows define.

    Parameters
    ----------
    sheet : Sheet
    heads : list of int
        Zero-based rows of the heading.
    first : int
        First column of figures.
    width : int
        Columns the table has.

    Returns
    -------
    list of Column
        Those with a heading, whatever it says; what is above «в том числе» does not count as a cut.
    """
    rows = [_spread(sheet, heads, place, first, width) for place in range(len(heads))]
    columns = [column for index in range(first, width) if (column := _column(index, [row[index] for row in rows]))]
    return _without_common_label(columns)


def _spread(sheet: Sheet, heads: list[int], place: int, first: int, width: int) -> list:
    """Return a heading row with its merged cells filled to the right."""
    row = _padded(sheet.rows[heads[place]], width)
    for (top, left), (bottom, right) in sheet.merged:
        if top <= heads[place] <= bottom and right > left >= first:
            value = _padded(sheet.rows[top], width)[left]
            row[left : min(right, width - 1) + 1] = [value] * (min(right, width - 1) - left + 1)
    below = [_padded(sheet.rows[lower], width) for lower in heads[place + 1 :]]
    for index in range(first + 1, width):
        # Where a file keeps no merged ranges, a heading reaches over the columns that only a lower row tells apart.
        if (
            not _is_filled(row[index])
            and _is_filled(row[index - 1])
            and any(_is_filled(lower[index]) for lower in below)
        ):
            row[index] = row[index - 1]
    return row


def _padded(row: list, width: int) -> list:
    return [*row, *[None] * (width - len(row))][:width]


def _is_filled(cell: object) -> bool:
    return bool(squeeze(cell))


def _column(index: int, stack: list) -> Column | None:
    stack = [cell for place, cell in enumerate(stack) if _is_filled(cell) and (place == 0 or cell != stack[place - 1])]
    if not stack:
        return None
    year: int | None = None
    heading = ""
    labels: list[str] = []
    marks: list[str] = []
    for cell in stack:
        if dated := plain_year(cell):
            year, heading = dated[0], without_marks(cell.year if hasattr(cell, "year") else cell)[0]
            marks += dated[1]
            continue
        text, own = without_marks(cell)
        marks += own
        if not _MEMBERSHIP.match(text):
            labels.append(text)
    if year is None:
        year, labels, heading = _year_of_labels(labels)
    labels, unit = _unit_of_labels(labels)
    heading = heading or JOINT.join(labels) or without_marks(stack[-1])[0]
    return Column(index, heading, year, tuple(labels), unit, tuple(dict.fromkeys(marks)))


def _year_of_labels(labels: list[str]) -> tuple[int | None, list[str], str]:
    """Take the year out of a heading of words: «на конец 2020 г.», «2021 г. в процентах к 2020 г.»."""
    for place, label in enumerate(labels):
        years = years_in(label)
        if len(years) == 1:
            rest = re.sub(rf"\s*{years[0]}\s*(?:г(?:од[ау]?|\.)?)?(?=\W|$)", " ", label)
            rest = re.sub(r"\s+", " ", rest).strip(" ,.;")
            return years[0], labels[:place] + ([rest] if re.search(r"\w", rest) else []) + labels[place + 1 :], label
        if len(years) == 2 and _RATIO.search(label):
            return years[0], labels, label
    return None, labels, ""


def _unit_of_labels(labels: list[str]) -> tuple[list[str], str]:
    kept, unit = [], ""
    for label in labels:
        name, own = split_unit(label)
        if not own and _RATIO.search(label):
            own = "в процентах"
        unit = own or unit
        kept.append(name)
    return kept, unit


def _without_common_label(columns: list[Column]) -> list[Column]:
    """Drop what all columns say alike, such as «на 1 января»: it tells no column from another."""
    dated = [column for column in columns if column.year is not None]
    if len(dated) < 2 or len(dated) != len(columns) or len({column.year for column in dated}) != len(dated):
        return columns
    common = [label for label in columns[0].labels if all(label in column.labels for column in columns)]
    return [
        replace(column, labels=tuple(label for label in column.labels if label not in common)) for column in columns
    ]
