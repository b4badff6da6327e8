"""What the numbers of the whole book are, and where in it they stand: `quantities.json` of the stage.

The file holds what the kernels told of the numbers they showed (`analysis.quantities.registry` describes
`numbers`, `observations` and `series`), all chapters' together, and

    "places": [{"chapter": "chapters/11-conditions.ipynb", "section": "sec-conditions-economy",
                "exhibit": "tbl-employed", "text": "57,5 %", "number": "k3f9abc"}, …]

every place in the book where one stands, in reading order: the chapter's file, the identifier of the nearest
heading above (empty before the first one that has one), the table or figure whose caption, note or cell it is
(empty in prose), the number as printed and its id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from analysis.base import inline, marks
from analysis.base.errors import RenderError
from analysis.base.markdown import exhibit_label, headings

if TYPE_CHECKING:
    from analysis.book.config import BookConfig

KEY, FILE = "quantities", "quantities.json"


def write(executed: Mapping[str, NotebookNode], config: BookConfig, target: Path) -> None:
    """Write the file of the stage.

    Parameters
    ----------
    executed
        Chapters as they came from their kernels.
    config
        The order of the chapters.
    target
        Folder of the stage.
    """
    (target / FILE).write_text(
        json.dumps(gathered(executed, config), ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )


def gathered(executed: Mapping[str, NotebookNode], config: BookConfig) -> dict[str, Any]:
    """Return what the file of the stage says, of executed chapters.

    Raises
    ------
    RenderError
        A chapter shows a number of which its kernel has told nothing.
    """
    merged: dict[str, Any] = {"numbers": {}, "observations": {}, "places": [], "series": {}}
    for entry in config.notebooks:
        told = executed[entry.file].metadata.get(KEY, {})
        for kind in ("numbers", "observations"):
            merged[kind] |= told.get(kind, {})
        for table, series in told.get("series", {}).items():
            merged["series"].setdefault(table, {}).update(series)
        merged["places"] += places(entry.file, executed[entry.file])
    if lost := {place["number"] for place in merged["places"]} - set(merged["numbers"]):
        raise RenderError(
            f"О числах {', '.join(sorted(lost))} ничего не известно: выполните главы заново (report build)."
        )
    return merged


def told_numbers(notebooks: Iterable[NotebookNode]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the kernels of chapters told of the numbers they showed, and of the rows these rest on."""
    numbers: dict[str, Any] = {}
    observations: dict[str, Any] = {}
    for notebook in notebooks:
        told = notebook.metadata.get(KEY, {})
        numbers |= told.get("numbers", {})
        observations |= told.get("observations", {})
    return numbers, observations


def read(stage: Path) -> dict[str, Any]:
    """Return the file of the stage; a stage without one has no numbers that can be asked."""
    file = stage / FILE
    return (
        json.loads(file.read_text(encoding="utf-8"))
        if file.is_file()
        else {"numbers": {}, "observations": {}, "places": []}
    )


def places(chapter: str, notebook: NotebookNode) -> Iterator[dict[str, str]]:
    """Yield where in a chapter the numbers stand."""
    section = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = inline.filled(cell.source, inline.values(cell))
            starts = [(heading.start, heading.id) for heading in headings(text) if heading.id]
            for found in marks.marked(text):
                section = next((name for start, name in reversed(starts) if start < found.start), section)
                yield _place(chapter, section, "", found)
            section = starts[-1][1] if starts else section
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/markdown", "")
            label = exhibit_label(text)
            for found in marks.marked(text):
                yield _place(chapter, section, label, found)


def _place(chapter: str, section: str, exhibit: str, found: marks.Marked) -> dict[str, str]:
    return {"chapter": chapter, "section": section, "exhibit": exhibit, "text": found.text, "number": found.id}
