"""Read a workbook in a process of its own: a damaged file can break the library, and must break nothing else.

Run as a script, it takes a path and the address space it may use, and writes JSON to standard output: a list of
[name, visible, is a sheet of cells, rows, merged ranges], or a word for what went wrong. JSON, for whatever a file has
made of the library, its answer is data. A day, with a time or without, is `{"day": …}` in ISO.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import python_calamine as calamine

DAY = 86400.0


def cell(value: object) -> object:
    """Return a cell as readers expect it: None for an empty one, a duration or a time of day as the number it is."""
    if value == "" and isinstance(value, str):
        return None
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / DAY
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / DAY
    return value


def sheets(path: str, most_cells: int) -> list[tuple] | str:
    """Return the sheets of a workbook, or the word «too many» or «password»."""
    # By path the library would believe the name; by content it tries every kind it knows.
    with Path(path).open("rb") as file:
        try:
            book = calamine.CalamineWorkbook.from_filelike(file)
        except calamine.PasswordError:
            return "password"
    answer, cells = [], 0
    for about in book.sheets_metadata:
        is_cells = about.typ == calamine.SheetTypeEnum.WorkSheet
        rows, merged = [], []
        if is_cells:
            sheet = book.get_sheet_by_name(about.name)
            cells += sheet.total_height * sheet.total_width
            if cells > most_cells:
                return "too many"
            rows = [[cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = list(sheet.merged_cell_ranges or [])
        answer.append((about.name, about.visible == calamine.SheetVisibleEnum.Visible, is_cells, rows, merged))
    return answer


if __name__ == "__main__":
    try:
        import resource
    except ImportError:  # Windows has no such limit
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(sheets(sys.argv[1], int(sys.argv[3])), default=lambda day: {"day": day.isoformat()}))
