"""Find the tables of a sheet: what stands above, the heading, the rows of figures, the footnotes beneath."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from analysis.ingest.opening import Sheet
from analysis.ingest.readers._rosstat_headings import Column, read_columns
from analysis.ingest.readers._rosstat_titles import Title, coded, is_continued, is_running_head, is_unit, read_title
from analysis.ingest.readers._rosstat_words import footnote, is_mark, is_number, is_rule, plain_year, squeeze

# No heading has more rows and no footnote more letters; a sheet of something else must not cost more than its own
# length.
MOST_HEADS, LONGEST_NOTE, MOST_TABLES = 12, 4000, 100
_MEMBERSHIP = re.compile(r"^(?:в том числе|из них|из нее|из него|в т\. ?ч\.)", re.IGNORECASE)


@dataclass
class TableRow:
    """A row of figures.

    Attributes
    ----------
    row : int
        As the spreadsheet counts, from 1.
    label : str
        Printed name, in one line, with its footnote marks.
    code : str
        What stands left of the name: «Раздел A»; empty where nothing does.
    group : str
        The subheading the row stands under, empty where there is none.
    beneath : bool
        The row follows «в том числе» or «из них» without being set off from it.
    cells : list
        The whole row of the sheet.
    """

    row: int
    label: str
    code: str
    group: str
    beneath: bool
    cells: list


@dataclass
class SheetTable:
    """A table of a sheet.

    Attributes
    ----------
    title : Title
    columns : list of Column
    lines : list of TableRow
        Rows of figures, from the top down.
    footnotes : dict
        Texts by mark.
    unread : list of str
        Why parts of it are not read.
    """

    title: Title
    columns: list[Column]
    lines: list[TableRow] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    @property
    def marks(self) -> frozenset[str]:
        """Marks of the footnotes the table has."""
        return frozenset(self.footnotes)

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands beside the unit and all footnotes, as printed."""
        footnotes = (f"{mark}) {text}" if mark.isdigit() else text for mark, text in self.footnotes.items())
        return (*self.title.conditions, *footnotes)

    def note(self, marks: Iterable[str]) -> str:
        """Return the footnotes that marks refer to, in one line."""
        return " ".join(text for mark in dict.fromkeys(marks) if (text := self.footnotes.get(mark)))


def read_tables(sheet: Sheet, is_name: Callable[[str], bool] = lambda _: False) -> list[SheetTable]:
    """Return the tables of a sheet in their order.

    Parameters
    ----------
    sheet : Sheet
    is_name : callable, optional
        Whether a name without figures is nevertheless a row of the table (a district the publisher gives nothing for)
        and not a subheading.
    """
    return _Walk(sheet, is_name).walk()


def name_column(sheet: Sheet) -> int:
    """Return the column with the names of the rows: the one most often followed by numbers, the rightmost of equals."""
    counts: Counter[int] = Counter()
    for row in sheet.rows:
        numbers = [index for index, cell in enumerate(row) if isinstance(cell, (int, float)) or is_mark(cell)]
        if numbers:
            counts.update(index for index in range(min(4, numbers[0])) if re.search(r"[^\W\d]{3}", squeeze(row[index])))
    return max(counts, key=lambda index: (counts[index], index), default=0)


