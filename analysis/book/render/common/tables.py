"""Tables: raw HTML into native ones, numbers to the right, widths for paper."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import ceil

from lxml import html

from analysis.base.errors import RenderError
from analysis.book.render.common.nodes import OURS, Node, find, plain_text, refuse_foreign, rewrite, value
from analysis.book.render.common.pandoc import read

LINES = "lines"
_BREAKS = re.compile(r"[ ]|(?<=–)")  # where a line of a cell may end
WORD_ROOM = 1.15  # a word in bold, or of capitals, is wider than the average letter says
PLAIN_ROOM = 1.06  # any other word
PIXELS = 7  # of an average letter of table type, 96 to an inch
LONGEST_WORD = 13  # longer words are hyphenated on paper, so they need not set the width of a column


def native(blocks: list[Node], where: str) -> list[Node]:
    """Return the blocks with every raw HTML table parsed, so that all formats can show it."""
    return rewrite(blocks, {"RawBlock": lambda node: parsed(node, where), "Table": aligned})


def parsed(node: Node, where: str) -> Node | list[Node]:
    """Return the native tables of raw HTML; what pages alone show stays as it is."""
    fmt, code = node["c"]
    if fmt in OURS:
        return node
    refuse_foreign(fmt, where)
    if not re.sub(r"<!--.*?-->", "", code, flags=re.DOTALL).strip():
        return []
    fragments = html.fragments_fromstring(code)
    if fragments and all(not isinstance(part, str) and part.get("data-only") == "html" for part in fragments):
        return node  # pandoc leaves it out of print
    if not fragments or any(isinstance(part, str) or not list(part.iter("table")) for part in fragments):
        raise RenderError(
            f"{where}: HTML «{code.strip()[:60]}» не попадёт в PDF и Word: из HTML туда идут только таблицы. Запишите"
            " это средствами Markdown."
        )
    blocks = read(code, "html")["blocks"]
    written = sum(len(part.findall(".//td")) + len(part.findall(".//th")) for part in fragments)
    kept = sum(len(cells) for table in find(blocks, "Table") for _, cells in rows(table))
    if written != kept:
        raise RenderError(
            f"{where}: в таблице HTML {written} ячеек, а по её сетке выходит {kept}: проверьте colspan и rowspan."
        )
    given = any(
        "width" in (col.get("style") or "") + " ".join(col.keys()) for part in fragments for col in part.iter("col")
    )
    for table in find(blocks, "Table"):
        if not given:
            set_widths(table, None)
        aligned(table)
    return blocks


def rows(table: Node) -> Iterator[list]:
    """Yield every row, its attributes and its cells: head, bodies, foot."""
    _, _, _, head, bodies, foot = table["c"]
    yield from (*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1])


def aligned(table: Node) -> Node:
    """Set numeric cells to the right, heads to the centre, and honour `tbl-colwidths`."""
    attributes, _, columns, head, *_ = table["c"]
    for row in head[1]:
        for cell in row[1]:
            cell[1] = {"t": "AlignCenter"}
    for _, cells in rows(table):
        for cell in cells:
            if "num" in cell[0][1] and cell[1]["t"] == "AlignDefault":
                cell[1] = {"t": "AlignRight"}
    if given := value(attributes, "tbl-colwidths"):
        shares = json.loads(given) if given.startswith("[") else []
        if len(shares) == len(columns):
            set_widths(table, [share / sum(shares) for share in shares])
    return table


def set_widths(table: Node, shares: list[float] | None) -> None:
    """Give the columns their shares of the text width, or none."""
    for number, column in enumerate(table["c"][2]):
        column[1] = {"t": "ColWidth", "c": shares[number]} if shares else {"t": "ColWidthDefault"}


def fitted(table: Node, line: int) -> Node:
    """Give the columns of a table their shares of the text width.

    Parameters
    ----------
    table
        A native table; widths that the author gave are kept as far as words fit in.
    line
        How many characters of table type a line of the page holds.
    """
    columns = table["c"][2]
    least = [3.0] * len(columns)
    most = [3.0] * len(columns)
    heads = sum(len(row[1]) for row in table["c"][3][1])
    for place, (position, cell) in enumerate(grid(table)):
        if cell[3] > 1:
            continue
        text = plain_text(cell[4])
        pictures = [image_room(image) for image in find(cell[4], "Image")]
        longest = max(*pictures, *(word_room(word, place < heads) for word in _BREAKS.split(text)), 0.0)
        least[position] = max(least[position], longest + 2)
        most[position] = max(most[position], min(len(text), 4 * line) + 2.0)
    if all(column[1]["t"] == "ColWidth" for column in columns):
        most = [column[1]["c"] * line for column in columns]
    set_widths(table, shares(least, most, line))
    return measured(table, line)


def word_room(word: str, bold: bool) -> float:
    """Return how many average letters a word of a cell takes; a long one is hyphenated."""
    return min(len(word), LONGEST_WORD) * (WORD_ROOM if bold or word[1:] != word[1:].lower() else PLAIN_ROOM)


def image_room(image: Node) -> float:
    """Return how many average letters a picture takes whose width in pixels is told; one without keeps to the cell."""
    width = value(image["c"][0], "width", "").removesuffix("px")
    return float(width) / PIXELS if width.isdecimal() else 0.0


def measured(table: Node, line: int) -> Node:
    """Note on every row how many lines it will take, roughly: what is short is kept on one page."""
    widths = [column[1]["c"] * line for column in table["c"][2]]
    for attributes, cells in rows(table):
        spans = [cell[3] for cell in cells]
        room = [sum(widths[sum(spans[:at]) :][:span]) - 2 for at, span in enumerate(spans)]
        taken = [ceil(len(plain_text(cell[4])) / max(1, space)) for cell, space in zip(cells, room, strict=True)]
        attributes[2].append([LINES, str(max(taken, default=1))])
    return table


def row_lines(row: list) -> int:
    """Return what `measured` noted on a row."""
    return int(value(row[0], LINES, "1"))


def shares(least: list[float], most: list[float], line: int) -> list[float]:
    """Divide a line among columns: each its longest word, the rest by how much they have to say.

    Parameters
    ----------
    least
        Characters of the longest word of each column.
    most
        Characters that each column would take on one line.
    line
        How many characters a line holds.

    Returns
    -------
    list of float
        Shares of the line, together 1.
    """
    spare = max(0.0, line - sum(least))
    wishes = [max(0.0, high - low) for low, high in zip(least, most, strict=True)]
    total = sum(wishes)
    if total:
        widths = [low + min(spare, total) * wish / total for low, wish in zip(least, wishes, strict=True)]
    else:
        widths = least
    return [round(width / sum(widths), 4) for width in widths]


def grid(table: Node) -> Iterator[tuple[int, list]]:
    """Yield every cell with the column it starts in, row spans taken into account."""
    _, _, columns, head, bodies, foot = table["c"]
    for group in (head[1], *(part for body in bodies for part in (body[2], body[3])), foot[1]):
        taken = [0] * len(columns)
        for row in group:
            free = [max(0, left - 1) for left in taken]
            position = 0
            for cell in row[1]:
                while position < len(columns) and taken[position]:
                    position += 1
                yield position, cell
                for column in range(position, min(position + cell[3], len(columns))):
                    free[column] = cell[2] - 1
                position += cell[3]
            taken = free


def emphasised(table: Node) -> Node:
    """Set heads and total rows in bold: paper formats keep no classes of rows."""
    _, _, _, head, bodies, foot = table["c"]
    totals = [row for body in bodies for row in body[3] if "total" in row[0][1]]
    for row in (*head[1], *totals, *foot[1]):
        for cell in row[1]:
            for block in cell[4]:
                if block["t"] in ("Plain", "Para") and block["c"]:
                    block["c"] = [{"t": "Strong", "c": block["c"]}]
    return table
