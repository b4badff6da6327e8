"""The stage: a folder that a renderer turns into a book without knowing anything else.

Renderers number sections differently in each format, so the numbers are written
into the headings here, and references to sections become links with these numbers.
"""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat import NotebookNode

from analysis.base import inline, marks, paths, placeholders, reads
from analysis.base.errors import UsageError
from analysis.base.markdown import headings
from analysis.book import authored, quantities, written_at
from analysis.book.config import BookConfig, read_config, shortened
from analysis.book.front import headed
from analysis.book.notebooks import titled
from analysis.book.sections import index, number, resolve
from analysis.book.settings import FILE, read_settings

# GOST R 7.0.5: how sources are cited and listed; what is changed in it is said in the file.
STYLE = files("analysis.book.render") / "assets" / "gost-r-7-0-5-2008-numeric.csl"
# A file that the first page offers, by what the command calls it.
_OFFER = re.compile(r"\]\((?:report\.(\w+)|(brief)\.pdf)\)")
_PLACE = re.compile(r"^::: \{#([\w-]+)\}\n:::$", re.MULTILINE)
_INJECTED = "injected-parameters"


def stage(
    executed: Mapping[str, NotebookNode],
    project: Path,
    target: Path,
    *,
    words: Mapping[str, str],
    formats: Iterable[str],
    figures: Path,
    passages: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
) -> BookConfig:
    """Write the stage and return the book it describes.

    Parameters
    ----------
    executed
        Executed chapters by their file in `_quarto.yml`; the book is without those that are not among them.
    project
        Folder with the plain text files.
    target
        Folder of the stage; what is there is removed.
    words
        What the placeholders of `_quarto.yml` stand for.
    formats
        What will be made: the cover page offers no other file.
    figures
        Folder into which the chapters wrote their figures.
    passages
        Markdown that only the build knows, by the identifier of the empty div it is to stand in (`::: {#colophon}`).
    texts
        Plain text files of the book by file, where they are not to be read from the project.

    Returns
    -------
    BookConfig
        The staged book.
    """
    shutil.rmtree(target, ignore_errors=True)
    (target / "chapters").mkdir(parents=True)
    shutil.copytree(figures, target / "figures")
    without = {entry.file for entry in read_config(project).notebooks} - set(executed)
    config = read_config(project, without)
    settings = filled(shortened(read_settings(project), without), config, words)
    (target / FILE).write_text(settings, encoding="utf-8", newline="\n")
    for name in config.bibliography:
        shutil.copyfile(paths.bibliography(), target / name)
    if config.csl:
        (target / config.csl).write_bytes(STYLE.read_bytes())
    plain = {
        entry.file: (texts or {}).get(entry.file) or plain_text(project / entry.file)
        for entry in config.entries
        if entry.file not in executed
    }
    write_chapters(executed, config, project, target, plain, passages or {}, formats)
    quantities.write(executed, config, target)
    return read_config(target)


def write_chapters(
    executed: Mapping[str, NotebookNode],
    config: BookConfig,
    project: Path,
    target: Path,
    plain: Mapping[str, str],
    passages: Mapping[str, str],
    formats: Iterable[str],
) -> None:
    """Write all files of the book, their sections numbered and referenced.

    Parameters
    ----------
    executed
        Chapters as they are to be printed.
    config
        The book as `_quarto.yml` describes it.
    project
        Folder with the plain text files.
    target
        Folder of the stage.
    plain
        Texts of the plain text files.
    passages
        Texts of the build by the place they stand in.
    formats
        What will be made: no other file is offered.
    """
    formats = frozenset(formats)
    notebooks = {entry.file: titled(cleaned(executed[entry.file]), Path(entry.file).name) for entry in config.notebooks}
    texts, sections = {}, []
    (target / authored.FOLDER).mkdir()
    for entry in config.entries:
        notebook, path = notebooks.get(entry.file), project / entry.file
        if notebook:
            for cell, passage in authored.passages(entry.file, notebook.cells, path.parent, executed=True):
                cell.source = with_exhibits(passage, target, entry.file)
                cell.pop("attachments", None)
        sources = (
            [settled(cell) for cell in prose(notebook)]
            if notebook
            else [with_exhibits(authored.Passage(entry.file, 0, plain[entry.file], path.parent), target, entry.file)]
        )
        sources = [offered(passed(source, passages), formats) for source in sources]
        texts[entry.file], found = number(sources, entry)
        sections += found
    known = index(sections)
    for file, numbered in texts.items():
        sources = [resolve(source, file, known) for source in numbered]
        if file not in notebooks:
            (target / file).write_text(sources[0], encoding="utf-8", newline="\n")
            continue
        for cell, source in zip(prose(notebooks[file]), sources, strict=True):
            cell.source = source
        for data in shown(notebooks[file]):
            data["text/markdown"] = resolve(data["text/markdown"], file, known)
        written_at.keep(target, Path(file).name, notebooks[file])
        (target / file).write_text(nbformat.writes(notebooks[file]) + "\n", encoding="utf-8", newline="\n")


