"""Laying the prose of an edition into its chapters, before anything reads, checks or executes them."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import analysis.base.lean  # noqa: F401 - before nbformat

# isort: split
import nbformat
from nbformat import NotebookNode

from analysis.base import fragments, reads
from analysis.base.errors import UsageError, did_you_mean
from analysis.base.fragments import AFTER, ANCHOR, REPLACE, TITLE, Fragment, Part
from analysis.base.markdown import headings, titled
from analysis.base.places import Place, place_of, put

Position = tuple[int, int]  # a cell, from 0, and a character of it


class Section(NamedTuple):
    """A section of a chapter: its label, its level, where it begins and where the next one that is no part of it."""

    id: str
    level: int
    start: Position
    end: Position


@dataclass
class Plan:
    """What is to be laid into a chapter, and what cannot be.

    Attributes
    ----------
    anchored : dict
        Cells of fragments by the number of their anchor's cell, from 0.
    replaced : list
        Sections and the cells in place of them.
    following : list
        Sections and the cells behind them.
    titles : dict
        Cells by the label of the table or the figure that they are the title of.
    refused : list of UsageError
        What is wrong, file by file.
    """

    anchored: dict[int, list[NotebookNode]] = field(default_factory=dict)
    replaced: list[tuple[Section, list[NotebookNode]]] = field(default_factory=list)
    following: list[tuple[Section, list[NotebookNode]]] = field(default_factory=list)
    titles: dict[str, list[NotebookNode]] = field(default_factory=dict)
    refused: list[UsageError] = field(default_factory=list)


def compose(notebook: NotebookNode, prose: Path | None, chapter: str) -> NotebookNode:
    """Return a chapter with the fragments of an edition at their places and no anchor left.

    Parameters
    ----------
    notebook
        The chapter as it was read.
    prose
        Folder of the edition's fragments; None where no edition is asked for.
    chapter
        Name of its file without the ending.

    Returns
    -------
    NotebookNode
        The notebook itself where there is nothing to do; else a copy whose cells say where they were written
        (`analysis.base.places`).

    Raises
    ------
    UsageError
        A fragment of the chapter is wrong.
    """
    anchors = _anchors(notebook)
    there = fragments.files(prose / chapter) if prose else []
    if not anchors and not there:
        return notebook
    plan = _plan(notebook, there, chapter)
    if plan.refused:
        raise plan.refused[0]
    cut = {position for section, _ in plan.replaced for position in (section.start, section.end)}
    pieces = _pieces(notebook, cut | {section.end for section, _ in plan.following})
    laid = _laid(pieces, plan, set(anchors.values()))
    return NotebookNode({**notebook, "cells": _named_apart(_with_titles(laid, plan.titles))})


def require_sound(prose: Path | None, chapters: Mapping[str, NotebookNode]) -> None:
    """Refuse an edition in whose fragments anything is wrong.

    Parameters
    ----------
    prose
        Folder of the fragments.
    chapters
        The chapters as they were read, by name of their file without the ending.

    Raises
    ------
    UsageError
        One sentence a fault, in the order of the files.
    """
    refused = faults(prose, chapters) if prose else []
    if len(refused) == 1:
        raise refused[0]
    if refused:
        raise UsageError("\n".join(map(str, refused)))


def faults(prose: Path, chapters: Mapping[str, NotebookNode]) -> list[UsageError]:
    """Return what is wrong with the fragments of an edition.

    Parameters
    ----------
    prose, chapters
        As `require_sound`.

    Returns
    -------
    list of UsageError
        In the order of the files.
    """
    if prose.exists() and not prose.is_dir():
        problem = "это файл, а фрагменты текста издания лежат в папке этого имени"
        return [UsageError.at(reads.label(prose), problem, "Уберите его.")]
    found = []
    for folder in fragments.files(prose):
        if not folder.is_dir():
            problem = "фрагмент лежит не в папке главы"
            found.append(UsageError.at(reads.label(folder), problem, f"Переложите его в {prose.name}/имя-главы/."))
        elif folder.name not in chapters:
            problem = f"главы «{folder.name}» нет"
            remedy = f"{did_you_mean(folder.name, chapters)} Назовите папку, как файл главы без .ipynb.".strip()
            found.append(UsageError.at(reads.label(folder), problem, remedy))
        else:
            found += _plan(chapters[folder.name], fragments.files(folder), folder.name).refused
    return found


def laid_in(notebook: NotebookNode) -> list[str]:
    """Return the files whose text stands in a notebook, relative to the project."""
    return sorted({place_of(cell, 1).file for cell in notebook.cells} - {""})


def _anchors(notebook: NotebookNode) -> dict[str, int]:
    """Return the anchors of a chapter with the numbers of their cells, from 0."""
    code = ((number, cell) for number, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    return {name: number for number, cell in code if (name := fragments.anchor(cell.source))}


def _sections(notebook: NotebookNode) -> list[Section]:
    found = [
        ((number, heading.line_start), heading)
        for number, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown"
        for heading in headings(cell.source)
    ]
    last = (len(notebook.cells), 0)
    return [
        Section(
            heading.id,
            heading.level,
            start,
            next((position for position, other in found[number:] if other.level <= heading.level), last),
        )
        for number, (start, heading) in enumerate(found, start=1)
    ]


def _plan(notebook: NotebookNode, files: Iterable[Path], chapter: str) -> Plan:
    """Return what is to be laid into a chapter; all that is wrong is gathered."""
    plan, ready = Plan(), []
    anchors, sections = _anchors(notebook), {section.id: section for section in _sections(notebook)[::-1] if section.id}
    known = {ANCHOR: anchors, TITLE: _exhibits(notebook, files)}
    for file in files:
        try:
            fragment = fragments.fragment(file)
            _require_there(fragment, known.get(fragment.kind, sections), chapter)
            cells = [_cell(fragment, part) for part in fragment.parts()]
        except UsageError as error:
            plan.refused.append(error)
            continue
        if fragment.kind == TITLE:
            plan.titles[fragment.name] = cells
        else:
            ready.append((fragment, cells))
    replacing = [(fragment, cells) for fragment, cells in ready if fragment.kind == REPLACE]
    covered: list[tuple[Fragment, Section]] = []
    for fragment, cells in sorted(replacing, key=lambda one: sections[one[0].name].start):
        section = sections[fragment.name]
        if refusal := _refusal(fragment, section, section.start, covered):
            plan.refused.append(refusal)
            continue
        covered.append((fragment, section))
        plan.replaced.append((section, cells))
    for fragment, cells in ready:
        if fragment.kind == REPLACE:
            continue
        followed = sections[fragment.name] if fragment.kind == AFTER else None
        position = followed.start if followed else (anchors[fragment.name], 0)
        if refusal := _refusal(fragment, followed, position, covered):
            plan.refused.append(refusal)
        elif followed:
            plan.following.append((followed, cells))
        else:
            plan.anchored[anchors[fragment.name]] = cells
    return plan


def _exhibits(notebook: NotebookNode, files: Iterable[Path]) -> list[str]:
    """Return the labels of the tables and figures that a chapter and the fragments laid into it show."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    for file in files:
        # What cannot be read is told where it is laid in.
        with suppress(UsageError):
            sources += [part.source for part in fragments.fragment(file).parts() if part.kind == "code"]
    return [label for source in sources for label in fragments.exhibits(source)]


