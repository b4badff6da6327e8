"""An executed notebook as the Pandoc Markdown text a reader is meant to see."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

from analysis.book import inline
from analysis.book.render.builtin.options import Options, cell_options
from analysis.errors import RenderError

PICTURES = {"image/svg+xml": "svg", "image/png": "png"}


def chapter_markdown(path: Path, media: Path, show_code: bool = False) -> str:
    """Return the text of a chapter, notebook or plain Quarto Markdown.

    Parameters
    ----------
    path
        The staged file, `.ipynb` or `.qmd`.
    media
        Folder into which pictures found in cell outputs are written.
    show_code
        The project's `execute: echo`; a cell's own option wins.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return refuse_code(text, path.name)
    try:
        cells = json.loads(text)["cells"]
    except (ValueError, KeyError, TypeError) as error:
        raise RenderError(f"{path.name}: это не тетрадь Jupyter ({error}).") from error
    parts = []
    for number, cell in enumerate(cells, start=1):
        where = f"{path.name}, ячейка {number}"
        if cell["cell_type"] == "markdown":
            parts.append(refuse_code(fill_inline(cell, where), where))
        elif cell["cell_type"] == "code":
            parts.append(code_cell(cell, where, media / f"{path.stem}-{number}", show_code))
        else:
            parts.append(joined(cell["source"]))
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


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
        return text if "text/markdown" in result["data"] else escaped(text)

    filled = inline.replace(joined(cell["source"]), value)
    # Doubled braces are how Quarto shows inline code without running it.
    return re.sub(r"`\{\{(\w+)\}\}", r"`{\1}", filled)


def escaped(text: str) -> str:
    """Return Markdown that shows a text as it is."""
    return re.sub(r"([\\`*_{}\[\]<>$^~@#|\"'])", r"\\\1", text)


def refuse_code(text: str, where: str) -> str:
    """Stop at executable blocks outside code cells: nothing here would execute them."""
    for line in text.splitlines():
        if match := re.match(r"^\s*(?:`{3,}|~{3,})\s*\{(\w+)[ }]", line):
            raise RenderError(
                f"{where}: блок {{{match[1]}}} встроенный рендерер не выполняет. "
                "Перенесите код в ячейку тетради или соберите книгу через Quarto (--renderer quarto)."
            )
    return text


def code_cell(cell: dict[str, Any], where: str, media: Path, show_code: bool) -> str:
    """Return the visible part of a code cell."""
    options, code = cell_options(joined(cell["source"]), where)
    tags = cell.get("metadata", {}).get("tags", [])
    if not options.include or "injected-parameters" in tags:
        return ""
    parts = []
    if (show_code if options.echo is None else options.echo) and code.strip():
        parts.append(fenced(code, "python"))
    if options.output is not False:
        shown_outputs = (
            output_markdown(output, where, media.with_name(f"{media.name}-{number}"), options)
            for number, output in enumerate(cell.get("outputs", []), start=1)
        )
        parts.append(captioned("\n\n".join(text for text in shown_outputs if text), options))
    return "\n\n".join(part for part in parts if part)


def output_markdown(output: dict[str, Any], where: str, media: Path, options: Options) -> str:
    """Return one output: Markdown first, then HTML, then pictures, then text."""
    kind = output["output_type"]
    if kind == "error":
        raise RenderError(f"{where}: в тетради сохранена ошибка {output.get('ename')}: {output.get('evalue')}.")
    if kind == "stream":
        if output.get("name") != "stdout":
            return ""
        text = joined(output["text"])
        return text if options.output == "asis" else fenced(text, "")
    data = output.get("data", {})
    if "text/markdown" in data:
        return joined(data["text/markdown"])
    if "text/html" in data:
        return fenced(joined(data["text/html"]), "{=html}")
    if pictures := [mime for mime in PICTURES if mime in data]:
        for mime in pictures:
            content = joined(data[mime])
            body = b64decode(content) if mime == "image/png" else content.encode("utf-8")
            media.with_suffix(f".{PICTURES[mime]}").write_bytes(body)
        alt = options.fig_alt.replace('"', "'")
        return f'![](media:{media.name}){{fig-alt="{alt}"}}'
    text = joined(data.get("text/plain", ""))
    return text if options.output == "asis" else fenced(text, "")


def captioned(body: str, options: Options) -> str:
    """Give labelled output the div that both renderers read as a numbered exhibit."""
    caption = options.fig_cap or options.tbl_cap
    if not body or not (options.label and caption):
        return body
    return f"::: {{#{options.label}}}\n\n{body}\n\n{caption}\n\n:::"


def fenced(text: str, mark: str) -> str:
    if not text.strip():
        return ""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text)), 3)
    return f"{fence}{mark}\n{text.rstrip()}\n{fence}"
