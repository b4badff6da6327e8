"""What cells ask for and never get: options, tags, settings.

The lists are those of the renderers; here every fault is told, not the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from analysis.base import reads
from analysis.base.errors import RenderError, ReportError, UsageError
from analysis.base.marks import NO_TEXT
from analysis.base.places import place_of
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.search import Search, short
from analysis.book.notebooks import read, text_files
from analysis.book.render.cells.chapter import check_cell
from analysis.book.render.cells.prose import refuse_lost_text


def cells(project: Path, prose: Path | None = None) -> Iterator[Diagnostic]:
    """Yield what the cells of the chapters, fragments of an edition among them, ask for in vain."""
    for file in text_files(project):
        if not file.endswith(".ipynb"):
            yield from _page(file, reads.text(project / file, UsageError))
            continue
        for number, cell in enumerate(read(project / file, prose).cells, start=1):
            try:
                check_cell(cell, file, number)
            except RenderError as error:
                at = place_of(cell, number)
                found = _diagnostic(at.file or file, at.cell, cell.source, error)
                yield replace(found, line=at.at(found.line))


def _page(file: str, text: str) -> Iterator[Diagnostic]:
    """Yield what a text file asks for in vain; what is no YAML at all pandoc has told."""
    try:
        refuse_lost_text(text, file, first=True)
    except RenderError as error:
        if not isinstance(error.__cause__, yaml.YAMLError):
            yield _diagnostic(file, 0, text, error)


def unprintable(search: Search) -> Iterator[Diagnostic]:
    """Yield characters that no format can show: they would vanish and join two words, or stop the PDF."""
    for passage in search.source.passages:
        for number, text in enumerate(passage.text.split("\n"), start=1):
            if found := NO_TEXT.search(text):
                yield search.source.diagnostic(
                    passage,
                    number,
                    short(text.replace(found[0], "�")),
                    f"знак с кодом U+{ord(found[0]):04X} не показать ни в одном формате",
                    "Сотрите его и наберите это место заново.",
                )


def _diagnostic(file: str, number: int, source: str, error: ReportError) -> Diagnostic:
    """Return an error of a cell as what is wrong at a line of it: the line it names, else that of the word it names."""
    lines = source.split("\n")
    line = error.line or next((at for at, text in enumerate(lines, start=1) if error.about in text), 1)
    text = lines[line - 1] if line <= len(lines) else ""
    shown = short(text if error.about in text else error.about)
    return Diagnostic(file, number, line, shown, error.problem, error.remedy or "Исправьте это место.")
