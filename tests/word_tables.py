"""Read back from a Word file how wide its tables are, and how wide their pages are between the margins."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAK = f"{W}pPr/{W}sectPr"


class Placed(NamedTuple):
    """A table on its page, widths in twips: those of its grid, of its cells row by row, of the room it has."""

    grid: int
    declared: int
    rows: tuple[int, ...]
    room: int
    turned: bool
    nested: bool


def placed_tables(file: Path) -> list[Placed]:
    """Return every table of a Word file in order, those within cells after the one they are in."""
    with ZipFile(file) as package:
        body = etree.fromstring(package.read("word/document.xml")).find(f"{W}body")
    found: list[Placed] = []
    pending: list[etree._Element] = []
    for block in body:
        pending += block.iter(f"{W}tbl")
        section = block if block.tag == f"{W}sectPr" else block.find(BREAK)
        if section is not None:
            found += [placed(table, section) for table in pending]
            pending = []
    assert not pending
    return found


def placed(table: etree._Element, section: etree._Element) -> Placed:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    rows = tuple(
        sum(int(width.get(f"{W}w")) for width in row.findall(f"{W}tc/{W}tcPr/{W}tcW"))
        for row in table.findall(f"{W}tr")
    )
    cell = next(table.iterancestors(f"{W}tc"), None)
    room = int(size.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    if cell is not None:
        room = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) - 2 * 70  # the margins of the cell
    return Placed(
        grid=sum(int(column.get(f"{W}w")) for column in table.find(f"{W}tblGrid")),
        declared=int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")),
        rows=rows,
        room=room,
        turned=size.get(f"{W}orient") == "landscape",
        nested=cell is not None,
    )


def misfits(file: Path) -> list[Placed]:
    """Return the tables that are not exactly as wide as what they stand in."""
    return [one for one in placed_tables(file) if {one.grid, one.declared, *one.rows} != {one.room}]
