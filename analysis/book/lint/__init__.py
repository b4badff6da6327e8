"""What is mistyped in the chapters, found before anything is executed: by pandoc's own reading of their Markdown.

A renderer prints what it does not recognise, so that a slip of the keyboard would stand in the book. Pandoc reads each
chapter as it will be read later; its remarks, and what it left in the text or took for code, show the slips.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

from analysis.book.lint.attributes import attributes, links, shortcodes
from analysis.book.lint.commands import commands
from analysis.book.lint.mistakes import Mistake, Search, prepared
from analysis.book.lint.passages import Source, sources
from analysis.book.lint.pasted import pasted
from analysis.book.lint.references import labels, lost, taken, titles, unread
from analysis.book.lint.spans import broken, executable, misspelt, prose_spans
from analysis.book.lint.strays import fences, strays
from analysis.book.lint.structure import structure
from analysis.book.render.common.nodes import Node, find
from analysis.book.render.common.pandoc import MARKDOWN, run
from analysis.book.render.messages import Told

__all__ = ["Mistake", "mistyped"]
# Words as they were typed, and no labels but those that were given.
_READER = MARKDOWN.replace("+smart", "-smart-auto_identifiers")


def mistyped(project: Path, exhibits: Iterable[str] = (), keys: Iterable[str] = ()) -> list[Mistake]:
    """Return everything mistyped in the chapters of a project, in the order of its files.

    Parameters
    ----------
    project
        Folder with the chapters.
    exhibits
        Labels of tables and figures that code cells may show.
    keys
        Keys of the list of sources.

    Raises
    ------
    UsageError
        A chapter is not a notebook.
    """
    chapters = sources(project)
    with ThreadPoolExecutor() as pool:
        trees = list(pool.map(_read, chapters))
    spans = [prose_spans(prepared(source.text), (node["c"][1] for node in find(tree, "Code"))) for source, (tree, _) in zip(chapters, trees, strict=True)]
    read = [(tree, Search.of(source, [(span.start, span.end) for span in own])) for source, (tree, _), own in zip(chapters, trees, spans, strict=True)]
    given = [labels(tree, search) for tree, search in read]
    known = {*exhibits, *(label for chapter in given for label, _ in chapter)}
    found = list(taken(given))
    for (tree, search), (_, remarks), own in zip(read, trees, spans, strict=True):
        slips = chain(
            _remarked(remarks, search), misspelt(own, search), strays(tree, search), lost(tree, search, known, set(keys)),
            unread(tree, search, known, set(keys)),
            attributes(tree, search), links(tree, search, project, known), structure(tree, search), pasted(tree, search), titles(tree, search), executable(search), broken(search), commands(search), shortcodes(search),
        )
        opened = fences(search)
        # Behind a block of code without an end nothing is what it seems.
        found += [*opened, *(mistake for mistake in slips if not any(it.cell == mistake.cell and it.line <= mistake.line for it in opened))]
    order = {source.file: number for number, source in enumerate(chapters)}
    return sorted(set(found), key=lambda one: (order[one.file], one))


def _read(source: Source) -> tuple[Node, list[Told]]:
    written, remarks = run("-f", _READER, "-t", "json", text=prepared(source.text))
    return json.loads(written) if written else {"meta": {}, "blocks": []}, remarks


def _remarked(remarks: Iterable[Told], search: Search) -> Iterable[Mistake]:
    # Labels are judged through the whole book.
    for one in remarks:
        if not one.problem.startswith("метка "):
            line = one.line or 1
            text = search.source.text.split("\n")[line - 1 : line]
            yield search.mistake(line, "".join(text), one.problem, one.remedy)
