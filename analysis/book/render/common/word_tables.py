"""Tables of the Word file: as wide as the page, of their own type, torn only where they must be."""

from __future__ import annotations

from itertools import pairwise

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from analysis.book.render.common.word_reference import CELL_MARGIN

SHORT = 12  # rows of a table that is kept on one page
RUNNING = ("BodyText", "FirstParagraph")  # styles of running text
# What the schema puts after the width of a table.
AFTER_WIDTH = (
    "w:jc",
    "w:tblCellSpacing",
    "w:tblInd",
    "w:tblBorders",
    "w:shd",
    "w:tblLayout",
    "w:tblCellMar",
    "w:tblLook",
    "w:tblCaption",
    "w:tblDescription",
)


def fit_all(block: BaseOxmlElement, width: int) -> None:
    """Give the tables of a block the width of its page in twips, those within a cell the width of the cell."""
    for table in outermost(block):
        for cell, room in fit(table, width):
            fit_all(cell, room)
        settle(table)


def outermost(block: BaseOxmlElement) -> list[BaseOxmlElement]:
    """Return the tables of a block that are in no other table of it; a block that is a table is the one."""

    def depth(element: BaseOxmlElement) -> int:
        return sum(1 for _ in element.iterancestors(qn("w:tbl")))

    return [table for table in block.iter(qn("w:tbl")) if depth(table) == depth(block)]


def fit(table: BaseOxmlElement, width: int) -> list[tuple[BaseOxmlElement, int]]:
    """Give a table a width in twips and its cells their own type; return the cells and the room in each."""
    columns = table.find(qn("w:tblGrid")).findall(qn("w:gridCol"))
    widths = divided(width, [float(column.get(qn("w:w"), "0")) for column in columns])
    for column, own in zip(columns, widths, strict=True):
        column.set(qn("w:w"), str(own))
    fix(table.find(qn("w:tblPr")), width)
    cells = []
    for row in table.findall(qn("w:tr")):
        keep_whole(row)
        position = 0
        for cell in row.findall(qn("w:tc")):
            properties = cell.get_or_add_tcPr()
            span = properties.find(qn("w:gridSpan"))
            count = int(span.get(qn("w:val"))) if span is not None else 1
            own = sum(widths[position : position + count])
            measure = properties.get_or_add_tcW()
            measure.set(qn("w:w"), str(own))
            measure.set(qn("w:type"), "dxa")
            position += count
            for paragraph in cell.findall(qn("w:p")):
                set_table_text(paragraph)
            cells.append((cell, max(1, own - 2 * CELL_MARGIN)))
    return cells


def divided(total: int, given: list[float]) -> list[int]:
    """Divide a width in proportion to given widths, evenly where none is; the parts are whole and make the total."""
    given = given if sum(given) else [1.0] * len(given)
    edges = [round(total * sum(given[:number]) / sum(given)) for number in range(len(given) + 1)]
    return [right - left for left, right in pairwise(edges)]


def fix(properties: BaseOxmlElement, width: int) -> None:
    """Have a program that lays the table out take its width as it is, from the margin on."""
    for name in ("w:tblW", "w:tblInd"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    properties.autofit = False
    own = parse_xml(f'<w:tblW {nsdecls("w")} w:w="{width}" w:type="dxa"/>')
    properties.insert_element_before(own, *AFTER_WIDTH)


def settle(table: BaseOxmlElement) -> None:
    """Keep a short table on one page, of any table heads with what they head and its end with its note.

    Other text is parted from it.
    """
    after = table.getnext()
    style = after.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if after is not None else None
    noted = style is not None and style.get(qn("w:val")) == "ExhibitNote"
    rows = table.findall(qn("w:tr"))
    short = len(rows) <= SHORT
    kept = [row for row in rows[:-1] if short or heads(row, table)] + (rows[-1:] if noted else [])
    for row in kept:
        for paragraph in row.iter(qn("w:p")):
            paragraph.get_or_add_pPr().get_or_add_keepNext()
    for beside, side in ((after, "before"), (table.getprevious(), "after")):
        properties = beside.find(qn("w:pPr")) if beside is not None else None
        if properties is None:
            continue
        named = properties.find(qn("w:pStyle"))
        if named is not None and named.get(qn("w:val")) in RUNNING:
            spacing = properties.find(qn("w:spacing"))
            if spacing is None:
                spacing = parse_xml(f"<w:spacing {nsdecls('w')}/>")
                properties.insert_element_before(spacing, "w:ind", "w:jc", "w:rPr")
            spacing.set(qn(f"w:{side}"), "240" if side == "before" else "120")


def heads(row: BaseOxmlElement, table: BaseOxmlElement) -> bool:
    """Return whether a row heads those below it: a row of the head, or one cell across the table."""
    columns = len(table.find(qn("w:tblGrid")).findall(qn("w:gridCol")))
    cells = row.findall(qn("w:tc"))
    span = cells[0].find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") if len(cells) == 1 else None
    across = span is not None and int(span.get(qn("w:val"))) == columns
    return across or row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def keep_whole(row: BaseOxmlElement) -> None:
    """Keep a row on one page."""
    properties = row.find(qn("w:trPr"))
    if properties is None:
        properties = parse_xml(f"<w:trPr {nsdecls('w')}/>")
        row.insert(0, properties)
    properties.insert(0, parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))


def set_table_text(paragraph: BaseOxmlElement) -> None:
    """Set a paragraph of a cell in the style of tables."""
    properties = paragraph.get_or_add_pPr()
    style = properties.find(qn("w:pStyle"))
    if style is None:
        style = parse_xml(f"<w:pStyle {nsdecls('w')}/>")
        properties.insert(0, style)
    style.set(qn("w:val"), "TableText")
    if properties.find(qn("w:numPr")) is not None:
        indent = parse_xml(f'<w:ind {nsdecls("w")} w:left="280" w:hanging="280"/>')
        properties.insert_element_before(indent, "w:jc", "w:rPr")
