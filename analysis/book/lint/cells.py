"""What cells ask for and never get: options, tags, settings.

The lists are those of the renderers; here every fault is told, not the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from analysis.base import reads
from analysis.base.errors import ParameterError, RenderError, ReportError, UsageError
from analysis.base.inline import joined
from analysis.base.marks import NO_TEXT
from analysis.base.places import place_of
from analysis.book.diagnostics import Diagnostic, of_error, short
from analysis.book.lint.search import Search
from analysis.book.notebooks import looked_at, state, text_files
from analysis.book.parameters import TAG, declared
from analysis.book.render.cells.chapter import check_cell
from analysis.book.render.cells.prose import refuse_lost_text


def cells(project: Path, prose: Path | None = None) -> Iterator[Diagnostic]:
    """Yield what the cells of the chapters, fragments of an edition among them, ask for in vain."""
    for file in text_files(project):
        try:
            notebook = looked_at(state(project / file, prose)) if file.endswith(".ipynb") else None
            page = "" if notebook else reads.text(project / file, UsageError)
        except UsageError:  # told by `unreadable`
            continue
        if notebook is None:
            yield from _page(file, page)
            continue
        for number, cell in enumerate(notebook.cells, start=1):
            try:
                check_cell(cell, file, number)
            except RenderError as error:
                yield of_cell(file, number, cell, error)


def of_cell(file: str, number: int, cell: Mapping[str, Any], error: ReportError) -> Diagnostic:
    """Return an error of a cell at the place where the cell was written.

    Parameters
    ----------
    file
        The chapter.
    number
        The cell among those of the chapter as it runs, from 1.
    cell
        The cell.
    error
        What was raised of it.

    Returns
    -------
    Diagnostic
        In the chapter, or in the file that was laid into it.
    """
    at = place_of(cell, number)
    found = of_error(at.file or file, at.cell, joined(cell["source"]), error)
    # A sentence that is no more than that names the line of the file already.
    return replace(found, line=at.at(found.line)) if error.place or not at.file else found


def undeclared(project: Path) -> Iterator[Diagnostic]:
    """Yield why the parameters of a chapter cannot be given."""
    for file in text_files(project):
        if not file.endswith(".ipynb"):
            continue
        try:
            notebook = looked_at(state(project / file))
        except UsageError:  # told by `unreadable`
            continue
        try:
            declared(notebook, file)
        except ParameterError as error:
            cells = enumerate(notebook.cells, start=1)
            number = next((at for at, cell in cells if TAG in cell.metadata.get("tags", [])), 0)
            yield of_error(file, number, notebook.cells[number - 1].source if number else "", error)


def _page(file: str, text: str) -> Iterator[Diagnostic]:
    """Yield what a text file asks for in vain; what is no YAML at all pandoc has told."""
    try:
        refuse_lost_text(text, file, first=True)
    except RenderError as error:
        if not isinstance(error.__cause__, yaml.YAMLError):
            yield of_error(file, 0, text, error)


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
