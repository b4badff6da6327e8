"""Tables of the Word file: as wide as the page, of their own type, torn only where they must be."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from analysis.book.render.common.word_reference import TWIPS

SHORT = 12  # rows of a table that is kept on one page
SMALL = "TableTextSmall"  # a style of cells that stays
RUNNING = ("BodyText", "FirstParagraph")  # styles of running text


def fit(table, millimetres: int) -> None:
    """Give a table the width of its page and its cells their own type."""
    columns = table.find(qn("w:tblGrid")).findall(qn("w:gridCol"))
    given = [float(column.get(qn("w:w"))) for column in columns]
    total = round(millimetres * TWIPS)
    widths = [round(total * share / sum(given)) for share in given]
    for column, width in zip(columns, widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table.findall(qn("w:tr")):
        keep_whole(row)
        position = 0
        for cell in row.findall(qn("w:tc")):
            properties = cell.find(qn("w:tcPr"))
            span = properties.find(qn("w:gridSpan"))
            count = int(span.get(qn("w:val"))) if span is not None else 1
            width = sum(widths[position : position + count])
            properties.insert(0, parse_xml(f'<w:tcW {nsdecls("w")} w:w="{width}" w:type="dxa"/>'))
            position += count
            for paragraph in cell.findall(qn("w:p")):
                set_table_text(paragraph)


def settle(table) -> None:
    """Keep a short table on one page, the end of any table with its note; part other text from it."""
    after = table.getnext()
    style = after.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if after is not None else None
    noted = style is not None and style.get(qn("w:val")) == "ExhibitNote"
    rows = table.findall(qn("w:tr"))
    kept = rows if len(rows) <= SHORT else rows[-1:]
    for row in kept if noted else kept[:-1]:
        for paragraph in row.iter(qn("w:p")):
            paragraph.find(qn("w:pPr")).insert(1, parse_xml(f"<w:keepNext {nsdecls('w')}/>"))
    if style is not None and style.get(qn("w:val")) in RUNNING:
        spacing = parse_xml(f'<w:spacing {nsdecls("w")} w:before="240"/>')
        after.find(qn("w:pPr")).insert_element_before(spacing, "w:ind", "w:jc", "w:rPr")


def keep_whole(row) -> None:
    """Keep a row on one page."""
    properties = row.find(qn("w:trPr"))
    if properties is None:
        properties = parse_xml(f"<w:trPr {nsdecls('w')}/>")
        row.insert(0, properties)
    properties.insert(0, parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))


def set_table_text(paragraph) -> None:
    properties = paragraph.find(qn("w:pPr"))
    style = properties.find(qn("w:pStyle"))
    if style is not None and style.get(qn("w:val")) == SMALL:
        return
    if style is None:
        style = parse_xml(f"<w:pStyle {nsdecls('w')}/>")
        properties.insert(0, style)
    style.set(qn("w:val"), "TableText")
    if properties.find(qn("w:numPr")) is not None:
        indent = parse_xml(f'<w:ind {nsdecls("w")} w:left="280" w:hanging="280"/>')
        properties.insert_element_before(indent, "w:jc", "w:rPr")
