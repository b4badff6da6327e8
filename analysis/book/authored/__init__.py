"""What authors put into texts by hand: pictures and tables from elsewhere, made part of the book.

Both renderers get them as they get figures and tables of code: a div with a label, the content, a caption.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from analysis.base import inline, reads
from analysis.base.errors import RenderError, UsageError
from analysis.base.markdown import blanked
from analysis.base.places import place_of
from analysis.book.authored import markup, pasted, pictures
from analysis.book.authored.images import images
from analysis.book.authored.passage import Passage, PassageError, uncommented
from analysis.book.diagnostics import Diagnostic
from analysis.book.notebooks import looked_at, state, text_files

__all__ = ["FOLDER", "Passage", "Settled", "faults", "in_files", "in_project", "passages", "settle", "sources"]
FOLDER = pictures.FOLDER


@dataclass
class Settled:
    """A text as the stage holds it, with the pictures it shows and the files these came from."""

    markdown: str
    files: dict[str, bytes] = field(default_factory=dict)
    sources: list[Path] = field(default_factory=list)


def settle(passage: Passage, up: str = "../") -> Settled:
    """Return a text whose pictures and HTML tables are exhibits of the book.

    Parameters
    ----------
    up
        What leads from the staged text to the root of the stage.

    Raises
    ------
    RenderError
        Something in it cannot be part of the book: chapter, cell, line, what to type instead.
    """
    settled, refused = _settled(passage, up)
    if refused:
        raise RenderError(str(min(refused, key=lambda error: error.position).diagnostic(passage)))
    return settled


def faults(passage: Passage) -> list[Diagnostic]:
    """Return what in a text cannot be part of the book."""
    refusals = sorted(_settled(passage, "")[1], key=lambda error: error.position)
    return [error.diagnostic(passage) for error in refusals]


def _settled(passage: Passage, up: str) -> tuple[Settled, list[PassageError]]:
    whole, found, refused, done = passage.source, [], [], Settled("")
    passage, bare = uncommented(passage)
    try:
        tables = list(pasted.regions(bare))
    except PassageError as error:
        return done, [error]
    for start, end in tables:
        bare = bare[:start] + blanked(bare[start:end]) + bare[end:]
        try:
            found.append(pasted.staged(start, end, passage))
        except PassageError as error:
            refused.append(error)
    for image in images(passage.source, bare):
        try:
            picture = pictures.staged(image, passage, up)
        except PassageError as error:
            refused.append(error)
            continue
        found.append((picture.start, picture.end, picture.markdown))
        done.files |= picture.files
        done.sources += [picture.source] if picture.source else []
    refused += markup.refused(bare)
    end, parts = 0, []
    for start, stop, text in sorted(found):
        parts += [whole[end:start].rstrip(), text]
        end = stop
    rest = whole[end:]
    done.markdown = "".join([*parts, rest.lstrip("\n") if parts else rest])
    return done, refused


def passages(
    file: str, cells: Iterable[NotebookNode], folder: Path, *, executed: bool
) -> Iterator[tuple[NotebookNode, Passage]]:
    """Yield the Markdown cells of a chapter as the desk counts them, each with its passage.

    Parameters
    ----------
    file
        Chapter as the project names it.
    cells
        Its cells in order.
    folder
        What relative paths in it begin at.
    executed
        Whether the values of inline expressions are known.

    Yields
    ------
    tuple
        A cell of text and its passage.
    """
    cells = list(cells)
    for number, cell in enumerate(cells, start=1):
        if cell.cell_type != "markdown":
            continue
        follows = cells[number] if number < len(cells) else None
        after = follows.source if follows is not None and follows.cell_type == "markdown" else ""
        values = inline.values(cell) if executed else None
        at, attached = place_of(cell, number), cell.get("attachments", {})
        yield cell, Passage(at.file or file, at.cell, cell.source, folder, attached, after, values, at.line)


def in_files(project: Path, files: Iterable[str], prose: Path | None = None) -> Iterator[tuple[str, Passage]]:
    """Yield the texts of chapters, notebooks and plain files, as they stand in the project, each with its chapter.

    Parameters
    ----------
    project
        Its folder.
    files
        Chapters as the project names them.
    prose
        Folder of the fragments of an edition.

    Yields
    ------
    tuple
        Chapter and passage.
    """
    for file in files:
        path = project / file
        if path.suffix == ".ipynb":
            for _, passage in passages(file, looked_at(state(path, prose)).cells, path.parent, executed=False):
                yield file, passage
        else:
            yield file, Passage(file, 0, reads.text(path, UsageError), path.parent)


def in_project(project: Path, prose: Path | None = None) -> list[Diagnostic]:
    """Return what in the texts of a project, and in the prose of an edition, cannot be part of the book.

    Of a chapter that cannot be read others tell.
    """
    found: list[Diagnostic] = []
    for file in text_files(project):
        with suppress(UsageError):
            found += [fault for _, passage in in_files(project, [file], prose) for fault in faults(passage)]
    return found


def sources(project: Path, files: Iterable[str], prose: Path | None = None) -> dict[str, list[str]]:
    """Return the files of the pictures that each chapter shows, relative to the project.

    Parameters
    ----------
    project, files, prose
        As `in_files`.

    Returns
    -------
    dict
        Files by chapter.

    Raises
    ------
    RenderError
        As `settle`: told before the chapters are executed, which takes minutes.
    """
    found: dict[str, list[str]] = {}
    for file, passage in in_files(project, files, prose):
        shown = settle(passage).sources
        found.setdefault(file, []).extend(path.resolve().relative_to(project.resolve()).as_posix() for path in shown)
    return found
