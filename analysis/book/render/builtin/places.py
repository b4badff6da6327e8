"""Where in a staged chapter a line of its Markdown comes from, so that a remark of pandoc names cell and line."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

from analysis.base import inline
from analysis.base.inline import joined
from analysis.base.places import place_of
from analysis.book import written_at
from analysis.book.render.builtin.notebook import fill_inline


def of_line(file: Path, chapter: str, text: str, line: int) -> str:
    """Return the place of a line of a chapter's Markdown in words: «chapters/one.ipynb, ячейка 4, строка 2».

    Parameters
    ----------
    file
        The staged chapter.
    chapter
        What the message calls it.
    text
        Its Markdown as pandoc gets it, values in place of expressions.
    line
        Counted from 1; 0 where none is known.

    Returns
    -------
    str
        The place, as a sentence begins.
    """
    if not line or file.suffix != ".ipynb":
        return chapter + (f", строка {line}" if line else "")
    start, place = 1, chapter
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
            return place_of(cell, number).named(chapter, lines[line - start])
        written = place_of(cell, number)
        place = f"{chapter}, после " + (f"текста файла {written.file}" if written.file else f"ячейки {written.cell}")
    return place


def of_key(file: Path, chapter: str, key: str) -> str:
    """Return where a staged chapter first says `@key`, in words; only the chapter where it does not.

    Parameters
    ----------
    file, chapter
        As `of_line`.
    key
        What is referred to.

    Returns
    -------
    str
        The place, as a sentence begins.
    """
    pattern = re.compile(rf"@\{{?{re.escape(key)}(?![\w-])")
    if file.suffix != ".ipynb":
        found = pattern.search(text := file.read_text(encoding="utf-8"))
        return chapter + (f", строка {text.count(chr(10), 0, found.start()) + 1}" if found else "")
    for number, cell in enumerate(_cells(file), start=1):
        source = joined(cell["source"])
        if cell["cell_type"] != "code" and (found := pattern.search(source)):
            return place_of(cell, number).named(chapter, source.count(chr(10), 0, found.start()) + 1)
        if pattern.search(json.dumps([cell.get("outputs", []), cell["metadata"]], ensure_ascii=False)):
            return place_of(cell, number).named(chapter)
    return chapter


def _value(cell: dict[str, Any], where: str, expression: str) -> str:
    return fill_inline({**cell, "source": f"`{{python}} {expression}`"}, where)


def _cells(file: Path) -> list[dict[str, Any]]:
    return written_at.read(file)["cells"]
