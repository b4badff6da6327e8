"""The last touches pandoc has no words for, and a package that is the same every time."""

from __future__ import annotations

import zipfile
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from analysis.book.render.builtin.word_reference import TEXT_WIDTH, TURNED_WIDTH

TWIPS = 1440 / 25.4  # in a millimetre
SHORT = 12  # rows of a table that is kept on one page
RUNNING = ("BodyText", "FirstParagraph")  # styles of running text
TURNED = "0000000B"  # marks the break that ends a turned section


def finish(path: Path, stamp: int, title: str, author: str) -> None:
    """Finish a file that pandoc wrote, in place."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, mend in (
        ("docProps/core.xml", lambda tree: name_book(tree, title, author)),
        ("word/document.xml", mend_document),
        ("word/settings.xml", mend_settings),
        ("word/numbering.xml", mend_lists),
    ):
        if name in parts:
            tree = parse_xml(parts[name])
            mend(tree)
            parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    moment = datetime.fromtimestamp(stamp, UTC).timetuple()[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=moment)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            package.writestr(entry, content)


def name_book(properties, title: str, author: str) -> None:
    """Fill the properties of the file; on its pages the title stands where the title page has it."""
    for name, text in (("title", title), ("creator", author)):
        properties.find(f"{{http://purl.org/dc/elements/1.1/}}{name}").text = text


def mend_document(document) -> None:
    body = document.find(qn("w:body"))
    widths = sections(body)
    for table in body.iter(qn("w:tbl")):
        fit(table, widths.get(id(outermost(table, body)), TEXT_WIDTH))
        settle(table)
    merge_page_breaks(body)


def outermost(element, body):
    """Return the child of the body that an element is in."""
    while element.getparent() is not body:
        element = element.getparent()
    return element


def sections(body) -> dict[int, int]:
    """Complete the section breaks; return the text width of blocks on turned pages."""
    last = body.find(qn("w:sectPr"))
    widths: dict[int, int] = {}
    pending: list[int] = []
    for block in list(body):
        pending.append(id(block))
        mark = block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if mark is None:
            continue
        turned = mark.get(qn("w:rsidR")) == TURNED
        if turned:
            widths |= dict.fromkeys(pending, TURNED_WIDTH)
        pending = []
        settings = deepcopy(last)
        if body.index(block) > first_break(body):
            for old in settings.findall(qn("w:titlePg")):
                settings.remove(old)
        if turned:
            turn(settings)
        mark.getparent().replace(mark, settings)
        absorb(block)
    if body.find(f".//{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        for old in last.findall(qn("w:titlePg")):
            last.remove(old)
    return widths


def first_break(body) -> int:
    return next(
        number for number, block in enumerate(body) if block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    )


def turn(settings) -> None:
    """Lay the page on its side: the binding edge goes up."""
    size, margins = settings.find(qn("w:pgSz")), settings.find(qn("w:pgMar"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")
    for side, millimetres in (("top", 30), ("bottom", 15), ("left", 20), ("right", 20)):
        margins.set(qn(f"w:{side}"), str(round(millimetres * TWIPS)))
    margins.set(qn("w:footer"), str(round(8 * TWIPS)))


def absorb(block) -> None:
    """Hand the break to the paragraph before it: an empty one of its own could make an empty page."""
    before = block.getprevious()
    if before is None or before.tag != qn("w:p") or before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        return
    properties = before.find(qn("w:pPr"))
    if properties is None:
        properties = parse_xml(f"<w:pPr {nsdecls('w')}/>")
        before.insert(0, properties)
    properties.append(block.find(qn("w:pPr")).find(qn("w:sectPr")))
    block.getparent().remove(block)


def merge_page_breaks(body) -> None:
    """Move a page break that stands alone into the heading after it."""
    for block in list(body):
        mark = block.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}")
        after = block.getnext()
        while after is not None and after.tag != qn("w:p"):
            after = after.getnext()
        if mark is None or len(block) > 1 or after is None or after.find(qn("w:pPr")) is None:
            continue
        after.find(qn("w:pPr")).insert(1, mark)
        body.remove(block)


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
    """Keep a short table on one page with its note; part any other text from it."""
    after = table.getnext()
    style = after.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if after is not None else None
    noted = style is not None and style.get(qn("w:val")) == "ExhibitNote"
    rows = table.findall(qn("w:tr"))
    if len(rows) <= SHORT:
        for row in rows if noted else rows[:-1]:
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
    if style is None:
        style = parse_xml(f"<w:pStyle {nsdecls('w')}/>")
        properties.insert(0, style)
    style.set(qn("w:val"), "TableText")
    if properties.find(qn("w:numPr")) is not None:
        indent = parse_xml(f'<w:ind {nsdecls("w")} w:left="280" w:hanging="280"/>')
        properties.append(indent)


def mend_settings(settings) -> None:
    """Hyphenate, as justified Russian text needs, and speak Russian."""
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "ru-RU")
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")
    settings.find(qn("w:defaultTabStop")).addprevious(parse_xml(f"<w:autoHyphenation {nsdecls('w')}/>"))


def mend_lists(numbering) -> None:
    """Begin the items of a list at the indent of a paragraph, with a dash or a number."""
    for level in numbering.iter(qn("w:lvl")):
        indent = level.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        if indent is not None:
            depth = int(level.get(qn("w:ilvl")))
            indent.set(qn("w:left"), str(round((12.5 + 9 * (depth + 1)) * TWIPS)))
            indent.set(qn("w:hanging"), str(round(9 * TWIPS)))
        kind, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
        if kind is not None and kind.get(qn("w:val")) == "bullet" and text.get(qn("w:val")).strip():
            text.set(qn("w:val"), "–")
