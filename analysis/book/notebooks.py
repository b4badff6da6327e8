"""Chapters as files: their prose and their headings."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from analysis.base import fragments, ipynb, reads
from analysis.base.composing import compose, require_sound
from analysis.base.errors import UsageError
from analysis.base.markdown import Heading, headings
from analysis.base.places import place_of
from analysis.book.front import headed


class State(NamedTuple):
    """All that a chapter is made of, as it is now: what follows from it alone is kept by it."""

    path: Path
    text: str
    prose: Path | None
    laid_in: tuple[tuple[Path, bytes | None], ...]


def state(path: Path, prose: Path | None = None) -> State:
    """Return what a chapter is made of.

    Parameters
    ----------
    path, prose
        As `read`.

    Returns
    -------
    State
        To be given to `looked_at`.

    Raises
    ------
    UsageError
        A file of text cannot be read.
    """
    return State(path, ipynb.written(path), prose, fragments.contents(prose / path.stem) if prose else ())


@lru_cache(maxsize=128)
def looked_at(chapter: State) -> NotebookNode:
    """Return a chapter as `read` does, for who only looks: what is done to it is done to all that look."""
    return compose(ipynb.looked_at(chapter.path, chapter.text), chapter.prose, chapter.path.stem)


def read(path: Path, prose: Path | None = None) -> NotebookNode:
    """Read a chapter as it is executed and printed.

    Parameters
    ----------
    path
        Its notebook.
    prose
        Folder of the fragments of an edition; without one the anchors of the chapter hold nothing.

    Returns
    -------
    NotebookNode
        As `analysis.base.composing.compose`.

    Raises
    ------
    UsageError
        The file is no notebook, or a fragment of it is wrong.
    """
    return compose(ipynb.read(path), prose, path.stem)


def require_sound_prose(project: Path, prose: Path | None) -> None:
    """Refuse an edition whose fragments have no place in the chapters or cannot be read: all of them are told."""
    chapters = {path.stem: ipynb.read(path) for path in sorted(project.glob("chapters/*.ipynb"))} if prose else {}
    require_sound(prose, chapters)


def prose(path: Path) -> list[str]:
    """Return the Markdown of a chapter: its cells, or the one text of a `.qmd` file."""
    if path.suffix != ".ipynb":
        return [headed(reads.text(path, UsageError), path.name)]
    return [cell.source for cell in titled(read(path), path.name).cells if cell.cell_type == "markdown"]


def titled(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return a notebook whose first cell, if it sets the title of the chapter, is that title as a heading."""
    first = next(iter(notebook.cells), None)
    if (
        first is None
        or first.cell_type == "code"
        or (text := headed(first.source, place_of(first, 1).named(name))) == first.source
    ):
        return notebook
    return NotebookNode(
        {**notebook, "cells": [NotebookNode({**first, "cell_type": "markdown", "source": text}), *notebook.cells[1:]]}
    )


def text_files(project: Path) -> list[str]:
    """Return the files of a project that hold its text, notebooks and plain files."""
    found = sorted([*project.glob("*.qmd"), *project.glob("chapters/*.qmd"), *project.glob("chapters/*.ipynb")])
    return [path.relative_to(project).as_posix() for path in found]


def first_heading(path: Path) -> Heading:
    """Return the title of a chapter; its file name if it has none."""
    found = (heading for source in prose(path) for heading in headings(source) if heading.level == 1)
    return next(found, Heading(1, path.stem, "{.unnumbered}", 0, 0))