def _require_there(fragment: Fragment, known: Iterable[str], chapter: str) -> None:
    """Refuse a fragment whose place the chapter does not have."""
    if fragment.name in known:
        return
    hint = did_you_mean(fragment.name, known).strip()
    if fragment.kind == TITLE:
        what = f"глава {chapter} не показывает «{fragment.name}»"
        remedy = f"{hint} Назовите файл по метке таблицы или рисунка этой главы: tbl-имя.title.md.".strip()
    elif fragment.kind == ANCHOR:
        what = f"в главе {chapter} нет якоря «{fragment.name}»"
        remedy = f"{hint} Якорь – ячейка кода {fragments.CALL}; файл называется по нему.".strip()
    else:
        what = f"в главе {chapter} нет раздела «{fragment.name}»"
        remedy = f"{hint} Назовите файл по метке раздела: {fragment.kind} – после точки.".strip()
    raise UsageError.at(fragment.label, what, remedy)


def _refusal(
    fragment: Fragment, section: Section | None, start: Position, covered: Iterable[tuple[Fragment, Section]]
) -> UsageError | None:
    """Return why a fragment cannot stand where its name says, None where it can."""
    if fragment.kind == REPLACE and section and section.level == 1:
        return UsageError.at(
            fragment.label,
            f"«{fragment.name}» – вся глава, а заменяется только раздел",
            "Замените её разделы по одному.",
        )
    for other, whole in covered:
        if whole.start <= start < whole.end and whole != section:
            return UsageError.at(
                fragment.label,
                f"этот фрагмент в доклад не войдёт: раздел «{whole.id}» заменён целиком файлом {other.file.name}",
                "Перенесите текст туда или уберите один из двух файлов.",
            )
    return None


