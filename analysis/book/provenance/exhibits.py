"""The tables and figures of executed chapters: where each was made, and of what."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from analysis.base import inline
from analysis.base.markdown import exhibit_label
from analysis.base.places import Place, place_of

INJECTED = "injected-parameters"


@dataclass(frozen=True)
class ExhibitRecord:
    """A table or figure on a page.

    Attributes
    ----------
    label : str
        `tbl-…` or `fig-…`.
    chapter : str
        File of the notebook.
    cell : int
        Number of the cell, as messages count it: from 1, the cell of injected parameters left out; 0 in a fragment.
    content : dict
        What the chapter wrote of it: caption, note, sources, tables, read, grid.
    fragment : str
        The file of an edition's prose that shows it, and its line; empty where the chapter itself does.
    """

    label: str
    chapter: str
    cell: int
    content: Mapping
    fragment: str = ""

    @property
    def made(self) -> tuple[str, str]:
        """What shows it and where, in words: a notebook or a fragment."""
        if self.fragment:
            return "Фрагмент", f"{self.fragment} (в главе {self.chapter})"
        return "Тетрадь", f"{self.chapter}, ячейка {self.cell}"


def collect(executed: Mapping[str, NotebookNode], folder: Path) -> list[ExhibitRecord]:
    """Return the exhibits of the book in its order, those that the chapters wrote into `folder`."""
    return [
        ExhibitRecord(
            label,
            chapter,
            place.cell,
            json.loads(told.read_text(encoding="utf-8")),
            place.named(chapter) if place.file else "",
        )
        for chapter, notebook in executed.items()
        for place, label, _ in outputs(notebook)
        if (told := folder / f"{label}.json").is_file()
    ]


def outputs(notebook: NotebookNode) -> Iterator[tuple[Place, str, dict]]:
    """Yield place, label and the output's data of every exhibit in a notebook."""
    shown = (cell for cell in notebook.cells if INJECTED not in cell.metadata.get("tags", []))
    for number, cell in enumerate(shown, start=1):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if label := exhibit_label(inline.joined(data.get("text/markdown", ""))):
                yield place_of(cell, number), label, data
