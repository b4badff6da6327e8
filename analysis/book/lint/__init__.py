"""What is mistyped in the chapters, found before anything is executed: by pandoc's own reading of their Markdown.

A renderer prints what it does not recognise, so that a slip of the keyboard would stand in the book. Pandoc reads each
chapter as it will be read later; its remarks, and what it left in the text or took for code, show the slips.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from analysis.base import inline, marks
from analysis.base.links import is_anchor
from analysis.base.places import place_of
from analysis.book.authored import markup
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.anchors import anchors
from analysis.book.lint.attributes import attributes, links, shortcodes
from analysis.book.lint.cells import cells, unprintable
from analysis.book.lint.commands import commands
from analysis.book.lint.digits import typed
from analysis.book.lint.passages import Passage, Source, sources, unreadable
from analysis.book.lint.pasted import pasted
from analysis.book.lint.references import labels, lost, taken, titles, unread
from analysis.book.lint.search import Search, prepared
from analysis.book.lint.spans import Span, broken, executable, misspelt, prose_spans
from analysis.book.lint.strays import fences, strays
from analysis.book.lint.structure import structure
from analysis.book.notebooks import text_files
from analysis.book.render.common.nodes import Blocks, Node, find
from analysis.book.render.common.pandoc import MARKDOWN, read_together, run
from analysis.book.render.messages import Remark

__all__ = ["mistyped", "mistyped_outputs", "typed_in"]
# Where the figures of a build lie, as code writes it.
_FIGURES = "../figures/"
# Words as they were typed, and no labels but those that were given.
_READER = MARKDOWN.replace("+smart", "-smart-auto_identifiers")


def mistyped(
    project: Path, exhibits: Iterable[str] = (), keys: Iterable[str] = (), prose: Path | None = None
) -> list[Diagnostic]:
    """Return everything mistyped in the chapters of a project, in the order of its files.

    Parameters
    ----------
    project
        Folder with the chapters.
    exhibits
        Labels of tables and figures that code cells may show.
    keys
        Keys of the list of sources.
    prose
        Folder of the fragments of an edition, which are read as parts of the chapters.

    Returns
    -------
    list of Diagnostic
        In the order of the files, each once.
    """
    chapters = sources(project, prose)
    read = _read(chapters)
    given = [labels(chapter.tree, chapter.search) for chapter in read]
    known = {*exhibits, *(label for chapter in given for label, _ in chapter)}
    found = [*unreadable(project, prose), *taken(given), *cells(project, prose), *anchors(project, prose)]
    for chapter in read:
        tree, search = chapter.tree, chapter.search
        found += _reached(
            search,
            chain(
                _slips(chapter),
                lost(tree, search, known, set(keys)),
                unread(tree, search, known, set(keys)),
                links(tree, search, project, known),
                titles(tree, search),
                broken(search),
                commands(search),
            ),
        )
    files = dict.fromkeys([*text_files(project), *(file for source in chapters for file in sorted(source.files))])
    order = {file: number for number, file in enumerate(files)}
    return sorted(set(found), key=lambda diagnostic: (order[diagnostic.file], diagnostic))


def mistyped_outputs(
    project: Path,
    chapters: Mapping[str, Iterable[Mapping[str, Any]]],
    prose: Path | None = None,
    keys: Iterable[str] = (),
) -> list[Diagnostic]:
    """Return everything mistyped in the Markdown that code cells show; lines are those of the output.

    Parameters
    ----------
    project
        Folder with the chapters.
    chapters
        Cells of the executed chapters by file.
    prose
        As for `mistyped`.
    keys
        Keys of the list of sources.

    Returns
    -------
    list of Diagnostic
        In the order of the chapters, each once.
    """
    keys = set(keys)
    outputs = {file: tuple(_shown(executed)) for file, executed in chapters.items()}
    given = _read(sources(project, prose))
    read = _read([Source(file, passages) for file, passages in outputs.items() if passages])
    known = {label for chapter in given + read for label, _ in labels(chapter.tree, chapter.search)}
    found = []
    for chapter in read:
        # Places of a page are known to the renderer alone.
        pages = (it for it in links(chapter.tree, chapter.search, project, known) if not is_anchor(it.text))
        references = lost(chapter.tree, chapter.search, known, keys)
        found += sorted(
            set(_reached(chapter.search, chain(_slips(chapter), pages, references, _for_cells_of_text(chapter))))
        )
    return found


def _for_cells_of_text(chapter: _Read) -> Iterator[Diagnostic]:
    """Yield what only a cell of text can hold: headings of an output get no number, its pictures are not collected."""
    for node in find(chapter.tree["blocks"], "Header", "Image", "RawInline"):
        if node["t"] == "Header" and "unnumbered" not in node["c"][1][1]:
            yield chapter.search.diagnostic(
                chapter.search.line(r"^ {0,3}#+[ \t]"),
                "#" * node["c"][0],
                "заголовок из кода не получит номера и места в оглавлении",
                "Поставьте его в ячейке Markdown.",
            )
        elif node["t"] == "Image" and not node["c"][2][0].startswith(_FIGURES):
            yield chapter.search.diagnostic(
                chapter.search.line(re.escape(node["c"][2][0]) or "!"),
                node["c"][2][0],
                "рисунок из файла показан кодом",
                'Поставьте его в ячейке Markdown или выведите Image("файл").',
            )
        elif node["t"] == "RawInline" and node["c"][0] == "html" and not node["c"][1].startswith("</"):
            for tag in markup.refused(node["c"][1]):
                yield chapter.search.diagnostic(
                    chapter.search.line(re.escape(tag.value)), tag.value, tag.problem, tag.remedy
                )


def _shown(executed: Iterable[Mapping[str, Any]]) -> Iterator[Passage]:
    for number, cell in enumerate(executed, start=1):
        at = place_of(cell, number)
        for output in cell.get("outputs", ()):
            if "text/markdown" in output.get("data", {}):
                text = marks.bare(inline.joined(output["data"]["text/markdown"]))
                yield Passage(at.cell, text, at.line if at.file else 1, file=at.file)


def typed_in(
    project: Path, allowed: Iterable[str] = (), prose: Path | None = None
) -> Iterator[tuple[Source, list[Diagnostic]]]:
    """Yield the numbers typed into the chapters of a project, in digits or in words, as pandoc reads their Markdown.

    Parameters
    ----------
    project
        Folder with the chapters.
    allowed
        Texts listed as data, in which numbers stand rightly.
    prose
        As for `mistyped`.

    Yields
    ------
    tuple of Source and list of Diagnostic
        Of each chapter one diagnostic a number.
    """
    allowed = list(allowed)
    for chapter in _read(sources(project, prose)):
        yield chapter.search.source, list(typed(chapter.tree, chapter.search, allowed))


class _Read(NamedTuple):
    """A chapter as pandoc reads it: its tree, its remarks, the code spans of the text, and where all of it stands."""

    tree: Node
    remarks: list[Remark]
    spans: list[Span]
    search: Search


def _read(chapters: Sequence[Source]) -> list[_Read]:
    texts = [prepared(source.text) for source in chapters]
    return [_as_read(source, *read) for source, read in zip(chapters, _pandoc(texts), strict=True)]


def _as_read(source: Source, written: str, remarks: Sequence[Remark]) -> _Read:
    tree = json.loads(written) if written else {"meta": {}, "blocks": []}
    tree["blocks"] = Blocks(tree["blocks"])
    spans = prose_spans(prepared(source.text), (node["c"][1] for node in find(tree, "Code")))
    return _Read(tree, list(remarks), spans, Search.of(source, [(span.start, span.end) for span in spans]))


# What pandoc made last of texts, and said of them.
_KNOWN: dict[str, tuple[str, list[Remark]]] = {}


def _pandoc(texts: Sequence[str]) -> list[tuple[str, list[Remark]]]:
    """Return what pandoc makes of texts and says of them; some chapters are the same in every edition."""
    known = {text: _KNOWN[text] for text in texts if text in _KNOWN}
    unread = [text for text in dict.fromkeys(texts) if text not in known]
    if unread:
        known |= {text: (tree, []) for text, tree in zip(unread, read_together(unread, _READER), strict=True) if tree}
    alone = [text for text in unread if text not in known]
    with ThreadPoolExecutor() as pool:
        known |= zip(alone, pool.map(lambda text: run("-f", _READER, "-t", "json", text=text), alone), strict=True)
    _KNOWN.clear()
    _KNOWN.update(known)
    return [known[text] for text in texts]


def _slips(chapter: _Read) -> Iterator[Diagnostic]:
    """Yield what is wrong with a text whatever else the book holds."""
    tree, search = chapter.tree, chapter.search
    return chain(
        _remarked(chapter.remarks, search),
        misspelt(chapter.spans, search),
        strays(tree, search),
        attributes(tree, search),
        structure(tree, search),
        pasted(tree, search),
        executable(search),
        shortcodes(search),
        unprintable(search),
    )


def _reached(search: Search, slips: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the mistakes without those behind a block of code that has no end: there nothing is what it seems."""
    opened = fences(search)
    return [
        *opened,
        *(
            mistake
            for mistake in slips
            if not any((it.file, it.cell) == (mistake.file, mistake.cell) and it.line <= mistake.line for it in opened)
        ),
    ]


def _remarked(remarks: Iterable[Remark], search: Search) -> Iterable[Diagnostic]:
    # Labels are judged through the whole book.
    for remark in remarks:
        if not remark.problem.startswith("метка "):
            line = remark.line or 1
            text = search.source.text.split("\n")[line - 1 : line]
            yield search.diagnostic(line, "".join(text), remark.problem, remark.remedy)
