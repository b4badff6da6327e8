"""Tables as CSV: two dialects for people, guarded against live formulas, and a plain one for the program itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.base.files.guard import guarded
from analysis.base.files.whole import write_whole
from analysis.base.russian import comma

if TYPE_CHECKING:
    import pandas as pd

COMMA, EXCEL = ",", ";"
# Characters an Excel cell can hold, counted as UTF-16 counts them.
LONGEST = 32_767


def line(cells: Iterable[str], delimiter: str = COMMA) -> str:
    """Return one row of CSV: quotes only where needed, a bare line feed at its end."""
    written = io.StringIO()
    # With this end a lone carriage return within a cell is quoted too, which not every version of the module does for
    # others.
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return written.getvalue()[:-2] + "\n"


def plain_csv(frame: pd.DataFrame, float_format: str | None = None) -> str:
    """Return a frame as CSV that a reader of this program reads: text as it is, guarded by nothing."""
    text = frame.to_csv(index=False, float_format=float_format, lineterminator="\n")
    if "\r" not in text:
        return text
    # Written with this end a carriage return within a cell is quoted.
    return "".join(map(line, _rows(frame.to_csv(index=False, float_format=float_format, lineterminator="\r\n"))))


def safe_csv(text: str) -> str:
    """Return a CSV text none of whose cells a spreadsheet takes for a formula; a safe one comes back as it is."""
    rows = list(_rows(text))
    if "\r" not in text and all(guarded(cell, COMMA) == cell for row in rows for cell in row):
        return text
    return "".join(line(guarded(cell, COMMA) for cell in row) for row in rows)


def write_csv(frame: pd.DataFrame, file: Path) -> None:
    """Write a frame as the data laid beside the book are written: UTF-8, commas, decimal points."""
    write_whole(safe_csv(plain_csv(frame)), file)


def for_excel(heads: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a table that Russian Excel opens by a double click: a mark of UTF-8, semicolons, its own line ends.

    Parameters
    ----------
    rows
        Cells; texts are guarded, numbers get a decimal comma, None is an empty cell.
    """
    lines = [line((_shown(cell) for cell in row), EXCEL)[:-1] for row in (heads, *rows)]
    return "".join(f"{text}\r\n" for text in lines).encode("utf-8-sig")


@contextmanager
def cells_up_to(longest: int) -> Iterator[None]:
    """Have the csv module refuse longer cells within a block.

    Its bound is otherwise one for the process, set by whichever library came last.
    """
    before = csv.field_size_limit(longest)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, (int, float)):
        return comma(str(cell))
    return guarded(str(cell), EXCEL)


def _rows(text: str) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text, newline=""))
