"""Text from outside on its way to a spreadsheet: whoever opens the file must see text and never run it.

Excel, LibreOffice and Google Sheets take a cell of a CSV for a formula when it begins with «=», «+», «-», «@», also behind quotes,
spaces or control characters (OWASP, CSV Injection). A workbook says of each cell what it is, so there the text itself stays as it is.
"""

from __future__ import annotations

import re

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

# Also the full-width forms, which a spreadsheet of an East Asian locale takes for the same signs; a separator would begin a new cell.
_LIVE = re.compile(r"^[\s'\"]*[=+\-@\u2212\uff1d\uff0b\uff0d\uff20|%]|^[\t\r\n]")
_NUMBER = re.compile(r"[-+\u2212]?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*(?:[.,]\d+)?\s*%?")
LONGEST = 32_767


def live_formula_safe(text: str) -> str:
    """Return a text as it may stand in a CSV: one that a spreadsheet would run gets an apostrophe before it.

    A number keeps its sign, a lone dash stays a dash; everything else that begins like a formula is guarded.
    """
    if not _LIVE.match(text) or _NUMBER.fullmatch(text.strip()) or not text.strip("-\u2212 "):
        return text
    return f"'{text}"


def write_text(cell: Cell, text: str) -> None:
    """Write a text to a cell of a workbook as text, whatever it begins with.

    The cell's type is set to string («=1+1» stays four characters) and marked as typed with an apostrophe, so that it stays text
    when somebody edits it; control characters, which XML cannot hold, are left out, and what is beyond Excel's length is cut off.
    """
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST]
    cell.data_type = "s"
    if _LIVE.match(text):
        cell.quotePrefix = True
