"""An executed notebook as the Pandoc Markdown text a reader is meant to see."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path
from typing import Any

from analysis.base import inline, marks
from analysis.base.errors import RenderError
from analysis.base.inline import joined
from analysis.base.places import place_of
from analysis.book import written_at
from analysis.book.front import headed
from analysis.book.render.builtin import syntax
from analysis.book.render.cells.chapter import settled_chapter
from analysis.book.render.cells.options import Options, cell_options
from analysis.book.render.cells.outputs import HTML, MARKDOWN, PLAIN
from analysis.book.render.cells.pictures import PICTURES
from analysis.book.render.cells.prose import refuse_lost_text


def chapter_markdown(path: Path, media: Path, formats: tuple[str, ...] = (), show_code: bool = False) -> str:
    """Return the text of a chapter, notebook or plain Quarto Markdown.

    Parameters
    ----------
    path
        The staged file, `.ipynb` or `.qmd`.
    media
        Folder into which pictures found in cell outputs are written.
    formats
        What will be made of it.
    show_code
        The project's `execute: echo`; a cell's own option wins.

    Returns
    -------
    str
        Markdown as pandoc gets it.

    Raises
    ------
    RenderError
        The file is no notebook, or a cell of it cannot be rendered.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        refuse_lost_text(text, path.name, first=True)
        return refuse_code(headed(text, path.name), path.name)
    try:
        tree = written_at.read(path)
    except (ValueError, KeyError, TypeError) as error:
        raise RenderError(f"{path.name}: это не тетрадь Jupyter. Верните файл главы из копии.") from error
    parts = []
    cells = settled_chapter(tree, path.name, formats, show_code)["cells"]
    for number, cell in enumerate(cells, start=1):
        where = place_of(cell, number).named(path.name)
        if cell["cell_type"] == "markdown":
            parts.append(refuse_code(fill_inline(cell, where), where))
        elif cell["cell_type"] == "code":
            parts.append(code_cell(cell, where, media / f"{path.stem}-{number}", show_code))
        else:
            parts.append(refuse_code(joined(cell["source"]), where))
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def fill_inline(cell: dict[str, Any], where: str) -> str:
    """Put the stored results of inline expressions in their places."""
    results = {
        entry["expression"].strip(): entry["result"] for entry in cell.get("metadata", {}).get("user_expressions", [])
    }

    def value(expression: str) -> str:
        result = results.get(expression)
        if result is None:
            raise RenderError(f"{where}: выражение «{expression}» не вычислено. Выполните главы заново (report build).")
        if result.get("status") != "ok":
            raise RenderError(f"{where}: выражение «{expression}» не вычислено: {result.get('evalue', 'ошибка')}.")
        if (text := inline.shown(result["data"])) is None:
            raise RenderError(f"{where}: у значения «{expression}» нет записи для текста (_repr_markdown_).")
        return text

    filled = inline.replace(joined(cell["source"]), value)
    # Doubled braces are how Quarto shows inline code without running it.
    return re.sub(r"`\{\{(\w+)\}\}", r"`{\1}", filled)


def refuse_code(text: str, where: str) -> str:
    """Stop at executable blocks outside code cells: nothing here would execute them."""
    for line in text.splitlines():
        if match := re.match(r"^\s*(?:`{3,}|~{3,})\s*\{(\w+)[ }]", line):
            raise RenderError(
                f"{where}: блок {{{match[1]}}} в тексте не выполняется. "
                + (
                    f"{syntax.SHOW_CODE} или перенесите его в ячейку с кодом."
                    if match[1] == "python"
                    else "Нарисуйте схему кодом (matplotlib) или вставьте её картинкой."
                )
            )
    return text


def code_cell(cell: dict[str, Any], where: str, media: Path, show_code: bool) -> str:
    """Return the visible part of a settled code cell.

    Parameters
    ----------
    cell
        A cell of a settled chapter.
    where
        Chapter, and cell if there is one, as messages begin.
    media
        What the names of its pictures begin with.
    show_code
        Whether the book shows code.

    Returns
    -------
    str
        Markdown; empty where nothing is shown.
    """
    options, code = cell_options(joined(cell["source"]), where)
    if not options.include:
        return ""
    parts = []
    if (show_code if options.echo is None else options.echo) and code.strip():
        parts.append(fenced(code, "python"))
    bodies = []
    for number, output in enumerate(cell["outputs"], start=1):
        body = output_markdown(output, media.with_name(f"{media.name}-{number}"), options)
        # What is printed beside an exhibit stays outside it.
        exhibit = options.caption and output["output_type"] != "stream" and PLAIN not in output["data"]
        bodies.append(labelled(body, options) if exhibit else body)
    body = "\n\n".join(body for body in bodies if body)
    parts.append(body if options.caption else labelled(body, options))
    return "\n\n".join(part for part in parts if part)


def output_markdown(output: dict[str, Any], media: Path, options: Options) -> str:
    """Return one settled output: it has one form, or several of one picture.

    Parameters
    ----------
    output
        A settled output.
    media
        What the names of its pictures begin with.
    options
        Options of the cell.

    Returns
    -------
    str
        Markdown.
    """
    if output["output_type"] == "stream":
        return fenced(output["text"], "")
    data = output["data"]
    if MARKDOWN in data:
        return data[MARKDOWN]
    if HTML in data:
        return fenced(data[HTML], "{=html}")
    if PLAIN in data:
        return fenced(data[PLAIN], "")
    for mime, content in data.items():
        body = content.encode("utf-8") if mime == "image/svg+xml" else b64decode(content)
        media.with_suffix(f".{PICTURES[mime]}").write_bytes(body)
    return f"![](media:{media.name}){{fig-alt={marks.attribute(options.fig_alt)}}}"


def labelled(body: str, options: Options) -> str:
    """Return what a cell shows in the div that carries its label and its caption."""
    return f"::: {{#{options.label}}}\n\n{body}\n\n{options.caption}\n\n:::" if body and options.label else body


def fenced(text: str, mark: str) -> str:
    """Return a text as a block of code with a fence longer than any in it; nothing where it is blank."""
    if not text.strip():
        return ""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text)), 3)
    return f"{fence}{mark}\n{text.rstrip()}\n{fence}"