def with_exhibits(passage: authored.Passage, target: Path, chapter: str) -> str:
    """Return a text whose pictures and pasted tables are exhibits; the pictures go to the stage.

    Parameters
    ----------
    passage
        The text.
    target
        Folder of the stage.
    chapter
        The file it stands in there.

    Returns
    -------
    str
        Markdown.
    """
    done = authored.settle(passage, "../" * chapter.count("/"))
    for name, content in done.files.items():
        (target / authored.FOLDER / name).write_bytes(content)
    return done.markdown


def filled(tree: dict[str, Any], config: BookConfig, words: Mapping[str, str]) -> str:
    """Return `_quarto.yml` with numbered parts and the words of the edition; what comes out empty is left out.

    Parameters
    ----------
    tree
        `_quarto.yml` of the project.
    config
        The book as `_quarto.yml` describes it.
    words
        Words of the edition by name.

    Returns
    -------
    str
        YAML.

    Raises
    ------
    UsageError
        It asks for a word that the edition does not have.
    """

    def fill(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: value for key, old in node.items() if (value := fill(old)) != ""}
        if isinstance(node, list):
            return [fill(item) for item in node]
        return word(node) if isinstance(node, str) else node

    def word(template: str) -> str:
        try:
            return placeholders.filled(template, words)
        except placeholders.BadPlaceholderError as error:
            raise UsageError(f"Файл {FILE}, раздел book: {error}") from None

    parts = iter(dict.fromkeys(entry.part for entry in config.entries if entry.part))
    chapters = [{**item, "part": next(parts)} if isinstance(item, dict) else item for item in tree["book"]["chapters"]]
    book = fill({**tree["book"], "chapters": chapters})
    return yaml.safe_dump({**tree, "book": book}, allow_unicode=True, sort_keys=False, width=1000)


def cleaned(notebook: NotebookNode) -> NotebookNode:
    """Return a copy without papermill's own cell and without times, so that the same data give the same bytes."""
    notebook = copy.deepcopy(notebook)
    notebook.cells = [cell for cell in notebook.cells if _INJECTED not in cell.metadata.get("tags", [])]
    for node in (notebook, *notebook.cells):
        for key in ("papermill", "execution", "reads", quantities.KEY):
            node.metadata.pop(key, None)
    return notebook


def prose(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells of text."""
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def shown(notebook: NotebookNode) -> list[dict[str, Any]]:
    """Return every place where a notebook holds Markdown other than in its cells."""
    outputs = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
    values = [value["result"]["data"] for cell in notebook.cells for value in cell.metadata.get("user_expressions", [])]
    return [data for data in (*outputs, *values) if "text/markdown" in data]


def settled(cell: NotebookNode) -> str:
    """Return a Markdown cell with values in its headings, as contents take no code, and no doubled full stops."""
    values = inline.values(cell)
    source = inline.with_single_stops(cell.source, values.__getitem__)
    parts, end = [], 0
    for heading in headings(source):
        parts += [
            source[end : heading.start],
            inline.replace(heading.text, lambda expression: marks.bare(values[expression])),
        ]
        end = heading.end
    return "".join([*parts, source[end:]])


def passed(source: str, passages: Mapping[str, str]) -> str:
    """Return the text with empty divs filled by the passages of their names, if there are any."""
    return _PLACE.sub(lambda place: passages.get(place[1], place[0]), source)


def plain_text(page: Path) -> str:
    """Return a plain text file of the book, its settings read."""
    return headed(reads.text(page, UsageError), page.name)


def offered(text: str, formats: Iterable[str]) -> str:
    """Return a page without the lines that offer a file this build does not make."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not (offer := _OFFER.search(line)) or (offer[1] or offer[2]) in formats)
