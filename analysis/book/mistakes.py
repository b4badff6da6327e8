"""Everything that is wrong with the chapters of a build, gathered before anything is said of it.

What the check of the texts found does not keep the chapters from running, so that one build names what failed in them
and what they show as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from analysis.base import paths, reads
from analysis.base.bibtex import entries
from analysis.base.errors import CellError, RenderError, ReportError, UsageError
from analysis.base.inline import joined
from analysis.base.places import place_of
from analysis.book.config import BookConfig
from analysis.book.diagnostics import Diagnostic, MistakesError, short
from analysis.book.gaps import Settled
from analysis.book.lint import mistyped_outputs
from analysis.book.lint.beside import Names, misnamed
from analysis.book.lint.cells import of_cell
from analysis.book.lint.shown import unaccounted
from analysis.book.quantities import told_numbers
from analysis.book.render.cells.chapter import settled_cell
from analysis.book.render.cells.options import cell_options
from analysis.book.render.cells.outputs import HTML
from analysis.book.stage import cleaned

_NAMELESS = (
    "таблица из кода без подписи: номера у нее не будет, и никто на нее не сошлется",
    "Начните ячейку строками «#| label: tbl-имя» и «#| tbl-cap: Подпись» или покажите таблицу данных: report.table(…).",
)
FAILED = CellError.exit_status


def mended(
    config: BookConfig,
    mistakes: Sequence[Diagnostic],
    execute: Callable[[], Settled],
    prose: Path | None = None,
    allowed: Iterable[str] = (),
    names: Names | None = None,
) -> Settled:
    """Return the executed chapters of a book in which nothing is wrong.

    Parameters
    ----------
    config
        The book.
    mistakes
        What was found in its texts.
    execute
        Executes the chapters and leaves out what rests on missing data; raises what failed.
    prose
        Folder of the fragments of an edition.
    allowed
        Texts listed as data, in which digits stand rightly.
    names
        What the words may name beside a number.

    Returns
    -------
    Settled
        What `execute` returns.

    Raises
    ------
    MistakesError
        Something is wrong: all of it, in the order of the book.
    """
    failed: Sequence[Diagnostic] = ()
    note = ""
    settled: Settled | None = None
    executed: Mapping[str, NotebookNode] = {}
    partly: Mapping[str, NotebookNode] = {}
    try:
        settled = execute()
        executed = settled.executed
    except MistakesError as error:
        executed, partly, failed, note = error.executed, error.partly, error.diagnostics, error.note
    except ReportError as error:
        if not mistakes:
            raise
        note = str(error)
    told = (*mistakes, *failed)
    shown = list(misread(config, executed, told, prose, allowed, names))
    # Of a chapter in which something failed the rest may follow from that; a number that is shown does not.
    halves = {file: _settled_cells(file, notebook, told, config.echo)[0] for file, notebook in partly.items()}
    shown += of_numbers(halves, partly, told, allowed, names)
    found = [*mistakes, *(it for it in failed if not _follows(it, mistakes)), *shown]
    if found or settled is None:
        order = {entry.file: number for number, entry in enumerate(config.entries)}
        found.sort(key=lambda it: (order.get(it.file, len(order)), it.file, it.cell, it.line))
        raise MistakesError(found, note=note, exit_status=2 if mistakes or shown else FAILED)
    return settled


def misread(
    config: BookConfig,
    executed: Mapping[str, NotebookNode],
    told: Iterable[Diagnostic] = (),
    prose: Path | None = None,
    allowed: Iterable[str] = (),
    names: Names | None = None,
) -> Iterator[Diagnostic]:
    """Yield what the cells of executed chapters show and a reader would get otherwise than meant.

    Parameters
    ----------
    config
        The book.
    executed
        Its executed chapters by file.
    told
        What has been told: what else the code of these cells shows follows from that.
    prose
        Folder of the fragments of an edition.
    allowed
        Texts listed as data, in which digits stand rightly.
    names
        What the words may name beside a number.

    Yields
    ------
    Diagnostic
        One a mistake.
    """
    told = list(told)
    settled: dict[str, list[Mapping[str, Any]]] = {}
    for file, notebook in executed.items():
        settled[file], faults = _settled_cells(file, notebook, told, config.echo)
        yield from faults
    yield from of_numbers(settled, executed, told, allowed, names)
    keys = entries(reads.text(paths.bibliography(), UsageError), paths.bibliography().name) if settled else ()
    for diagnostic in mistyped_outputs(paths.project_root(), settled, prose, keys):
        shown = "в показанном кодом Markdown" + (f", строка {diagnostic.line}" if diagnostic.cell else "")
        line = 0 if diagnostic.cell else diagnostic.line
        yield replace(diagnostic, line=line, problem=f"{shown}: {diagnostic.problem}")


def of_numbers(
    settled: Mapping[str, Sequence[Mapping[str, Any]]],
    notebooks: Mapping[str, NotebookNode],
    told: Iterable[Diagnostic],
    allowed: Iterable[str],
    names: Names | None,
) -> Iterator[Diagnostic]:
    """Yield the numbers that nothing accounts for, and those beside a name of something else.

    Parameters
    ----------
    settled
        The cells of the notebooks by file, every output in one form.
    notebooks
        What the kernels told of their numbers.
    told, allowed, names
        As for `misread`.

    Yields
    ------
    Diagnostic
        One a number.
    """
    numbers, observations = told_numbers(notebooks.values())
    yield from unaccounted(settled, numbers, allowed, told)
    if names is not None:
        yield from misnamed(settled, numbers, observations, names)


def _settled_cells(
    file: str, notebook: NotebookNode, told: Iterable[Diagnostic], echo: bool
) -> tuple[list[Mapping[str, Any]], list[Diagnostic]]:
    """Return the cells of a chapter as a reader sees them, and what keeps the others from being shown."""
    told_of = {(it.file, it.cell) for it in told}
    cells: list[Mapping[str, Any]] = []
    faults = []
    for number, cell in enumerate(cleaned(notebook)["cells"], start=1):
        done: Mapping[str, Any] = {}
        at = place_of(cell, number)
        if (at.file or file, at.cell) not in told_of:
            try:
                done = settled_cell(cell, Path(file).name, number, echo=echo)
            except RenderError as error:
                faults.append(of_cell(file, number, cell, error))
            if _nameless(done):
                lines = joined(cell["source"]).rstrip().split("\n")
                faults.append(Diagnostic(at.file or file, at.cell, at.at(len(lines)), short(lines[-1]), *_NAMELESS))
        cells.append(done or (cell if cell["cell_type"] == "markdown" else {}))
    return cells, faults


def _nameless(cell: Mapping[str, Any]) -> bool:
    """Tell whether a settled cell shows a table that gets neither a number nor a caption."""
    if not any(
        re.search(r"<table\b", joined(it["data"].get(HTML, ""))) for it in cell.get("outputs", ()) if "data" in it
    ):
        return False
    tags = cell.get("metadata", {}).get("tags", [])
    return not cell_options(joined(cell["source"]), "", tags)[0].caption


def _follows(failed: Diagnostic, mistakes: Iterable[Diagnostic]) -> bool:
    """Tell whether a failure only repeats what was found in the text: of the same words of a line, or a dead kernel."""
    return any(
        (it.file, it.cell) == (failed.file, failed.cell)
        and (not failed.line or (it.line == failed.line and _overlap(it.text, failed.text)))
        for it in mistakes
    )


def _overlap(one: str, other: str) -> bool:
    """Tell whether two quotations of a line speak of the same words, blanks of any kind as one."""
    one, other = (" ".join(text.split()).removesuffix("…") for text in (one, other))
    return one in other or other in one
