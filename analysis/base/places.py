"""Where a cell of a chapter was written: in the chapter itself, or in a file that was laid into it.

A chapter is executed and printed with the fragments of an edition in it (`analysis.base.composing`), so the number of
a cell among those that run is not the number that a person sees at the desk. Each cell of such a chapter carries its
own place, and whoever names a cell asks for it here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

KEY = "place"  # of the metadata of a cell


@dataclass(frozen=True, order=True)
class Place:
    """Where a text begins.

    Attributes
    ----------
    file : str
        The file that was laid into the chapter, relative to the project; empty where the chapter itself holds it.
    cell : int
        The cell of the chapter as the desk counts; 0 in a file.
    line : int
        The line of the cell or of the file, from 1.
    """

    file: str = ""
    cell: int = 0
    line: int = 1

    def at(self, line: int) -> int:
        """Return the line of the cell or file on which a line of the text stands, both from 1."""
        return self.line + line - 1

    def named(self, chapter: str, line: int = 0) -> str:
        """Return the place as a message begins: «one.ipynb, ячейка 3, строка 2».

        Parameters
        ----------
        chapter
            What the message calls the chapter.
        line
            The line of the text, from 1; 0 where only the whole of it is meant.

        Returns
        -------
        str
            Words without a full stop; of a file that was laid in, the line is always named.
        """
        if self.file:
            return f"{self.file}, строка {self.at(line or 1)}"
        return f"{chapter}, ячейка {self.cell}" + (f", строка {self.at(line)}" if line else "")


def place_of(cell: Mapping[str, Any], number: int) -> Place:
    """Return where a cell was written; the cell of that number, from 1, where it does not say."""
    kept = cell.get("metadata", {}).get(KEY)
    return Place(**kept) if kept else Place(cell=number)


def put(cell: Mapping[str, Any], place: Place) -> None:
    """Have a cell say where it was written."""
    cell["metadata"][KEY] = asdict(place)
