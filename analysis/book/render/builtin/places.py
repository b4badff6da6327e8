"""Where in a staged chapter a line of its Markdown comes from, so that a remark of pandoc names cell and line."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

from analysis.book import inline
from analysis.book.inline import joined
from analysis.book.render.builtin.notebook import fill_inline


def of_line(file: Path, text: str, line: int) -> str:
    """Return the place of a line of a chapter's Markdown in words: «, ячейка 4, строка 2».

    Parameters
    ----------
    file
        The staged chapter.
    text
        Its Markdown as pandoc gets it, values in place of expressions.
    line
        Counted from 1.

    Returns
    -------
    str
        The place, as a sentence goes on after the name of the file.
    """
    if file.suffix != ".ipynb":
        return f", строка {line}"
    start, place = 1, ""
    at = 0
    for number, cell in enumerate(_cells(file), start=1):
        if cell["cell_type"] != "markdown":
            continue
        filled = fill_inline(cell, file.name)
        if not filled.strip() or (found := text.find(filled, at)) < 0:
            continue
        start, at = text.count("\n", 0, found) + 1, found + len(filled)
        if line < start:  # what a code cell shows, before this cell
            break
        lines = inline.lines_filled(joined(cell["source"]), partial(_value, cell, file.name))
        if line < start + len(lines):
            return f", ячейка {number}, строка {lines[line - start]}"
        place = f", после ячейки {number}"
    return place


def of_key(file: Path, key: str) -> str:
    """Return where a staged chapter first says `@key`, in words; empty where it does not."""
    pattern = re.compile(rf"@\{{?{re.escape(key)}(?![\w-])")
    if file.suffix != ".ipynb":
        found = pattern.search(text := file.read_text(encoding="utf-8"))
        return f", строка {text.count(chr(10), 0, found.start()) + 1}" if found else ""
    for number, cell in enumerate(_cells(file), start=1):
        source = joined(cell["source"])
        if cell["cell_type"] != "code" and (found := pattern.search(source)):
            return f", ячейка {number}, строка {source.count(chr(10), 0, found.start()) + 1}"
        if pattern.search(json.dumps([cell.get("outputs", []), cell["metadata"]], ensure_ascii=False)):
            return f", ячейка {number}"
    return ""


def _value(cell: dict[str, Any], where: str, expression: str) -> str:
    return fill_inline({**cell, "source": f"`{{python}} {expression}`"}, where)


def _cells(file: Path) -> list[dict[str, Any]]:
    return json.loads(file.read_text(encoding="utf-8"))["cells"]
