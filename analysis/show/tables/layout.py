"""A table as rows of cells, and its plain semantic HTML."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.base.gaps import GapError
from analysis.quantities import Quantity, Text
from analysis.quantities.absent import missing_of
from analysis.show.wording import num

GAP = "…"  # the sign statistical yearbooks use for «no data»


@dataclass(frozen=True)
class Picture:
    """A small picture in a cell.

    Attributes
    ----------
    name : str
        Of its file among the figures of a build.
    alt : str
        What it shows, in words.
    width : int
        In pixels of a screen, 96 to an inch.
    svg : bytes
        The picture at a desk; nothing during a build, which writes a file.
    """

    name: str
    alt: str
    width: int
    svg: bytes = b""

    def html(self) -> str:
        """Return the picture as HTML."""
        data = f"data:image/svg+xml;base64,{base64.b64encode(self.svg).decode('ascii')}"
        # Without its kind: each format takes the one of its files that it shows best.
        source = data if self.svg else f"../figures/{self.name}"
        return f'<img src="{source}" alt="{html.escape(self.alt)}" width="{self.width}">'


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    Attributes
    ----------
    text : str
        What it says; a text that knows its numbers (`analysis.quantities.Text`) keeps them on the page.
    columns, rows : int
        How many of them it takes.
    heads_row : bool
        Whether the cells to its right are about it.
    number : bool
        Whether it is set as a number.
    quantity : Quantity, optional
        The number it holds.
    filters : bool
        Whether the column it heads can be filtered by.
    picture : Picture, optional
        What it shows in place of words.
    tone : {'good', 'bad', ''}
        In which colour its words are set, on screens; they say the same without it.
    """

    text: str
    columns: int = 1
    rows: int = 1
    heads_row: bool = False
    number: bool = False
    quantity: Quantity | None = None
    filters: bool = False
    picture: Picture | None = None
    tone: str = ""

    @property
    def words(self) -> Text:
        """The text with the numbers it knows."""
        return Text(self.text)


Row = Sequence[Cell | str]


@dataclass(frozen=True)
class Grid:
    """A table ready for the page.

    Attributes
    ----------
    head, body : sequence of rows, each a sequence of Cell or str
    widths : sequence of float
        Shares of the text width, one a column; empty lets the renderer choose.
    placeholders : dict
        What the caption of the table may ask for.
    note : str
        What is to be said below the table besides the note of `exhibits.csv`.
    """

    head: Sequence[Row]
    body: Sequence[Row]
    widths: Sequence[float] = ()
    placeholders: Mapping[str, str | int] = field(default_factory=dict)
    note: str = ""

    def html(self) -> str:
        """Return the table as HTML with `thead`, `scope` and merged cells; every text is escaped."""
        parts = ["<table>"]
        if self.widths:
            total = sum(self.widths)
            columns = "".join(f'<col style="width: {100 * width / total:.1f}%">' for width in self.widths)
            parts.append(f"<colgroup>{columns}</colgroup>")
        parts += ["<thead>", *(_row(row, "col") for row in self.head), "</thead>"]
        parts += ["<tbody>", *(_row(row, "row") for row in self.body), "</tbody>", "</table>"]
        return "\n".join(parts)


def require_some(grid: Grid) -> None:
    """Refuse a table that would show nothing: no row, or not one number that is known.

    Raises
    ------
    GapError
        What is missing; nothing where the table has no rows because there is nothing to list.
    """
    if not grid.body:
        raise GapError(())
    quantities = [cell.quantity for row in grid.body for cell in cells_of(row) if cell.quantity is not None]
    if quantities and all(quantity.missing for quantity in quantities):
        raise GapError(missing_of(quantities))


def number(quantity: Quantity, digits: int | None = None) -> Cell:
    """Return a cell with the bare number, the gap sign where the value is missing."""
    if quantity.missing and not any(seen.table for seen in quantity.sources):
        return Cell(GAP, number=True, quantity=quantity)  # no row to ask it of
    return Cell(Text.of(GAP, quantity) if quantity.missing else num(quantity, digits), number=True, quantity=quantity)


def heading(text: str) -> Cell:
    """Return the cell that heads a row."""
    return Cell(text, heads_row=True)


def band(text: str, columns: int) -> list[Cell]:
    """Return a row of one cell across the table, the heading of the rows below it."""
    return [Cell(text, columns=columns, heads_row=True)]


def points(texts: Iterable[str]) -> str:
    """Return texts as the points of one cell, a line each."""
    return "\n".join(f"– {text}" for text in texts)


def cells_of(row: Row) -> list[Cell]:
    """Return a row as cells only: a bare text is a cell that says it."""
    return [Cell(cell) if isinstance(cell, str) else cell for cell in row]


def _row(row: Row, scope: str) -> str:
    return f"<tr>{''.join(_cell(cell, scope) for cell in cells_of(row))}</tr>"


def _cell(cell: Cell, scope: str) -> str:
    heads = scope == "col" or cell.heads_row
    spans = "".join(
        f' {name}="{size}"' for name, size in (("colspan", cell.columns), ("rowspan", cell.rows)) if size > 1
    )
    kind = f' scope="{scope}"' if heads else ""
    names = [name for name, has in (("num", cell.number), ("filter", cell.filters), (cell.tone, cell.tone)) if has]
    style = f' class="{" ".join(names)}"' if names else ""
    tag = "th" if heads else "td"
    text = cell.picture.html() if cell.picture else cell.words.html().replace("\n", "<br>")
    return f"<{tag}{kind}{spans}{style}>{text}</{tag}>"
