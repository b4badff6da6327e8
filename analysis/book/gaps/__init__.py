"""What rests on a gap is left out of the book whole; a draft keeps its place and marks it.

Between execution and numbering: what numbers sections, resolves references, makes contents, search and the appendix
of numbers sees only what is left. What kernels tell of gaps is described in `analysis.base.gaps`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.base import gaps as known
from analysis.base import inline
from analysis.base.errors import RenderError
from analysis.base.gaps import Unsaid
from analysis.book.gaps import draft as drafts
from analysis.book.gaps import flow, frames, listed, told
from analysis.book.gaps.flow import OPTIONS
from analysis.book.gaps.leaving import PLACE, Chapter, Leaving, kind_of
from analysis.book.gaps.listed import announced
from analysis.book.gaps.sentences import unwrapped
from analysis.book.gaps.told import LeftOut, Printed
from analysis.book.notebooks import titled

__all__ = ["LeftOut", "Printed", "Settled", "announced", "settle"]


@dataclass(frozen=True)
class Settled:
    """The book without what rests on gaps.

    Attributes
    ----------
    executed : dict
        Chapters by file, those of which nothing is left not among them.
    texts : dict
        Plain text files likewise.
    left : tuple of LeftOut
        What is not printed, in the order of the book; in a draft, what is marked.
    gone : frozenset of str
        Files of the chapters of which nothing is left.
    passages : dict
        The list of what is left out, by the place it stands in.
    printed : Printed
        How much of the report is printed.
    place : tuple of str
        File and title of the section that lists what is left out; empty where the book has none.
    """

    executed: Mapping[str, NotebookNode]
    texts: Mapping[str, str]
    left: tuple[LeftOut, ...]
    gone: frozenset[str]
    passages: Mapping[str, str]
    printed: Printed
    place: tuple[str, str]


def settle(
    executed: Mapping[str, NotebookNode],
    draft: bool,
    texts: Mapping[str, str] | None = None,
    appendices: frozenset[str] = frozenset(),
    unsaid: Iterable[Unsaid] = (),
) -> Settled:
    """Leave out of executed chapters what rests on gaps, or mark it in a draft.

    Parameters
    ----------
    executed
        Chapters by file, as they came from their kernels; they are not changed.
    draft
        Whether places without data stay, marked.
    texts
        Plain text files of the book by file: they refer to chapters.
    appendices
        Files that make no report by themselves.
    unsaid
        Words that no data can be held against: they rest on gaps too.

    Returns
    -------
    Settled
        What is left. Where nothing is missing, each chapter is the very one that was given.

    Raises
    ------
    RenderError
        Nothing would be left but appendices.
    """
    texts = texts or {}
    whole = {file: titled(copy.deepcopy(notebook), Path(file).name) for file, notebook in executed.items()}
    # Plain text refers to chapters too.
    whole |= {file: new_notebook(cells=[new_markdown_cell(text)]) for file, text in texts.items()}
    book = Leaving([Chapter.of(file, notebook, tuple(unsaid)) for file, notebook in whole.items()])
    if draft and any(chapter.lacking for chapter in book.chapters):
        left = tuple(entry for chapter in book.chapters for entry in _mark(chapter))
    else:
        book.run()
        order = {block: place for place, block in enumerate(b for c in book.chapters for b in c.blocks)}
        left = tuple(entry for _, entry in sorted(book.left, key=lambda pair: order[pair[0]]))
    # What has nothing to list (no break, no earlier forecast) is no lack of data.
    left = tuple(entry for entry in left if entry.gaps)
    gone = book.gone() & set(executed)
    if executed and not set(executed) - gone - appendices and set(executed) - appendices:
        raise RenderError(
            "Ни одна глава не собирается: каждая опирается на данные, которых нет. Заполните таблицы издания"
            " (report edition status скажет, какие) или соберите черновик: report build --draft."
        )
    standing = {block.label for chapter in book.chapters for block in chapter.blocks if not block.gone} - {""}
    done = {chapter.file: _written(chapter) for chapter in book.chapters if chapter.file not in gone}
    plain = {chapter.file: chapter.cells[0].source for chapter in book.chapters if chapter.file in texts}
    return Settled(
        {file: done[file] or notebook for file, notebook in executed.items() if file in done},
        plain,
        left,
        gone,
        {PLACE: listed.passage(left, standing, draft)} if left else {},
        _printed([chapter for chapter in book.chapters if chapter.file in executed], len(left)),
        _place(book.chapters),
    )


def _mark(chapter: Chapter) -> list[LeftOut]:
    """Mark what a chapter lacks, and tell of each place."""
    found = []
    for block in chapter.blocks:
        lacks = chapter.lacks[block.cell]
        if block.kind == flow.LOST:
            gaps, kind = told.gaps_of(block.records), kind_of(block)
        else:
            gaps = told.merged(lacks[name] for _, _, name in inline.spans(block.text) if name in lacks)
            kind = told.PLACE
        if gaps:
            section, title = frames.place(chapter.blocks, block, chapter.says)
            found.append(LeftOut(chapter.file, section, title, kind, gaps, block.label))
    for number, cell in enumerate(chapter.cells):
        held = [block for block in chapter.blocks if block.cell == number]
        if chapter.lacks[number] or any(block.kind == flow.LOST for block in held):
            drafts.mark(cell, held, chapter.lacks[number])
    return found


def _written(chapter: Chapter) -> NotebookNode | None:
    """Return a chapter without what is gone; None where it is as it was."""
    changed = chapter.lacking
    for number, cell in enumerate(chapter.cells):
        held = [block for block in chapter.blocks if block.cell == number]
        if cell.cell_type == "code":
            changed |= _shown(cell, held)
        elif cell.cell_type == "markdown":
            source = unwrapped(flow.written(cell.source, held))
            changed |= source != cell.source
            cell.source = source
            _forget(cell)
    return NotebookNode({**chapter.notebook, "cells": chapter.cells}) if changed else None


def _shown(cell: NotebookNode, held: list[flow.Block]) -> bool:
    """Take out of the outputs of a cell what is gone; a cell that has nothing left to show hides its code too."""
    gone = {block.start for block in held if block.gone}
    edited = False
    for block in held:
        if block.kind == flow.OUTPUT and not block.gone and block.text:
            data = cell.outputs[block.start]["data"]
            edited |= data["text/markdown"] != block.text
            data["text/markdown"] = block.text
    if gone:
        cell.outputs = [output for place, output in enumerate(cell.outputs) if place not in gone]
        if all(block.gone for block in held):
            cell.source = f"#| include: false\n{OPTIONS.sub('', cell.source)}"
    return edited or bool(gone)


def _forget(cell: NotebookNode) -> None:
    """Keep of the values of expressions those that still stand in the text, and nothing of gaps."""
    cell.metadata.pop(known.METADATA, None)
    if values := cell.metadata.get("user_expressions"):
        asked = {expression for _, _, expression in inline.spans(cell.source)}
        cell.metadata["user_expressions"] = [value for value in values if value["expression"] in asked]


def _printed(chapters: list[Chapter], left: int) -> Printed:
    texts = [block for it in chapters for block in it.blocks if block.kind in (flow.PARAGRAPH, flow.ITEM)]
    exhibits = [block for it in chapters for block in it.blocks if _is_exhibit(block)]
    if not left:  # what is gone all the same is the list of what is left out
        texts = [block for block in texts if not block.gone]
    return Printed(
        sum(not block.gone for block in texts),
        len(texts),
        sum(not block.gone and block.kind != flow.LOST for block in exhibits),
        len(exhibits),
        left,
    )


def _is_exhibit(block: flow.Block) -> bool:
    return block.kind in (flow.LOST, flow.OUTPUT, flow.OPEN) and block.label.startswith(("fig-", "tbl-"))


def _place(chapters: list[Chapter]) -> tuple[str, str]:
    """Return file and title of the section that lists what is left out."""
    for chapter in chapters:
        for block in chapter.blocks:
            if block.kind == flow.OPEN and block.label == PLACE and not block.gone:
                return chapter.file, frames.place(chapter.blocks, block, chapter.says)[1]
    return "", ""
