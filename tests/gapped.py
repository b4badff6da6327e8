"""Executed chapters with gaps in them, as a kernel would leave them: an expression that begins with «gap» has none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.base import gaps as known
from analysis.base import inline
from analysis.base.marks import FROM_DATA
from analysis.base.russian import NO_DATA
from analysis.book.gaps import Settled, settle

FILE = "chapters/one.ipynb"
VALUE = "5,0 %"


def record(what: str, why: str = "нет в источнике", who: str = "Росстат") -> dict[str, str]:
    return {"what": what, "why": why, "who": who}


def prose(source: str, values: Mapping[str, str] | None = None) -> NotebookNode:
    """Return a cell of prose; `values` are what expressions say, the others say a number."""
    cell = new_markdown_cell(source)
    asked = list(dict.fromkeys(expression for _, _, expression in inline.spans(source)))
    said = {name: NO_DATA if name.startswith("gap") else VALUE for name in asked} | dict(values or {})
    cell.metadata["user_expressions"] = [
        {"expression": name, "result": {"status": "ok", "data": {"text/markdown": said[name]}, "metadata": {}}}
        for name in asked
    ]
    if lacks := {name: [record(name)] for name in asked if name.startswith("gap")}:
        cell.metadata[known.METADATA] = lacks
    return cell


def lost(label: str = "", **given: str) -> NotebookNode:
    """Return the cell of an exhibit, of a list without a label, that has no data."""
    data = {known.MIME: {"label": label, "gaps": [record(label or "перечень")], **given}, "text/plain": ""}
    return new_code_cell("report.figure()", outputs=[new_output("display_data", data)])


def shown(label: str, note: str = "", caption: str = "Подпись") -> NotebookNode:
    """Return the cell of a table that has data."""
    text = f"::: {{#{label}}}\n\n| А |\n|---|\n| 1 |\n\n{caption}\n\n:::"
    text += f"\n\n::: {{.exhibit-note}}\n{note}\n:::" if note else ""
    return new_code_cell(
        "report.table()", outputs=[new_output("display_data", {"text/markdown": text}, metadata={FROM_DATA: True})]
    )


def book(*cells: NotebookNode | str) -> NotebookNode:
    """Return a chapter «Глава» of these cells."""
    rest = [prose(cell) if isinstance(cell, str) else cell for cell in cells]
    return new_notebook(cells=[prose("# Глава {#sec-one}\n\nНачало."), *rest])


def settled(*cells: NotebookNode | str, draft: bool = False) -> Settled:
    return settle({FILE: book(*cells)}, draft)


def text(done: Settled, file: str = FILE) -> str:
    """Return what prose is left of a chapter, its cells parted by a blank line."""
    cells = [cell.source for cell in done.executed[file].cells if cell.cell_type == "markdown"]
    return "\n\n".join(source.strip("\n") for source in cells if source.strip())


def left(*cells: NotebookNode | str) -> str:
    """Return what is left of a chapter below its beginning."""
    return re.sub(r"\A# Глава \{#sec-one\}\n\nНачало\.(?:\n\n)?", "", text(settled(*cells)))
