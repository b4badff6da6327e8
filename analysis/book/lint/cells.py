"""What cells ask for and never get: options, tags, settings.

The lists are those of the renderers; here every fault is told, not the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.base import reads
from analysis.base.errors import RenderError, UsageError
from analysis.base.marks import NO_TEXT
from analysis.book.lint.mistakes import Mistake, Search, short
from analysis.book.notebooks import read, text_files
from analysis.book.render.cells.chapter import check_cell
from analysis.book.render.cells.prose import refuse_lost_text

_NAMED = re.compile("«([^«»]+)»")


def cells(project: Path) -> Iterator[Mistake]:
    """Yield what the cells of the chapters ask for in vain."""
    for file in text_files(project):
        if not file.endswith(".ipynb"):
            yield from _page(file, reads.text(project / file, UsageError))
            continue
        for number, cell in enumerate(read(project / file).cells, start=1):
            try:
                check_cell(cell, file, number)
            except RenderError as error:
                yield _mistake(file, number, cell.source, str(error))


def _page(file: str, text: str) -> Iterator[Mistake]:
    """Yield what a text file asks for in vain; what is no YAML at all pandoc has told."""
    try:
        refuse_lost_text(text, file, first=True)
    except RenderError as error:
        if "YAML" not in str(error):
            yield _mistake(file, 0, text, str(error))


def unprintable(search: Search) -> Iterator[Mistake]:
    """Yield characters that no format can show: they would vanish and join two words, or stop the PDF."""
    for passage in search.source.passages:
        for number, text in enumerate(passage.text.split("\n"), start=passage.line):
            if found := NO_TEXT.search(text):
                yield Mistake(
                    search.source.file,
                    passage.cell,
                    number,
                    short(text.replace(found[0], "�")),
                    f"знак с кодом U+{ord(found[0]):04X} не показать ни в одном формате",
                    "Сотрите его и наберите это место заново.",
                )


def _mistake(file: str, number: int, source: str, said: str) -> Mistake:
    """Return a sentence that begins with its place as a mistake of that place."""
    place, _, said = said.partition(": ")
    lines = source.split("\n")
    named, told = _NAMED.search(said), re.search(r"строка (\d+)", place)
    line = (
        int(told[1]) if told else next((at for at, text in enumerate(lines, start=1) if named and named[1] in text), 1)
    )
    problem, _, remedy = said.partition(". ")
    text = lines[line - 1] if line <= len(lines) else ""
    return Mistake(
        file,
        number,
        line,
        short(text if not named or named[1] in text else named[1]),
        problem.rstrip("."),
        remedy or "Исправьте это место.",
    )
