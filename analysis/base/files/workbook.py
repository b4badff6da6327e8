"""Cells of a workbook: a text stays that text, whatever it begins with, and a number stays a number."""

from __future__ import annotations

import io
import math
import re
import zipfile

from openpyxl.cell import Cell

from analysis.base.files.guard import live_formula_safe
from analysis.base.files.tables import LONGEST

# The earliest moment a zip archive can carry: nothing of the day of writing gets into the file.
_MOMENT = (1980, 1, 1, 0, 0, 0)
# XML has no way to write these.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# In a cell `_x0041_` is read as «A»; with its first sign written so it is read as it stands.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def put(cell: Cell, value: str | float | None) -> None:
    """Write a value to a cell.

    A text is typed as string («=1+1» stays four characters) and, where it begins like a formula, marked as typed with
    an apostrophe, so that it stays text when somebody edits it. Characters that XML cannot hold are left out, and what
    is beyond Excel's length is cut off. A number that is none (infinite, undefined) is written in words.
    """
    if value is None or value == "":
        return
    if isinstance(value, (int, float)) and math.isfinite(value):
        cell.value = value
        return
    text = str(value)
    cell.value = _ESCAPE.sub("_x005F_", fitting(text))
    cell.data_type = "s"
    if text[0] in "=+-@" or live_formula_safe(text) != text:
        cell.quotePrefix = True


def fitting(text: str) -> str:
    """Return what of a text a workbook can hold."""
    text = _UNWRITABLE.sub("", text)
    if len(text) <= LONGEST // 2:
        return text
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", errors="ignore")


def timeless(content: bytes) -> bytes:
    """Return the package without the time it was written at: the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", part)
            entry = zipfile.ZipInfo(name, date_time=_MOMENT)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(entry, part)
    return out.getvalue()