class _Walk:
    """One pass over the rows of a sheet; `self.open` is the table the pass is in."""

    def __init__(self, sheet: Sheet, is_name: Callable[[str], bool]) -> None:
        self.sheet, self.is_name = sheet, is_name
        self.names = name_column(sheet)
        self.width = max((len(row) for row in sheet.rows), default=0)
        self.tables: list[SheetTable] = []
        self.open: SheetTable | None = None
        self.above: list[str] = []
        self.heads: list[int] = []
        self.last_title, self.group, self.beneath = Title(), "", False
        self.last_mark: str | None = None
        # The row of the latest subheading, its text and the subheading before: it may turn out to be the first half of
        # a name.
        self.begun: tuple[int, str, str] = (-1, "", "")

    def walk(self) -> list[SheetTable]:
        for place, row in enumerate(self.sheet.rows):
            if len(self.tables) > MOST_TABLES:
                self.tables.pop()
                self.tables[-1].unread.append(
                    f"таблиц на листе больше {MOST_TABLES}: начиная со строки {place} он не прочитан"
                )
                break
            label = squeeze(row[self.names]) if len(row) > self.names else ""
            right = [cell for cell in row[self.names + 1 :] if squeeze(cell)]
            left = [text for cell in row[: self.names] if (text := squeeze(cell))]
            if not right and not label:
                # Names for machines in front of the printed ones are no text of the table.
                if left and self.open is None and not self.heads:
                    self._text(place, left[0])
            elif not right:
                self._text(place, label)
            elif not label and len(right) == 1 and isinstance(right[0], str) and (is_unit(right[0]) or coded(right[0])):
                self._text(place, squeeze(right[0]))
            elif self._is_heading(label, right):
                self._heading(place)
            elif not self._is_numbering(label, right):
                self._figures(place, label, " ".join(left), row)
        return self.tables

    def _is_heading(self, label: str, right: list) -> bool:
        if label and self.is_name(label):
            return False
        years = [year[0] for cell in right if (year := plain_year(cell))]
        if len(years) == len(right):
            return not label or (years == sorted(years) and len(years) > 1)
        if any(is_number(cell) and not plain_year(cell) for cell in right if not isinstance(cell, str)):
            # A year mistyped as 20009 among years does not make the heading a row of figures.
            return not label and len(years) >= len(right) - 1 > 0
        return bool(years) or not label or not any(is_mark(cell) or is_number(cell) for cell in right)

    def _is_numbering(self, label: str, right: list) -> bool:
        numbers = [cell for cell in right if isinstance(cell, (int, float))]
        return (
            len(numbers) == len(right) > 1
            and numbers[0] in (1, 2)
            and label in ("", "А", "A", "1")
            and all(after - before == 1 for before, after in pairwise(numbers))
        )

    def _text(self, place: int, text: str) -> None:
        if is_rule(text):
            self.last_mark = "" if self.open else None
            self.heads = []
            return
        note = footnote(text)
        if note and self.tables:
            self.last_mark = note[0] or text
            self.tables[-1].footnotes[self.last_mark] = note[1]
        elif (
            self.last_mark
            and self.tables
            and not coded(text)
            and not is_running_head(text)
            and not is_continued(text)
            and not is_unit(text)
        ):
            if len(self.tables[-1].footnotes[self.last_mark]) < LONGEST_NOTE:
                self.tables[-1].footnotes[self.last_mark] += f" {text}"
        elif self.open is None or self.last_mark is not None:
            self._text_above(text)
        else:
            self._text_within(self.open, place, text)

    def _text_above(self, text: str) -> None:
        if self.heads and not (text.startswith("(") or is_unit(text) or coded(text)):
            self.group = "" if _MEMBERSHIP.match(text) else text
            return
        self.open, self.last_mark = None, None
        self.above = [*self.above[1 - MOST_HEADS :], text]

    def _text_within(self, table: SheetTable, place: int, text: str) -> None:
        """Take a text between rows of figures.

        It is the next table, another unit, a name broken over two rows, or a subheading.
        """
        if coded(text) or is_running_head(text) or is_continued(text):
            self.open, self.heads, self.above = None, [], [text]
        elif is_unit(text):
            self._begin(replace(table.title, unit=text.strip("() ")))
        elif _MEMBERSHIP.match(text) and not self.is_name(text):
            self.beneath = True
        elif text[0].islower() and not text.startswith("г.") and table.lines and table.lines[-1].row == place:
            table.lines[-1].label += f" {text}"
        elif self.is_name(text):
            self._figures(place, text, "", self.sheet.rows[place])
        else:
            self.begun, self.group, self.beneath = (place, text, self.group), text.rstrip(":"), False

    def _heading(self, place: int) -> None:
        if self.open is not None:
            # A heading beneath figures begins another table, unless it repeats the one above on a new page.
            again = read_columns(self.sheet, [place], self.names + 1, self.width)
            if [(column.index, column.heading) for column in again] == [
                (column.index, column.heading) for column in self.open.columns
            ]:
                return
            self.open, self.heads = None, []
        self.last_mark = None
        self.heads = [*self.heads[1 - MOST_HEADS :], place]

    def _figures(self, place: int, label: str, code: str, row: list) -> None:
        table = self.open
        if table is None or (self.last_mark is not None and self.above):
            title = read_title(self.above)
            table = self._begin(title if title.text else self.last_title)
        if not label:
            table.unread.append(f"строка {place + 1} без наименования")
            return
        if label[0].islower() and not label.startswith("г.") and not self.beneath:
            # The name began in the row above, which has no figures of its own.
            if table.lines and table.lines[-1].row == place and not _has_figures(table.lines[-1], self.names):
                label = f"{table.lines.pop().label} {label}"
            elif self.begun[0] == place - 1 and not self.begun[1].endswith(":"):
                label, self.group = f"{self.begun[1]} {label}", self.begun[2]
        table.lines.append(TableRow(place + 1, label, code, self.group, self.beneath, row))
        self.beneath = False

    def _begin(self, title: Title) -> SheetTable:
        columns = self.open.columns if self.open else read_columns(self.sheet, self.heads, self.names + 1, self.width)
        table = self.open = SheetTable(title, columns)
        self.tables.append(table)
        self.last_title, self.above, self.heads, self.last_mark, self.beneath = title, [], [], None, False
        return table


def _has_figures(line: TableRow, names: int) -> bool:
    return any(squeeze(cell) for cell in line.cells[names + 1 :])