def _cell(fragment: Fragment, part: Part) -> NotebookNode:
    """Return a part of a fragment as a cell that says where it was written."""
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if part.kind == "code" else {}
    source, line = (titled(part.source), part.line - 1) if fragment.kind == TITLE else (part.source, part.line)
    cell = nbformat.from_dict(
        {"cell_type": part.kind, "id": f"{fragment.name}-{part.line}", "metadata": {}, "source": source} | code
    )
    put(cell, Place(fragment.label, 0, line))
    return cell


def _pieces(notebook: NotebookNode, positions: Iterable[Position]) -> list[tuple[Position, NotebookNode]]:
    """Return the cells of a chapter cut at these positions, each with its place and the position it begins at."""
    pieces = []
    for number, cell in enumerate(notebook.cells):
        cuts = [0, *sorted({at for index, at in positions if index == number and at}), len(cell.source)]
        for order, (start, end) in enumerate(pairwise(cuts)):
            if len(cuts) > 2 and not cell.source[start:end].strip():
                continue
            # What the cell showed is nobody's to change; what is said of it here is the piece's own.
            piece = NotebookNode({**cell, "metadata": copy.deepcopy(cell.metadata)})
            piece.source = cell.source[start:end] if end == len(cell.source) else cell.source[start:end].rstrip()
            piece.id = cell.id if order == 0 else f"{cell.id[:60]}-{order + 1}"
            put(piece, Place("", number + 1, cell.source.count("\n", 0, start) + 1))
            pieces.append(((number, start), piece))
    return pieces


def _laid(pieces: list[tuple[Position, NotebookNode]], plan: Plan, anchors: Iterable[int]) -> Iterator[NotebookNode]:
    """Yield the cells of the composed chapter in order."""
    last = (pieces[-1][0][0] + 1, 0) if pieces else (0, 0)
    skipped_to = (0, 0)
    # Of sections that end at one place the innermost is followed first.
    following = sorted(plan.following, key=lambda one: (one[0].end, -one[0].level))
    for position, piece in [*pieces, (last, None)]:
        yield from (cell for section, cells in following if section.end == position for cell in cells)
        for section, cells in plan.replaced:
            if section.start == position:
                yield from cells
                skipped_to = section.end
        if piece is None or position < skipped_to:
            continue
        number = position[0]
        if number in anchors:
            yield from plan.anchored.get(number, ())
        else:
            yield piece


def _with_titles(cells: Iterable[NotebookNode], titles: Mapping[str, list[NotebookNode]]) -> Iterator[NotebookNode]:
    """Yield the cells, the title that an author wrote before the cell whose table or figure it stands above."""
    for cell in cells:
        if cell.cell_type == "code":
            for label in fragments.exhibits(cell.source):
                yield from titles.get(label, ())
        yield cell


def _named_apart(cells: Iterable[NotebookNode]) -> list[NotebookNode]:
    """Return the cells, no two of one id, as the format of notebooks wants."""
    known: set[str] = set()
    out = []
    for cell in cells:
        name = cell.id
        while name in known:
            name = f"{name[:60]}-"
        known.add(name)
        cell.id = name
        out.append(cell)
    return out
